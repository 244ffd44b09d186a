//! NetBSD and pkgsrc: what can be wrong under rc.d.
use std::fs;

use crate::rc_running::live;
use crate::situation::{Situation, Tweaks, plain, with};
use crate::support::Family::{Linux, Netbsd};
use crate::support::{GID, UID, elf};

const CONFIG: &str = "/usr/pkg/etc/lantern/lantern.toml";
const DATABASE: &str = "/var/db/lantern/lamp.db";
const LINK: &str = "/usr/pkg/libexec/lantern/bin/ffmpeg";
const SCRIPT: &str = "/etc/rc.d/lantern";

/// Programs, libraries and the PATH.
pub(crate) fn programs() -> Vec<Situation> {
    vec![
        plain(Netbsd, "only ffmpeg7 is there", "bad PW6001", |r| {
            r.remove(LINK);
        }),
        plain(Netbsd, "no ffmpeg at all", "bad PW6001", |r| {
            r.remove(LINK).remove("/usr/pkg/bin/ffmpeg7");
        }),
        plain(Netbsd, "a dangling link", "bad PW6001", |r| {
            r.link(LINK, "../../../bin/ffmpeg5");
        }),
        plain(Netbsd, "a looping link", "bad PW6001", |r| {
            r.link(LINK, "ffmpeg");
        }),
        plain(Netbsd, "ffmpeg for root only", "bad PW6001", |r| {
            r.mode("/usr/pkg/bin/ffmpeg7", 0o700);
        }),
        plain(Netbsd, "ffmpeg is a directory", "bad PW6001", |r| {
            r.remove(LINK).dir(LINK, 0, 0, 0o755);
        }),
        plain(Netbsd, "ffmpeg is a FIFO", "bad PW6001", |r| {
            r.fifo(LINK);
        }),
        plain(Netbsd, "rc.conf takes the packages out of the PATH", "bad PW6001", |r| {
            r.append("/etc/rc.conf", "lantern_env=\"PATH=/usr/bin:/bin\"\n");
        }),
        plain(Netbsd, "the PATH comes out of a command", "unknown PW6001", |r| {
            r.append("/etc/rc.conf", "lantern_env=\"PATH=$(getconf PATH)\"\n");
        }),
        plain(Netbsd, "the PATH is set under a condition", "unknown PW6063", |r| {
            r.append("/etc/rc.conf", "if hostname | grep -q lamp; then\n\tlantern_env=PATH=/bin\nfi\n");
        }),
        with(
            Netbsd,
            "ffmpeg in the caller's PATH only",
            "bad PW6001",
            || Tweaks { callers_path: Some("/home/me/bin:/bin"), ..live() },
            |r| {
                r.remove(LINK).remove("/usr/pkg/bin/ffmpeg7");
                r.write("/home/me/bin/ffmpeg", elf("", &[], "")).mode("/home/me/bin/ffmpeg", 0o755);
            },
        ),
        plain(Netbsd, "no server", "bad PW6003", |r| {
            r.remove("/usr/pkg/sbin/lantern");
        }),
        plain(Netbsd, "a server that may not be run", "bad PW6003", |r| {
            r.mode("/usr/pkg/sbin/lantern", 0o644);
        }),
        plain(Netbsd, "a server behind a link that the OS cannot follow", "unknown PW6003", |r| {
            r.opaque("/usr/pkg/sbin/lantern");
        }),
        plain(Netbsd, "everybody may write to a directory of the PATH", "bad PW6063", |r| {
            r.mode("/usr/pkg/bin", 0o777);
        }),
        plain(Netbsd, "the working directory is in the PATH", "bad PW6063", |r| {
            r.append("/etc/rc.conf", "lantern_env=\"PATH=.:/usr/pkg/libexec/lantern/bin\"\n");
        }),
    ]
}

/// Accounts and the service.
pub(crate) fn service() -> Vec<Situation> {
    vec![
        plain(Netbsd, "no user", "bad PW6010", |r| {
            r.write("/etc/passwd", "root:*:0:0::/root:/bin/sh\n");
        }),
        plain(Netbsd, "it runs as root", "warn PW6010", |r| {
            r.append("/etc/rc.conf", "lantern_user=root\n");
        }),
        plain(Netbsd, "passwd is a FIFO", "unknown PW6010", |r| {
            r.fifo("/etc/passwd");
        }),
        plain(Netbsd, "no group", "bad PW6011", |r| {
            r.write("/etc/group", "wheel:*:0:root\n");
        }),
        plain(Netbsd, "the user is not in the group", "bad PW6011", |r| {
            r.write("/etc/passwd", format!("lantern:*:{UID}:50::/var/db/lantern:/sbin/nologin\n"));
        }),
        plain(Netbsd, "group is a FIFO", "unknown PW6011", |r| {
            r.fifo("/etc/group");
        }),
        plain(Netbsd, "home is missing", "warn PW6012", |r| {
            r.write("/etc/passwd", format!("lantern:*:{UID}:{GID}::/home/lantern:/sbin/nologin\n"));
        }),
        plain(Netbsd, "a shell to log in with", "warn PW6012", |r| {
            r.write("/etc/passwd", format!("lantern:*:{UID}:{GID}::/var/db/lantern:/bin/sh\n"));
        }),
        plain(Netbsd, "a home that the OS cannot follow", "unknown PW6012", |r| {
            r.write("/etc/passwd", format!("lantern:*:{UID}:{GID}::/home/x:/sbin/nologin\n")).opaque("/home/x");
        }),
        plain(Netbsd, "the script was not copied", "bad PW6060", |r| {
            let script = r.read(SCRIPT);
            r.remove(SCRIPT).write("/usr/pkg/share/examples/rc.d/lantern", script);
        }),
        plain(Netbsd, "the script may not be run", "bad PW6060", |r| {
            r.mode(SCRIPT, 0o644);
        }),
        plain(Netbsd, "the script is a FIFO", "unknown PW6060", |r| {
            r.fifo(SCRIPT);
        }),
        plain(Netbsd, "not enabled", "bad PW6061", |r| {
            r.write("/etc/rc.conf", "hostname=lamp\n");
        }),
        plain(Netbsd, "enabled in rc.conf.d, disabled in rc.conf", "bad PW6061", |r| {
            r.write("/etc/rc.conf", "lantern=YES\n").write("/etc/rc.conf.d/lantern", "lantern=NO\n");
        }),
        plain(Netbsd, "enabled under a condition", "unknown PW6061", |r| {
            r.write("/etc/rc.conf", "case $(hostname) in\nlamp) lantern=YES ;;\nesac\n");
        }),
        with(Linux, "pkgsrc on Linux, not enabled", "bad PW6061", Tweaks::default, |r| {
            r.write("/etc/rc.conf", "");
        }),
        with(Linux, "pkgsrc on Linux, only ffmpeg7", "bad PW6001", Tweaks::default, |r| {
            r.remove(LINK);
        }),
    ]
}

/// Files.
pub(crate) fn files() -> Vec<Situation> {
    vec![
        plain(Netbsd, "no configuration", "bad PW6020", |r| {
            r.remove(CONFIG);
        }),
        plain(Netbsd, "a configuration for root only", "bad PW6020", |r| {
            r.own(CONFIG, 0, 0);
        }),
        plain(Netbsd, "a directory that the user may not search", "bad PW6020", |r| {
            r.mode("/usr/pkg/etc/lantern", 0o700);
        }),
        plain(Netbsd, "a configuration behind a link that the OS cannot follow", "unknown PW6020", |r| {
            r.opaque(CONFIG);
        }),
        plain(Netbsd, "a table twice", "bad PW6021", |r| {
            r.write(CONFIG, "[db]\n[db]\n").own(CONFIG, 0, GID).mode(CONFIG, 0o640);
        }),
        plain(Netbsd, "a configuration of two megabytes", "unknown PW6021", |r| {
            r.write(CONFIG, "#".repeat(2 << 20)).own(CONFIG, 0, GID).mode(CONFIG, 0o640);
        }),
        plain(Netbsd, "secrets for everybody", "bad PW6022", |r| {
            r.mode(CONFIG, 0o644);
        }),
        plain(Netbsd, "a configuration of the service's own", "warn PW6022", |r| {
            r.own(CONFIG, UID, GID);
        }),
        plain(Netbsd, "whose group a configuration is", "unknown PW6022", |r| {
            r.fifo("/etc/group");
        }),
        plain(Netbsd, "the write-ahead log on NetBSD", "bad PW6023", |r| {
            r.write(CONFIG, "[db]\njournal-mode = 'WAL'\n").own(CONFIG, 0, GID).mode(CONFIG, 0o640);
        }),
        plain(Netbsd, "a setting that is missing", "bad PW6023", |r| {
            r.write(CONFIG, "x = 1\n").own(CONFIG, 0, GID).mode(CONFIG, 0o640);
        }),
        plain(Netbsd, "a setting in a file with an error", "unknown PW6023", |r| {
            r.write(CONFIG, "x = \n").own(CONFIG, 0, GID).mode(CONFIG, 0o640);
        }),
        plain(Netbsd, "a directory is missing", "bad PW6030", |r| {
            r.remove("/var/db/lantern/wicks");
        }),
        plain(Netbsd, "a directory of root's", "bad PW6030", |r| {
            r.own("/var/db/lantern/wicks", 0, 0);
        }),
        plain(Netbsd, "a directory that is a file", "bad PW6030", |r| {
            r.remove("/var/db/lantern/wicks").write("/var/db/lantern/wicks", "");
        }),
        plain(Netbsd, "a directory for everybody", "warn PW6030", |r| {
            r.mode("/var/db/lantern/wicks", 0o777);
        }),
        plain(Netbsd, "a log directory of root's", "bad PW6030", |r| {
            r.own("/var/log/lantern", 0, 0);
        }),
        plain(Netbsd, "a directory of a user who is not known", "unknown PW6030", |r| {
            r.fifo("/etc/passwd");
        }),
        plain(Netbsd, "a database larger than what is free", "warn PW6031", |r| {
            let file = fs::OpenOptions::new().write(true).open(r.path().join(&DATABASE[1..])).unwrap();
            file.set_len(8 << 40).unwrap();
        }),
        plain(Netbsd, "state on a network file system", "warn PW6032", |r| {
            r.append("/etc/fstab", "server:/x /var/db nfs rw 0 0\n");
        }),
        plain(Netbsd, "fstab is a FIFO", "unknown PW6032", |r| {
            r.fifo("/etc/fstab");
        }),
        plain(Netbsd, "a database that is text", "bad PW6080", |r| {
            r.write(DATABASE, "not a database, whatever its name\n").own(DATABASE, UID, GID);
        }),
        plain(Netbsd, "a database that is cut off", "bad PW6080", |r| {
            let bytes = fs::read(r.path().join(&DATABASE[1..])).unwrap();
            r.write(DATABASE, &bytes[..9000]).own(DATABASE, UID, GID);
        }),
        plain(Netbsd, "a database behind a link that the OS cannot follow", "unknown PW6080", |r| {
            r.opaque(DATABASE);
        }),
        plain(Netbsd, "a write-ahead log that was left", "warn PW6081", |r| {
            let log = "/var/db/lantern/lamp.db-wal";
            r.write(log, [0; 4096]).own(log, UID, GID);
        }),
        plain(Netbsd, "a journal of root's", "bad PW6081", |r| {
            r.write("/var/db/lantern/lamp.db-journal", "");
        }),
        plain(Netbsd, "write-ahead mode where the option needs another", "bad PW6081", |r| {
            let mut bytes = fs::read(r.path().join(&DATABASE[1..])).unwrap();
            (bytes[18], bytes[19]) = (2, 2);
            r.write(DATABASE, bytes).own(DATABASE, UID, GID);
        }),
        plain(Netbsd, "a journal of a user who is not known", "unknown PW6081", |r| {
            r.fifo("/etc/passwd").write("/var/db/lantern/lamp.db-journal", "");
        }),
        plain(Netbsd, "a damaged page", "bad PW6082", |r| {
            let mut bytes = fs::read(r.path().join(&DATABASE[1..])).unwrap();
            bytes[4096..4196].fill(0xff);
            r.write(DATABASE, bytes).own(DATABASE, UID, GID);
        }),
        plain(Netbsd, "a database with transactions beside it", "unknown PW6082", |r| {
            let log = "/var/db/lantern/lamp.db-wal";
            r.write(log, [0; 4096]).own(log, UID, GID);
        }),
    ]
}

/// The machine and the package.
pub(crate) fn machine() -> Vec<Situation> {
    vec![
        with(
            Netbsd,
            "a port of root's",
            "bad PW6041",
            || Tweaks { recipe: Some(("127.0.0.1:8420", "0.0.0.0:443")), ..Tweaks::default() },
            |_| {},
        ),
        with(
            Netbsd,
            "a port of root's for a user who is not known",
            "unknown PW6041",
            || Tweaks { recipe: Some(("127.0.0.1:8420", "0.0.0.0:443")), ..Tweaks::default() },
            |r| {
                r.fifo("/etc/passwd");
            },
        ),
        plain(Netbsd, "too little memory at the last boot", "bad PW6050", |r| {
            r.write("/var/run/dmesg.boot", "total memory = 255 MB\n");
        }),
        plain(Netbsd, "ulimit in rc.conf", "bad PW6050", |r| {
            r.append("/etc/rc.conf", "ulimit -S -d 262144\n");
        }),
        plain(Netbsd, "ulimit under a condition", "unknown PW6050", |r| {
            r.append("/etc/rc.conf", "hostname | grep -q lamp && ulimit -d 262144\n");
        }),
        plain(Netbsd, "nobody tells the memory", "unknown PW6050", |r| {
            r.remove("/var/run/dmesg.boot");
        }),
        with(
            Netbsd,
            "an option that needs more",
            "bad PW6050",
            || Tweaks { memory: Some(1 << 30), options: &["wasm"], ..Tweaks::default() },
            |_| {},
        ),
        plain(Netbsd, "few open files by rc.conf", "bad PW6051", |r| {
            r.append("/etc/rc.conf", "lantern_nofiles=64\n");
        }),
        plain(Netbsd, "open files out of a command", "unknown PW6051", |r| {
            r.append("/etc/rc.conf", "lantern_nofiles=`ulimit -H -n`\n");
        }),
        plain(Netbsd, "a package that does not say how it was built", "unknown PW6071", |r| {
            r.remove("/usr/pkg/pkgdb/lantern-1.0.0/+BUILD_INFO");
        }),
        with(
            Netbsd,
            "a server that is broken there",
            "bad PW6071",
            || Tweaks {
                recipe: Some(("[[program]]", "[os.netbsd]\nbroken = \"no wind\"\n[[program]]")),
                ..Tweaks::default()
            },
            |_| {},
        ),
        plain(Netbsd, "no package", "warn PW6090", |r| {
            r.remove("/usr/pkg/pkgdb/lantern-1.0.0");
        }),
        plain(Netbsd, "no package database", "unknown PW6090", |r| {
            r.remove("/usr/pkg/pkgdb");
        }),
        plain(Netbsd, "another server than the package's", "bad PW6091", |r| {
            r.write("/usr/pkg/sbin/lantern", elf("", &[], "")).mode("/usr/pkg/sbin/lantern", 0o755);
        }),
        plain(Netbsd, "the packing list is a FIFO", "unknown PW6091", |r| {
            r.fifo("/usr/pkg/pkgdb/lantern-1.0.0/+CONTENTS");
        }),
    ]
}
