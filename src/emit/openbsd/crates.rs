//! crates.inc: the crates of the lock, each with its licence.
use serde::Serialize;

use crate::port::Release;

/// The context of the template.
#[derive(Serialize)]
pub(super) struct Context<'a> {
    crates: Vec<Crate<'a>>,
}

#[derive(Serialize)]
struct Crate<'a> {
    name: &'a str,
    version: &'a str,
    licence: &'a str,
}

/// In the order of the lock, as `make modcargo-gen-crates` has them.
pub(super) fn context(release: &Release) -> Context<'_> {
    let found = |name: &str, version: &str| {
        let stated = release.statements.iter().find(|one| one.krate == name && one.version == version);
        stated.filter(|one| one.overridden.is_some()).map(|one| one.licence.as_str())
    };
    let crates = release.crates.iter().map(|one| Crate {
        name: &one.name,
        version: &one.version,
        // What `make modcargo-gen-crates-licenses` says of such a crate.
        licence: found(&one.name, &one.version).or(one.licence.as_deref()).unwrap_or("XXX missing license"),
    });
    Context { crates: crates.collect() }
}
