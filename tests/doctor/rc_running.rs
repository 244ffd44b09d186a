//! NetBSD and pkgsrc: what only a host that runs shows.
use crate::situation::{Situation, Tweaks, with};
use crate::support::Family::Netbsd;
use crate::support::{Fake, Root};

const SCRIPT: &str = "/etc/rc.d/lantern";

/// On a host that runs.
pub(crate) fn running() -> Vec<Situation> {
    vec![
        with(
            Netbsd,
            "an old ffmpeg that says so",
            "bad PW6002",
            || live_and(|fake| fake.says("/usr/pkg/libexec/lantern/bin/ffmpeg -version", 0, "ffmpeg version 4.4.1 C")),
            runs,
        ),
        with(
            Netbsd,
            "an ffmpeg that hangs",
            "unknown PW6002",
            || live_and(|fake| fake.fails("/usr/pkg/libexec/lantern/bin/ffmpeg -version", "did not end within 1.5 s")),
            runs,
        ),
        with(
            Netbsd,
            "a file system that refuses what the mode lets",
            "bad PW6030",
            || live_and(|fake| fake.tries(Ok("cannot create .portwright-doctor.7: Read-only file system"))),
            runs,
        ),
        with(
            Netbsd,
            "a directory that does not answer",
            "unknown PW6030",
            || live_and(|fake| fake.tries(Err("`/bin/sh` did not end within 2.0 s"))),
            runs,
        ),
        with(Netbsd, "the address is taken", "bad PW6040", taken, |_| {}),
        with(
            Netbsd,
            "the address is somebody else's while the service runs",
            "bad PW6040",
            || taken_while_it_runs("root     nginx      1      7  tcp    127.0.0.1.8421        *.*\n"),
            runs,
        ),
        with(
            Netbsd,
            "nobody says who holds the address while the service runs",
            "unknown PW6040",
            || taken_while_it_runs("USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS\n"),
            runs,
        ),
        with(
            Netbsd,
            "an address that is none",
            "unknown PW6040",
            || Tweaks { recipe: Some(("127.0.0.1:8420", "lamp:oil")), ..live() },
            |_| {},
        ),
        with(
            Netbsd,
            "sysctl hangs",
            "unknown PW6050",
            || Tweaks {
                live: Some(
                    Fake::default().fails("/sbin/sysctl -n hw.physmem64", "`sysctl` did not end within 2 s").says(
                        "/sbin/mount",
                        0,
                        "/dev/wd0a on / type ffs (local)\n",
                    ),
                ),
                ..Tweaks::default()
            },
            |_| {},
        ),
        with(Netbsd, "a clock that was never set", "bad PW6070", || Tweaks { now: Some(1_000_000), ..live() }, |_| {}),
        with(
            Netbsd,
            "files of the future",
            "bad PW6070",
            || Tweaks { now: Some(1_767_300_000), ..live() },
            |r| {
                r.changed("/etc/passwd", 1_767_300_000 + 100 * 86_400);
            },
        ),
        with(Netbsd, "no clock", "unknown PW6070", || Tweaks { no_clock: true, ..live() }, |_| {}),
        with(Netbsd, "it does not run", "warn PW6062", live, |r| {
            r.write("/var/log/lantern/lantern.log", "one\nno oil\x1b[31m\n");
        }),
        with(Netbsd, "a script without a pid file", "unknown PW6062", live, |r| {
            r.write(SCRIPT, "name=lantern\nrcvar=lantern\nload_rc_config $name\nrun_rc_command \"$1\"\n")
                .mode(SCRIPT, 0o755);
        }),
    ]
}

/// A NetBSD host that runs.
pub(crate) fn live() -> Tweaks {
    let version = "ffmpeg version 7.1 Copyright";
    let fake = Fake::default()
        .says("/sbin/sysctl -n hw.physmem64", 0, "4294967296\n")
        .says("/sbin/mount", 0, "/dev/wd0a on / type ffs (local)\n")
        .says("/usr/pkg/libexec/lantern/bin/ffmpeg -version", 0, version);
    Tweaks { live: Some(fake), ..Tweaks::default() }
}

/// The same, with something else to say.
fn live_and(more: impl FnOnce(Fake) -> Fake) -> Tweaks {
    let tweaks = live();
    Tweaks { live: tweaks.live.map(more), ..tweaks }
}

/// As [`taken`], with the service running as this process, and what sockstat(1) says of it.
pub(crate) fn taken_while_it_runs(sockstat: &str) -> Tweaks {
    let tweaks = taken();
    Tweaks { live: tweaks.live.map(|fake| fake.says("/usr/bin/sockstat -l -n", 0, sockstat)), ..tweaks }
}

/// The pid file of a service that runs.
pub(crate) fn runs(r: &Root) {
    r.write("/var/run/lantern/lantern.pid", format!("{}\n", std::process::id()));
}

/// The same, and somebody holds the recipe's address for as long as the test runs.
fn taken() -> Tweaks {
    // Leaked: it is held until the test program ends.
    std::mem::forget(std::net::TcpListener::bind("127.0.0.1:8421"));
    Tweaks { recipe: Some(("127.0.0.1:8420", "127.0.0.1:8421")), ..live() }
}
