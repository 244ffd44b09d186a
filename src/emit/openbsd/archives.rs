//! Archives of commits, for crates that the lock takes from git.
use crate::port::{GitVendored, Release};

/// The words of a line of `DIST_TUPLE`: the archive is unpacked as it is.
pub(super) fn tuple<'a>(owner: &'a str, repo: &'a str, id: &'a str) -> [&'a str; 5] {
    ["github", owner, repo, id, "."]
}

/// One line for each archive, however many crates come out of it.
pub(super) fn archives(release: &Release) -> Vec<[&str; 5]> {
    let mut archives = Vec::new();
    for one in &release.git {
        let tuple = tuple(&one.owner, &one.repo, &one.rev);
        if !archives.contains(&tuple) {
            archives.push(tuple);
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
