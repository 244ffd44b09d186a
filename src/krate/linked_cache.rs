//! Dependency trees that cargo worked out before.
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use tempfile::NamedTempFile;

use super::cargo::unwritable;
use super::linked::{FeatureChoice, Linked, fingerprint};
use super::names::to_hex;
use super::opened::Krate;
use super::upstream::Options;

/// Raised whenever [`Linked`] or the way it is worked out changes.
const FORMAT: &str = "2";

/// What the answer depends on. cargo's version is not part of it: asking for it would mean to start cargo, and with a
/// lock given its resolution does not change between versions.
pub(super) fn key(krate: &Krate, choice: &FeatureChoice, target: &str) -> String {
    let mut parts: Vec<Vec<u8>> = vec![
        FORMAT.into(),
        krate.name.as_bytes().into(),
        krate.dir.as_bytes().into(),
        krate.lock.text.as_bytes().into(),
        target.into(),
        vec![u8::from(choice.no_default)],
    ];
    parts.extend(choice.features.iter().map(|feature| feature.as_bytes().to_vec()));
    for file in krate.dist.files().iter().filter(|file| file.path.rsplit('/').next() == Some("Cargo.toml")) {
        parts.push(file.path.as_bytes().into());
        parts.push(krate.dist.read(&file.path).unwrap_or_default());
    }
    to_hex(&fingerprint(parts.iter().map(Vec::as_slice)))
}

fn path(opts: &Options<'_>, key: &str) -> anyhow::Result<PathBuf> {
    Ok(opts.cache_dir()?.join("linked").join(format!("{key}.json")))
}

/// The answer, when there is one that can be read.
pub(super) fn load(opts: &Options<'_>, key: &str) -> Option<Linked> {
    serde_json::from_slice(&fs::read(path(opts, key).ok()?).ok()?).ok()
}

/// Keeps the answer; the file appears as a whole or not at all.
pub(super) fn store(opts: &Options<'_>, key: &str, linked: &Linked) -> anyhow::Result<()> {
    let path = path(opts, key)?;
    let dir = path.parent().unwrap_or(&path);
    let write = || {
        fs::create_dir_all(dir)?;
        let mut file = NamedTempFile::new_in(dir)?;
        file.write_all(&serde_json::to_vec(linked)?)?;
        file.persist(&path).map(|_| ()).map_err(|error| error.error)
    };
    write().map_err(|error| unwritable(&path, &error))
}
