//! The files that a run generates.
use std::collections::{BTreeMap, BTreeSet};

use super::path::RelPath;
use crate::diag::Diagnostic;

/// Whether a file can be run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `rw-rw-rw-` less the umask.
    #[default]
    Regular,
    /// `rwxrwxrwx` less the umask.
    Executable,
}

/// Whose a file is once it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keep {
    /// Generated anew each time; edits are found and not lost silently.
    #[default]
    Ours,
    /// Written when it is missing; then it is the user's, whatever it holds.
    Theirs,
}

/// A file in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// What is in it.
    pub content: Vec<u8>,
    /// Whether it can be run.
    pub mode: Mode,
    /// Whose it is once it is written.
    pub keep: Keep,
}

impl File {
    /// A regular file that is generated anew each time.
    #[must_use]
    pub fn new(content: impl Into<Vec<u8>>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// The same file, executable.
    #[must_use]
    pub fn executable(mut self) -> Self {
        self.mode = Mode::Executable;
        self
    }

    /// The same file, the user's once it is written.
    #[must_use]
    pub fn theirs(mut self) -> Self {
        self.keep = Keep::Theirs;
        self
    }
}

/// Files by their path below an output directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<RelPath, File>,
    claims: BTreeSet<RelPath>,
}

impl Tree {
    /// A tree without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// Fails when the path is no [`RelPath`], is there already, or is a file in one place and a directory in another.
    pub fn add(&mut self, path: impl Into<String>, file: File) -> anyhow::Result<()> {
        let path = RelPath::new(path)?;
        let as_dir = path.ancestors().find(|dir| self.files.contains_key(*dir));
        let as_file = self.files.keys().find(|other| other.is_inside(&path));
        if let Some(other) = as_dir.or(as_file.map(RelPath::as_str)) {
            return Err(Diagnostic::input(format!("`{path}` and `{other}` are generated, and cannot both be")).into());
        }
        if self.files.contains_key(&path) {
            return Err(Diagnostic::input(format!("`{path}` is generated twice"))
                .help("give the two recipes different names, or generate them into different directories with `--out`")
                .into());
        }
        self.files.insert(path, file);
        Ok(())
    }

    /// Says that everything recorded inside the directory `dir` comes from this tree: what an earlier run wrote there
    /// and this tree no longer has is stale. Elsewhere other recipes may have written.
    pub fn claim(&mut self, dir: impl Into<String>) -> anyhow::Result<()> {
        self.claims.insert(RelPath::new(dir)?);
        Ok(())
    }

    /// Adds the files and claims of another tree; fails as [`Tree::add`] does.
    pub fn merge(&mut self, other: Self) -> anyhow::Result<()> {
        for (path, file) in other.files {
            self.add(path.as_str(), file)?;
        }
        self.claims.extend(other.claims);
        Ok(())
    }

    /// The files in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&RelPath, &File)> {
        self.files.iter()
    }

    /// The file at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// The claimed directories.
    pub fn claims(&self) -> impl Iterator<Item = &RelPath> {
        self.claims.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{File, Tree};

    #[test]
    fn a_path_is_one_thing() {
        let mut tree = Tree::new();
        tree.add("a/b", File::new("1")).unwrap();
        assert!(tree.add("a/b", File::new("2")).is_err());
        assert!(tree.add("a", File::new("2")).is_err());
        assert!(tree.add("a/b/c", File::new("2")).is_err());
        assert!(tree.add("a/bc", File::new("2")).is_ok());
    }
}
