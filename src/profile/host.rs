//! What the doctor has to know of a host: where an OS keeps what, and which commands tell the rest.
use serde::{Deserialize, Serialize};

/// What the doctor has to know of a host. Paths are absolute; `{prefix}` and `{name}` may stand in them.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Host {
    /// Directories in which the dynamic linker looks by itself, in order.
    pub libraries: Vec<String>,
    /// Files, or directories of files, that list more of them, one a line.
    pub library_lists: Vec<String>,
    /// Whether a program's RPATH holds for what its libraries need, too.
    pub inherits_rpath: bool,
    /// Whether a library with the same major and a higher minor number will do (`libc.so.100.3` for `libc.so.100.1`).
    pub higher_minor: bool,
    /// Dynamic linkers that programs of this OS name.
    pub interpreters: Vec<String>,
    /// Directories of the package database, the first that is there.
    pub packages: Vec<String>,
    /// Whether packages are directories with a `+CONTENTS` in it (pkgsrc, OpenBSD).
    pub packing_lists: bool,
    /// Files with what the kernel said at boot.
    pub boot_messages: Vec<String>,
    /// Files that are read before what the admin sets in `rc-conf`.
    pub rc_defaults: Vec<String>,
    /// Files or directories beside `rc-conf` in which the admin sets things for one service; `{service}` is its name.
    pub rc_conf_more: Vec<String>,
    /// Where login classes are; `{service}` is the service's name.
    pub login_conf: Vec<String>,
    /// The login class of services that have none of their own.
    pub login_class: Option<String>,
    /// Directories in which SMF manifests are.
    pub manifests: Vec<String>,
    /// SMF profiles that are applied over manifests.
    pub smf_profiles: Vec<String>,
    /// Tables of file systems that are mounted at boot.
    pub fstab: Vec<String>,
    /// The column of the mount point in them, from 0.
    pub fstab_mount: usize,
    /// The column of the type in them, from 0.
    pub fstab_type: usize,
    /// File system types on which SQLite's locks or shared memory are known to fail.
    pub weak_locking: Vec<String>,
    /// Where the log of a service is; `{service}` is its name as in file names.
    pub logs: Vec<String>,
    /// Where syslogd(8) writes what daemons say; lines of a service are those with its name.
    pub syslogs: Vec<String>,
    /// A database of packages in SQLite (FreeBSD).
    pub package_database: Option<String>,
    /// The soft limit of open files that a service gets when nothing sets one.
    pub open_files: Option<u64>,
    /// The first port that everybody may listen on.
    pub first_free_port: Option<u16>,
    /// The line of shell that enables the service.
    pub enable: String,
    /// The line of shell that starts it; `{script}` is the path of its script.
    pub start: String,
    /// The line of shell that installs the package.
    pub install: String,
    /// The line of shell that adds `{user}` to `{group}`, and takes nothing away.
    pub join_group: String,
    /// The line of shell that gives `{user}` another `{shell}`.
    pub set_shell: String,
    /// Commands that tell what no file does.
    pub commands: Commands,
}

/// Commands, as argument vectors; none where the OS has none. Placeholders: `{service}`, `{package}`, `{zone}`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Commands {
    /// Prints physical memory in bytes, and nothing else.
    pub memory: Vec<String>,
    /// Prints the zone's name.
    pub zone: Vec<String>,
    /// Each prints resource controls of the zone in `prctl -P`'s form.
    pub memory_caps: Vec<Vec<String>>,
    /// Prints what is mounted: `WHAT on WHERE type TYPE` or `WHAT on WHERE (TYPE, …)`.
    pub mounts: Vec<String>,
    /// Prints the state of a service: its first word.
    pub state: Vec<String>,
    /// Ends with 0 when the service runs, with 1 when it does not; where there is neither a state nor a pid file.
    pub runs: Vec<String>,
    /// Prints who listens where: a line for each socket, with the user's name or the process.
    pub listeners: Vec<String>,
    /// Prints the properties of a service: `group/name type value…`.
    pub properties: Vec<String>,
    /// Ends with 0 when the package is installed.
    pub package_installed: Vec<String>,
    /// Prints the package's build options, a line each, `NAME on` or `NAME off`.
    pub package_options: Vec<String>,
    /// Ends with 0 and prints nothing when the package's files are as they were installed.
    pub package_check: Vec<String>,
}
