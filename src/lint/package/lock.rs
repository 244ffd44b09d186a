//! The `Cargo.lock` of what a package builds, when it is at hand.
use std::path::{Path, PathBuf};

use super::directory::Directory;
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

/// Looks for the lock: the file that the user names, one that the package brings along, the distfile in one of the
/// directories for distfiles, the release in cargo's cache. `distfiles` are the names that the distfile can have.
pub(crate) fn look_for_lock(directory: &Directory, distfiles: &[String], around: &Around) -> Option<Found> {
    let named =
        around.lock.as_deref().and_then(|path| Some((std::fs::read_to_string(path).ok()?, path.display().to_string())));
    let own =
        || directory.get("files/Cargo.lock").map(|source| (source.text.clone(), source.path.display().to_string()));
    let archive = archive(directory, distfiles, around);
    let (lock, manifest) = match &archive {
        Some(path) => peek(path, &["Cargo.lock", "Cargo.toml"])
            .map_or((None, None), |mut found| (found.remove("Cargo.lock"), found.remove("Cargo.toml"))),
        None => (None, None),
    };
    let packed = || Some((String::from_utf8(lock?).ok()?, format!("Cargo.lock in {}", archive.as_deref()?.display())));
    let (text, whence) = named.or_else(own).or_else(packed)?;
    let manifest = manifest.and_then(|bytes| cargo_toml::Manifest::from_slice(&bytes).ok());
    Some(Found { lock: Lock::parse(&text, "Cargo.lock").ok()?, manifest, whence })
}

/// The distfile, where it lies on this machine.
fn archive(directory: &Directory, distfiles: &[String], around: &Around) -> Option<PathBuf> {
    // The tree's own directory, two above a package.
    let tree = directory.path.join("../../distfiles");
    let places = around.distfiles.iter().map(PathBuf::as_path).chain(std::iter::once(tree.as_path()));
    let in_places = places.flat_map(|place| distfiles.iter().map(|file| place.join(file)));
    let gzipped =
        |path: &Path| ["crate", "gz", "tgz"].iter().any(|end| path.extension().is_some_and(|one| one == *end));
    in_places.filter(|path| gzipped(path)).find(|path| path.is_file()).or_else(|| {
        let home = around.cargo_home.then(|| CargoHome::locate(&Options::default()).ok())??;
        distfiles.iter().find_map(|file| home.crate_files(file).into_iter().next()).map(|(_, path)| path)
    })
}
