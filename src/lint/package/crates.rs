//! The crates that a package lists.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use semver::Version;

use crate::finding::{Place, Source};
use crate::krate::{Lock, LockedSource};

/// A crate that a package lists.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// The file with it.
    pub(crate) source: Arc<Source>,
    /// Where.
    pub(crate) span: Range<usize>,
}

impl Entry {
    /// `name-version`.
    pub(crate) fn id(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// The place of it.
    pub(crate) fn place(&self) -> Place {
        Place::text(&self.source, self.span.clone())
    }

    /// `name-version` taken apart: the version is what semantic versioning reads as one.
    pub(crate) fn split(id: &str) -> Option<(&str, &str)> {
        id.match_indices('-').map(|(at, _)| (&id[..at], &id[at + 1..])).find(|(name, version)| {
            !name.is_empty()
                && version.starts_with(|first: char| first.is_ascii_digit())
                && Version::parse(version).is_ok()
        })
    }
}

/// Crates that are listed again, with where they were listed first.
pub(crate) fn duplicates(entries: &[Entry]) -> Vec<(&Entry, &Entry)> {
    let mut first: BTreeMap<(&str, &str), &Entry> = BTreeMap::new();
    let mut again = Vec::new();
    for entry in entries {
        match first.get(&(entry.name.as_str(), entry.version.as_str())) {
            Some(one) => again.push((entry, *one)),
            None => drop(first.insert((&entry.name, &entry.version), entry)),
        }
    }
    again
}

/// How a list of crates differs from a lock.
#[derive(Debug, Default)]
pub(super) struct Difference<'a> {
    /// In the lock, from a registry, and not in the list: `name`, `version`.
    pub(super) missing: Vec<(String, String)>,
    /// In the list and not in the lock.
    pub(super) left_over: Vec<&'a Entry>,
    /// In the list, and in the lock from elsewhere than a registry.
    pub(super) elsewhere: Vec<&'a Entry>,
}

/// Compares a list of crates with a lock.
pub(super) fn compare_with_lock<'a>(entries: &'a [Entry], lock: &Lock) -> Difference<'a> {
    let locked: BTreeMap<(String, String), &LockedSource> = lock
        .packages
        .iter()
        .map(|package| ((package.name.clone(), package.version.to_string()), &package.source))
        .collect();
    let mut difference = Difference::default();
    for entry in entries {
        match locked.get(&(entry.name.clone(), entry.version.clone())) {
            None => difference.left_over.push(entry),
            Some(LockedSource::Registry | LockedSource::OtherRegistry(_)) => {}
            Some(_) => difference.elsewhere.push(entry),
        }
    }
    let listed: BTreeSet<(&str, &str)> =
        entries.iter().map(|entry| (entry.name.as_str(), entry.version.as_str())).collect();
    for package in lock.registry_packages() {
        let version = package.version.to_string();
        if !listed.contains(&(package.name.as_str(), version.as_str())) {
            difference.missing.push((package.name.clone(), version));
        }
    }
    difference
}

#[cfg(test)]
mod tests {
    use super::Entry;

    #[test]
    fn names_and_versions() {
        assert_eq!(Entry::split("libgit2-sys-0.16.2+1.7.2"), Some(("libgit2-sys", "0.16.2+1.7.2")));
        assert_eq!(Entry::split("sha-1-0.10.1"), Some(("sha-1", "0.10.1")));
        assert_eq!(Entry::split("rand-0.5.0-pre.2"), Some(("rand", "0.5.0-pre.2")));
        assert_eq!(Entry::split("serde"), None);
        assert_eq!(Entry::split("serde-1"), None);
    }
}
