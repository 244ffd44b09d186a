//! The files that a release consists of, wherever they are: a `.crate`, an archive of GitHub, a directory.
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::directory;
use super::names::printable;
use super::tarball;
use crate::diag::Diagnostic;

/// No file larger than this is read into memory, in bytes.
pub(crate) const LARGEST_FILE: u64 = 256 << 20;

/// The files of a release.
#[derive(Clone, Debug)]
pub struct Distribution {
    files: Vec<DistFile>,
    source: Source,
    /// The file that a ports tree fetches; a directory has none.
    pub distfile: Option<Distfile>,
}

/// One file of the release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistFile {
    /// Relative to the top of the distribution, `/` between components, never `..`.
    pub path: String,
    /// Whether its owner may execute it.
    pub executable: bool,
    /// In bytes.
    pub size: u64,
    /// When it was changed, as an archive says, in seconds since 1970; what a directory says depends on who copied it.
    pub modified: Option<u64>,
}

/// The archive that the release is fetched as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distfile {
    /// `NAME-VERSION.crate`, or `REPO-VERSION.tar.gz`.
    pub file_name: String,
    /// Where it lies on this machine.
    pub path: PathBuf,
    /// Of the whole file.
    pub sha256: [u8; 32],
    /// Whether [`Distfile::sha256`] was compared with the registry's index (read from cargo's cache of it).
    pub checksum_verified: bool,
}

#[derive(Clone, Debug)]
enum Source {
    Directory(PathBuf),
    /// An archive: the small files stay in memory, the others are read again.
    Tarball {
        archive: PathBuf,
        small: BTreeMap<String, Vec<u8>>,
    },
}

impl Distribution {
    /// The files under a directory that would be released.
    pub(crate) fn of_directory(dir: &Path) -> anyhow::Result<Self> {
        Ok(Self { files: directory::list(dir)?, source: Source::Directory(dir.to_owned()), distfile: None })
    }

    /// The files in a gzipped tar archive; `bytes` is what is in `distfile`, `top` the directory that everything in it
    /// must be under (`None`: whatever the archive's own one directory is called).
    pub(crate) fn of_tarball(bytes: &[u8], distfile: Distfile, top: Option<&str>) -> anyhow::Result<Self> {
        let tarball::Listing { files, small } = tarball::list(bytes, &distfile.path, top)?;
        let source = Source::Tarball { archive: distfile.path.clone(), small };
        Ok(Self { files, source, distfile: Some(distfile) })
    }

    /// All files of the directory, also those that `include` and `exclude` keep out of the release; for an archive
    /// there are no others.
    pub fn unfiltered(&self) -> anyhow::Result<Self> {
        match &self.source {
            Source::Directory(dir) => Self::of_directory(dir),
            Source::Tarball { .. } => Ok(self.clone()),
        }
    }

    /// Leaves only the files that belong to the release.
    pub(super) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.files.retain(|file| keep(&file.path));
    }

    /// Every file, sorted by path.
    #[must_use]
    pub fn files(&self) -> &[DistFile] {
        &self.files
    }

    /// One file, by its path relative to the top.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&DistFile> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.file(path).is_some()
    }

    /// The directory on disk, when the distribution is one.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        match &self.source {
            Source::Directory(dir) => Some(dir),
            Source::Tarball { .. } => None,
        }
    }

    /// What is in a file (at most 256 MiB).
    pub fn read(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let Some(file) = self.file(path) else {
            return Err(Diagnostic::input(format!("the distribution has no file `{}`", printable(path)))
                .note(format!("it has {} files", self.files.len()))
                .into());
        };
        if file.size > LARGEST_FILE {
            return Err(Diagnostic::input(format!("`{}` is too large to be read: {} bytes", path, file.size)).into());
        }
        match &self.source {
            Source::Tarball { archive, small } => match small.get(path) {
                Some(bytes) => Ok(bytes.clone()),
                None => tarball::read(archive, path),
            },
            Source::Directory(dir) => {
                let full = dir.join(path);
                let read = fs::File::open(&full).and_then(|file| {
                    let mut bytes = Vec::new();
                    file.take(LARGEST_FILE).read_to_end(&mut bytes).map(|_| bytes)
                });
                read.map_err(|error| unreadable(&full, &error))
            }
        }
    }

    /// What is in a text file; not UTF-8 is an error.
    pub fn read_text(&self, path: &str) -> anyhow::Result<String> {
        String::from_utf8(self.read(path)?)
            .map_err(|_| Diagnostic::input(format!("`{path}` of the distribution is not UTF-8 text")).into())
    }
}

/// The error for a file that the machine would not give.
pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> anyhow::Error {
    Diagnostic::environment(format!("cannot read `{}`", path.display())).note(error.to_string()).into()
}
