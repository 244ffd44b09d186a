//! The `Cargo.lock` of what a package builds, when it is at hand.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::directory::Directory;
use crate::finding::Source;
use crate::krate::{CargoHome, Lock, Options, peek};
use crate::lint::Around;

/// The lock and the manifest of what a package builds.
#[derive(Debug)]
pub(crate) struct Found {
    /// The lock.
    pub(crate) lock: Lock,
    /// The manifest at the top of the distribution.
    pub(crate) manifest: Option<cargo_toml::Manifest>,
    /// Where the lock was found, in words.
    pub(crate) whence: String,
}

/// A search for the lock: the file that the user names, one that the package brings along, the distfile in one of the
/// directories for distfiles, the release in cargo's cache. It has all that it needs, and can go on beside other work.
#[derive(Debug)]
pub(crate) struct Search {
    /// The directory of the package.
    directory: PathBuf,
    /// The lock that the package brings along.
    own: Option<Arc<Source>>,
    /// The names that the distfile can have.
    distfiles: Vec<String>,
    around: Around,
}

impl Search {
    /// The search for the lock of a package.
    pub(crate) fn new(directory: &Directory, distfiles: Vec<String>, around: &Around) -> Self {
        let own = directory.get("files/Cargo.lock").cloned();
        Self { directory: directory.path.clone(), own, distfiles, around: around.clone() }
    }

    /// Looks.
    pub(crate) fn look(&self) -> Option<Found> {
        let named = || {
            let path = self.around.lock.as_deref()?;
            Some((std::fs::read_to_string(path).ok()?, path.display().to_string()))
        };
        let own = || self.own.as_ref().map(|source| (source.text.clone(), source.path.display().to_string()));
        let archive = self.archive();
        let (lock, manifest) = match &archive {
            Some(path) => peek(path, &["Cargo.lock", "Cargo.toml"])
                .map_or((None, None), |mut found| (found.remove("Cargo.lock"), found.remove("Cargo.toml"))),
            None => (None, None),
        };
        let packed =
            || Some((String::from_utf8(lock?).ok()?, format!("Cargo.lock in {}", archive.as_deref()?.display())));
        let (text, whence) = named().or_else(own).or_else(packed)?;
        let manifest = manifest.and_then(|bytes| cargo_toml::Manifest::from_slice(&bytes).ok());
        Some(Found { lock: Lock::parse(&text, "Cargo.lock").ok()?, manifest, whence })
    }

    /// The distfile, where it lies on this machine.
    fn archive(&self) -> Option<PathBuf> {
        // The tree's own directory, two above a package.
        let tree = self.directory.join("../../distfiles");
        let places = self.around.distfiles.iter().map(PathBuf::as_path).chain(std::iter::once(tree.as_path()));
        let in_places = places.flat_map(|place| self.distfiles.iter().map(|file| place.join(file)));
        let gzipped =
            |path: &Path| ["crate", "gz", "tgz"].iter().any(|end| path.extension().is_some_and(|one| one == *end));
        in_places.filter(|path| gzipped(path)).find(|path| path.is_file()).or_else(|| {
            let home = self.around.cargo_home.then(|| CargoHome::locate(&Options::default()).ok())??;
            self.distfiles.iter().find_map(|file| home.crate_files(file).into_iter().next()).map(|(_, path)| path)
        })
    }
}
