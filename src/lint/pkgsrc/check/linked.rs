//! LICENSE against the licences of the crates, when they are at hand.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;
use semver::Version;

use super::licence::{covers, named};
use crate::krate::{CargoHome, Licences, LockedPackage, LockedSource, Options, known_licences, peek};
use crate::lint::package::{Entry, Found, Out};
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::{facts, rules};
use crate::port::licence::{Condition, Statement, whole};

pub(super) fn check(package: &Package, out: &mut Out) {
    let (Some(found), Some(names)) = (&package.found, named(package)) else { return };
    let reached = reached(found);
    let home = package.around.cargo_home.then(|| CargoHome::locate(&Options::default()).ok()).flatten();
    let tree = package.directory.path.join("../../distfiles");
    let distfiles = &package.around.distfiles;
    let of = |file: &str| -> Option<PathBuf> {
        let places = distfiles.iter().chain(std::iter::once(&tree));
        places
            .map(|place| place.join(file))
            .find(|path| path.is_file())
            .or_else(|| home.as_ref().and_then(|home| home.crate_files(file).into_iter().next()).map(|(_, path)| path))
    };
    let known = if home.is_some() { known_licences(&found.lock, &Options::default()) } else { Licences::new() };
    let listed: BTreeMap<(&str, &str), &Entry> =
        package.crates.iter().map(|entry| ((entry.name.as_str(), entry.version.as_str()), entry)).collect();
    // The name of a file tells nothing here: it is no expression.
    let licences: Vec<(&Entry, String)> = reached
        .par_iter()
        .filter_map(|krate| {
            let entry = *listed.get(&(krate.name.as_str(), krate.version.to_string().as_str()))?;
            let licence = if let Some(licence) = krate.checksum.and_then(|sum| known.get(&sum)) {
                licence.clone()?
            } else {
                let path = of(&format!("{}.crate", entry.id()))?;
                let bytes = peek(&path, &["Cargo.toml"])?.remove("Cargo.toml")?;
                let manifest: Manifest = toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
                manifest.package.license?
            };
            Some((entry, licence))
        })
        .collect();
    // Hundreds of crates have the same few licences.
    let mut conditions: BTreeMap<&str, Option<Condition>> = BTreeMap::new();
    for (_, licence) in &licences {
        let lacking = || asked(licence).filter(|condition| !covers(&names, condition));
        conditions.entry(licence).or_insert_with(lacking);
    }
    let lacking = licences.iter().filter_map(|(entry, licence)| {
        conditions.get(licence.as_str())?.as_ref().map(|condition| (entry.id(), condition))
    });
    let mut by_condition: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, condition) in lacking {
        by_condition.entry(condition.to_string()).or_default().push(id);
    }
    for (condition, mut ids) in by_condition {
        ids.sort();
        let message = format!("`{condition}` is missing: {}", ids.join(", "));
        out.say(&rules::LICENCE_WHOLE, package.place_of("LICENSE"), message);
    }
}

#[derive(serde::Deserialize)]
struct Manifest {
    package: Licensed,
}

#[derive(serde::Deserialize)]
struct Licensed {
    license: Option<String>,
}

/// What a linked crate of that licence adds to the licence of the whole: nothing when permissive terms do.
fn asked(licence: &str) -> Option<Condition> {
    let statement = |licence: &str| Statement {
        krate: String::new(),
        version: String::new(),
        licence: licence.to_owned(),
        overridden: None,
        file: None,
    };
    // A server under permissive terms takes in nothing else of itself.
    match whole(&statement("MIT"), &[statement(licence)], &facts::profile().licences).ok()? {
        Condition::And(parts) => Some(Condition::all(
            parts.into_iter().filter(|part| !matches!(part, Condition::Name(name) if name == "mit")),
        )),
        _ => None,
    }
}

/// The packages that the server's own dependencies lead to; those for tests are left out when its manifest is known.
fn reached(found: &Found) -> Vec<&LockedPackage> {
    let packages = &found.lock.packages;
    let edges: BTreeMap<(&str, &Version), &LockedPackage> =
        packages.iter().map(|package| ((package.name.as_str(), &package.version), package)).collect();
    let members: Vec<&LockedPackage> = packages.iter().filter(|one| one.source == LockedSource::Path).collect();
    let wanted = found.manifest.as_ref().map(|manifest| {
        let target = manifest.target.values().flat_map(|target| &target.dependencies);
        let all = manifest.dependencies.iter().chain(target);
        all.map(|(name, one)| one.package().unwrap_or(name)).collect::<BTreeSet<&str>>()
    });
    let mut todo: Vec<(&str, &Version)> = Vec::new();
    for member in &members {
        // Of a workspace only the manifest at the top is known.
        let pruned = wanted.as_ref().filter(|_| members.len() == 1);
        todo.extend(depends(member).filter(|(name, _)| pruned.is_none_or(|wanted| wanted.contains(name))));
    }
    let mut reached = BTreeSet::new();
    while let Some(one) = todo.pop() {
        if reached.insert(one) {
            todo.extend(edges.get(&one).into_iter().flat_map(|package| depends(package)));
        }
    }
    reached.iter().filter_map(|one| edges.get(one).copied()).collect()
}

fn depends(package: &LockedPackage) -> impl Iterator<Item = (&str, &Version)> {
    package.dependencies.iter().map(|(name, version)| (name.as_str(), version))
}
