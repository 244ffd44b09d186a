//! Patches that a package directory already has: people's, but listed in distinfo.
use std::path::Path;

use anyhow::{Context as _, Result};
use sha1::{Digest as _, Sha1};

use crate::emit::pkgsrc::Patch;
use crate::krate::to_hex;

/// Reads `patches/patch-*` of a package directory; an empty list when there are none.
///
/// # Errors
/// A patch cannot be read.
pub(super) fn read(directory: &Path) -> Result<Vec<Patch>> {
    let Ok(entries) = std::fs::read_dir(directory.join("patches")) else { return Ok(Vec::new()) };
    let mut patches = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // As mk/checksum: editors' leavings are no patches.
        let leaving = [".orig", ".rej", "~", ".swp"].iter().any(|ending| name.ends_with(ending));
        if !name.starts_with("patch-") || leaving || !entry.file_type()?.is_file() {
            continue;
        }
        let text = std::fs::read(entry.path()).with_context(|| entry.path().display().to_string())?;
        patches.push(Patch { name, sha1: digest(&text) });
    }
    Ok(patches)
}

/// SHA-1 over the lines that have no `$NetBSD`: a commit changes those (pkglint v23/distinfo.go).
fn digest(text: &[u8]) -> String {
    let mut hasher = Sha1::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if !line.windows(7).any(|window| window == b"$NetBSD") {
            hasher.update(line);
        }
    }
    to_hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn the_id_line_does_not_count() {
        assert_eq!(digest(b"$NetBSD: x $\n\na\n"), digest(b"$NetBSD$\n\na\n"));
        assert_eq!(digest(b""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    }
}
