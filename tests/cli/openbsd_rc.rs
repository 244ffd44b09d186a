//! rc.d scripts of OpenBSD: read by ksh and shellcheck, and run with a server that really serves.
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Group, Pid, Uid, User, getgid, getuid};

use crate::scripts::files_below;
use crate::support::openbsd::{SERVER, Service};
use crate::support::{Env, judge, servers};

/// What shellcheck says and does not mean here.
const EXCLUDED: [&str; 4] = [
    "SC1091", // /etc/rc.d/rc.subr is not on this machine
    "SC2034", // daemon, rc_bg and the like are read by rc.subr
    "SC2154", // _name comes from rc.subr, TRUEPREFIX and the like from pkg_subst
    "SC2086", // rc_cmd $1, as every script of the system has it
];

fn judged(name: &str, script: &Path) {
    let mut commands = Vec::new();
    for shell in ["mksh", "ksh"] {
        commands.extend(judge(shell).map(|shell| (shell, vec!["-n".to_owned()])));
    }
    commands.extend(
        judge("shellcheck").map(|path| (path, vec!["-s".into(), "ksh".into(), "-e".into(), EXCLUDED.join(",")])),
    );
    for (program, args) in commands {
        let output = Command::new(&program).args(args).arg(script).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{name}: {}: {said}", program.display());
    }
}

#[test]
fn generated_scripts_are_good_ksh() {
    let env = Env::new();
    servers::hearth(&env);
    servers::quarry(&env);
    env.generate(&["hearth.toml", "quarry.toml", "--profile", "openbsd"]);
    let mut judged_files = 0;
    for (name, text) in env.files("") {
        if text.starts_with("#!/bin/ksh") {
            judged(&name, &env.work().join(&name));
            judged_files += 1;
            assert!(
                text.lines().all(|line| line.replace('\t', "        ").chars().count() <= 80 || line.starts_with("# ")),
                "{text}"
            );
        }
    }
    assert_eq!(judged_files, 4, "two servers, each in its port and by itself");
}

#[test]
fn scripts_of_the_gallery_are_good_ksh() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in files_below(&top.join("ports/openbsd")).into_iter().chain(files_below(&top.join("rc.d/openbsd"))) {
        if std::fs::read_to_string(&path).unwrap().starts_with("#!/bin/ksh") {
            judged(&path.display().to_string(), &path);
        }
    }
}

/// The service as the user of the test, and as another one where root can become it. OpenBSD's ksh is a descendant of
/// the public domain Korn shell, as mksh is.
fn everybody(test: impl Fn(&Service, &str)) {
    let Some(shell) = judge("mksh") else { return };
    if judge("pgrep").is_none() {
        return;
    }
    let user = User::from_uid(getuid()).unwrap().unwrap();
    let group = Group::from_gid(getgid()).unwrap().unwrap();
    let own = Service::install(shell.clone(), (&user.name, getuid().as_raw()), (&group.name, getgid().as_raw()));
    test(&own, &user.name);
    if !Uid::effective().is_root() || judge("setpriv").is_none() {
        eprintln!("skipped: only root can start a service as another user");
        return;
    }
    let daemon = User::from_name("daemon").unwrap().unwrap();
    let group = Group::from_gid(daemon.gid).unwrap().unwrap();
    test(&Service::install(shell, ("daemon", daemon.uid.as_raw()), (&group.name, daemon.gid.as_raw())), "daemon");
}

/// What the server says comes through a pipe.
fn soon(service: &Service, priority: &str, line: &str) {
    let start = Instant::now();
    while service.log(priority).last().map(String::as_str) != Some(line) {
        assert!(start.elapsed() < Duration::from_secs(5), "no `{line}` in {:?}", service.log(priority));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_service_starts_and_stops_twice() {
    everybody(|service, user| {
        for _ in 0..2 {
            let started = service.rc("start");
            assert_eq!((started.stdout.as_str(), started.stderr.as_str()), ("lantern(ok)\n", ""), "{user}: {started}");
            let pid = service.pid().expect("runs");
            soon(service, "daemon.info", &format!("a,b=c:d+e|{user}|[WORK]/var/db/lantern|whale,cod:1|200"));
            assert_eq!(service.rc("check").status, 0);
            let again = service.rc("start");
            assert_eq!((again.status, service.pid()), (0, Some(pid)), "{again}");
            assert_eq!(service.rc("reload").stdout, "lantern(ok)\n");
            soon(service, "daemon.info", "reloaded");
            assert_eq!(service.rc("stop").stdout, "lantern(ok)\n");
            assert_eq!(service.pid(), None);
            soon(service, "daemon.info", "stopped");
            assert_eq!(service.rc("check").status, 1);
            assert_eq!(service.rc("stop").status, 0);
        }
    });
}

#[test]
fn it_comes_up_again_after_kill_9() {
    everybody(|service, user| {
        assert_eq!(service.rc("start").status, 0);
        let first = service.pid().expect("runs");
        kill(Pid::from_raw(first), Signal::SIGKILL).unwrap();
        while service.pid().is_some() {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(service.rc("check").status, 1, "{user}");
        assert_eq!(service.rc("start").stdout, "lantern(ok)\n");
        assert!(service.pid().is_some_and(|second| second != first));
        let restarted = service.rc("restart");
        assert_eq!(restarted.stdout, "lantern(ok)\nlantern(ok)\n", "{restarted}");
    });
}

#[test]
fn what_keeps_it_from_starting_is_said_in_one_line() {
    everybody(|service, user| {
        let work = service.env().work();
        let refused = |verb: &str, why: &str| {
            let ran = service.rc(verb);
            let why = why.replace("[WORK]", &work.display().to_string());
            // Behind the name that rc.subr prints without a line break.
            assert_eq!(
                (ran.status, ran.stderr.replace("[DIR]/work", &work.display().to_string())),
                (1, format!("\nlantern: {why}\n")),
                "{ran}"
            );
            assert!(["lantern(failed)\n", "(failed)\n"].contains(&ran.stdout.as_str()), "{ran}");
            assert_eq!(service.log("daemon.err").last().unwrap().replace("[WORK]", &work.display().to_string()), why);
            assert_eq!(service.pid(), None);
        };
        std::fs::rename(work.join("pkg/bin/trimmer"), work.join("away")).unwrap();
        for verb in ["start", "configtest", "restart"] {
            refused(verb, "not found in the PATH of the service: trimmer");
        }
        std::fs::rename(work.join("away"), work.join("pkg/bin/trimmer")).unwrap();
        std::fs::remove_dir(work.join("var/db/lantern/wicks")).unwrap();
        refused("start", &format!("{user} cannot write to [WORK]/var/db/lantern/wicks"));
        std::fs::create_dir(work.join("var/db/lantern/wicks")).unwrap();
        if user == "daemon" {
            refused("start", &format!("{user} cannot write to [WORK]/var/db/lantern/wicks"));
        }
        std::fs::remove_dir(work.join("var/db/lantern/wicks")).unwrap();
        std::fs::rename(work.join("var/db/lantern"), work.join("var/db/away")).unwrap();
        refused("start", &format!("{user} cannot write to [WORK]/var/db/lantern"));
        std::fs::rename(work.join("pkg/bin/lantern"), work.join("away")).unwrap();
        refused("start", "[WORK]/pkg/bin/lantern is not there");
    });
}

#[test]
fn the_configuration_is_tested_before_the_server_gets_it() {
    everybody(|service, user| {
        assert_eq!(service.rc("configtest").stdout, "lantern(ok)\n");
        assert_eq!(service.rc("start").status, 0);
        let pid = service.pid();
        service.configure("if\n");
        for verb in ["configtest", "reload", "restart"] {
            let ran = service.rc(verb);
            assert!(ran.status == 1 && ran.stderr.contains("the configuration does not pass"), "{ran}");
            assert_eq!(service.pid(), pid, "it is not touched");
        }
        service.configure(SERVER);
        assert_eq!(service.rc("stop").status, 0);
        std::fs::remove_file(service.env().work().join("etc/lantern/lantern.conf")).unwrap();
        let ran = service.rc("start");
        assert!(ran.stderr.contains(&format!("{user} cannot read ")), "{ran}");
    });
}
