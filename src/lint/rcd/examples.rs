//! The examples of the rules, tried: each right form stands in a script in which nothing is found, and the wrong form in
//! its place is found.
use std::path::Path;
use std::sync::Arc;

use super::rules::RULES;
use super::{RcD, rule_set};
use crate::finding::{Finding, Source};
use crate::lint::RuleSet as _;

fn fixtures() -> Vec<(String, String)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rcd");
    let mut found: Vec<(String, String)> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().replace(".openbsd", "").replace(".freebsd", "");
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    found.sort();
    found
}

fn judged(name: &str, text: &str) -> Vec<Finding> {
    let source = Arc::new(Source::new(name, text));
    assert!(RcD.claims(&source.path, text), "{name} is a script");
    rule_set::judge_all(&[source]).findings
}

fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|one| format!("{} {}: {}", one.rule.code, one.place.name(), one.message)).collect()
}

#[test]
fn nothing_is_found_in_good_scripts() {
    for (name, text) in fixtures() {
        assert_eq!(shown(&judged(&name, &text)), [""; 0], "{name}");
    }
}

#[test]
fn wrong_examples_are_found_and_right_ones_are_not() {
    let fixtures = fixtures();
    let mut wrong = Vec::new();
    for rule in RULES {
        for example in rule.examples {
            let Some((name, text)) = fixtures.iter().find(|(_, text)| text.contains(example.good)) else {
                wrong.push(format!("{}: no script has {:?}", rule.code, example.good));
                continue;
            };
            let bad = text.replacen(example.good, example.bad, 1);
            let found = judged(name, &bad);
            if !found.iter().any(|one| one.rule.code == rule.code) {
                wrong.push(format!("{}: not found in {name} with {:?}: {:?}", rule.code, example.bad, shown(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_mended_is_not_found_again() {
    let mut mended = 0;
    for rule in RULES {
        for example in rule.examples {
            let Some((name, text)) = fixtures().into_iter().find(|(_, text)| text.contains(example.good)) else {
                continue;
            };
            let bad = text.replacen(example.good, example.bad, 1);
            let found = judged(&name, &bad);
            let fixes = found.iter().filter(|one| one.rule.code == rule.code).filter_map(|one| one.fix.as_ref());
            let (after, applied) = crate::finding::apply(&bad, fixes);
            if applied > 0 {
                mended += 1;
                let again = judged(&name, &after);
                assert!(!again.iter().any(|one| one.rule.code == rule.code), "{}: {:?}", rule.code, shown(&again));
                assert!(again.len() < found.len(), "{}: {:?}", rule.code, shown(&again));
            }
        }
    }
    assert!(mended >= 8, "{mended}");
}

#[test]
fn codes_are_in_order_and_of_this_range() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted() && codes.iter().all(|code| code.starts_with("PW2")), "{codes:?}");
}

/// A line of a script, by its number.
type Line = fn(usize) -> String;

#[test]
fn long_scripts() {
    let heads = [
        "#!@RCD_SCRIPTS_SHELL@\n# PROVIDE: x\n. /etc/rc.subr\nname=x\n",
        "#!/bin/sh\n# $FreeBSD$\n# PROVIDE: x\n. /etc/rc.subr\nname=x\nload_rc_config x\n",
        "#!/bin/ksh\ndaemon=x\n. /etc/rc.d/rc.subr\n",
    ];
    let lines: [Line; 9] = [
        |at| format!("a{at}=1\n"),
        |at| format!("x_{at}=$x_{}\n", at + 1),
        |at| format!("command{at}=$command\n"),
        |at| format!("prog{at} a b\n"),
        |at| format!("f{at}() {{ :; }}\n"),
        |at| format!("[ -n $x{at} ]\n"),
        |at| format!("x_user={at}; : ${{x_user:=$y}}\n"),
        |at| format!("# portwright: allow PW2101: {at}\n:\n"),
        |at| format!("f_{at}_cmd=\"$command_args\"\n"),
    ];
    for head in heads {
        for line in lines {
            let mut text = head.to_owned();
            let mut at = 0;
            while text.len() < (40 << 10) {
                text += &line(at);
                at += 1;
            }
            text += "run_rc_command \"$1\"\nrc_cmd $1\n";
            // It is nearly linear, or this test takes an hour.
            judged("long", &text);
        }
    }
}
