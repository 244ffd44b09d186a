//! Crates that the lock takes from git: cargo finds them in the archives of their commits.
use std::collections::BTreeMap;

use serde::Serialize;

use super::archives;
use crate::port::Release;

/// The context of the template.
#[derive(Serialize)]
pub(super) struct Context {
    sources: Vec<SourceOf>,
}

/// A repository as manifests name it.
#[derive(Serialize)]
struct SourceOf {
    url: String,
    crates: Vec<Patched>,
}

#[derive(Serialize)]
struct Patched {
    /// The name of the entry: two versions of a crate need two.
    key: String,
    package: String,
    directory: String,
}

/// What cargo's configuration says about them. `@WRKDIR@` stands for the port's work directory, which the Makefile fills
/// in: this file is no template of the framework.
pub(super) fn context(release: &Release) -> Context {
    let mut sources: BTreeMap<&str, Vec<Patched>> = BTreeMap::new();
    for one in &release.git {
        let crates = sources.entry(&one.url).or_default();
        let before = crates.iter().filter(|known| known.package == one.name).count();
        crates.push(Patched {
            key: if before == 0 { one.name.clone() } else { format!("{}-{}", one.name, before + 1) },
            package: one.name.clone(),
            directory: format!("@WRKDIR@/{}", archives::directory(one)),
        });
    }
    Context { sources: sources.into_iter().map(|(url, crates)| SourceOf { url: url.to_owned(), crates }).collect() }
}
