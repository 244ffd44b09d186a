//! Faulty hosts, each with exactly what is said of it.
use std::collections::BTreeSet;
use std::fmt::Write as _;

use portwright::doctor::rules::RULES;

use crate::situation::Situation;
use crate::support::able;
use crate::{others, rc_libraries, rc_netbsd, rc_running};

/// Runs the situations; what is said of each is in the snapshot.
fn told(situations: &[Situation]) -> String {
    let mut text = String::new();
    for situation in situations {
        let said = situation.said();
        let expected = said.iter().any(|line| line.starts_with(situation.expect));
        assert!(expected, "{}: {} is not among {said:#?}", situation.name, situation.expect);
        let _ = writeln!(text, "{}:\n  {}", situation.name, said.join("\n  "));
    }
    redacted(&text)
}

/// Without what differs from machine to machine, and without three hundred times the same letter.
pub(crate) fn redacted(text: &str) -> String {
    let mut words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    for at in 2..words.len() {
        if ["MB ", "GB "].contains(&words[at - 1]) && words[at] == "are " && words.get(at + 1) == Some(&"free, ") {
            (words[at - 2], words[at - 1]) = ("[N] ", "MB ");
        }
    }
    let own = format!("process {}", std::process::id());
    words.concat().replace(&own, "process [PID]").replace(&"x".repeat(300), "x…x")
}

macro_rules! families {
    ($($name:ident: $situations:expr;)*) => {
        $(#[test]
        fn $name() {
            if able() {
                insta::assert_snapshot!(told(&$situations));
            }
        })*

        /// All situations.
        fn all() -> Vec<Situation> {
            [$($situations),*].into_iter().flatten().collect()
        }
    };
}

families! {
    programs_under_rc_d: rc_netbsd::programs();
    services_under_rc_d: rc_netbsd::service();
    files_under_rc_d: rc_netbsd::files();
    machines_under_rc_d: rc_netbsd::machine();
    libraries_under_rc_d: rc_libraries::libraries();
    running_under_rc_d: rc_running::running();
    roots_of_illumos: others::illumos();
    zones_of_illumos: others::zones();
    hosts_of_openbsd: others::openbsd();
    hosts_of_freebsd: others::freebsd();
}

/// Each check has a situation that makes it bad, and one that makes it unknown.
#[test]
fn every_check_is_made_bad_and_unknown() {
    let all = all();
    assert!(all.len() >= 60, "{} situations", all.len());
    let expected: BTreeSet<&str> = all.iter().map(|situation| situation.expect).collect();
    for rule in RULES {
        let code = rule.code;
        let bad =
            expected.contains(format!("bad {code}").as_str()) || expected.contains(format!("warn {code}").as_str());
        // Room is unknown only to one who may not open the directory: `hostile` asks as nobody.
        let unknown = expected.contains(format!("unknown {code}").as_str()) || code == "PW6031";
        assert!(bad && unknown, "{code}: bad {bad}, unknown {unknown}");
    }
}
