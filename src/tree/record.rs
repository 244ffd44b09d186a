//! What portwright wrote: a digest for each file, in one hidden file at the top of the output directory. By it, and
//! not by any clock, an edited file is told from one that is merely old.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::disk;
use super::path::RelPath;
use crate::diag::Diagnostic;

/// The name of the record at the top of the output directory; also how portwright's other names there begin.
pub const RECORD: &str = ".portwright";

const HEADER: &str =
    "# What portwright wrote here (SHA-256), to tell files that were edited since. Keep it with the files.\n";

/// SHA-256 of some bytes, as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The digests of what portwright wrote, by path. While a run replaces files a path has two: a run that is killed
/// leaves either the old or the new file, and both are portwright's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record(BTreeMap<RelPath, BTreeSet<String>>);

impl Record {
    /// Reads the record of an output directory; empty when there is none.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(RECORD);
        let Some(bytes) = disk::read(&path)? else { return Ok(Self::default()) };
        let mut record = Self::default();
        for (i, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match parse(line) {
                Some((digest, path)) => record.add(path, digest),
                None => {
                    return Err(Diagnostic::input(format!(
                        "line {} of `{}` is no digest and path",
                        i + 1,
                        path.display()
                    ))
                    .note("portwright keeps there what it wrote, to find files that were edited since")
                    .help("mend the line, or remove the file: then every file that differs counts as edited")
                    .into());
                }
            }
        }
        Ok(record)
    }

    /// The record as the file holds it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text = HEADER.to_owned();
        for (path, digests) in &self.0 {
            for digest in digests {
                text.extend([digest, "  ", path.as_str(), "\n"]);
            }
        }
        text.into_bytes()
    }

    pub(super) fn has(&self, path: &RelPath, digest: &str) -> bool {
        self.0.get(path).is_some_and(|digests| digests.contains(digest))
    }

    pub(super) fn knows(&self, path: &RelPath) -> bool {
        self.0.contains_key(path)
    }

    /// Adds a digest to those of a path.
    pub(super) fn add(&mut self, path: RelPath, digest: String) {
        self.0.entry(path).or_default().insert(digest);
    }

    /// Makes `digest` the only one of a path.
    pub(super) fn set(&mut self, path: RelPath, digest: String) {
        self.0.insert(path, BTreeSet::from([digest]));
    }

    pub(super) fn remove(&mut self, path: &RelPath) {
        self.0.remove(path);
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &RelPath> {
        self.0.keys()
    }
}

fn parse(line: &str) -> Option<(String, RelPath)> {
    let (digest, path) = line.split_once("  ")?;
    let is_digest = digest.len() == 64 && digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    Some((digest.to_owned(), RelPath::new(path).ok().filter(|_| is_digest)?))
}

#[cfg(test)]
mod tests {
    use super::{RECORD, Record, RelPath, sha256};

    #[test]
    fn digests_are_those_of_sha256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let mut record = Record::default();
        record.add(RelPath::new("a b/c").unwrap(), sha256(b"1"));
        record.add(RelPath::new("a b/c").unwrap(), sha256(b"2"));
        record.add(RelPath::new("a").unwrap(), sha256(b"3"));
        std::fs::write(dir.path().join(RECORD), record.to_bytes()).unwrap();
        assert_eq!(Record::read(dir.path()).unwrap(), record);
        std::fs::write(dir.path().join(RECORD), "<<<<<<< HEAD\n").unwrap();
        assert!(Record::read(dir.path()).unwrap_err().to_string().contains("line 1"));
    }
}
