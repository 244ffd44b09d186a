//! Healthy hosts of each family, on which the test server runs.
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use portwright::emit::{Spelling, freebsd, openbsd, rcd, smf};
use portwright::port::{Port, resolve};
use portwright::profile::Profiles;
use portwright::recipe;

use super::{GID, Root, UID, elf};

/// The test server's recipe.
pub(crate) const LANTERN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/doctor/lantern.toml");
const DATABASE: &[u8] = include_bytes!("../../data/doctor/lamp.db");
const CONFIG: &str = "[db]\njournal-mode = \"TRUNCATE\"\n";

/// A family of hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Netbsd,
    Linux,
    Illumos,
    Openbsd,
    Freebsd,
}

impl Family {
    pub(crate) const ALL: [Self; 5] = [Self::Netbsd, Self::Linux, Self::Illumos, Self::Openbsd, Self::Freebsd];

    /// Its profile.
    pub(crate) fn profile(self) -> &'static str {
        match self {
            Self::Netbsd => "netbsd",
            Self::Linux => "linux-pkgsrc",
            Self::Illumos => "illumos",
            Self::Openbsd => "openbsd",
            Self::Freebsd => "freebsd",
        }
    }

    /// The recipe's Port there.
    pub(crate) fn port(self, recipe: &str) -> Port {
        let profiles = Profiles::new(&[]).unwrap();
        let (recipe, source) = recipe::load(recipe.as_ref()).unwrap();
        resolve(&recipe, &source, None, &Arc::new(profiles.get(self.profile()).unwrap())).unwrap()
    }

    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Netbsd | Self::Linux => "/usr/pkg",
            Self::Illumos => "/opt/local",
            Self::Openbsd | Self::Freebsd => "/usr/local",
        }
    }

    pub(crate) fn user(self) -> &'static str {
        if self == Self::Openbsd { "_lantern" } else { "lantern" }
    }

    /// The server.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Netbsd | Self::Linux => "/usr/pkg/sbin/lantern",
            Self::Illumos => "/opt/local/sbin/lantern",
            Self::Openbsd => "/usr/local/sbin/lantern",
            Self::Freebsd => "/usr/local/bin/lantern",
        }
    }

    pub(crate) fn config(self) -> &'static str {
        match self {
            Self::Netbsd | Self::Linux => "/usr/pkg/etc/lantern/lantern.toml",
            Self::Illumos => "/opt/local/etc/lantern/lantern.toml",
            Self::Openbsd => "/etc/lantern/lantern.toml",
            Self::Freebsd => "/usr/local/etc/lantern/lantern.toml",
        }
    }
}

/// A host on which the test server is fit to run.
pub(crate) fn host(family: Family) -> Root {
    let root = Root::new();
    let (prefix, user) = (family.prefix(), family.user());
    let (linker, libc) = match family {
        Family::Netbsd => ("/libexec/ld.elf_so", "/usr/lib/libc.so.12"),
        Family::Linux => ("/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc.so.6"),
        Family::Illumos => ("/usr/lib/amd64/ld.so.1", "/lib/64/libc.so.1"),
        Family::Openbsd => ("/usr/libexec/ld.so", "/usr/lib/libc.so.100.1"),
        Family::Freebsd => ("/libexec/ld-elf.so.1", "/lib/libc.so.7"),
    };
    let name = libc.rsplit('/').next().unwrap();
    root.write(linker, elf("", &[], "")).write(libc, elf("", &[], ""));
    root.write(&format!("{prefix}/lib/libwax.so.1"), elf("", &[name], ""));
    let server = elf(linker, &["libwax.so.1", name], "$ORIGIN/../lib");
    root.write(family.program(), &server).mode(family.program(), 0o755);
    let shell = family.port(LANTERN).profile.users.nologin.clone();
    root.write(
        "/etc/passwd",
        format!("root:*:0:0:Charlie:/root:/bin/sh\n{user}:*:{UID}:{GID}::/var/db/lantern:{shell}\n"),
    );
    root.write("/etc/group", format!("wheel:*:0:root\n{user}:*:{GID}:\n"));
    root.write(family.config(), CONFIG).own(family.config(), 0, GID).mode(family.config(), 0o640);
    for directory in ["/var/db/lantern", "/var/db/lantern/wicks", "/var/log/lantern"] {
        root.dir(directory, UID, GID, 0o750);
    }
    root.write("/var/db/lantern/lamp.db", DATABASE).own("/var/db/lantern/lamp.db", UID, GID);
    memory(&root, family);
    packages(&root, family, &server);
    service(&root, family);
    root
}

fn memory(root: &Root, family: Family) {
    match family {
        Family::Netbsd => root.write("/var/run/dmesg.boot", "[     1.0] total memory = 4095 MB\n"),
        Family::Illumos => root.write("/var/adm/messages", "unix: mem = 4194304K (0x100000000)\n"),
        Family::Openbsd => root.write("/var/run/dmesg.boot", "real mem = 4278190080 (4079MB)\n"),
        Family::Freebsd => root.write("/var/run/dmesg.boot", "real memory  = 4294967296 (4096 MB)\n"),
        Family::Linux => root,
    };
}

fn packages(root: &Root, family: Family, server: &[u8]) {
    let prefix = family.prefix();
    let ffmpeg = elf("", &[], "");
    let (file, package) = match family {
        Family::Openbsd => ("ffmpeg", "ffmpeg-6.1.2v1"),
        Family::Freebsd => ("ffmpeg", "ffmpeg-6.1"),
        _ => ("ffmpeg7", "ffmpeg7-7.1"),
    };
    root.write(&format!("{prefix}/bin/{file}"), &ffmpeg).mode(&format!("{prefix}/bin/{file}"), 0o755);
    let database = match family {
        Family::Openbsd => "/var/db/pkg",
        _ => &format!("{prefix}/pkgdb"),
    };
    if family == Family::Freebsd {
        return pkg_database(root, server, &ffmpeg);
    }
    let sum = if family == Family::Openbsd {
        let sum = sha2::Sha256::digest(server);
        format!("@sha {}", STANDARD.encode(sum))
    } else {
        let hex = portwright::krate::to_hex(&Md5::digest(server));
        format!("@comment MD5:{hex}")
    };
    let mut list = format!("@name lantern-1.0.0\n@cwd {prefix}\nsbin/lantern\n{sum}\n");
    if file == "ffmpeg7" {
        root.link(&format!("{prefix}/libexec/lantern/bin/ffmpeg"), "../../../bin/ffmpeg7");
        list += "libexec/lantern/bin/ffmpeg\n@comment Symlink:../../../bin/ffmpeg7\n";
    }
    root.write(&format!("{database}/lantern-1.0.0/+CONTENTS"), list + "@cwd .\n@ignore\n+COMMENT\n");
    root.write(&format!("{database}/{package}/+CONTENTS"), format!("@name {package}\n@cwd {prefix}\nbin/{file}\n"));
    if family != Family::Openbsd {
        root.write(&format!("{database}/lantern-1.0.0/+BUILD_INFO"), "OPSYS=x\nPKG_OPTIONS=lantern-native\n");
    }
}

/// FreeBSD's, as far as it is read, in the tables of libpkg/pkgdb.c; made by sqlite3.
fn pkg_database(root: &Root, server: &[u8], ffmpeg: &[u8]) {
    let sum = |bytes: &[u8]| portwright::krate::to_hex(&sha2::Sha256::digest(bytes));
    let (server, ffmpeg) = (sum(server), sum(ffmpeg));
    let sql = format!(
        "CREATE TABLE packages (id INTEGER PRIMARY KEY, origin TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL);\
         CREATE TABLE files (path TEXT PRIMARY KEY, sha256 TEXT, package_id INTEGER);\
         CREATE TABLE option (option_id INTEGER PRIMARY KEY, option TEXT NOT NULL UNIQUE);\
         CREATE TABLE pkg_option (package_id INTEGER, option_id INTEGER, value TEXT NOT NULL);\
         INSERT INTO packages VALUES (1, 'misc/lantern', 'lantern', '1.0.0'), (2, 'multimedia/ffmpeg', 'ffmpeg', '6.1');\
         INSERT INTO files VALUES ('/usr/local/bin/lantern', '1${server}', 1), ('/usr/local/bin/ffmpeg', '1${ffmpeg}', 2);\
         INSERT INTO option VALUES (1, 'NATIVE'), (2, 'WASM');\
         INSERT INTO pkg_option VALUES (1, 1, 'on'), (1, 2, 'off');"
    );
    root.write("/var/db/pkg/local.sqlite", "");
    let database = root.path().join("var/db/pkg/local.sqlite");
    assert!(std::process::Command::new("sqlite3").arg(database).arg(sql).status().unwrap().success());
}

/// A file that `generate` writes for a host without a port.
pub(crate) fn alone(tree: &portwright::tree::Tree, name: &str) -> String {
    String::from_utf8(tree.get(name).unwrap().content.clone()).unwrap()
}

fn service(root: &Root, family: Family) {
    let port = family.port(LANTERN);
    let spelling = Spelling::Resolved(&port);
    let script = |path: &str, text: &str| {
        root.write(path, text).mode(path, 0o755);
    };
    match family {
        Family::Netbsd | Family::Linux => {
            script("/etc/rc.d/lantern", &rcd::script(&port, &spelling).unwrap());
            root.write(
                "/etc/rc.conf",
                "if [ -r /etc/defaults/rc.conf ]; then\n\t. /etc/defaults/rc.conf\nfi\nlantern=YES\n",
            );
            root.write("/etc/fstab", "/dev/wd0a / ffs rw 1 1\n");
        }
        Family::Illumos => {
            root.write("/opt/local/lib/svc/manifest/lantern.xml", smf::manifest(&port, &spelling).unwrap());
            root.write(
                "/etc/svc/profile/site.xml",
                "<service_bundle type='profile' name='site'><service name='site/lantern' version='1' type='service'>\
                 <instance name='default' enabled='true'/></service></service_bundle>",
            );
        }
        Family::Openbsd => {
            let tree = openbsd::stand_alone(&port).unwrap();
            script("/etc/rc.d/lantern", &alone(&tree, "lantern"));
            root.write("/etc/login.conf.d/lantern", alone(&tree, "login.conf.d/lantern"));
            root.write("/etc/rc.conf.local", "pkg_scripts=\"postgresql lantern\"\n");
            root.write("/etc/login.conf", "default:\\\n\t:path=/usr/bin /bin /usr/sbin /sbin /usr/X11R6/bin /usr/local/bin /usr/local/sbin:\\\n\t:datasize-cur=1536M:\n\ndaemon:\\\n\t:openfiles-cur=128:\\\n\t:datasize=4096M:\\\n\t:tc=default:\n");
        }
        Family::Freebsd => {
            script("/usr/local/etc/rc.d/lantern", &alone(&freebsd::stand_alone(&port).unwrap(), "lantern"));
            root.write("/etc/rc.conf", "hostname=\"lamp\"\nlantern_enable=\"YES\"\n");
            root.write("/etc/login.conf", "default:\\\n\t:path=/sbin /bin /usr/sbin /usr/bin /usr/local/sbin /usr/local/bin ~/bin:\\\n\t:openfiles=unlimited:\n");
        }
    }
}
