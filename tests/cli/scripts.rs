//! rc.d scripts: read by shells and shellcheck, and run with a server that really serves.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Group, Pid, Uid, User, getgid, getuid};

use crate::support::service::{SERVER, Service};
use crate::support::{Env, as_installed, has_extension, judge, servers};

/// What shellcheck says and does not mean here.
const EXCLUDED: [&str; 4] = [
    "SC1091", // /etc/rc.subr is not on this machine
    "SC2034", // rcvar, command and the like are read by rc.subr
    "SC2154", // pidfile, name and what rc.conf sets come from rc.subr
    "SC3045", // ulimit -S -n is in every sh of the systems that the scripts are for
];

fn judged(name: &str, script: &str) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("script");
    let script = &as_installed(script);
    std::fs::write(&file, script).unwrap();
    let mut commands = Vec::new();
    for shell in ["sh", "dash", "mksh", "ksh"] {
        commands.extend(judge(shell).map(|shell| {
            let mut command = Command::new(shell);
            command.arg("-n");
            command
        }));
    }
    commands.extend(judge("shellcheck").map(|shellcheck| {
        let mut command = Command::new(shellcheck);
        command.args(["-s", "sh", "-e", &EXCLUDED.join(",")]);
        command
    }));
    for mut command in commands {
        let output = command.arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{name}: {command:?}: {said}\n{script}");
    }
    for line in script.lines() {
        let Some((variable, value)) = line.split_once('=') else { continue };
        let hook = ["_cmd", "_precmd", "_postcmd"].iter().any(|ending| variable.ends_with(ending));
        if hook && !value.contains(' ') {
            let function = value.trim_matches('"');
            assert!(
                script.contains(&format!("\n{function}()\n")),
                "{name}: {variable} names {function}, which is not there"
            );
        }
    }
}

#[test]
fn generated_scripts_are_good_sh() {
    let env = Env::new();
    servers::hearth(&env);
    servers::quarry(&env);
    env.generate(&["hearth.toml", "quarry.toml"]);
    let mut judged_files = 0;
    for (name, text) in env.files("") {
        if is_script(&name) {
            judged(&name, &text);
            judged_files += 1;
        }
    }
    assert_eq!(judged_files, 8, "two servers, each in its package and by itself, for two systems");
}

/// What a shell reads: pkgsrc's and stand-alone scripts, and those of a port, in which names are filled in.
fn is_script(name: &str) -> bool {
    has_extension(name, "sh") || name.contains("rc.d/") || has_extension(name, "in") && !name.contains("pkg-message")
}

#[test]
fn scripts_of_the_gallery_are_good_sh() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in ["pkgsrc", "ports", "rc.d"].iter().flat_map(|tree| files_below(&top.join(tree))) {
        let name = path.display().to_string();
        if is_script(&name) {
            judged(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(dir).into_iter().flatten().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The service as the user of the test, and as another one where root can become it.
fn everybody(test: impl Fn(&Service, &str)) {
    let user = User::from_uid(getuid()).unwrap().unwrap();
    let group = Group::from_gid(getgid()).unwrap().unwrap();
    test(&Service::install((&user.name, getuid().as_raw()), (&group.name, getgid().as_raw())), &user.name);
    if !Uid::effective().is_root() {
        eprintln!("skipped: only root can start a service as another user");
        return;
    }
    let daemon = User::from_name("daemon").unwrap().unwrap();
    let group = Group::from_gid(daemon.gid).unwrap().unwrap();
    test(&Service::install(("daemon", daemon.uid.as_raw()), (&group.name, daemon.gid.as_raw())), "daemon");
}

/// Linux' su resets limits where PAM says so (`pam_limits`); NetBSD's does not.
fn resets_limits(user: &str) -> bool {
    cfg!(target_os = "linux") && User::from_uid(getuid()).unwrap().unwrap().name != user
}

#[test]
fn a_service_starts_and_stops_once() {
    everybody(|service, user| {
        let started = service.rc("start");
        assert_eq!((started.status, started.stderr.as_str()), (0, ""), "{user}: {started}");
        let pid = service.pid().expect("runs");
        let path = "[WORK]/pkg/sbin:[WORK]/pkg/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        let log = service.log();
        let (said, files) = log.rsplit_once('|').unwrap();
        assert_eq!(said, format!("a,b=c:d|{user}|[WORK]/var/db/lantern|[WORK]/var/db/lantern|{path}|whale"));
        assert!(files == "200\n" || resets_limits(user), "{files}");

        let again = service.rc("start");
        assert_eq!(again.status, 1, "{again}");
        assert!(again.stderr.contains("already running"), "{again}");
        assert_eq!(service.pid(), Some(pid));
        let status = service.rc("status");
        assert_eq!((status.status, status.stdout), (0, format!("lantern is running as pid {pid}.\n")));

        assert_eq!(service.rc("reload").status, 0);
        std::thread::sleep(Duration::from_millis(300));
        assert!(service.log().ends_with("reloaded\n"), "{}", service.log());

        let stopped = service.rc("stop");
        assert_eq!((stopped.status, stopped.stderr.as_str()), (0, ""), "{stopped}");
        assert_eq!(service.pid(), None);
        assert!(service.log().ends_with("stopped\n"), "{}", service.log());
        assert!(!service.env().work().join("var/run/lantern/lantern.pid").exists(), "the pid file is gone");
        assert_ne!(service.rc("status").status, 0);
        assert_ne!(service.rc("stop").status, 0);
    });
}

#[test]
fn it_comes_up_again_after_kill_9() {
    everybody(|service, user| {
        assert_eq!(service.rc("start").status, 0);
        let first = service.pid().expect("runs");
        kill(Pid::from_raw(first), Signal::SIGKILL).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        assert_ne!(service.rc("status").status, 0, "{user}");
        let again = service.rc("start");
        assert_eq!((again.status, again.stderr.as_str()), (0, ""), "{again}");
        assert!(service.pid().is_some_and(|second| second != first));
        let restarted = service.rc("restart");
        assert_eq!((restarted.status, restarted.stderr.as_str()), (0, ""), "{restarted}");
        assert!(service.pid().is_some());
    });
}

#[test]
fn what_keeps_it_from_starting_is_said_in_one_line() {
    everybody(|service, _| {
        let work = service.env().work();
        let good = service.rc("check");
        assert_eq!((good.status, good.stdout.as_str()), (0, "lantern: nothing keeps it from starting.\n"), "{good}");
        let (here, away) = (work.join("pkg/bin/trimmer"), work.join("pkg/bin/trimmer.away"));
        std::fs::rename(&here, &away).unwrap();
        for verb in ["start", "check", "restart"] {
            let ran = service.rc(verb);
            assert_ne!(ran.status, 0, "{ran}");
            assert!(
                ran.stderr.lines().count() == 1 && ran.stderr.contains("not found in the PATH of the service: trimmer"),
                "{ran}"
            );
        }
        std::fs::rename(&away, &here).unwrap();
        std::fs::remove_dir(work.join("var/db/lantern/wicks")).unwrap();
        let ran = service.rc("start");
        assert_ne!(ran.status, 0, "{ran}");
        assert!(
            ran.stderr.lines().count() == 1 && ran.stderr.contains("wicks is not a directory writable by"),
            "{ran}"
        );
        std::fs::remove_file(work.join("pkg/etc/lantern/lantern.conf")).unwrap();
        let ran = service.rc("start");
        assert_ne!(ran.status, 0, "{ran}");
        assert!(ran.stderr.lines().count() == 1 && ran.stderr.contains("lantern.conf is not readable"), "{ran}");
        assert_eq!(service.pid(), None);
    });
}

#[test]
fn a_server_that_ends_at_once_shows_why() {
    everybody(|service, _| {
        service.configure("echo 'no oil in the lamp' >&2\nexit 3\n");
        let ran = service.rc("start");
        assert_ne!(ran.status, 0, "{ran}");
        assert!(ran.stderr.contains("ended at once") && ran.stderr.contains("no oil in the lamp"), "{ran}");
        assert_ne!(service.rc("status").status, 0);
        service.configure(SERVER);
        let tested = service.rc("configtest");
        assert_eq!(tested.status, 0, "{tested}");
        service.configure("if\n");
        assert_ne!(service.rc("configtest").status, 0);
    });
}

#[test]
fn rc_conf_has_the_last_word() {
    everybody(|service, user| {
        let work = service.env().work();
        let other = work.join("pkg/etc/lantern/other.conf");
        std::fs::write(&other, format!("echo \"$OIL $WIND\"\n{SERVER}")).unwrap();
        service.env().write(
            "rc.conf",
            &format!(
                "lantern=YES\nlantern_config={}\nlantern_env='OIL=olive WIND=west'\nlantern_nofiles=100\n",
                other.display()
            ),
        );
        let started = service.rc("start");
        assert_eq!((started.status, started.stderr.as_str()), (0, ""), "{started}");
        assert!(service.log().starts_with("olive west\n"), "{}", service.log());
        assert!(service.log().ends_with("|olive|100\n") || resets_limits(user), "{}", service.log());
        assert_eq!(service.rc("stop").status, 0);
        service.env().write("rc.conf", "lantern=NO\n");
        assert_eq!(service.rc("start").status, 0);
        assert_eq!(service.pid(), None, "not enabled, not started");
    });
}
