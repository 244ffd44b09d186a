//! Which system a script is for, by what stands in it.
use super::facts::{Family, freebsd, netbsd, openbsd};

/// A text, the system whose sign it is, and how sure a sign.
type Sign = (&'static str, fn() -> &'static Family, u32);

/// Signs of a system in a script: the more of them, the surer.
const SIGNS: [Sign; 17] = [
    ("/etc/rc.d/rc.subr", openbsd, 20),
    ("rc_cmd ", openbsd, 10),
    ("$OpenBSD", openbsd, 5),
    ("@RCD_SCRIPTS_SHELL@", netbsd, 20),
    ("$_rc_subr_loaded", netbsd, 10),
    ("@SYSCONFBASE@", netbsd, 10),
    ("@PREFIX@", netbsd, 5),
    ("@PKG_SYSCONFDIR@", netbsd, 5),
    ("$NetBSD", netbsd, 10),
    ("/usr/pkg/", netbsd, 10),
    ("%%PREFIX%%", freebsd, 10),
    ("%%LOCALBASE%%", freebsd, 10),
    ("$FreeBSD", freebsd, 5),
    ("_enable", freebsd, 6),
    ("/usr/local/", freebsd, 2),
    ("/usr/sbin/daemon", freebsd, 4),
    ("set_rcvar", freebsd, 5),
];

/// The system; nothing when there is no sign of one, or as many of two.
pub(super) fn family(text: &str) -> Option<&'static Family> {
    let mut scores: Vec<(&'static Family, u32)> = [netbsd(), openbsd(), freebsd()].map(|one| (one, 0)).into();
    for (sign, of, weight) in SIGNS {
        if text.contains(sign) {
            for (family, score) in &mut scores {
                if **family == *of() {
                    *score += weight;
                }
            }
        }
    }
    scores.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    (scores[0].1 > scores[1].1).then_some(scores[0].0)
}

/// Whether a text is an rc.d script at all: for a shell, and with what they all have.
pub(super) fn is_script(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let for_shell = first.starts_with("#!")
        && (["sh", "ksh", "ksh -"].iter().any(|shell| first.trim_end().ends_with(shell)) || first.contains("_SHELL@"));
    let commented = first.starts_with('#') && !first.starts_with("#!");
    let calls = |name: &str| {
        text.lines().any(|line| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
    };
    let runs = calls("run_rc_command") || calls("rc_cmd") || calls("load_rc_config");
    let subr = text.contains("rc.subr");
    // rc.subr itself is none.
    if text.contains("\nrun_rc_command()") || text.contains("\nrc_cmd()") {
        return false;
    }
    // OpenBSD's have no comment for rcorder, and one may lack what calls rc.subr.
    let of_openbsd = text.lines().any(|line| line.trim_start().starts_with(". /etc/rc.d/rc.subr"));
    (for_shell && (of_openbsd || two(runs, subr, text.contains("# PROVIDE:"))))
        || (commented && runs && subr && text.contains("PROVIDE:"))
}

/// Whether at least two of them hold.
fn two(one: bool, other: bool, third: bool) -> bool {
    u8::from(one) + u8::from(other) + u8::from(third) >= 2
}

#[cfg(test)]
mod tests {
    use super::{family, is_script};

    fn name(text: &str) -> Option<&'static str> {
        family(text).map(|family| family.name.as_str())
    }

    #[test]
    fn systems() {
        assert_eq!(name("command=\"@PREFIX@/sbin/x\""), Some("NetBSD"));
        assert_eq!(name("daemon=/usr/local/bin/x\n. /etc/rc.d/rc.subr\nrc_cmd $1\n"), Some("OpenBSD"));
        assert_eq!(name(". /etc/rc.subr\nrcvar=x_enable\n"), Some("FreeBSD"));
        assert_eq!(name(". /etc/rc.subr\n"), None);
    }

    #[test]
    fn what_is_a_script() {
        assert!(is_script("#!/bin/sh\n# PROVIDE: x\n. /etc/rc.subr\nrun_rc_command \"$1\"\n"));
        assert!(is_script("#!@RCD_SCRIPTS_SHELL@\n. /etc/rc.subr\nload_rc_config $name\n"));
        assert!(is_script("#!/bin/ksh\ndaemon=/x\n. /etc/rc.d/rc.subr\n"));
        assert!(!is_script("# how to use rc.subr\nrun_rc_command is called last\n"));
        assert!(!is_script("--- a\n+++ b\n+run_rc_command \"$1\" # rc.subr\n"));
        assert!(!is_script("all:\n\techo run_rc_command rc.subr\n"));
    }
}
