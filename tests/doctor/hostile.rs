//! Roots of somebody who means harm: an answer in time, nothing opened outside, nothing run.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use portwright::doctor::root::Root as Seen;

use crate::support::{Family, GID, LANTERN, Root, UID, able, host};

/// The time in which there must be an answer.
const PATIENCE: Duration = Duration::from_secs(5);

fn doctor(root: &Root, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
    command.args(["doctor", LANTERN, "--profile", "netbsd", "--root"]).arg(root.path()).args(args);
    command
}

fn answer(command: &mut Command) -> (Output, String) {
    let start = Instant::now();
    let output = command.output().unwrap();
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output, text)
}

/// Puts something that must never be opened in place of every file that is looked at.
fn replace_files(root: &Root, with: impl Fn(&Root, &str)) {
    for path in [
        "/etc/passwd",
        "/etc/group",
        "/etc/rc.conf",
        "/etc/fstab",
        "/etc/rc.d/lantern",
        "/var/run/dmesg.boot",
        "/usr/pkg/etc/lantern/lantern.toml",
        "/var/db/lantern/lamp.db",
        "/usr/pkg/sbin/lantern",
        "/usr/pkg/bin/ffmpeg7",
        "/usr/pkg/pkgdb/lantern-1.0.0/+CONTENTS",
        "/usr/pkg/pkgdb/lantern-1.0.0/+BUILD_INFO",
    ] {
        with(root, path);
    }
}

#[test]
fn fifos_and_devices_are_not_opened() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    replace_files(&root, |root, path| {
        root.fifo(path);
    });
    let (output, text) = answer(&mut doctor(&root, &[]));
    assert_eq!(output.status.code(), Some(1), "{text}");
    let root = host(Family::Netbsd);
    replace_files(&root, |root, path| {
        use nix::sys::stat::{Mode, SFlag, makedev, mknod};
        root.remove(path);
        let at = root.path().join(&path[1..]);
        // /dev/zero: reading it never ends. Where devices cannot be made, a directory is as good.
        if mknod(&at, SFlag::S_IFCHR, Mode::from_bits_truncate(0o666), makedev(1, 5)).is_err() {
            fs::create_dir(&at).unwrap();
        }
    });
    let (output, text) = answer(&mut doctor(&root, &[]));
    assert_eq!(output.status.code(), Some(1), "{text}");
}

/// Links that lead outside find what is inside, or nothing; strace shows that nothing outside is opened.
#[test]
fn nothing_outside_is_opened() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    let secret = root.outside();
    fs::create_dir(&secret).unwrap();
    fs::write(secret.join("passwd"), format!("lantern:*:{UID}:{GID}::/secret:/bin/sh\n")).unwrap();
    let up = "../".repeat(30);
    for (path, name) in
        [("/etc/passwd", "passwd"), ("/etc/rc.conf", "rc.conf"), ("/usr/pkg/etc/lantern/lantern.toml", "c")]
    {
        root.link(path, &format!("{up}{}", secret.join(name).display()));
    }
    root.link("/var/db/lantern/lamp.db", &secret.join("passwd").display().to_string());
    root.link("/usr/pkg/bin/ffmpeg7", "/bin/sh");
    let (output, text) = answer(&mut doctor(&root, &["--fix"]));
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(!text.contains("/secret"), "{text}");
    assert_eq!(fs::read_dir(&secret).unwrap().count(), 1);

    let Ok(strace) = which::which("strace") else {
        eprintln!("skipped: strace not found");
        return;
    };
    let log = root.path().with_extension("strace");
    let plain = doctor(&root, &["--fix"]);
    let mut traced = Command::new(strace);
    traced.args(["-f", "-y", "-e", "trace=open,openat,openat2,execve,readlink,readlinkat", "-o"]).arg(&log);
    traced.arg(plain.get_program()).args(plain.get_args());
    let traced = traced.output().unwrap();
    assert_eq!(traced.status.code(), Some(1), "{}", String::from_utf8_lossy(&traced.stderr));
    let lines = fs::read_to_string(&log).unwrap();
    let touched: Vec<&str> = lines.lines().filter(|line| line.contains(&*secret.to_string_lossy())).collect();
    // What a link says is read; what it leads to is not.
    assert!(touched.iter().all(|line| line.contains("readlinkat(")), "{touched:#?}");
    let started =
        lines.lines().filter(|line| line.contains("execve(") && line.contains(&*root.path().to_string_lossy()));
    assert!(started.clone().all(|line| line.contains("portwright\"")), "{:#?}", started.collect::<Vec<_>>());
}

#[test]
fn nothing_of_a_root_is_run_unless_asked() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    root.remove("/usr/pkg/pkgdb/ffmpeg7-7.1");
    let sign = root.path().with_extension("ran");
    let program = |text: &str| {
        root.write("/usr/pkg/bin/ffmpeg7", format!("#!/bin/sh\n{text}\n")).mode("/usr/pkg/bin/ffmpeg7", 0o755);
    };
    fs::set_permissions(root.path().parent().unwrap(), fs::Permissions::from_mode(0o777)).unwrap();
    program(&format!("echo ran >{}; echo ffmpeg version 6.0", sign.display()));
    let (_, text) = answer(&mut doctor(&root, &[]));
    assert!(text.contains("unknown PW6002"), "{text}");
    assert!(!sign.exists());
    let (_, text) = answer(&mut doctor(&root, &["--run-programs", "--all"]));
    assert!(text.contains("`ffmpeg` is version 6.0"), "{text}");
    assert!(sign.exists());
    program("sleep 60 & sleep 60");
    let (_, text) = answer(&mut doctor(&root, &["--run-programs"]));
    assert!(text.contains("did not end within 1.5 s"), "{text}");
    program("while :; do echo 0123456789012345678901234567890123456789; done");
    let (_, text) = answer(&mut doctor(&root, &["--run-programs"]));
    assert!(text.contains("printed more than 262144 bytes"), "{text}");
}

#[test]
fn large_files_and_odd_names() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    // The user stands at the end of a hundred megabytes: not read to there, so unknown.
    let line = "somebody:*:9:9::/nonexistent:/bin/sh\n";
    let mut text = line.repeat((100 << 20) / line.len());
    text.push_str("lantern:*:1001:1002::/var/db/lantern:/sbin/nologin\n");
    root.write("/etc/passwd", &text).write("/etc/group", text);
    root.write("/usr/pkg/bin/ff\nmpeg\x1b[2J", "").write("/usr/pkg/pkgdb/lantern-1\n.0/+CONTENTS", "");
    let (output, text) = answer(&mut doctor(&root, &["--all"]));
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("unknown PW6010"), "{text}");
    assert!(text.lines().all(|line| !line.chars().any(char::is_control)), "{text}");
}

/// Each is bounded by itself; together they would take minutes.
#[test]
fn many_slow_things_together_are_over_in_time() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    // A recipe with as many programs as a server may have, all of which hang.
    let names = "git pg_dump curl rsync pandoc pdftotext tesseract vips zstd unzip bash perl";
    let mut recipe = fs::read_to_string(LANTERN).unwrap();
    for name in names.split(' ') {
        use std::fmt::Write as _;
        let _ = write!(recipe, "[[program]]\nname = \"{name}\"\nversion = \">=1\"\nprobe = [\"-v\"]\n");
        let path = format!("/usr/pkg/bin/{name}");
        root.write(&path, "#!/bin/sh\nexec sleep 60\n").mode(&path, 0o755);
    }
    root.write("/bin/sh", "");
    let file = root.path().with_extension("toml");
    fs::write(&file, recipe).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
    command.arg("doctor").arg(&file).args(["--profile", "netbsd", "--run-programs", "--root"]).arg(root.path());
    let (output, text) = answer(&mut command);
    assert_ne!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("unknown PW6002"), "{text}");

    // A packing list of many files that are holes only, and a third of a million more.
    let root = host(Family::Netbsd);
    let mut list = "@name lantern-1.0.0\n@cwd /usr/pkg\n".to_owned();
    for number in 0..12 {
        let path = format!("/usr/pkg/share/hole{number}");
        root.write(&path, "");
        let hole = fs::OpenOptions::new().write(true).open(root.path().join(&path[1..])).unwrap();
        hole.set_len(80 << 20).unwrap();
        list.extend(["share/hole", &number.to_string(), "\n@comment MD5:cff0a0a08c5d4bd8b2c1b2f0b2a94a5d\n"]);
    }
    list += &"bin/ffmpeg7\n@comment Symlink:x\n".repeat(300_000);
    root.write("/usr/pkg/pkgdb/lantern-1.0.0/+CONTENTS", list);
    let (output, text) = answer(&mut doctor(&root, &[]));
    assert_ne!(output.status.code(), Some(0), "{text}");

    // A directory full of manifests.
    let root = host(Family::Illumos);
    let manifests = "/opt/local/lib/svc/manifest";
    root.remove(&format!("{manifests}/lantern.xml"));
    let large = format!("<!DOCTYPE x><x>{}</x>", "<y z='1'/>".repeat(19_000));
    for number in 0..490 {
        root.write(&format!("{manifests}/{number}.xml"), &large);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
    command.args(["doctor", LANTERN, "--profile", "illumos", "--root"]).arg(root.path());
    let (output, text) = answer(&mut command);
    assert_ne!(output.status.code(), Some(0), "{text}");
}

/// One who may not look says unknown, not ok.
#[test]
fn who_may_not_look_does_not_know() {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    root.mode("/var/db/lantern", 0o711);
    root.mode("/usr/pkg/etc/lantern", 0o700);
    // The program itself may be where nobody may go.
    let program = root.path().with_extension("program");
    fs::copy(env!("CARGO_BIN_EXE_portwright"), &program).unwrap();
    let recipe = root.path().with_extension("toml");
    fs::copy(LANTERN, &recipe).unwrap();
    let mut command = Command::new(program);
    command.arg("doctor").arg(recipe).args(["--profile", "netbsd", "--root"]).arg(root.path()).current_dir("/");
    command.uid(65534).gid(65534);
    let (output, text) = answer(&mut command);
    for code in ["PW6020", "PW6031", "PW6080"] {
        assert!(text.contains(&format!("unknown {code}")), "{code}: {text}");
    }
    assert_eq!(output.status.code(), Some(3), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever links say, what is found is below the root: a sentinel outside is never seen.
    #[test]
    fn no_path_leads_out(targets in prop::collection::vec("(/|\\.\\./|\\./|a/|b/|c|outside/|sentinel){0,8}", 3), path in "(/|\\.\\./|a/|b/|c/|outside/|sentinel){0,10}") {
        let root = Root::new();
        fs::create_dir_all(root.outside()).unwrap();
        fs::write(root.outside().join("sentinel"), "outside").unwrap();
        fs::write(root.path().parent().unwrap().join("sentinel"), "outside").unwrap();
        for (name, target) in ["a", "b", "c"].iter().zip(&targets) {
            let target = if target.is_empty() { "." } else { target };
            symlink(target, root.path().join(name)).unwrap();
        }
        let seen = Seen::open(&root.path()).unwrap();
        if let Ok(found) = seen.find(&path) {
            prop_assert!(found.path == "/" || !found.path.contains("sentinel"), "{}", found.path);
        }
        prop_assert!(seen.read(&path, 100).is_err());
    }
}
