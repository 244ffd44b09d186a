//! FreeBSD's rc.d script, run with a server that really serves.
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Group, Pid, Uid, User, getgid, getuid};

use crate::support::freebsd_service::FreebsdService;

/// The service as the user of the test, and as another one where root can become it.
fn everybody(more: &str, test: impl Fn(&FreebsdService, &str)) {
    let user = User::from_uid(getuid()).unwrap().unwrap();
    let group = Group::from_gid(getgid()).unwrap().unwrap();
    let own = FreebsdService::install((&user.name, getuid().as_raw()), (&group.name, getgid().as_raw()), more);
    test(&own, &user.name);
    if !Uid::effective().is_root() {
        eprintln!("skipped: only root can start a service as another user");
        return;
    }
    let daemon = User::from_name("daemon").unwrap().unwrap();
    let group = Group::from_gid(daemon.gid).unwrap().unwrap();
    test(&FreebsdService::install(("daemon", daemon.uid.as_raw()), (&group.name, daemon.gid.as_raw()), more), "daemon");
}

/// Waits until something is so; what a supervisor does it does in its own time.
fn soon(what: &str, is: impl Fn() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < Duration::from_secs(15), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn started(service: &FreebsdService) -> i32 {
    let ran = service.rc("start");
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{ran}");
    soon("the server comes up", || service.pid("server").is_some());
    service.pid("server").unwrap()
}

#[test]
fn a_service_starts_and_stops_twice() {
    everybody("", |service, user| {
        service.env().write("local/etc/lantern/lantern.env", "SECRET=oil\n");
        for round in 1..=2 {
            let pid = started(service);
            soon("it says how it was started", || service.log().matches("whale").count() == round);
            let log = service.log();
            let line = log.lines().rfind(|line| line.contains("whale")).unwrap();
            let path = "/sbin:/bin:/usr/sbin:/usr/bin:[WORK]/local/sbin:[WORK]/local/bin";
            let said = format!("a,b=c:d|{user}|[WORK]/var/db/lantern|[WORK]/var/db/lantern|{path}|whale|");
            assert!(line.starts_with(&said), "{line}");

            let again = service.rc("start");
            assert_eq!(again.status, 1, "{again}");
            assert!(again.stderr.contains("already running"), "{again}");
            let supervisor = service.pid("daemon").expect("daemon(8) runs");
            let status = service.rc("status");
            assert_eq!((status.status, status.stdout), (0, format!("lantern is running as pid {supervisor}.\n")));

            let reloaded = service.rc("reload");
            assert_eq!((reloaded.status, reloaded.stdout.as_str()), (0, "Reloading lantern.\n"), "{reloaded}");
            soon("it reloads", || service.log().matches("reloaded").count() == round);
            assert_eq!(service.pid("server"), Some(pid), "the same server");

            let stopped = service.rc("stop");
            assert_eq!((stopped.status, stopped.stderr.as_str()), (0, ""), "{stopped}");
            assert_eq!((service.pid("daemon"), service.pid("server")), (None, None));
            assert_eq!(service.log().matches("stopped").count(), round, "{}", service.log());
            assert_ne!(service.rc("status").status, 0);
            assert_ne!(service.rc("stop").status, 0);
        }
    });
}

#[test]
fn a_server_that_dies_is_started_again_and_a_left_over_is_ended() {
    everybody("", |service, _| {
        let first = started(service);
        kill(Pid::from_raw(first), Signal::SIGKILL).unwrap();
        soon("daemon(8) starts it again", || service.pid("server").is_some_and(|second| second != first));
        assert_eq!(service.rc("status").status, 0);

        // Without its supervisor the server is an orphan that still has its port.
        let orphan = service.pid("server").unwrap();
        kill(Pid::from_raw(service.pid("daemon").unwrap()), Signal::SIGKILL).unwrap();
        soon("it is gone", || service.pid("daemon").is_none());
        assert_ne!(service.rc("status").status, 0);
        let again = service.rc("start");
        assert_eq!(again.status, 0, "{again}");
        assert!(again.stderr.contains(&format!("ending {orphan}, left over")), "{again}");
        soon("a new one comes up", || service.pid("server").is_some_and(|third| third != orphan));
        assert!(kill(Pid::from_raw(orphan), None).is_err(), "the old one is gone");
        assert_eq!(service.rc("stop").status, 0);
    });
}

#[test]
fn what_keeps_it_from_starting_is_said_in_one_line() {
    everybody("", |service, _| {
        let work = service.env().work();
        let good = service.rc("check");
        assert_eq!((good.status, good.stdout.as_str()), (0, "lantern: nothing keeps it from starting.\n"), "{good}");
        let pid = started(service);
        let (here, away) = (work.join("local/bin/trimmer"), work.join("local/bin/trimmer.away"));
        std::fs::rename(&here, &away).unwrap();
        for verb in ["check", "restart"] {
            let ran = service.rc(verb);
            assert_ne!(ran.status, 0, "{ran}");
            assert!(
                ran.stderr.lines().count() == 1 && ran.stderr.contains("not found in the PATH of the service: trimmer"),
                "{ran}"
            );
        }
        assert_eq!(service.pid("server"), Some(pid), "restart asked before it stopped anything");
        std::fs::rename(&away, &here).unwrap();
        service.configure("if\n");
        assert_ne!(service.rc("restart").status, 0, "the server would not take its configuration");
        assert_eq!(service.pid("server"), Some(pid));
        service.configure(crate::support::service::SERVER);
        let restarted = service.rc("restart");
        assert_eq!((restarted.status, restarted.stderr.as_str()), (0, ""), "{restarted}");
        soon("another one comes up", || service.pid("server").is_some_and(|second| second != pid));
        assert_eq!(service.rc("stop").status, 0);

        std::fs::remove_dir(work.join("var/db/lantern/wicks")).unwrap();
        let ran = service.rc("start");
        assert_ne!(ran.status, 0, "{ran}");
        assert!(ran.stderr.contains("wicks is not a directory writable by"), "{ran}");
        std::fs::remove_file(work.join("local/etc/lantern/lantern.conf")).unwrap();
        let ran = service.rc("start");
        assert_ne!(ran.status, 0, "{ran}");
        assert!(ran.stderr.contains("lantern.conf is not readable"), "{ran}");
        assert_eq!(service.pid("server"), None);
    });
}

#[test]
fn without_restarts_the_server_itself_gets_the_signals() {
    for more in ["restart = \"limited\"", "stop = { signal = \"USR2\" }"] {
        let user = User::from_uid(getuid()).unwrap().unwrap();
        let group = Group::from_gid(getgid()).unwrap().unwrap();
        let service = FreebsdService::install((&user.name, getuid().as_raw()), (&group.name, getgid().as_raw()), more);
        let server = crate::support::service::SERVER;
        service.configure(&format!("{server}\n").replace("TERM\n", "TERM USR2\n"));
        let pid = started(&service);
        let status = service.rc("status");
        assert_eq!((status.status, status.stdout), (0, format!("lantern is running as pid {pid}.\n")), "{more}");
        assert_eq!(service.rc("reload").status, 0);
        soon("it reloads", || service.log().contains("reloaded"));
        let stopped = service.rc("stop");
        assert_eq!((stopped.status, stopped.stderr.as_str()), (0, ""), "{stopped}");
        soon("it has stopped", || service.log().contains("stopped"));
        assert_eq!(service.pid("server"), None, "{more}");
    }
}

#[test]
fn rc_conf_has_the_last_word() {
    everybody("", |service, _| {
        let other = service.env().work().join("local/etc/lantern/other.conf");
        std::fs::write(&other, format!("echo \"$OIL $WIND $SECRET\"\n{}", crate::support::service::SERVER)).unwrap();
        service.env().write("local/etc/lantern/lantern.env", "SECRET=wick\nOIL=train\n");
        service.rc_conf(&format!(
            "lantern_enable=YES\nlantern_config={}\nlantern_env='OIL=olive WIND=west'\nmaxfilesperproc=100\n",
            other.display()
        ));
        let ran = service.rc("start");
        assert_eq!(ran.status, 0, "{ran}");
        assert!(ran.stderr.contains("kern.maxfilesperproc is below the 200 open files"), "{ran}");
        soon("it says what it was given", || service.log().contains("olive west wick"));
        soon("its pid is known", || service.pid("server").is_some());
        assert_eq!(service.rc("stop").status, 0);
        service.rc_conf("lantern_enable=NO\n");
        assert_eq!(service.rc("start").status, 0);
        assert_eq!(service.pid("server"), None, "not enabled, not started");
    });
}
