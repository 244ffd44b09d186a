//! Licence and native library of one package, from its own manifest.
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::sync::{LazyLock, Mutex, PoisonError};

use cargo_toml::Manifest;
use semver::Version;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use toml::{Table, Value};

use super::digests::Wanted;
use super::distribution::unreadable;
use super::lock::LockedPackage;
use super::manifest::parse;
use super::opened::Krate;
use super::registry::wrong_checksum;
use super::tarball;
use crate::diag::Diagnostic;

/// What the manifest of a dependency says. Texts as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Facts {
    pub(super) license: Option<String>,
    pub(super) license_file: Option<String>,
    pub(super) links: Option<String>,
    pub(super) rust_version: Option<String>,
}

/// What was read in this run, by the file's SHA-256: the same file says the same for every set of features and target.
static READ: LazyLock<Mutex<HashMap<[u8; 32], Facts>>> = LazyLock::new(Mutex::default);

/// From the `.crate` file of a release, once that is the file of the lock.
pub(super) fn facts_of_crate(package: &LockedPackage, file: &Wanted) -> anyhow::Result<Facts> {
    // A thread that panicked while it held the lock left whole entries behind.
    let read = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = file.sha256.and_then(|sum| read().get(&sum).cloned()) {
        return Ok(known);
    }
    let facts = read_facts(package, file)?;
    if let Some(sum) = file.sha256 {
        read().insert(sum, facts.clone());
    }
    Ok(facts)
}

fn read_facts(package: &LockedPackage, file: &Wanted) -> anyhow::Result<Facts> {
    let bytes = fs::read(&file.path).map_err(|error| unreadable(&file.path, &error))?;
    let found: [u8; 32] = Sha256::digest(&bytes).into();
    if let Some(expected) = file.sha256
        && expected != found
    {
        return Err(wrong_checksum(&file.path, &expected, &found));
    }
    let manifest = format!("{}-{}/Cargo.toml", package.name, package.version);
    let text = tarball::find(&bytes, &file.path, &manifest)?.unwrap_or_default();
    // Read as plain TOML: an odd manifest of a dependency is cargo's business.
    let table: Table = String::from_utf8_lossy(&text).parse().unwrap_or_default();
    let text = |key: &str| table.get("package")?.get(key).and_then(Value::as_str).map(str::to_owned);
    Ok(Facts {
        license: text("license"),
        license_file: text("license-file"),
        links: text("links"),
        rust_version: text("rust-version"),
    })
}

/// From the manifest of the crate itself, or of a package beside it.
pub(super) fn facts_of_member(krate: &Krate, name: &str) -> Facts {
    if name == krate.name {
        return Facts {
            license: krate.license.clone(),
            license_file: krate.license_file.clone(),
            links: None,
            rust_version: krate.rust_version.clone(),
        };
    }
    let read = |path: &str| parse(&krate.dist.read_text(path).ok()?, path).ok();
    let shared = read("Cargo.toml").and_then(|root| root.workspace).and_then(|workspace| workspace.package);
    let manifests = krate.dist.files().iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    let found = manifests
        .filter_map(|file| read(&file.path))
        .find_map(|manifest: Manifest| manifest.package.filter(|package| package.name == name));
    let Some(package) = found else { return Facts::default() };
    // `license.workspace = true` leaves nothing to get; the workspace has it.
    let license = package.license.as_ref().map(|own| own.get().ok().cloned());
    let inherited = || shared.as_ref().and_then(|shared| shared.license.clone());
    Facts {
        license: license.and_then(|own| own.or_else(inherited)),
        license_file: package.license_file.as_ref().and_then(|own| own.get().ok()?.to_str().map(str::to_owned)),
        links: package.links,
        rust_version: None,
    }
}

/// From what `cargo metadata` says, for packages that are no `.crate` files.
pub(super) fn facts_of_unpacked(metadata: &str) -> anyhow::Result<BTreeMap<(String, Version), Facts>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: Version,
        #[serde(flatten)]
        facts: Facts,
    }
    let metadata: Metadata = serde_json::from_str(metadata).map_err(|error| {
        Diagnostic::environment("`cargo metadata` answered with something else").note(error.to_string())
    })?;
    Ok(metadata.packages.into_iter().map(|package| ((package.name, package.version), package.facts)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Facts, facts_of_unpacked};

    #[test]
    fn cargo_metadata_as_it_is() {
        let text = r#"{"packages":[{"name":"z-sys","version":"1.0.0","license":null,"license_file":"COPYING",
            "links":"z","targets":[]}],"version":1}"#;
        let facts = facts_of_unpacked(text).expect("metadata");
        let expected =
            Facts { license: None, license_file: Some("COPYING".into()), links: Some("z".into()), rust_version: None };
        assert_eq!(facts.values().collect::<Vec<_>>(), [&expected]);
        assert!(facts_of_unpacked("[]").is_err());
    }
}
