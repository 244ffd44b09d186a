//! What can be wrong anywhere, on a host of each family.
use std::fmt::Write as _;
use std::fs;

use portwright::doctor::run::Runner;

use crate::faulty::redacted;
use crate::others::sql;
use crate::support::{Asked, Fake, Family, GID, LANTERN, Root, UID, able, elf, host, look, not_ok};

const DATABASE: &str = "/var/db/lantern/lamp.db";

/// Status and code that must be among what is said, and what is done to the host.
type Harm = (&'static str, fn(&Root, Family));

const HARMS: &[Harm] = &[
    ("bad PW6001", |r, family| {
        r.remove(&ffmpeg(family));
    }),
    ("bad PW6002", |r, family| match family {
        Family::Freebsd => sql(r, "UPDATE packages SET version = '4.4,1' WHERE name = 'ffmpeg'"),
        Family::Openbsd => rename(r, "/var/db/pkg/ffmpeg-6.1.2v1", "/var/db/pkg/ffmpeg-4.4v1"),
        _ => rename(
            r,
            &format!("{}/pkgdb/ffmpeg7-7.1", family.prefix()),
            &format!("{}/pkgdb/ffmpeg7-4.4", family.prefix()),
        ),
    }),
    ("bad PW6003", |r, family| {
        r.mode(family.program(), 0o644);
    }),
    ("bad PW6004", |r, family| {
        r.remove(&format!("{}/lib/libwax.so.1", family.prefix()));
    }),
    ("bad PW6010", |r, _| {
        r.write("/etc/passwd", "root:*:0:0::/root:/bin/sh\n");
    }),
    ("bad PW6011", |r, _| {
        r.write("/etc/group", "wheel:*:0:root\n");
    }),
    ("warn PW6012", |r, family| {
        r.write("/etc/passwd", format!("{}:*:{UID}:{GID}::/var/db/lantern:/bin/sh\n", family.user()));
    }),
    ("bad PW6020", |r, family| {
        r.remove(family.config());
    }),
    ("bad PW6021", |r, family| {
        r.write(family.config(), "x = \n").own(family.config(), 0, GID).mode(family.config(), 0o640);
    }),
    ("bad PW6022", |r, family| {
        r.mode(family.config(), 0o644);
    }),
    ("bad PW6030", |r, _| {
        r.own("/var/db/lantern/wicks", 0, 0);
    }),
    ("warn PW6031", |r, _| {
        fs::OpenOptions::new().write(true).open(r.path().join(&DATABASE[1..])).unwrap().set_len(8 << 40).unwrap();
    }),
    ("warn PW6032", |r, family| {
        match family {
            Family::Illumos => r.write("/etc/vfstab", "server:/x - /var/db nfs - yes -\n"),
            _ => r.write("/etc/fstab", "server:/x /var/db nfs rw 0 0\n"),
        };
    }),
    ("bad PW6060", |r, family| {
        r.remove(match family {
            Family::Illumos => "/opt/local/lib/svc/manifest/lantern.xml",
            Family::Freebsd => "/usr/local/etc/rc.d/lantern",
            _ => "/etc/rc.d/lantern",
        });
    }),
    ("bad PW6063", |r, family| {
        r.mode(&format!("{}/bin", family.prefix()), 0o777);
    }),
    ("bad PW6080", |r, _| {
        r.write(DATABASE, "text\n").own(DATABASE, UID, GID);
    }),
    ("bad PW6081", |r, _| {
        r.write("/var/db/lantern/lamp.db-journal", "");
    }),
    ("bad PW6082", |r, _| {
        let mut bytes = fs::read(r.path().join(&DATABASE[1..])).unwrap();
        bytes[4096..4196].fill(0xff);
        r.write(DATABASE, bytes).own(DATABASE, UID, GID);
    }),
    ("warn PW6090", |r, family| match family {
        Family::Freebsd => sql(r, "DELETE FROM packages WHERE name = 'lantern'"),
        Family::Openbsd => drop(r.remove("/var/db/pkg/lantern-1.0.0")),
        _ => drop(r.remove(&format!("{}/pkgdb/lantern-1.0.0", family.prefix()))),
    }),
    ("bad PW6091", |r, family| {
        r.write(family.program(), elf("", &[], "")).mode(family.program(), 0o755);
    }),
];

/// What is asked of a host where nothing is harmed: the recipe's lines, what is there and what comes instead.
const ASKED: &[(&str, &str, &str)] = &[
    ("bad PW6041", "127.0.0.1:8420", "0.0.0.0:443"),
    ("bad PW6050", "memory = \"512M\"", "memory = \"64G\""),
    ("bad PW6051", "open-files = 512", "open-files = 9000000"),
    ("bad PW6071", "[[program]]", "[os.@]\nbroken = \"no wind\"\n[[program]]"),
];

fn ffmpeg(family: Family) -> String {
    match family {
        Family::Openbsd | Family::Freebsd => format!("{}/bin/ffmpeg", family.prefix()),
        _ => format!("{}/libexec/lantern/bin/ffmpeg", family.prefix()),
    }
}

fn rename(r: &Root, from: &str, to: &str) {
    fs::rename(r.path().join(&from[1..]), r.path().join(&to[1..])).unwrap();
}

fn said(root: &Root, family: Family, recipe: &str, runner: Option<&dyn Runner>, now: i64) -> Vec<String> {
    let memory = (family == Family::Linux).then_some(4 << 30);
    not_ok(&look(root, family, &Asked { recipe, memory, runner, now: Some(now), ..Asked::default() }))
}

fn every(family: Family) -> String {
    let mut text = String::new();
    let mut tell = |expect: &str, said: Vec<String>| {
        assert!(said.iter().any(|line| line.starts_with(expect)), "{family:?}: {expect} is not among {said:#?}");
        let _ = writeln!(text, "{expect}:\n  {}", said.join("\n  "));
    };
    for (expect, harm) in HARMS {
        let root = host(family);
        harm(&root, family);
        tell(expect, said(&root, family, LANTERN, None, 4_000_000_000));
    }
    let os = family.port(LANTERN).profile.os.clone();
    for (expect, old, new) in ASKED {
        let root = host(family);
        let recipe = root.outside().with_extension("toml");
        let text = fs::read_to_string(LANTERN).unwrap();
        assert!(text.contains(old), "{old}");
        // The service's own limits are those of the recipe, unless the host was set up before.
        fs::write(&recipe, text.replacen(old, &new.replace('@', &os), 1)).unwrap();
        tell(expect, said(&root, family, &recipe.display().to_string(), None, 4_000_000_000));
    }
    // A host that runs, whose commands answer nothing: what needs none is found all the same.
    let fake = Fake::default();
    let clock = said(&host(family), family, LANTERN, Some(&fake), 1_000_000);
    let clock = clock.into_iter().filter(|line| line.contains("PW6070")).collect();
    tell("bad PW6070", clock);
    redacted(&text)
}

macro_rules! families {
    ($($name:ident: $family:expr;)*) => {
        $(#[test]
        fn $name() {
            if able() {
                insta::assert_snapshot!(every($family));
            }
        })*
    };
}

families! {
    every_check_on_netbsd: Family::Netbsd;
    every_check_on_linux: Family::Linux;
    every_check_on_illumos: Family::Illumos;
    every_check_on_openbsd: Family::Openbsd;
    every_check_on_freebsd: Family::Freebsd;
}
