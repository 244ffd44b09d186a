//! distinfo: BLAKE2s, SHA512 and size of every distfile, SHA1 of every patch.
use std::fmt::Write as _;

use crate::port::{Digests, Release};

/// A patch that the package directory already has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// File name, `patch-…`.
    pub name: String,
    /// SHA-1 as hex, over the lines that have no `$NetBSD` (mk/checksum).
    pub sha1: String,
}

/// The text; distfiles sorted by bytes, then patches.
#[must_use]
pub(super) fn text(release: &Release, patches: &[Patch]) -> String {
    let mut files: Vec<(String, &Digests)> = vec![(release.distfile.file.clone(), &release.distfile.digests)];
    files.extend(release.crates.iter().map(|one| (format!("{}-{}.crate", one.name, one.version), &one.digests)));
    files.extend(release.git.iter().map(|one| (one.distfile.file.clone(), &one.distfile.digests)));
    files.sort_by(|left, right| left.0.cmp(&right.0));
    files.dedup_by(|left, right| left.0 == right.0);
    let mut out = String::from("$NetBSD$\n\n");
    for (name, Digests { blake2s, sha512, size, .. }) in files {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "BLAKE2s ({name}) = {blake2s}\nSHA512 ({name}) = {sha512}\nSize ({name}) = {size} bytes");
    }
    let mut patches = patches.to_vec();
    patches.sort_by(|left, right| left.name.cmp(&right.name));
    for Patch { name, sha1 } in patches {
        let _ = writeln!(out, "SHA1 ({name}) = {sha1}");
    }
    out
}
