//! distinfo: SHA256 and size of every distfile, in the order in which `make makesum` takes them; and Makefile.crates.
use std::fmt::Write as _;

use crate::port::{Digests, GitVendored, Origin, Release};

/// The name under which the tree has the server's own distribution.
#[must_use]
pub(super) fn own_file(release: &Release) -> String {
    match &release.origin {
        // CARGO_DIST_SUBDIR.
        Origin::Registry => format!("rust/crates/{}", release.distfile.file),
        // DISTNAME with USE_GITHUB (Mk/bsd.sites.mk); a slash of the tag would be a directory.
        Origin::Github { owner, repo, tag } => format!("{owner}-{repo}-{}_GH0.tar.gz", tag.replace('/', "-")),
        Origin::Path => release.distfile.file.clone(),
    }
}

/// The name of the archive of a commit (Mk/Scripts/cargo-crates-git-common.awk).
fn git_file(one: &GitVendored) -> String {
    format!("{}-{}-{}_GH0.tar.gz", one.owner, one.repo, one.rev)
}

/// The text of distinfo.
#[must_use]
pub(super) fn text(release: &Release) -> String {
    let own = (own_file(release), &release.distfile.digests);
    let crates =
        release.crates.iter().map(|one| (format!("rust/crates/{}-{}.crate", one.name, one.version), &one.digests));
    let mut files: Vec<(String, &Digests)> = crates.collect();
    for one in &release.git {
        let file = git_file(one);
        if !files.iter().any(|(known, _)| *known == file) {
            files.push((file, &one.distfile.digests));
        }
    }
    // A port that names its DISTFILES has them first; with USE_GITHUB they come last.
    match release.origin {
        Origin::Github { .. } => files.push(own),
        Origin::Registry | Origin::Path => files.insert(0, own),
    }
    let mut out = format!("TIMESTAMP = {}\n", release.timestamp);
    for (name, Digests { sha256, size, .. }) in files {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "SHA256 ({name}) = {sha256}\nSIZE ({name}) = {size}");
    }
    out
}

/// The tokens of `CARGO_CRATES`: crates of the registry as the lock has them, then one for each commit.
#[must_use]
pub(super) fn crates(release: &Release) -> Vec<String> {
    let mut tokens: Vec<String> = release.crates.iter().map(|one| format!("{}-{}", one.name, one.version)).collect();
    let mut sources: Vec<(String, Vec<&str>)> = Vec::new();
    for one in &release.git {
        let source = match &one.reference {
            Some((kind, value)) => format!("git+{}?{kind}={value}#{}", one.url, one.rev),
            None => format!("git+{}#{}", one.url, one.rev),
        };
        match sources.iter_mut().find(|(known, _)| *known == source) {
            Some((_, names)) => names.push(&one.name),
            None => sources.push((source, vec![&one.name])),
        }
    }
    tokens.extend(sources.into_iter().map(|(source, names)| format!("{}@{source}", names.join(","))));
    tokens
}
