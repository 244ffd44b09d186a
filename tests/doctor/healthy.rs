//! Healthy hosts have nothing to be said of.
use crate::rc_running::{live, runs, taken_while_it_runs};
use crate::situation::{Situation, Tweaks, plain, with};
use crate::support::Family::{Illumos, Netbsd, Openbsd};
use crate::support::{Asked, Family, able, elf, host, look, not_ok};

#[test]
fn nothing_is_said_of_healthy_hosts() {
    if !able() {
        return;
    }
    for family in Family::ALL {
        let memory = (family == Family::Linux).then_some(4 << 30);
        let checks = look(&host(family), family, &Asked { memory, ..Asked::default() });
        let wrong = not_ok(&checks);
        assert!(wrong.is_empty(), "{family:?}: {wrong:#?}");
        assert!(checks.len() >= 25, "{family:?}: {} checks", checks.len());
    }
}

/// What looks wrong at first and is not.
fn odd() -> Vec<Situation> {
    vec![
        with(Netbsd, "a host that runs", "", live, runs),
        with(
            Netbsd,
            "the service itself holds the address",
            "",
            || taken_while_it_runs("lantern  lantern    7      7  tcp    127.0.0.1.8421        *.*\n"),
            runs,
        ),
        plain(Netbsd, "a library where ld.so.conf says", "", |r| {
            r.remove("/usr/pkg/lib/libwax.so.1").write("/opt/wax/libwax.so.1", elf("", &["libc.so.12"], ""));
            r.write("/etc/ld.so.conf", "# wax\n/opt/wax\n");
        }),
        plain(Netbsd, "a library for another machine comes first", "", |r| {
            let mut library = elf("", &[], "");
            library[18] = 183;
            r.write("/usr/pkg/lib/libc.so.12", library);
        }),
        plain(Netbsd, "disabled in rc.conf, enabled in rc.conf.d", "", |r| {
            r.write("/etc/rc.conf", "lantern=NO\n").write("/etc/rc.conf.d/lantern", "lantern=YES\n");
        }),
        plain(Netbsd, "a function that limits something else", "", |r| {
            r.append("/etc/rc.conf", "later() {\n\tulimit -S -c 0\n}\n");
        }),
        plain(Openbsd, "libraries with a higher minor number", "", |r| {
            r.remove("/usr/lib/libc.so.100.1").write("/usr/lib/libc.so.100.3", elf("", &[], ""));
        }),
        with(
            Illumos,
            "a port of root's with the privilege",
            "",
            || Tweaks { recipe: Some(("127.0.0.1:8420", "0.0.0.0:443")), ..Tweaks::default() },
            |r| {
                let manifest = "/opt/local/lib/svc/manifest/lantern.xml";
                let text = r.read(manifest);
                let with = text.replace("privileges=\"", "privileges=\"net_privaddr,");
                assert_ne!(text, with);
                r.write(manifest, with);
            },
        ),
    ]
}

#[test]
fn nothing_is_said_of_what_looks_wrong_and_is_not() {
    if !able() {
        return;
    }
    for situation in odd() {
        let said = situation.said();
        assert!(said.is_empty(), "{}: {said:#?}", situation.name);
    }
}
