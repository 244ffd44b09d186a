//! illumos, OpenBSD and FreeBSD: what is wrong in their own ways.
use crate::situation::{Situation, Tweaks, plain, with};
use crate::support::Family::{Freebsd, Illumos, Openbsd};
use crate::support::{Fake, GID, Root, UID, elf};

const MANIFEST: &str = "/opt/local/lib/svc/manifest/lantern.xml";
const FMRI: &str = "svc:/site/lantern:default";

/// SMF.
pub(crate) fn illumos() -> Vec<Situation> {
    vec![
        plain(Illumos, "a manifest without a PATH", "bad PW6001", |r| {
            let text = r.read(MANIFEST);
            let line = text.lines().find(|line| line.contains("name=\"PATH\"")).unwrap().to_owned();
            r.write(MANIFEST, text.replace(&line, ""));
        }),
        plain(Illumos, "only ffmpeg7 in a zone", "bad PW6001", |r| {
            r.remove("/opt/local/libexec/lantern/bin/ffmpeg");
        }),
        plain(Illumos, "no manifest", "bad PW6060", |r| {
            r.remove(MANIFEST);
        }),
        plain(Illumos, "a manifest that is no XML", "unknown PW6060", |r| {
            r.write(MANIFEST, "<service_bundle");
        }),
        plain(Illumos, "enabled or not, the repository knows", "unknown PW6061", |r| {
            r.remove("/etc/svc/profile/site.xml");
        }),
        plain(Illumos, "no user in a zone", "bad PW6010", |r| {
            r.write("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
        }),
        plain(Illumos, "few open files by a profile", "bad PW6051", |r| {
            r.write(
                "/etc/svc/profile/site.xml",
                "<service_bundle type='profile' name='site'><service name='site/lantern' version='1' type='service'>\
                 <instance name='default' enabled='true'><property_group name='application' type='application'>\
                 <propval name='nofiles' type='count' value='64'/></property_group></instance></service></service_bundle>",
            );
        }),
        with(
            Illumos,
            "an option that is broken on illumos",
            "bad PW6071",
            || Tweaks { options: &["turbo"], ..Tweaks::default() },
            |_| {},
        ),
    ]
}

/// Zones that run.
pub(crate) fn zones() -> Vec<Situation> {
    vec![
        with(Illumos, "a cap of the zone", "bad PW6050", || zone("online", "268435456"), |_| {}),
        with(
            Illumos,
            "a manifest that was not imported",
            "bad PW6060",
            || {
                let tweaks = zone("", "4294967296");
                Tweaks { live: tweaks.live.map(|fake| fake.says(&format!("/usr/bin/svcprop {FMRI}"), 1, "")), ..tweaks }
            },
            |_| {},
        ),
        with(
            Illumos,
            "caps that prctl does not tell",
            "unknown PW6050",
            || {
                let tweaks = zone("online", "4294967296");
                let refused = "/usr/bin/prctl -P -n zone.max-physical-memory -i zone lamp";
                Tweaks { live: tweaks.live.map(|fake| fake.says(refused, 1, "")), ..tweaks }
            },
            |_| {},
        ),
        with(
            Illumos,
            "in maintenance",
            "bad PW6062",
            || zone("maintenance", "4294967296"),
            |r| {
                r.write("/var/svc/log/site-lantern:default.log", "[ Method \"start\" exited with status 96. ]\n");
            },
        ),
        with(Illumos, "disabled in a zone that runs", "warn PW6062", || zone("disabled", "4294967296"), |_| {}),
        with(
            Illumos,
            "svcs does not answer",
            "unknown PW6062",
            || Tweaks {
                live: Some(
                    Fake::default()
                        .says("/opt/local/libexec/lantern/bin/ffmpeg -version", 0, "ffmpeg version 7.1")
                        .fails(&format!("/usr/bin/svcs -H -o state {FMRI}"), "`svcs` did not end within 2 s"),
                ),
                memory: Some(1 << 32),
                ..Tweaks::default()
            },
            |_| {},
        ),
        with(
            Illumos,
            "an admin changed the PATH by svccfg",
            "bad PW6001",
            || {
                let mut tweaks = zone("online", "4294967296");
                let properties = "general/enabled boolean true\nmethod_context/user astring lantern\nmethod_context/environment astring HOME=/var/db/lantern PATH=/usr/bin\nrestarter/state astring online\n";
                tweaks.live = tweaks.live.map(|fake| fake.says(&format!("/usr/bin/svcprop {FMRI}"), 0, properties));
                tweaks
            },
            |_| {},
        ),
        with(
            Illumos,
            "a port of root's, and the privilege is in a comment only",
            "bad PW6041",
            || Tweaks { recipe: Some(("127.0.0.1:8420", "0.0.0.0:443")), ..Tweaks::default() },
            |r| {
                let text = r.read(MANIFEST);
                r.write(MANIFEST, text.replace("<service_bundle ", "<!-- net_privaddr --><service_bundle "));
            },
        ),
        plain(Illumos, "state of root's in a zone", "bad PW6030", |r| {
            r.own("/var/db/lantern", 0, 0);
        }),
    ]
}

/// A zone that runs, with a state of the service and a cap of memory.
fn zone(state: &str, cap: &str) -> Tweaks {
    let fake = Fake::default()
        .says("/opt/local/libexec/lantern/bin/ffmpeg -version", 0, "ffmpeg version 7.1")
        .says("/usr/bin/sh -c getconf _PHYS_PAGES && getconf PAGESIZE", 0, "16777216\n4096\n")
        .says("/usr/bin/zonename", 0, "lamp\n")
        .says("/usr/bin/prctl -P -n zone.max-physical-memory -i zone lamp", 0, &format!("zone: 3: lamp\nzone.max-physical-memory privileged {cap} - deny -\nzone.max-physical-memory system 18446744073709551615 max deny -\n"))
        .says("/usr/bin/prctl -P -n zone.max-swap -i zone lamp", 0, "zone: 3: lamp\n")
        .says("/usr/sbin/mount -v", 0, "rpool/lamp on / type zfs read/write\n")
        .says(&format!("/usr/bin/svcs -H -o state {FMRI}"), 0, &format!("{state}\n"))
        .says(&format!("/usr/bin/svcprop {FMRI}"), 0, &format!("general/enabled boolean true\nrestarter/state astring {state}\n"));
    Tweaks { live: Some(fake), ..Tweaks::default() }
}

/// Login classes.
pub(crate) fn openbsd() -> Vec<Situation> {
    vec![
        plain(Openbsd, "the class daemon's 128 files", "bad PW6051", |r| {
            r.remove("/etc/login.conf.d/lantern");
        }),
        plain(Openbsd, "a class with a PATH of its own", "bad PW6001", |r| {
            r.write("/etc/login.conf.d/lantern", "lantern:openfiles=1024:path=/usr/bin /bin:tc=daemon:\n");
        }),
        plain(Openbsd, "a class that inherits from itself", "unknown PW6051", |r| {
            r.write("/etc/login.conf.d/lantern", "lantern:tc=lantern:\n");
        }),
        plain(Openbsd, "no login.conf", "unknown PW6001", |r| {
            r.remove("/etc/login.conf").remove("/etc/login.conf.d/lantern");
        }),
        plain(Openbsd, "a class with less memory than the option needs", "bad PW6050", |r| {
            r.write("/etc/login.conf.d/lantern", "lantern:openfiles=1024:datasize=256M:tc=daemon:\n");
        }),
        with(
            Openbsd,
            "a flavour that needs more",
            "bad PW6050",
            || Tweaks { memory: Some(1 << 30), ..Tweaks::default() },
            |r| {
                let list = r.read("/var/db/pkg/lantern-1.0.0/+CONTENTS");
                r.remove("/var/db/pkg/lantern-1.0.0").write("/var/db/pkg/lantern-1.0.0-wasm/+CONTENTS", list);
            },
        ),
        plain(Openbsd, "libraries of another major number", "bad PW6004", |r| {
            r.remove("/usr/lib/libc.so.100.1").write("/usr/lib/libc.so.101.0", elf("", &[], ""));
        }),
        plain(Openbsd, "a library that is older than the server", "bad PW6004", |r| {
            r.remove("/usr/lib/libc.so.100.1").write("/usr/lib/libc.so.100.0", elf("", &[], ""));
        }),
        with(
            Openbsd,
            "rcctl says that it failed",
            "warn PW6062",
            || Tweaks {
                live: Some(openbsd_live().says("/usr/sbin/rcctl check lantern", 1, "lantern(failed)\n")),
                ..Tweaks::default()
            },
            |r| {
                r.write("/var/log/daemon", "Nov 24 20:00:00 lamp lantern: no oil\nNov 24 20:00:01 lamp ntpd: drift\n");
            },
        ),
        with(
            Openbsd,
            "rcctl does not answer",
            "unknown PW6062",
            || Tweaks {
                live: Some(openbsd_live().fails("/usr/sbin/rcctl check lantern", "`rcctl` did not end within 2.0 s")),
                ..Tweaks::default()
            },
            |_| {},
        ),
        plain(Openbsd, "not among pkg_scripts", "bad PW6061", |r| {
            r.write("/etc/rc.conf.local", "pkg_scripts=postgresql\n");
        }),
        plain(Openbsd, "flags that say no", "bad PW6061", |r| {
            r.append("/etc/rc.conf.local", "lantern_flags=NO\n");
        }),
        plain(Openbsd, "rc.conf.local runs a command", "unknown PW6061", |r| {
            r.append("/etc/rc.conf.local", "pkg_scripts=\"$(ls /etc/rc.d)\"\n");
        }),
        plain(Openbsd, "no _lantern", "bad PW6010", |r| {
            r.write("/etc/passwd", "root:*:0:0::/root:/bin/ksh\n");
        }),
        plain(Openbsd, "another server than the package's on OpenBSD", "bad PW6091", |r| {
            r.write("/usr/local/sbin/lantern", "#!/libexec/none\n").mode("/usr/local/sbin/lantern", 0o755);
        }),
    ]
}

/// An OpenBSD host that runs.
fn openbsd_live() -> Fake {
    Fake::default()
        .says("/sbin/sysctl -n hw.physmem", 0, "4294967296\n")
        .says("/sbin/mount", 0, "/dev/sd0a on / type ffs (local)\n")
        .says("/usr/local/bin/ffmpeg -version", 0, "ffmpeg version 6.1.2")
}

/// Changes FreeBSD's package database.
pub(crate) fn sql(r: &Root, sql: &str) {
    let database = r.path().join("var/db/pkg/local.sqlite");
    assert!(std::process::Command::new("sqlite3").arg(database).arg(sql).status().unwrap().success());
}

/// What the package database says of options.
fn options_of_freebsd() -> Vec<Situation> {
    vec![
        plain(Freebsd, "the package was built with the other option", "bad PW6050", |r| {
            sql(r, "UPDATE pkg_option SET value = CASE option_id WHEN 2 THEN 'on' ELSE 'off' END");
            r.write("/var/run/dmesg.boot", "real memory  = 1073741824 (1024 MB)\n");
        }),
        with(
            Freebsd,
            "an option that is always on, of which the package says nothing",
            "bad PW6050",
            || Tweaks {
                recipe: Some(("\"wasm\"\ngroup = \"sqlite\"", "\"wasm\"\ngroup = \"engine\"")),
                ..Tweaks::default()
            },
            |r| {
                r.write("/var/run/dmesg.boot", "real memory  = 1073741824 (1024 MB)\n");
            },
        ),
    ]
}

/// daemon(8), limits(1), rc.conf.
pub(crate) fn freebsd() -> Vec<Situation> {
    let mut all = options_of_freebsd();
    all.extend([
        plain(Freebsd, "no PATH in the environment", "bad PW6001", |r| {
            let script = "/usr/local/etc/rc.d/lantern";
            let text = r.read(script);
            let line = text.lines().find(|line| line.starts_with("lantern_env=")).unwrap().to_owned();
            r.write(script, text.replace(&line, "")).mode(script, 0o755);
        }),
        plain(Freebsd, "daemon -u with a class that lacks packages", "bad PW6001", |r| {
            let script = "/usr/local/etc/rc.d/lantern";
            let text = r.read(script).replace("-f -P", "-f -u lantern -P");
            r.write(script, text).mode(script, 0o755);
            r.write("/etc/login.conf", "default:path=/sbin /bin /usr/sbin /usr/bin:\n");
        }),
        plain(Freebsd, "an environment file that takes packages out", "bad PW6001", |r| {
            let script = "/usr/local/etc/rc.d/lantern";
            let text = r.read(script);
            let line = text.lines().find(|line| line.starts_with("lantern_env=")).unwrap().to_owned();
            r.write(script, text.replace(&line, "lantern_env_file=/etc/lantern.env")).mode(script, 0o755);
            r.write("/etc/lantern.env", "PATH=/usr/bin\n");
        }),
        plain(Freebsd, "few open files by limits", "bad PW6051", |r| {
            r.append("/etc/rc.conf", "lantern_limits=\"-n 100\"\n");
        }),
        plain(Freebsd, "limits out of a variable that is not set", "unknown PW6051", |r| {
            r.append("/etc/rc.conf", "lantern_limits=\"-n $(sysctl -n kern.maxfiles)\"\n");
        }),
        plain(Freebsd, "not enabled on FreeBSD", "bad PW6061", |r| {
            r.write("/etc/rc.conf", "");
        }),
        plain(Freebsd, "a package database that is none", "unknown PW6090", |r| {
            r.write("/var/db/pkg/local.sqlite", "no database");
        }),
        plain(Freebsd, "a package database that pkg was writing", "unknown PW6090", |r| {
            r.write("/var/db/pkg/local.sqlite-wal", [0; 4096]);
        }),
        plain(Freebsd, "another server than the package's on FreeBSD", "bad PW6091", |r| {
            r.write("/usr/local/bin/lantern", elf("", &[], "")).mode("/usr/local/bin/lantern", 0o755);
        }),
        plain(Freebsd, "an old ffmpeg on FreeBSD", "bad PW6002", |r| {
            sql(r, "UPDATE packages SET version = '4.4.1,1' WHERE name = 'ffmpeg'");
        }),
        plain(Freebsd, "few open files by the class daemon", "bad PW6051", |r| {
            r.append("/etc/rc.conf", "lantern_limits=\"-c 0\"\n");
            r.append("/etc/login.conf", "daemon:\\\n\t:openfiles=100:\\\n\t:tc=default:\n");
        }),
        plain(Freebsd, "little memory by the class daemon", "bad PW6050", |r| {
            r.append("/etc/login.conf", "daemon:\\\n\t:datasize=256M:\\\n\t:tc=default:\n");
        }),
        plain(Freebsd, "little memory by limits", "bad PW6050", |r| {
            r.append("/etc/rc.conf", "lantern_limits=\"-n 512 -v 256m\"\n");
        }),
        with(
            Freebsd,
            "pkg says that a file was changed",
            "bad PW6091",
            || {
                let fake = Fake::default()
                    .says("/sbin/sysctl -n hw.physmem", 0, "4294967296\n")
                    .says("/sbin/mount", 0, "zroot on / (zfs, local)\n")
                    .says("/usr/local/bin/ffmpeg -version", 0, "ffmpeg version 6.1")
                    .says("/usr/local/sbin/pkg query %Ok %Ov lantern", 0, "NATIVE on\nWASM off\n")
                    .says("/usr/local/sbin/pkg info -e lantern", 0, "")
                    .says(
                        "/usr/local/sbin/pkg check -sq lantern",
                        1,
                        "lantern-1.0.0: checksum mismatch for /usr/local/sbin/lantern\n",
                    );
                Tweaks { live: Some(fake), ..Tweaks::default() }
            },
            |r| {
                // As on a host without sqlite3, where pkg(8) has to tell.
                r.write("/var/db/pkg/local.sqlite", "");
            },
        ),
        with(
            Freebsd,
            "pkg does not run",
            "unknown PW6090",
            || {
                let fake = Fake::default()
                    .says("/usr/local/bin/ffmpeg -version", 0, "ffmpeg version 6.1")
                    .says("/usr/local/sbin/pkg info -e lantern", 127, "")
                    .says("/usr/local/sbin/pkg check -sq lantern", 127, "");
                Tweaks { live: Some(fake), memory: Some(1 << 32), ..Tweaks::default() }
            },
            |r| {
                r.write("/var/db/pkg/local.sqlite", "");
            },
        ),
        plain(Freebsd, "a configuration that FreeBSD's lantern may not read", "bad PW6020", |r| {
            r.own("/usr/local/etc/lantern/lantern.toml", 0, 0);
        }),
        plain(Freebsd, "state of somebody else's", "bad PW6030", |r| {
            r.own("/var/db/lantern/wicks", UID + 7, GID + 7);
        }),
    ]);
    all
}
