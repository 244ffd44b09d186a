//! A few files at the top of an archive, without reading the rest of it.
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use tar::Archive;

/// As much of an archive is looked through, in bytes after decompression.
const FARTHEST: u64 = 256 << 20;
/// No file that is asked for is larger, in bytes.
const LARGEST: u64 = 16 << 20;

/// The files of these names in the top directory of a gzipped tar archive; none when it is no such archive.
#[must_use]
pub fn peek(archive: &Path, wanted: &[&str]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = Archive::new(GzDecoder::new(File::open(archive).ok()?).take(FARTHEST));
    let mut found = BTreeMap::new();
    for entry in archive.entries().ok()? {
        let Ok(mut entry) = entry else { break };
        let path = entry.path_bytes().into_owned();
        let Some(name) = std::str::from_utf8(&path).ok().and_then(|path| path.split_once('/')).map(|(_, name)| name)
        else {
            continue;
        };
        if wanted.contains(&name) && entry.header().entry_type().is_file() {
            let name = name.to_owned();
            let mut content = Vec::new();
            entry.by_ref().take(LARGEST).read_to_end(&mut content).ok()?;
            found.insert(name, content);
            if found.len() == wanted.len() {
                break;
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::peek;
    use crate::krate::fixture::{Member, tarball};

    #[test]
    fn only_the_top_is_looked_at() {
        let dir = tempfile::tempdir().expect("tempdir");
        let path = dir.path().join("x-1.crate");
        let members = [Member::file("x-1/a/Cargo.lock", "no"), Member::file("x-1/Cargo.lock", "yes")];
        std::fs::write(&path, tarball(&members)).expect("write");
        let found = peek(&path, &["Cargo.lock", "Cargo.toml"]).expect("an archive");
        assert_eq!(found.get("Cargo.lock").map(Vec::as_slice), Some(&b"yes"[..]));
        assert_eq!(found.len(), 1);
        std::fs::write(&path, "noise").expect("write");
        assert!(peek(&path, &["Cargo.lock"]).is_none_or(|found| found.is_empty()));
    }
}
