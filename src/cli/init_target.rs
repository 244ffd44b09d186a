//! What `init` is asked to look at.
use std::path::{Component, Path, PathBuf};

use anyhow::Result;

use crate::diag::Diagnostic;
use crate::draft::Origin;
use crate::krate::{Krate, Upstream};

/// A crate of the registry, or a directory.
#[derive(Debug)]
pub(super) enum Target {
    /// In the registry.
    Crate { name: String, version: Option<String> },
    /// In a directory.
    Path { dir: PathBuf, package: Option<String> },
}

impl Target {
    /// Reads `NAME`, `NAME@VERSION` or a path. A word that could be both is a path when there is a crate.
    pub(super) fn parse(text: &str, package: Option<&str>) -> Result<Self> {
        let is_path = text.contains('/') || text == "." || text == ".." || Path::new(text).join("Cargo.toml").is_file();
        if is_path {
            let mut dir = PathBuf::from(text);
            if dir.file_name().is_some_and(|name| name == "Cargo.toml") {
                dir.pop();
            }
            if dir.as_os_str().is_empty() {
                dir.push(".");
            }
            return Ok(Self::Path { dir, package: package.map(ToOwned::to_owned) });
        }
        if package.is_some() {
            return Err(Diagnostic::input("--package chooses a package of a workspace in a directory")
                .help(format!("portwright init {text}"))
                .into());
        }
        let (name, version) = text.split_once('@').map_or((text, None), |(name, version)| (name, Some(version)));
        let name = name.to_owned();
        Ok(Self::Crate { name, version: version.map(|version| version.trim_start_matches(['v', '=']).to_owned()) })
    }

    /// What to do when there is no such crate: many servers are not in the registry.
    pub(super) fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let Self::Crate { name, .. } = self else { return error };
        let unknown = |diagnostic: &Diagnostic| diagnostic.notes.iter().any(|note| note.contains("could not find"));
        match error.downcast_ref::<Diagnostic>() {
            Some(diagnostic) if unknown(diagnostic) => {
                let mut plain = Diagnostic::input(format!("there is no crate `{name}` in the registry"));
                plain.notes.clone_from(&diagnostic.notes);
                plain
                    .help("a server that is not published there: clone its repository and `portwright init DIRECTORY`")
                    .into()
            }
            _ => error,
        }
    }

    /// For opening it.
    pub(super) fn upstream(&self) -> Upstream {
        match self {
            Self::Crate { name, version } => Upstream::Registry { name: name.clone(), version: version.clone() },
            Self::Path { dir, package } => Upstream::Path { dir: dir.clone(), package: package.clone() },
        }
    }

    /// Where its recipe belongs.
    pub(super) fn recipe(&self) -> PathBuf {
        match self {
            Self::Crate { name, .. } => PathBuf::from(format!("{name}.toml")),
            Self::Path { dir, .. } => {
                let file = dir.join("portwright.toml");
                file.strip_prefix(".").map(Path::to_owned).unwrap_or(file)
            }
        }
    }

    /// How a recipe in `directory` names it.
    pub(super) fn origin(&self, krate: &Krate, directory: &Path) -> Origin {
        match self {
            Self::Crate { .. } => Origin::Registry,
            Self::Path { dir, package } => {
                let path = relative(dir, directory);
                // A workspace's top stands for its only server; the name keeps that true when there are more.
                let package = package.clone().or_else(|| krate.virtual_workspace.then(|| krate.name.clone()));
                Origin::Path { path, package }
            }
        }
    }
}

/// The way from one directory to another.
fn relative(to: &Path, from: &Path) -> String {
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize()
    };
    let (Ok(target), Ok(start)) = (real(to), real(from)) else { return to.display().to_string() };
    let (target, start): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (target.components().collect(), start.components().collect());
    let common = target.iter().zip(&start).take_while(|(left, right)| left == right).count();
    // Up to the root and down again is said more plainly from the root.
    if common <= 1 {
        return target.iter().collect::<PathBuf>().display().to_string();
    }
    let mut way = PathBuf::new();
    way.extend(start[common..].iter().map(|_| Component::ParentDir));
    way.extend(&target[common..]);
    if way.as_os_str().is_empty() { ".".to_owned() } else { way.display().to_string() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Target, relative};

    #[test]
    fn crates_and_paths() {
        let shown = |text: &str| format!("{:?}", Target::parse(text, None).unwrap());
        assert!(shown("pict-rs@0.6.0-rc.6").contains("\"0.6.0-rc.6\""));
        assert!(shown("garage").starts_with("Crate"));
        for path in [".", "./garage", "a/Cargo.toml"] {
            assert!(shown(path).starts_with("Path"), "{path}");
        }
        assert!(Target::parse("garage", Some("x")).is_err());
        assert_eq!(Target::parse(".", None).unwrap().recipe(), Path::new("portwright.toml"));
    }

    #[test]
    fn the_way_between_directories() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("a/b")).unwrap();
        let at = |path: &str| dir.path().join(path);
        assert_eq!(relative(&at("a/b"), &at("a/b")), ".");
        assert_eq!(relative(&at("a"), &at("a/b")), "..");
        assert_eq!(relative(&at("a/b"), &at("")), "a/b");
    }
}
