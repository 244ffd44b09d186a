//! What a profile says.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Host;

/// One OS, or rather one way to package for it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// `netbsd`, `illumos`, `linux-pkgsrc` …
    pub name: String,
    /// The OS's name in recipes: `netbsd`, `illumos`, `linux` …
    pub os: String,
    /// One line for `portwright profile list`.
    pub summary: String,
    /// The profile that this one refines.
    pub extends: Option<String>,
    /// Crates by which a build asks git for its version.
    pub asks_git: Vec<String>,
    /// Releases of crates that no longer compile.
    pub known_broken: Vec<KnownBroken>,
    /// Whose ports tree.
    pub packaging: Packaging,
    /// What pkgsrc calls the OS in `${OPSYS}`.
    pub opsys: String,
    /// Rust target triple by which dependencies are resolved.
    pub target: String,
    /// Where things are.
    pub paths: Paths,
    /// How services run.
    pub service: ServiceFacts,
    /// How users are made.
    pub users: Users,
    /// What the doctor has to know of a host.
    #[serde(default)]
    pub host: Host,
    /// Who looks after a package whose recipe does not say.
    pub maintainer: String,
    /// Established option names of the tree, taken without the package's name in front.
    pub options: Vec<String>,
    /// The version of rustc that the tree asks for when a package does not say, or has.
    pub rust_default: String,
    /// Comments start with a small letter, names and acronyms excepted.
    #[serde(default)]
    pub comment_starts_lower: bool,
    /// Directories below the prefix that are there already: the list of a package's files leaves them out (OpenBSD).
    #[serde(default)]
    pub tree_directories: Vec<String>,
    /// What a crate in the program means for the package.
    #[serde(default)]
    pub crate_facts: Vec<CrateFact>,
    /// Category directories of the tree.
    pub categories: Vec<String>,
    /// The crate registry's categories ⇒ a tree's.
    pub category_map: BTreeMap<String, String>,
    /// Other trees' words for a category ⇒ this tree's.
    pub category_aliases: BTreeMap<String, String>,
    /// SPDX identifiers ⇒ the tree's names.
    pub licences: BTreeMap<String, Licence>,
    /// File name that a server looks for ⇒ the package that has it.
    pub programs: BTreeMap<String, ProgramPackage>,
    /// Native libraries, by our own short names.
    pub libraries: Libraries,
    /// Tools that build scripts run.
    pub tools: BTreeMap<String, Tool>,
}

/// Releases of a crate that no longer compile.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KnownBroken {
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The releases, as cargo writes requirements.
    pub versions: semver::VersionReq,
    /// What happens and what helps.
    pub why: String,
}

/// What a crate in the program means for the package.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CrateFact {
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The releases, as cargo writes requirements.
    #[serde(default)]
    pub versions: semver::VersionReq,
    /// It is enough that the lock has it.
    #[serde(default)]
    pub in_lock: bool,
    /// Machine types that it does not compile for.
    #[serde(default)]
    pub not_for: Vec<String>,
    /// The only machine types that it compiles for, in the tree's expressions.
    #[serde(default)]
    pub only_for: Vec<String>,
    /// Its code reads its own text, which a linker for execute-only memory must know.
    #[serde(default)]
    pub no_execute_only: bool,
    /// Packages that building it needs.
    #[serde(default)]
    pub depends: Vec<String>,
    /// A line that says why, for the Makefile.
    pub why: String,
}

/// Native libraries.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Libraries {
    /// `links` keys of crates that bring no library in from outside.
    pub self_contained: Vec<String>,
    /// The libraries.
    pub known: BTreeMap<String, Library>,
}

/// Whose ports tree a package goes into.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Packaging {
    /// pkgsrc.
    Pkgsrc,
    /// OpenBSD's ports.
    Openbsd,
    /// FreeBSD's ports.
    Freebsd,
}

/// Directories, absolute.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Paths {
    /// Where packages install to.
    pub prefix: String,
    /// Where packages look for configuration.
    pub sysconf: String,
    /// Parent of `db`, `log` and `run`.
    pub var: String,
    /// Manual pages, below the prefix.
    pub man: String,
    /// Programs that the system runs, below the prefix.
    pub daemons: String,
}

/// How services run.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServiceFacts {
    /// Who starts and stops services.
    pub manager: Manager,
    /// The PATH that a service gets at boot when nothing sets one.
    pub boot_path: Vec<String>,
    /// The PATH that a packaged service needs: the package system's directories, then the OS's.
    pub path: Vec<String>,
    /// The file that rc.d scripts source.
    pub rc_subr: Option<String>,
    /// The shell that runs rc.d scripts.
    pub rc_shell: Option<String>,
    /// Where the admin says what runs.
    pub rc_conf: Option<String>,
    /// The directory of rc.d scripts that are started at boot.
    pub rc_d: Option<String>,
    /// The login class of services that have none of their own (OpenBSD).
    #[serde(default)]
    pub class: Option<LoginClass>,
}

/// What a login class gives to a service.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LoginClass {
    /// Its name.
    pub name: String,
    /// The soft limit of open files.
    pub open_files: u64,
    /// The limit of memory for data.
    pub memory: String,
    /// Where packages put classes of their own.
    pub directory: String,
    /// How many files the whole system may have open as it comes.
    pub system_open_files: u64,
}

/// Who starts and stops services.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub enum Manager {
    /// NetBSD's rc(8) with rc.subr(8).
    #[serde(rename = "rc.d")]
    RcD,
    /// illumos' service management facility.
    #[serde(rename = "smf")]
    Smf,
    /// OpenBSD's rc(8) with its rc.subr(8) and login classes.
    #[serde(rename = "openbsd-rc")]
    OpenbsdRc,
    /// FreeBSD's rc(8) with its rc.subr(8) and daemon(8).
    #[serde(rename = "freebsd-rc")]
    FreebsdRc,
}

impl Manager {
    /// Whether the command goes through shells (an rc.subr's `eval`, `su -c`), where only plain characters survive.
    #[must_use]
    pub const fn runs_shell_words(self) -> bool {
        !matches!(self, Self::Smf)
    }

    /// Whether the environment does, too: on OpenBSD it is that of a login class.
    #[must_use]
    pub const fn environment_is_shell_words(self) -> bool {
        matches!(self, Self::RcD | Self::FreebsdRc)
    }
}

/// How users are made.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Users {
    /// Characters that go before a service user's name.
    pub name_prefix: String,
    /// The shell of an account that nobody logs in to.
    pub nologin: String,
    /// Longest user and group name.
    pub name_max: usize,
    /// The command that makes a group: `{group}`, and `{gid}` where ` -g` with a number may stand.
    #[serde(default = "group_add")]
    pub group_add: String,
    /// The command that makes a user: `{user}`, `{group}`, `{home}`, `{shell}`, and `{uid}` where ` -u` with a number may
    /// stand.
    #[serde(default = "user_add")]
    pub user_add: String,
}

/// What the tree calls a licence.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Licence {
    /// Its name in the tree; the SPDX identifier unless given.
    #[serde(default)]
    pub name: String,
    /// What it asks for.
    pub kind: Kind,
    /// Whether it is accepted without the builder saying so.
    #[serde(default = "yes")]
    pub accepted: bool,
    /// Its full name, where the tree does not know it and the package defines it (FreeBSD's `LICENSE_NAME_x`).
    pub title: Option<String>,
    /// What it permits, where a package that defines it has to say (FreeBSD's `LICENSE_PERMS_x`).
    #[serde(default)]
    pub permissions: Vec<String>,
}

fn group_add() -> String {
    "groupadd {group}".to_owned()
}

fn user_add() -> String {
    "useradd -g {group} -d {home} -s {shell} {user}".to_owned()
}

const fn yes() -> bool {
    true
}

/// What a licence asks of those who pass the program on or use it.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Notices only: other licences absorb it.
    Permissive,
    /// Sources of at least its own files: always named.
    Copyleft,
    /// Use or distribution is restricted: always named.
    Restricted,
}

/// The package that has a program.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProgramPackage {
    /// Directory in the tree, `category/name`.
    pub package: String,
    /// The package's name in dependency patterns.
    pub name: String,
    /// The file name under `{prefix}/bin` that it installs; the program's own name unless given.
    pub file: Option<String>,
    /// Least version that is in the tree under this name, so that a package with another major version is not taken.
    pub at_least: Option<String>,
    /// In the base system already, in this directory.
    pub base: Option<String>,
    /// What a person should know who relies on it.
    pub caution: Option<String>,
}

/// A native library.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Library {
    /// Crates that bind it.
    pub crates: Vec<String>,
    /// What is included in the Makefile when the system's is taken.
    pub include: Option<String>,
    /// The name in `${BUILDLINK_PREFIX.name}`, for the run path.
    pub buildlink: Option<String>,
    /// Dependencies on the tree's package when the system's is taken (OpenBSD's and FreeBSD's `LIB_DEPENDS`).
    #[serde(default)]
    pub lib_depends: Vec<String>,
    /// Shared libraries that are linked when the system's is taken (OpenBSD's `WANTLIB`).
    #[serde(default)]
    pub wantlib: Vec<String>,
    /// The tree's cargo support takes the crate's own copy away unless it is told to keep it (OpenBSD's
    /// `MODCARGO_CRATES_KEEP`).
    #[serde(default)]
    pub stripped: bool,
    /// Which is taken when the recipe does not say.
    pub default: LibraryDefault,
    /// Environment of the build when the system's is taken. Values are make expressions of the tree.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Words of [`Native::tools`](crate::port::Native::tools) when the system's is taken.
    #[serde(default)]
    pub tools: Vec<String>,
    /// The same when the crate's copy is built.
    #[serde(default)]
    pub bundled_tools: Vec<String>,
    /// Flags for rustc when the system's is taken. Make expressions of the tree.
    #[serde(default)]
    pub rustflags: Vec<String>,
    /// Lines of [`Native::depends`](crate::port::Native::depends) when the crate's copy is built.
    #[serde(default)]
    pub bundled_depends: Vec<String>,
    /// `USE_LANGUAGES` when the crate's copy is built.
    #[serde(default)]
    pub bundled_languages: Vec<String>,
    /// Environment of the build when the crate's copy is built.
    #[serde(default)]
    pub bundled_environment: BTreeMap<String, String>,
    /// The feature of the crate without which it has no copy of its own.
    pub bundled_feature: Option<String>,
    /// The feature of the crate with which it takes the system's in any case.
    pub system_feature: Option<String>,
    /// Why the default is what it is; goes into the Makefile as a comment when the recipe turns it round.
    pub why: Option<String>,
}

impl Library {
    /// Whether the tree has it, so that the crate's own copy need not be taken.
    #[must_use]
    pub fn is_in_tree(&self) -> bool {
        self.include.is_some() || !self.lib_depends.is_empty() || !self.wantlib.is_empty() || !self.tools.is_empty()
    }
}

/// Which copy of a library is taken.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum LibraryDefault {
    /// The tree's package.
    System,
    /// The copy in the crate.
    Bundled,
}

/// A tool that build scripts run.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tool {
    /// Build dependencies that run it.
    pub crates: Vec<String>,
    /// Crates that bring their own copy, so that it is not needed.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Words of [`Native::tools`](crate::port::Native::tools).
    #[serde(default)]
    pub use_tools: Vec<String>,
    /// `USE_LANGUAGES` words.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Lines of [`Native::depends`](crate::port::Native::depends).
    #[serde(default)]
    pub depends: Vec<String>,
    /// Environment of the build. Values are make expressions of the tree.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
}
