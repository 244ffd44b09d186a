//! The verb as a user types it: exit status, answers for programs, `--fix`.
use std::fs;
use std::process::{Command, Output};

use crate::support::{Family, Root, able, host};

const GOTOSOCIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/recipes/gotosocial.toml");

fn doctor(recipe: &str, root: &Root, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
    command.args(["doctor", recipe, "--root"]).arg(root.path()).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn lantern(root: &Root, args: &[&str]) -> Output {
    doctor(crate::support::LANTERN, root, args)
}

#[test]
fn exit_status() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    // The profile is known by the dynamic linker of the root.
    let fit = lantern(&root, &[]);
    assert_eq!(fit.status.code(), Some(0), "{}", text(&fit));
    assert!(text(&fit).contains("lantern: fit (0 bad, 0 unknown, 0 warn,"), "{}", text(&fit));
    root.remove("/var/run/dmesg.boot");
    assert_eq!(lantern(&root, &[]).status.code(), Some(3));
    assert_eq!(lantern(&root, &["--memory", "4G"]).status.code(), Some(0));
    assert_eq!(lantern(&root, &["--memory", "100M"]).status.code(), Some(1));
    for wrong in
        [&["--memory", "much"][..], &["--option", "nativ"], &["--profile", "plan9"], &["--root", "/nowhere/at/all"]]
    {
        let output = lantern(&root, wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", text(&output));
    }
}

#[test]
fn fix_mends_what_is_safe_and_nothing_else() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    let link = "/usr/pkg/libexec/lantern/bin/ffmpeg";
    root.remove(link)
        .remove("/var/db/lantern/wicks")
        .write("/etc/rc.conf", "hostname=lamp\n")
        .mode("/etc/rc.conf", 0o640);
    let database = fs::metadata(root.path().join("var/db/lantern/lamp.db")).unwrap();
    assert_eq!(lantern(&root, &[]).status.code(), Some(1));
    let fixed = lantern(&root, &["--fix"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", text(&fixed));
    for said in [
        "link /usr/pkg/libexec/lantern/bin/ffmpeg -> /usr/pkg/bin/ffmpeg7",
        "make /var/db/lantern/wicks (lantern:lantern, 0750)",
        "add lantern=YES to /etc/rc.conf",
    ] {
        assert!(String::from_utf8_lossy(&fixed.stderr).contains(said), "{}", text(&fixed));
    }
    assert_eq!(root.read("/etc/rc.conf"), "hostname=lamp\nlantern=YES\n");
    assert_eq!(root.read("/etc/rc.conf.orig"), "hostname=lamp\n");
    // A second run says and changes nothing.
    let before = fs::metadata(root.path().join("etc/rc.conf")).unwrap();
    let again = lantern(&root, &["--fix"]);
    assert_eq!((again.status.code(), again.stderr.len()), (Some(0), 0), "{}", text(&again));
    let after = fs::metadata(root.path().join("etc/rc.conf")).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    let same = fs::metadata(root.path().join("var/db/lantern/lamp.db")).unwrap();
    assert_eq!(database.modified().unwrap(), same.modified().unwrap());
    assert_eq!(
        fs::read_dir(root.path().join("var/db/lantern")).unwrap().count(),
        2,
        "nothing was left beside the database"
    );
}

/// However many settings it makes and however often, the copies are of what a person wrote.
#[test]
fn fix_keeps_what_was_there_before() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    // Somebody else's script: no link, no PATH, and not enabled.
    let script = "name=lantern\nrcvar=lantern\ncommand=/usr/pkg/sbin/lantern\npidfile=/var/run/lantern.pid\nload_rc_config $name\n\
                  : ${lantern_user:=lantern}\n: ${lantern_chdir:=/var/db/lantern}\nulimit -n 512\nrun_rc_command \"$1\"\n";
    root.write("/etc/rc.d/lantern", script).mode("/etc/rc.d/lantern", 0o755);
    root.remove("/usr/pkg/libexec/lantern/bin/ffmpeg");
    root.write("/etc/rc.conf", "hostname=lamp\n").write("/etc/rc.conf.orig", "of an earlier day\n");
    let fixed = lantern(&root, &["--fix"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", text(&fixed));
    let set = "hostname=lamp\nlantern=YES\nlantern_env=\"HOME=/var/db/lantern PATH=/usr/pkg/libexec/lantern/bin:";
    assert!(root.read("/etc/rc.conf").starts_with(set), "{}", root.read("/etc/rc.conf"));
    assert_eq!(root.read("/etc/rc.conf.orig"), "of an earlier day\n");
    assert_eq!(root.read("/etc/rc.conf.orig.1"), "hostname=lamp\n");
    let again = lantern(&root, &["--fix"]);
    assert_eq!((again.status.code(), again.stderr.len()), (Some(0), 0), "{}", text(&again));
    let copies = fs::read_dir(root.path().join("etc"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("rc.conf"));
    assert_eq!(copies.count(), 3);
    // What rc.conf.d says comes last, so it is there that something has to be said.
    root.write("/etc/rc.conf.d/lantern", "lantern=NO\n");
    assert_eq!(lantern(&root, &[]).status.code(), Some(1));
    let fixed = lantern(&root, &["--fix"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", text(&fixed));
    assert_eq!(root.read("/etc/rc.conf.d/lantern"), "lantern=NO\nlantern=YES\n");
}

#[test]
fn fix_follows_no_link_out_of_the_root() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    fs::create_dir(root.outside()).unwrap();
    let outside = root.outside().display().to_string();
    root.remove("/usr/pkg/libexec/lantern").link("/usr/pkg/libexec", &outside).remove("/var/db/lantern/wicks");
    root.remove("/var/db/lantern")
        .link("/var/db/lantern", &outside)
        .link("/etc/rc.conf", &format!("{outside}/rc.conf"));
    let output = lantern(&root, &["--fix"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert_eq!(fs::read_dir(root.outside()).unwrap().count(), 0, "{}", text(&output));
}

/// The case that portwright was made for: a GoToSocial of each build option.
#[test]
fn the_seed_case() {
    if !able() {
        return;
    }
    let fit = |family: Family, mode: &str, args: &[&str]| {
        let root = gotosocial(family, mode);
        let output = doctor(GOTOSOCIAL, &root, &[&["--profile", family.profile()], args].concat());
        (output.status.code(), text(&output))
    };
    let (status, said) = fit(Family::Illumos, "WAL", &["--option", "wasmsqlite3", "--memory", "1G"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("bad     PW6050 memory: the option wasmsqlite3 needs 4 GB of memory, and there are 1 GB"),
        "{said}"
    );
    assert!(said.contains("(1 bad, 0 unknown"), "{said}");
    let (status, said) = fit(Family::Netbsd, "WAL", &["--option", "nowasm", "--memory", "1G"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("`db-sqlite-journal-mode` is WAL, not TRUNCATE"), "{said}");
    assert!(said.contains("(1 bad, 0 unknown"), "{said}");
    let (status, said) = fit(Family::Illumos, "TRUNCATE", &["--option", "nowasm", "--memory", "8G"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains(
            "bad     PW6071 nowasm: the option nowasm does not work on illumos: modernc.org/libc does not compile there"
        ),
        "{said}"
    );
    let (status, said) = fit(Family::Netbsd, "TRUNCATE", &["--option", "nowasm", "--memory", "1G"]);
    assert_eq!(status, Some(0), "{said}");
    // By itself the packages of pkgsrc say how they were built.
    let root = gotosocial(Family::Netbsd, "TRUNCATE");
    root.write("/usr/pkg/pkgdb/gotosocial-0.20.0/+BUILD_INFO", "PKG_OPTIONS=gotosocial-wasmsqlite3\n");
    let output = doctor(GOTOSOCIAL, &root, &["--profile", "netbsd", "--memory", "1G"]);
    assert!(text(&output).contains("the option wasmsqlite3 needs 4 GB"), "{}", text(&output));
}

/// A host with the stand-alone script or manifest of GoToSocial's recipe.
fn gotosocial(family: Family, mode: &str) -> Root {
    use portwright::emit::{Spelling, rcd, smf};
    let root = host(family);
    let port = family.port(GOTOSOCIAL);
    let spelling = Spelling::Resolved(&port);
    let prefix = family.prefix();
    let shell = &port.profile.users.nologin;
    root.append("/etc/passwd", &format!("gotosocial:*:1005:1005::/var/db/gotosocial:{shell}\n"));
    root.append("/etc/group", "gotosocial:*:1005:\n");
    for directory in ["/var/db/gotosocial", "/var/db/gotosocial/storage", "/var/log/gotosocial"] {
        root.dir(directory, 1005, 1005, 0o750);
    }
    let config = format!("{prefix}/etc/gotosocial/config.yaml");
    root.write(&config, format!("db-type: sqlite\ndb-sqlite-journal-mode: \"{mode}\"\n"))
        .own(&config, 0, 1005)
        .mode(&config, 0o640);
    let elf = crate::support::elf("", &[], "");
    for program in ["gotosocial", "ffprobe7"] {
        root.write(&format!("{prefix}/bin/{program}"), &elf).mode(&format!("{prefix}/bin/{program}"), 0o755);
    }
    let sum = portwright::krate::to_hex(&<md5::Md5 as md5::Digest>::digest(&elf));
    root.append(&format!("{prefix}/pkgdb/ffmpeg7-7.1/+CONTENTS"), "bin/ffprobe7\n");
    let package = format!("{prefix}/pkgdb/gotosocial-0.20.0");
    root.write(
        &format!("{package}/+CONTENTS"),
        format!("@name gotosocial-0.20.0\n@cwd {prefix}\nbin/gotosocial\n@comment MD5:{sum}\n"),
    );
    if family == Family::Illumos {
        root.write(&format!("{prefix}/lib/svc/manifest/gotosocial.xml"), smf::manifest(&port, &spelling).unwrap());
        root.write(
            "/etc/svc/profile/site.xml",
            "<service_bundle type='profile' name='site'><service name='site/gotosocial' version='1' type='service'>\
                 <instance name='default' enabled='true'/></service></service_bundle>",
        );
    } else {
        root.write("/etc/rc.d/gotosocial", rcd::script(&port, &spelling).unwrap()).mode("/etc/rc.d/gotosocial", 0o555);
        root.append("/etc/rc.conf", "gotosocial=YES\n");
    }
    root
}
