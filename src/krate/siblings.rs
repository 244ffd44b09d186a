//! Other crates of the lock, opened: those of the same project, and single ones whose files somebody wants to read.
use std::fs;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use toml::Table;

use super::digests::Wanted;
use super::distribution::{Distfile, Distribution, unreadable};
use super::fetch::ensure;
use super::lock::LockedPackage;
use super::opened::Krate;
use super::registry::wrong_checksum;
use super::tarball;
use super::upstream::Options;

/// The locked crates of the crate's own project, in the order of the lock: those named after it (`NAME-…`), and those
/// with the same repository. `NAME-VERSION` and the files.
pub fn siblings(krate: &Krate, opts: &Options<'_>) -> anyhow::Result<Vec<(String, Distribution)>> {
    let packages: Vec<&LockedPackage> =
        krate.lock.registry_packages().filter(|package| package.name != krate.name).collect();
    let files = ensure(krate, &packages, opts)?;
    let project = krate.repository.as_deref().map(repository);
    let prefixes = [format!("{}-", krate.name), format!("{}_", krate.name)];
    let found: Vec<Option<(String, Distribution)>> = packages
        .par_iter()
        .zip(&files)
        .map(|(package, file)| {
            let named = prefixes.iter().any(|prefix| package.name.starts_with(prefix.as_str()));
            if !named && (project.is_none() || repository_of(package, file) != project) {
                return Ok(None);
            }
            Ok(Some((format!("{}-{}", package.name, package.version), open(package, file)?)))
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The files of one crate of the lock.
pub fn locked_files(krate: &Krate, package: &LockedPackage, opts: &Options<'_>) -> anyhow::Result<Distribution> {
    let files = ensure(krate, &[package], opts)?;
    let file = files.first().ok_or_else(|| anyhow::anyhow!("`{}` is not in cargo's cache", package.file_name()))?;
    open(package, file)
}

fn open(package: &LockedPackage, file: &Wanted) -> anyhow::Result<Distribution> {
    let bytes = fs::read(&file.path).map_err(|error| unreadable(&file.path, &error))?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    if let Some(expected) = file.sha256
        && expected != sha256
    {
        return Err(wrong_checksum(&file.path, &expected, &sha256));
    }
    let distfile =
        Distfile { file_name: package.file_name(), path: file.path.clone(), sha256, checksum_verified: true };
    Distribution::of_tarball(&bytes, distfile, Some(&format!("{}-{}", package.name, package.version)))
}

/// What the manifest names, so that a file that cannot be read is no sibling.
fn repository_of(package: &LockedPackage, file: &Wanted) -> Option<String> {
    let bytes = fs::read(&file.path).ok()?;
    let manifest = format!("{}-{}/Cargo.toml", package.name, package.version);
    let text = tarball::find(&bytes, &file.path, &manifest).ok()??;
    let table: Table = String::from_utf8_lossy(&text).parse().ok()?;
    table.get("package")?.get("repository")?.as_str().map(repository)
}

/// Addresses that differ only in their spelling, or in a directory of the repository, are the same.
fn repository(url: &str) -> String {
    let bare = url.trim_end_matches('/').trim_end_matches(".git").to_ascii_lowercase();
    let bare = bare.split_once("://").map_or(bare.as_str(), |(_, rest)| rest).to_owned();
    ["/tree/", "/src/", "/blob/"].iter().fold(bare, |url, word| url.split(word).next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{locked_files, siblings};
    use crate::krate::fixture::Home;
    use crate::krate::{Options, Upstream, open};

    #[test]
    fn crates_of_the_same_project() {
        let home = Home::new();
        let manifest = |name: &str, repository: &str| {
            format!("[package]\nname='{name}'\nversion='0.1.0'\nrepository='{repository}'\n")
        };
        let dependency = |name: &str, repository: &str| {
            let files = [("Cargo.toml", manifest(name, repository)), ("src/lib.rs", "pub fn a() {}".to_owned())];
            let sum = home.publish(name, "0.1.0", &files.each_ref().map(|(path, text)| (*path, text.as_str())));
            format!(
                "[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"{sum}\"\n"
            )
        };
        let lock = [
            "version = 4\n[[package]]\nname = \"mailer\"\nversion = \"0.1.0\"\n".to_owned(),
            dependency("mailer-core", "https://example.org/other"),
            dependency("postman", "HTTPS://example.org/mailer.git"),
            dependency("stranger", "https://example.org/stranger"),
        ];
        let own = manifest("mailer", "https://example.org/mailer/");
        home.publish("mailer", "0.1.0", &[("Cargo.toml", &own), ("Cargo.lock", &lock.concat()), ("src/main.rs", "")]);
        let opts = Options {
            offline: true,
            cargo_home: Some(home.dir.path().into()),
            cache_dir: Some(home.dir.path().join("portwright")),
            ..Options::default()
        };
        let krate =
            open(&Upstream::Registry { name: "mailer".into(), version: Some("0.1.0".into()) }, &opts).expect("open");
        let found = siblings(&krate, &opts).expect("siblings");
        assert_eq!(
            found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["mailer-core-0.1.0", "postman-0.1.0"]
        );
        assert!(found[0].1.contains("src/lib.rs"));
        let stranger = krate.lock.packages.iter().find(|package| package.name == "stranger").expect("stranger");
        assert!(locked_files(&krate, stranger, &opts).expect("files").contains("Cargo.toml"));
    }
}
