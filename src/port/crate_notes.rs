//! What crates in the program mean for the package, as the profile knows it.
use super::contexts::Contexts;
use super::view::Linkage;
use super::{CrateNote, Vendored};
use crate::profile::{CrateFact, Profile};

/// The notes on crates that are always linked, or are in the lock, in the profile's order; and for each option those on
/// crates that come with it.
pub(super) fn notes(
    contexts: &Contexts,
    lock: &[Vendored],
    profile: &Profile,
) -> (Vec<CrateNote>, Vec<Vec<CrateNote>>) {
    let locked =
        |fact: &CrateFact| fact.in_lock && lock.iter().any(|one| one.name == fact.krate && holds(fact, &one.version));
    let states = || contexts.each.iter().flat_map(|one| std::iter::once(&one.with).chain(&one.against));
    let always = |fact: &CrateFact| {
        locked(fact) || linked(fact, &contexts.default) && states().all(|linkage| linked(fact, linkage))
    };
    let of_option = contexts.each.iter().map(|option| {
        noted(profile, |fact| {
            let without = !option.against.is_empty() && option.against.iter().all(|linkage| linked(fact, linkage));
            !always(fact) && linked(fact, &option.with) && !without
        })
    });
    (noted(profile, always), of_option.collect())
}

fn linked(fact: &CrateFact, linkage: &Linkage) -> bool {
    linkage.linked.iter().any(|one| one.name == fact.krate && holds(fact, &one.version))
}

fn holds(fact: &CrateFact, version: &str) -> bool {
    version.parse().is_ok_and(|version| fact.versions.matches(&version))
}

/// The facts that hold, each reason once.
fn noted(profile: &Profile, holds: impl Fn(&CrateFact) -> bool) -> Vec<CrateNote> {
    let mut notes: Vec<CrateNote> = Vec::new();
    for fact in profile.crate_facts.iter().filter(|fact| holds(fact)) {
        if notes.iter().all(|known| known.why != fact.why) {
            notes.push(CrateNote {
                why: fact.why.clone(),
                not_for: fact.not_for.clone(),
                only_for: fact.only_for.clone(),
                no_execute_only: fact.no_execute_only,
                depends: fact.depends.clone(),
            });
        }
    }
    notes
}
