//! LICENSE against the licences of the crates, when they are at hand.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::str::FromStr as _;

use rayon::prelude::*;

use super::licence::{covers, named};
use crate::krate::{CargoHome, Licences, Options, known_licences, peek};
use crate::lint::package::{Found, Out};
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
    let checksums: BTreeMap<(&str, String), [u8; 32]> = found
        .lock
        .registry_packages()
        .filter_map(|one| Some(((one.name.as_str(), one.version.to_string()), one.checksum?)))
        .collect();
    let known = if home.is_some() { known_licences(&Options::default()) } else { Licences::new() };
    let lacking: Vec<(String, Condition)> = package
        .crates
        .par_iter()
        .filter(|entry| reached.contains(&(entry.name.clone(), entry.version.clone())))
        .filter_map(|entry| {
            let checksum = checksums.get(&(entry.name.as_str(), entry.version.clone()));
            // The name of a file tells nothing here: it is no expression.
            let licence = if let Some(licence) = checksum.and_then(|sum| known.get(sum)) {
                licence.clone()?
            } else {
                let path = of(&format!("{}.crate", entry.id()))?;
                let bytes = peek(&path, &["Cargo.toml"])?.remove("Cargo.toml")?;
                let manifest: Manifest = toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
                manifest.package.license?
            };
            let condition = asked(&entry.name, licence)?;
            (!covers(&names, &condition)).then(|| (entry.id(), condition))
        })
        .collect();
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

/// What a linked crate adds to the licence of the whole: nothing when permissive terms do.
fn asked(name: &str, licence: String) -> Option<Condition> {
    let statement = |krate: &str, licence: String| Statement {
        krate: krate.to_owned(),
        version: String::new(),
        licence,
        overridden: None,
        file: None,
    };
    // A server under permissive terms takes in nothing else of itself.
    let own = statement("", "MIT".to_owned());
    match whole(&own, &[statement(name, licence)], &facts::profile().licences).ok()? {
        Condition::And(parts) => Some(Condition::all(
            parts.into_iter().filter(|part| !matches!(part, Condition::Name(name) if name == "mit")),
        )),
        _ => None,
    }
}

/// The packages that the server's own dependencies lead to; those for tests are left out when its manifest is known.
fn reached(found: &Found) -> BTreeSet<(String, String)> {
    let Ok(lock) = cargo_lock::Lockfile::from_str(&found.lock.text) else { return BTreeSet::new() };
    let key = |name: &str, version: &str| (name.to_owned(), version.to_owned());
    let edges: BTreeMap<(String, String), Vec<(String, String)>> = lock
        .packages
        .iter()
        .map(|package| {
            let to = package.dependencies.iter().map(|one| key(one.name.as_str(), &one.version.to_string()));
            (key(package.name.as_str(), &package.version.to_string()), to.collect())
        })
        .collect();
    let members: Vec<_> = lock.packages.iter().filter(|package| package.source.is_none()).collect();
    let wanted = found.manifest.as_ref().map(|manifest| {
        let target = manifest.target.values().flat_map(|target| &target.dependencies);
        let all = manifest.dependencies.iter().chain(target);
        all.map(|(name, one)| one.package().unwrap_or(name).to_owned()).collect::<BTreeSet<String>>()
    });
    let mut todo: Vec<(String, String)> = Vec::new();
    for member in &members {
        let of_member = &edges[&key(member.name.as_str(), &member.version.to_string())];
        // Of a workspace only the manifest at the top is known.
        let pruned = wanted.as_ref().filter(|_| members.len() == 1);
        todo.extend(of_member.iter().filter(|(name, _)| pruned.is_none_or(|wanted| wanted.contains(name))).cloned());
    }
    let mut reached = BTreeSet::new();
    while let Some(one) = todo.pop() {
        if reached.insert(one.clone()) {
            todo.extend(edges.get(&one).into_iter().flatten().cloned());
        }
    }
    reached
}
