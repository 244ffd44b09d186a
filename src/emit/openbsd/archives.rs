//! Archives of commits, for crates that the lock takes from git.
use serde::Serialize;

use crate::port::{GitVendored, Release};

/// A line of `DIST_TUPLE`.
#[derive(Debug, Serialize)]
pub(super) struct Archive<'a> {
    pub(super) owner: &'a str,
    pub(super) repo: &'a str,
    pub(super) rev: &'a str,
}

/// One for each archive, however many crates come out of it.
pub(super) fn archives(release: &Release) -> Vec<Archive<'_>> {
    let mut archives: Vec<Archive<'_>> = Vec::new();
    for one in &release.git {
        let same = |known: &Archive<'_>| (known.owner, known.repo, known.rev) == (&one.owner, &one.repo, &one.rev);
        if !archives.iter().any(same) {
            archives.push(Archive { owner: &one.owner, repo: &one.repo, rev: &one.rev });
        }
    }
    archives
}

/// What fetch calls the archive of a commit or tag (infrastructure/db/dist-tuple.pattern).
pub(super) fn file(owner: &str, repo: &str, id: &str) -> String {
    format!("{owner}-{repo}-{id}.tar.gz")
}

/// Where a crate is when its archive is unpacked, below `${WRKDIR}`.
pub(super) fn directory(one: &GitVendored) -> String {
    let top = format!("{}-{}", one.repo, one.rev);
    if one.dir.is_empty() { top } else { format!("{top}/{}", one.dir) }
}
