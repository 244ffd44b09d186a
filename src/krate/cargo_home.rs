//! cargo's own cache of `.crate` files and of registry indexes, read but never written.
use std::fs;
use std::path::{Path, PathBuf};

use semver::Version;
use serde::Deserialize;

use super::names::from_hex;
use super::upstream::{Options, absolute_env};
use crate::diag::Diagnostic;

/// The directory that cargo keeps its downloads in.
#[derive(Clone, Debug)]
pub struct CargoHome {
    root: PathBuf,
}

/// What a registry's index says of one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// The name of the registry's directory in cargo's cache.
    pub registry: String,
    /// The release.
    pub version: Version,
    /// SHA-256 of the `.crate` file.
    pub checksum: [u8; 32],
    /// Taken back by its author.
    pub yanked: bool,
    /// The native library that the crate claims to link.
    pub links: Option<String>,
}

/// One line of the index, as far as it matters here.
#[derive(Deserialize)]
struct Line<'a> {
    vers: String,
    cksum: String,
    #[serde(default)]
    yanked: bool,
    #[serde(default, borrow)]
    links: Option<std::borrow::Cow<'a, str>>,
}

impl CargoHome {
    /// cargo's home, as cargo finds it.
    pub fn locate(opts: &Options<'_>) -> anyhow::Result<Self> {
        let root = opts
            .cargo_home
            .clone()
            .or_else(|| absolute_env("CARGO_HOME"))
            .or_else(|| absolute_env("HOME").map(|home| home.join(".cargo")));
        root.map(|root| Self { root }).ok_or_else(|| {
            Diagnostic::environment("cargo's home directory is not known")
                .note("neither CARGO_HOME nor HOME is set to an absolute path")
                .help("set HOME and run again")
                .into()
        })
    }

    /// The directories of `registry/cache`, one per registry, with their names.
    #[must_use]
    pub fn registries(&self) -> Vec<(String, PathBuf)> {
        subdirectories(&self.root.join("registry/cache"))
    }

    /// Every cached file of that name.
    #[must_use]
    pub fn crate_files(&self, file_name: &str) -> Vec<(String, PathBuf)> {
        find_in(&self.registries(), file_name)
    }

    /// What the cached indexes say of a crate, in the order of the index. Lines that cannot be read are left out:
    /// the cache belongs to cargo, which may change its format.
    #[must_use]
    pub fn index_entries(&self, name: &str) -> Vec<IndexEntry> {
        let Some(relative) = index_path(name) else { return Vec::new() };
        let mut entries = Vec::new();
        for (registry, dir) in subdirectories(&self.root.join("registry/index")) {
            let Ok(bytes) = fs::read(dir.join(".cache").join(&relative)) else { continue };
            // A header, then version and JSON in turn, each ended by NUL.
            for line in bytes.split(|byte| *byte == 0).filter(|part| part.starts_with(b"{")) {
                entries.extend(index_entry(line, &registry));
            }
        }
        entries
    }
}

/// The files of that name in the registries' directories.
pub(crate) fn find_in(registries: &[(String, PathBuf)], file_name: &str) -> Vec<(String, PathBuf)> {
    let paths = registries.iter().map(|(registry, dir)| (registry.clone(), dir.join(file_name)));
    paths.filter(|(_, path)| path.is_file()).collect()
}

fn index_entry(line: &[u8], registry: &str) -> Option<IndexEntry> {
    let line: Line<'_> = serde_json::from_slice(line).ok()?;
    Some(IndexEntry {
        registry: registry.to_owned(),
        version: Version::parse(&line.vers).ok()?,
        checksum: from_hex(&line.cksum)?,
        yanked: line.yanked,
        links: line.links.map(std::borrow::Cow::into_owned),
    })
}

/// Where an index keeps a crate: `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcd`.
fn index_path(name: &str) -> Option<PathBuf> {
    let name = name.to_ascii_lowercase();
    let part = |range: std::ops::Range<usize>| name.get(range);
    let dir = match name.len() {
        0 => return None,
        1 => "1".to_owned(),
        2 => "2".to_owned(),
        3 => format!("3/{}", part(0..1)?),
        _ => format!("{}/{}", part(0..2)?, part(2..4)?),
    };
    Some(Path::new(&dir).join(&name))
}

fn subdirectories(dir: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())))
        .filter(|(_, path)| path.is_dir())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::{CargoHome, index_path};
    use crate::krate::Options;

    #[test]
    fn index_paths_as_cargo_has_them() {
        let path = |name| index_path(name).map(|path| path.display().to_string());
        assert_eq!(path("a").as_deref(), Some("1/a"));
        assert_eq!(path("cc").as_deref(), Some("2/cc"));
        assert_eq!(path("Nom").as_deref(), Some("3/n/nom"));
        assert_eq!(path("pict-rs").as_deref(), Some("pi/ct/pict-rs"));
        assert_eq!(path(""), None);
        assert_eq!(path("ééé"), None.or(path("ééé")), "no panic inside a character");
    }

    #[test]
    fn index_lines_that_cannot_be_read_are_left_out() {
        let home = tempfile::tempdir().expect("tempdir");
        let dir = home.path().join("registry/index/example/.cache/ab/cd");
        std::fs::create_dir_all(&dir).expect("mkdir");
        let sum = "0".repeat(64);
        let text = format!(
            "\u{3}\u{2}\0\0\0etag\x000.1.0\0{{\"name\":\"abcd\",\"vers\":\"0.1.0\",\"cksum\":\"{sum}\",\"yanked\":true,\
             \"links\":\"z\"}}\x000.2.0\0{{\"vers\":\"x\"}}\x000.3.0\0{{\"vers\":\"0.3.0\",\"cksum\":\"{sum}\"}}\0"
        );
        std::fs::write(dir.join("abcd"), text).expect("write");
        let opts = Options { cargo_home: Some(home.path().into()), ..Options::default() };
        let entries = CargoHome::locate(&opts).expect("home").index_entries("abcd");
        let seen: Vec<_> =
            entries.iter().map(|entry| (entry.version.to_string(), entry.yanked, entry.links.as_deref())).collect();
        assert_eq!(seen, [("0.1.0".to_owned(), true, Some("z")), ("0.3.0".to_owned(), false, None)]);
    }
}
