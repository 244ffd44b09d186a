//! What would change: a tree compared with a directory.
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::disk;
use super::files::{File, Keep, Mode, Tree};
use super::path::RelPath;
use super::record::{Record, sha256};

/// How a file on the disk stands to the generated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not there yet.
    Missing,
    /// There, and nothing to do.
    Same,
    /// As portwright wrote it earlier; to be replaced.
    Changed,
    /// Neither as generated now nor as portwright ever wrote it: a person's work, not to be lost.
    Edited,
    /// Written earlier, no longer generated; to be removed.
    Stale,
    /// Edited, and no longer generated; left alone.
    StaleEdited,
    /// The user's since it was first written ([`Keep::Theirs`]); left alone.
    Kept,
}

/// One file of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub path: RelPath,
    /// What is to be done.
    pub status: Status,
    /// What is there now.
    pub old: Option<(Vec<u8>, Mode)>,
    /// What is to be there; nothing for stale files.
    pub new: Option<File>,
}

/// What a tree would change in a directory. Making one changes nothing.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) root: PathBuf,
    pub(super) entries: Vec<Entry>,
    pub(super) claims: Vec<RelPath>,
}

/// One line of the machine-readable answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Path below the output directory.
    pub path: RelPath,
    /// How the file stands.
    pub status: Status,
    /// Digest of the generated file; of the one that is there when none is generated.
    pub sha256: String,
    /// Its size in bytes.
    pub size: usize,
}

/// Compares a tree with a directory, which may not exist yet.
///
/// Fails when a file cannot be read, the record is broken, or something that is no file stands in the way.
pub fn plan(tree: &Tree, root: &Path) -> anyhow::Result<Plan> {
    let record = Record::read(root)?;
    let mut entries = Vec::new();
    for (path, file) in tree.files() {
        let old = disk::look(root, path)?;
        let status = status(path, old.as_ref(), file, &record);
        entries.push(Entry { path: path.clone(), status, old, new: Some(file.clone()) });
    }
    for path in record.paths().filter(|path| tree.get(path.as_str()).is_none()) {
        if !tree.claims().any(|claim| path.is_inside(claim)) {
            continue;
        }
        // What is already gone is only forgotten; `apply` does that.
        let old = disk::look(root, path)?;
        let status = match &old {
            Some((bytes, _)) if !record.has(path, &sha256(bytes)) => Status::StaleEdited,
            _ => Status::Stale,
        };
        entries.push(Entry { path: path.clone(), status, old, new: None });
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Plan { root: root.to_owned(), entries, claims: tree.claims().cloned().collect() })
}

fn status(path: &RelPath, old: Option<&(Vec<u8>, Mode)>, new: &File, record: &Record) -> Status {
    match old {
        None => Status::Missing,
        Some(_) if new.keep == Keep::Theirs => Status::Kept,
        Some((bytes, mode)) if *bytes == new.content => {
            if *mode == new.mode {
                Status::Same
            } else {
                Status::Changed
            }
        }
        Some((bytes, _)) if record.has(path, &sha256(bytes)) => Status::Changed,
        Some(_) => Status::Edited,
    }
}

impl Plan {
    /// The output directory.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files, in the order of their paths.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether the directory holds what is generated: what `--check` asks.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.entries.iter().all(|entry| match entry.status {
            Status::Same | Status::Kept => true,
            Status::Stale => entry.old.is_none(),
            _ => false,
        })
    }

    /// The files that a person edited and that are to be replaced.
    pub fn edited(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.status == Status::Edited)
    }

    /// Path, status, digest and size of each file, for `--format json`.
    #[must_use]
    pub fn summary(&self) -> Vec<Summary> {
        let of = |entry: &Entry| {
            let new = entry.new.as_ref().map(|file| &file.content);
            let content = new.or(entry.old.as_ref().map(|(bytes, _)| bytes)).map_or(&[][..], Vec::as_slice);
            Summary { path: entry.path.clone(), status: entry.status, sha256: sha256(content), size: content.len() }
        };
        self.entries.iter().filter(|entry| entry.old.is_some() || entry.new.is_some()).map(of).collect()
    }
}
