//! Licences for crates that do not say theirs, told by their licence files.
use std::collections::BTreeSet;

use crate::draft::{Draft, is_licence_file, recognise};
use crate::krate::{self, FeatureChoice, Krate, LinkedPackage, Options};
use crate::port::licence::{Statement, whole};
use crate::profile::Profile;

/// Adds a `[[licence]]` for every linked crate whose own statement no tree can take and whose licence file is well
/// known. What is not recognised is left to the error of `generate`, which names it.
pub(super) fn licences(draft: &mut Draft, krate: &Krate, profiles: &[Profile], opts: &Options<'_>) {
    let choice = FeatureChoice { no_default: false, features: draft.features().clone() };
    let mut done: BTreeSet<(String, String)> = BTreeSet::new();
    for profile in profiles {
        let Ok(linked) = krate::linked(krate, &choice, &profile.target, opts) else { continue };
        for package in &linked.normal {
            let key = (package.name.clone(), package.version.to_string());
            let usable = |licence: &str| {
                let statement = Statement {
                    krate: key.0.clone(),
                    version: key.1.clone(),
                    licence: licence.to_owned(),
                    overridden: None,
                    file: None,
                };
                whole(&statement, &[], &profile.licences).is_ok()
            };
            if package.name == krate.name
                || usable(package.license.as_deref().unwrap_or(""))
                || !done.insert(key.clone())
            {
                continue;
            }
            if let Some((licence, file)) = from_files(package, krate, opts).filter(|(licence, _)| usable(licence)) {
                draft.add_licence(&key.0, &key.1, &licence, &file);
            }
        }
    }
}

/// What the crate's licence files read like: the one that its manifest names, else all of them together.
fn from_files(package: &LinkedPackage, krate: &Krate, opts: &Options<'_>) -> Option<(String, String)> {
    let locked = krate.lock.find(&package.name, &package.version).filter(|locked| locked.is_registry())?;
    let files = krate::locked_files(krate, locked, opts).ok()?;
    let read = |path: &str| recognise(&String::from_utf8_lossy(&files.read(path).ok()?));
    if let Some(file) = package.license_file.as_deref()
        && let Some(licence) = read(file.trim_start_matches("./"))
    {
        return Some((licence, file.to_owned()));
    }
    let mut found: Vec<(String, &str)> = Vec::new();
    for file in files.files().iter().filter(|file| is_licence_file(&file.path)) {
        if let Some(licence) = read(&file.path)
            && !found.iter().any(|(known, _)| *known == licence)
        {
            found.push((licence, &file.path));
        }
    }
    let (_, first) = found.first()?;
    // Several files may be a choice; that all of them hold is true in any case.
    let all: Vec<&str> = found.iter().map(|(licence, _)| licence.as_str()).collect();
    Some((all.join(" AND "), (*first).to_owned()))
}
