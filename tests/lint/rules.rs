//! Each rule's own examples: the bad one is found, the good one is not.
use std::collections::BTreeSet;

use portwright::finding::{Rule, Severity};
use portwright::lint::all_rules;

use crate::support::{codes, findings, follows_dtd, samples};

/// The core's rules and those for SMF; other kinds of files have samples of their own.
fn rules() -> impl Iterator<Item = &'static Rule> {
    // What is too much for an example is tried where it is made.
    all_rules().filter(|rule| rule.code < "PW2000" && rule.code != "PW0004")
}

/// Profiles are not held against the DTD.
fn is_profile(name: &str) -> bool {
    name == "profile.xml"
}

/// In an example, `…` stands for what is too long to be printed.
fn spelled_out(example: &str) -> String {
    example.replace('…', &"-and-so-on".repeat(500))
}

#[test]
fn samples_are_good() {
    for (name, text) in samples() {
        assert_eq!(codes(&text), [], "{name}");
        if let Some(follows) = follows_dtd(&text) {
            assert_eq!(follows, !is_profile(&name), "{name}");
        }
    }
}

#[test]
fn each_rule_finds_its_offenders_and_nothing_else() {
    let samples = samples();
    let mut judged = 0;
    for rule in rules() {
        assert!(!rule.examples.is_empty(), "{} has no example", rule.code);
        for example in rule.examples {
            let fitting: Vec<_> = samples.iter().filter(|(_, text)| text.contains(example.good)).collect();
            assert!(!fitting.is_empty(), "{}: no sample has\n{}", rule.code, example.good);
            let of_rule = |text: &str| findings(text).into_iter().filter(|finding| finding.rule.code == rule.code);
            let bad = |text: &str| text.replacen(example.good, &spelled_out(example.bad), 1);
            // Some lines are in several samples, and wrong in one of them only.
            let found = fitting.iter().any(|(_, text)| of_rule(&bad(text)).count() > of_rule(text).count());
            let said: Vec<_> = fitting.iter().map(|(name, text)| (name, codes(&bad(text)))).collect();
            assert!(found, "{}: not found with\n{}\nbut {said:?}", rule.code, example.bad);
            judged += 1;
        }
    }
    assert!(judged >= 100, "{judged}");
}

#[test]
fn what_the_dtd_refuses_is_an_error_and_what_it_takes_is_none_of_its_rules() {
    let samples = samples();
    // Rules that say what the DTD says.
    let of_dtd = ["PW1001", "PW1002", "PW1005", "PW1008", "PW1024", "PW1045", "PW1048"];
    for rule in rules() {
        for example in rule.examples {
            let Some((name, text)) = samples.iter().find(|(_, text)| text.contains(example.good)) else { continue };
            if is_profile(name) {
                continue;
            }
            let bad = text.replacen(example.good, &spelled_out(example.bad), 1);
            let Some(follows) = follows_dtd(&bad) else { return };
            let said = codes(&bad).iter().any(|(code, severity)| of_dtd.contains(code) && *severity == Severity::Error);
            // A bundle of an unknown type, and a document type of another name, are nothing to the DTD.
            if follows {
                let other = ["PW1001", "PW1002", "PW1008", "PW1045"].contains(&rule.code);
                assert!(!said || other, "{}: the DTD takes\n{}", rule.code, example.bad);
            } else {
                assert!(said, "{}: the DTD refuses\n{}\nand lint says {:?}", rule.code, example.bad, codes(&bad));
            }
        }
    }
}

#[test]
fn codes_are_in_order_and_said_in_full() {
    let rules: Vec<_> = all_rules().collect();
    let known: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    assert_eq!(known.len(), rules.len(), "a code twice");
    assert!(rules.is_sorted_by_key(|rule| rule.code));
    for number in 1..=70 {
        assert!(known.contains(format!("PW10{number:02}").as_str()), "rule {number} is missing");
    }
    for rule in rules {
        let code = rule.code.strip_prefix("PW").unwrap();
        assert!(code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        for (what, text) in [("title", rule.title), ("what", rule.what), ("mend", rule.mend), ("source", rule.source)] {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {what}", rule.code);
        }
        // What could not be decided has no effect that could be told.
        assert_eq!(rule.effect.is_empty(), rule.severity == Severity::Unknown, "{}", rule.code);
        assert!(
            !rule.title.ends_with('.') && rule.what.ends_with(['.', ')']) && rule.mend.ends_with(['.', '`', '?']),
            "{}",
            rule.code
        );
    }
}
