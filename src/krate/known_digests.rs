//! Digests that were computed before, by SHA-256.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::cargo::unwritable;
use super::digests::Digests;
use super::names::{from_hex, to_hex};
use super::upstream::Options;

/// A file of lines `SHA256 BLAKE2S SHA512 SIZE CHECK`, the last being the start of the SHA-256 of what is before it:
/// a damaged line counts as absent, so that the file is read again.
#[derive(Debug, Default)]
pub struct KnownDigests {
    path: Option<PathBuf>,
    entries: BTreeMap<[u8; 32], Digests>,
    new: BTreeSet<[u8; 32]>,
}

impl KnownDigests {
    /// Knows nothing and keeps nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// What earlier runs have kept in `digests` of the cache directory.
    pub fn load(opts: &Options<'_>) -> anyhow::Result<Self> {
        let path = opts.cache_dir()?.join("digests");
        Ok(Self { entries: read(&path), path: Some(path), new: BTreeSet::new() })
    }

    /// The digests of the file with that SHA-256.
    #[must_use]
    pub fn get(&self, sha256: &[u8; 32]) -> Option<Digests> {
        self.entries.get(sha256).copied()
    }

    /// Adds digests; kept by [`KnownDigests::save`].
    pub fn insert(&mut self, digests: Digests) {
        if self.entries.insert(digests.sha256, digests) != Some(digests) {
            self.new.insert(digests.sha256);
        }
    }

    /// Writes what is new, together with what other runs wrote in the meantime. The file is replaced as a whole; of two
    /// runs that save at the same instant one may lose its lines, which costs time later and nothing else.
    pub fn save(&mut self) -> anyhow::Result<()> {
        let Some(path) = self.path.as_deref().filter(|_| !self.new.is_empty()) else { return Ok(()) };
        let mut all = read(path);
        all.extend(self.new.iter().filter_map(|sum| Some((*sum, self.get(sum)?))));
        write(path, &all).map_err(|error| unwritable(path, &error))?;
        self.new.clear();
        Ok(())
    }
}

fn read(path: &Path) -> BTreeMap<[u8; 32], Digests> {
    let bytes = fs::read(path).unwrap_or_default();
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines.filter_map(parse).map(|digests| (digests.sha256, digests)).collect()
}

fn write(path: &Path, entries: &BTreeMap<[u8; 32], Digests>) -> std::io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut file = NamedTempFile::new_in(dir)?;
    let text: String = entries.values().map(format).collect();
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

fn format(digests: &Digests) -> String {
    let Digests { blake2s, sha256, sha512, size } = digests;
    let line = format!("{} {} {} {size}", to_hex(sha256), to_hex(blake2s), to_hex(sha512));
    format!("{line} {}\n", check(&line))
}

fn parse(line: &str) -> Option<Digests> {
    let (facts, sum) = line.rsplit_once(' ')?;
    if sum != check(facts) {
        return None;
    }
    let mut fields = facts.split(' ');
    let (sha256, blake2s, sha512) = (fields.next()?, fields.next()?, fields.next()?);
    let size = fields.next()?.parse().ok()?;
    let digests = Digests { sha256: from_hex(sha256)?, blake2s: from_hex(blake2s)?, sha512: from_hex(sha512)?, size };
    fields.next().is_none().then_some(digests)
}

/// Against damage, not against malice: who can write the cache can write the tree, too.
fn check(line: &str) -> String {
    to_hex(Sha256::digest(line.as_bytes()).get(..4).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Digests, KnownDigests};
    use crate::krate::Options;

    fn sample(n: u8) -> Digests {
        Digests { blake2s: [n; 32], sha256: [n; 32], sha512: [n; 64], size: u64::from(n) }
    }

    #[test]
    fn kept_across_runs_and_merged_with_other_runs() {
        let dir = tempfile::tempdir().expect("tempdir");
        let opts = Options { cache_dir: Some(dir.path().join("new")), ..Options::default() };
        let mut first = KnownDigests::load(&opts).expect("load");
        let mut second = KnownDigests::load(&opts).expect("load");
        first.insert(sample(1));
        second.insert(sample(2));
        first.save().expect("save");
        second.save().expect("save");
        let third = KnownDigests::load(&opts).expect("load");
        assert_eq!((third.get(&[1; 32]), third.get(&[2; 32])), (Some(sample(1)), Some(sample(2))));
        assert_eq!(third.get(&[3; 32]), None);
    }

    #[test]
    fn damaged_lines_are_forgotten() {
        let dir = tempfile::tempdir().expect("tempdir");
        let opts = Options { cache_dir: Some(dir.path().into()), ..Options::default() };
        let mut known = KnownDigests::load(&opts).expect("load");
        (1..4).for_each(|n| known.insert(sample(n)));
        known.save().expect("save");
        let path = dir.path().join("digests");
        let text = std::fs::read_to_string(&path).expect("read");
        let damaged = text.replacen("0202", "0203", 1);
        // The last line is cut short, as by a full disk.
        std::fs::write(&path, [&damaged.as_bytes()[..damaged.len() - 3], b"\n\xff\n"].concat()).expect("write");
        let known = KnownDigests::load(&opts).expect("load");
        assert_eq!((known.get(&[1; 32]), known.get(&[2; 32]), known.get(&[3; 32])), (Some(sample(1)), None, None));
    }
}
