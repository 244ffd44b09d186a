//! The list of crates of a package against the lock of what it builds.
use super::crates::{Entry, compare_with_lock};
use super::lock::Found;
use super::out::{Out, listing};
use crate::finding::{Finding, Place, Rule};

/// What a tree says of its list of crates.
pub(crate) struct LockRules {
    /// The variable with the list.
    pub(crate) list: &'static str,
    /// The lock is not at hand.
    pub(crate) no_lock: &'static Rule,
    /// What is not compared with it then.
    pub(crate) not_compared: &'static str,
    /// The list lacks a crate.
    pub(crate) missing: &'static Rule,
    /// The list has one that the lock has not.
    pub(crate) left_over: &'static Rule,
    /// The list has one that the lock has from a repository.
    pub(crate) from_git: &'static Rule,
}

/// The list.
pub(crate) struct Listed<'a> {
    pub(crate) crates: &'a [Entry],
    /// Whether there may be more of them.
    pub(crate) open: bool,
    /// Where the list is.
    pub(crate) place: Place,
    /// The package.
    pub(crate) package: Place,
}

/// Compares a list with the lock, if that was found.
pub(crate) fn against_lock(rules: &LockRules, listed: Listed<'_>, found: Option<&Found>, out: &mut Out) {
    let Some(found) = found else {
        if !listed.crates.is_empty() {
            let message = format!("Cargo.lock is not at hand: {} not compared with it", rules.not_compared);
            out.say(rules.no_lock, listed.place, message);
        }
        return;
    };
    if listed.open {
        return;
    }
    let difference = compare_with_lock(listed.crates, &found.lock);
    let package = listed.package;
    let whence = |finding: Finding| finding.related(package.clone(), format!("compared with {}", found.whence));
    let missing: Vec<String> = difference.missing.iter().map(|(name, version)| format!("{name}-{version}")).collect();
    if !missing.is_empty() {
        let message = format!("{} lacks {}", rules.list, listing(&missing));
        out.say_with(rules.missing, listed.place, message, whence);
    }
    for (rule, entries, what) in [
        (rules.left_over, &difference.left_over, "not in Cargo.lock"),
        (rules.from_git, &difference.elsewhere, "from git in Cargo.lock"),
    ] {
        let ids: Vec<String> = entries.iter().map(|entry| entry.id()).collect();
        if let Some(first) = entries.first() {
            out.say_with(rule, first.place(), format!("{what}: {}", listing(&ids)), whence);
        }
    }
}
