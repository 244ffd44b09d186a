//! What crates in the program mean for the package, as the profile knows it.
use super::contexts::Contexts;
use super::{CrateNote, Vendored};
use crate::profile::Profile;

/// The notes on crates that may be linked, or are in the lock, in the profile's order.
pub(super) fn notes(contexts: &Contexts, lock: &[Vendored], profile: &Profile) -> Vec<CrateNote> {
    let mut notes: Vec<CrateNote> = Vec::new();
    for fact in &profile.crate_facts {
        let matches = |version: &str| version.parse().is_ok_and(|version| fact.versions.matches(&version));
        let linked = contexts.all.linked.iter().any(|one| one.name == fact.krate && matches(&one.version));
        let locked = || lock.iter().any(|one| one.name == fact.krate && matches(&one.version));
        if !(linked || fact.in_lock && locked()) || notes.iter().any(|known| known.why == fact.why) {
            continue;
        }
        notes.push(CrateNote {
            why: fact.why.clone(),
            not_for: fact.not_for.clone(),
            only_for: fact.only_for.clone(),
            no_execute_only: fact.no_execute_only,
            depends: fact.depends.clone(),
        });
    }
    notes
}
