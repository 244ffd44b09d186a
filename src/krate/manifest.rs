//! A crate's `Cargo.toml`, with what it inherits from its workspace and what cargo infers from the files.
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::Path;

use cargo_toml::{AbstractFilesystem, Dependency, Inheritable, Manifest, OptionalFile};

use super::distribution::Distribution;
use super::names::printable;
use crate::diag::{Diagnostic, Snippet};

/// One program that the crate builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// Its file name.
    pub name: String,
    /// Features without which cargo does not build it.
    pub required_features: Vec<String>,
    /// Its main file, relative to the package's directory.
    pub path: String,
}

/// A directory of a distribution, as [`cargo_toml`] wants to see one.
struct DirectoryOf<'a> {
    dist: &'a Distribution,
    dir: &'a str,
}

impl AbstractFilesystem for DirectoryOf<'_> {
    fn file_names_in(&self, rel_path: &str) -> io::Result<HashSet<Box<str>>> {
        let mut prefix = join(self.dir, rel_path);
        if !prefix.is_empty() {
            prefix.push('/');
        }
        let files = self.dist.files();
        let start = files.partition_point(|file| file.path < prefix);
        let inside = files.iter().skip(start).map_while(|file| file.path.strip_prefix(&prefix));
        let names: HashSet<Box<str>> = inside.filter_map(|rest| rest.split('/').next()).map(Box::from).collect();
        if names.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(names) }
    }
}

/// Reads a manifest as it is; `path` is only named in errors.
pub(super) fn parse(text: &str, path: &str) -> anyhow::Result<Manifest> {
    Manifest::from_str(text).map_err(|error| {
        let diagnostic = Diagnostic::input(format!("`{}` is not a manifest that cargo would take", printable(path)));
        let error = match toml::from_str::<toml::Table>(text) {
            Err(syntax) => {
                return diagnostic
                    .at(Snippet {
                        path: path.into(),
                        text: text.to_owned(),
                        span: syntax.span().unwrap_or(0..0),
                        label: syntax.message().lines().next().unwrap_or("here").to_owned(),
                    })
                    .into();
            }
            Ok(_) => error,
        };
        error.to_string().lines().fold(diagnostic, |diagnostic, line| diagnostic.note(printable(line))).into()
    })
}

/// Reads the manifest in `dir` of the distribution, completed; `root` is the workspace's manifest when that is another.
pub(super) fn load(dist: &Distribution, dir: &str, root: Option<&Manifest>) -> anyhow::Result<Manifest> {
    let path = join(dir, "Cargo.toml");
    let mut manifest = parse(&dist.read_text(&path)?, &path)?;
    // The workspace's files count as absolute, so that they can be told from the member's own.
    let workspace = root.map(|root| (root, Path::new("/")));
    manifest
        .complete_from_abstract_filesystem(DirectoryOf { dist, dir }, workspace)
        .map_err(|error| Diagnostic::input(format!("`{path}` is incomplete")).note(printable(&error.to_string())))?;
    Ok(manifest)
}

/// The programs, sorted by name.
pub(super) fn binaries(manifest: &Manifest, dist: &Distribution, dir: &str) -> Vec<Binary> {
    let binary = |product: &cargo_toml::Product| {
        let name = product.name.clone()?;
        // Where cargo looks for a target that names no file.
        let guesses = [format!("src/bin/{name}.rs"), format!("src/bin/{name}/main.rs"), "src/main.rs".to_owned()];
        let found = || guesses.into_iter().find(|guess| dist.contains(&join(dir, guess)));
        let path = product.path.clone().or_else(found)?;
        Some(Binary { name, required_features: product.required_features.clone(), path })
    };
    let mut all: Vec<_> = manifest.bin.iter().filter_map(binary).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all.dedup_by(|a, b| a.name == b.name);
    all
}

/// The features that can be chosen: the declared ones, and one per optional dependency that no feature names as
/// `dep:NAME`.
pub(super) fn features(manifest: &Manifest) -> BTreeMap<String, Vec<String>> {
    let mut features = manifest.features.clone();
    let named: BTreeSet<String> =
        features.values().flatten().filter_map(|item| item.strip_prefix("dep:")).map(str::to_owned).collect();
    let tables = [&manifest.dependencies, &manifest.build_dependencies].into_iter();
    let targets = manifest.target.values().flat_map(|target| [&target.dependencies, &target.build_dependencies]);
    for (name, dependency) in tables.chain(targets).flatten() {
        if Dependency::optional(dependency) && !named.contains(name) {
            features.entry(name.clone()).or_insert_with(|| vec![format!("dep:{name}")]);
        }
    }
    features
}

/// A value of the manifest; inheritance is done by then, so that what is still inherited is absent.
pub(super) fn value<T: Clone>(field: Option<&Inheritable<T>>) -> Option<T> {
    field.and_then(|field| field.get().ok()).cloned()
}

/// Where a file named by the manifest of `dir` is in the distribution.
pub(super) fn locate(dist: &Distribution, dir: &str, path: &Path) -> Option<String> {
    let named = path.to_str()?;
    let candidates = match named.strip_prefix('/') {
        Some(of_workspace) => vec![join("", of_workspace)],
        // A released crate has a file from outside, such as `../LICENSE`, at its own top.
        None => vec![join(dir, named), join(dir, path.file_name()?.to_str()?)],
    };
    candidates.into_iter().find(|candidate| dist.contains(candidate))
}

/// The readme's path in the distribution.
pub(super) fn readme(manifest: &Manifest, dist: &Distribution, dir: &str) -> Option<String> {
    let package = manifest.package.as_ref()?;
    match value(Some(&package.readme))? {
        OptionalFile::Path(path) => locate(dist, dir, &path),
        OptionalFile::Flag(true) => ["README.md", "README.txt", "README"]
            .into_iter()
            .map(|name| join(dir, name))
            .find(|name| dist.contains(name)),
        OptionalFile::Flag(false) => None,
    }
}

/// Joins relative paths with `/`, resolving `.` and `..`; what would leave the top stays at the top.
pub(super) fn join(dir: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in dir.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{features, join, parse};

    #[test]
    fn optional_dependencies_are_features_unless_named_with_dep() {
        let text = "[package]\nname='x'\nversion='0.1.0'\n[features]\ndefault=['a']\na=['dep:hidden']\n\
            [dependencies]\nhidden={version='1',optional=true}\nshown={version='1',optional=true}\nplain='1'\n\
            [target.'cfg(unix)'.dependencies]\nunixy={version='1',optional=true}\n";
        let features = features(&parse(text, "Cargo.toml").expect("manifest"));
        assert_eq!(features.keys().collect::<Vec<_>>(), ["a", "default", "shown", "unixy"]);
        assert_eq!(features["unixy"], ["dep:unixy"]);
    }

    #[test]
    fn joining_never_leaves_the_top() {
        assert_eq!(join("crates/a", "../b/./c"), "crates/b/c");
        assert_eq!(join("", "../../etc"), "etc");
        assert_eq!(join("", ""), "");
    }
}
