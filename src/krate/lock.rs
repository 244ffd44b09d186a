//! What `Cargo.lock` says: every package, in its order, with source and checksum.
use std::path::PathBuf;
use std::str::FromStr;

use cargo_lock::package::{GitReference, SourceKind};
use semver::Version;

use super::names::{check_crate_name, crate_file_name};
use crate::diag::{Diagnostic, Snippet};

/// A parsed `Cargo.lock` (format 1 to 4).
#[derive(Clone, Debug)]
pub struct Lock {
    /// Every package, in the order of the file.
    pub packages: Vec<LockedPackage>,
    /// The file as it is.
    pub text: String,
}

/// One package of the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPackage {
    /// Only letters, digits, `-` and `_`.
    pub name: String,
    /// The exact version.
    pub version: Version,
    /// Where cargo gets it.
    pub source: LockedSource,
    /// SHA-256 of the `.crate` file; registries only.
    pub checksum: Option<[u8; 32]>,
    /// What it depends on, for whatever machine and also for its tests when it is a member of the workspace.
    pub dependencies: Vec<(String, Version)>,
}

/// Where cargo gets a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockedSource {
    /// cargo's default registry.
    Registry,
    /// Another registry, with the URL of its index.
    OtherRegistry(String),
    /// A git repository.
    Git {
        /// Without query and fragment.
        url: String,
        /// The full commit that is locked.
        rev: String,
        /// What the manifest asks for; several crates of one repository agree on it.
        reference: LockedReference,
    },
    /// The crate itself, a workspace member, or a path dependency.
    Path,
}

/// What a git dependency in a manifest asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockedReference {
    /// `branch = "…"`.
    Branch(String),
    /// `tag = "…"`.
    Tag(String),
    /// `rev = "…"`, perhaps abbreviated.
    Rev(String),
    /// None of them.
    Default,
}

impl LockedPackage {
    /// Whether it is a `.crate` file of some registry.
    #[must_use]
    pub fn is_registry(&self) -> bool {
        matches!(self.source, LockedSource::Registry | LockedSource::OtherRegistry(_))
    }

    /// `NAME-VERSION.crate`.
    #[must_use]
    pub fn file_name(&self) -> String {
        crate_file_name(&self.name, &self.version)
    }
}

impl Lock {
    /// Reads the text of a `Cargo.lock`; `path` is only named in errors.
    pub fn parse(text: &str, path: impl Into<PathBuf>) -> anyhow::Result<Self> {
        let lock = cargo_lock::Lockfile::from_str(text).map_err(|error| refuse(text, path.into(), &error))?;
        let packages = lock.packages.iter().map(package).collect::<anyhow::Result<_>>()?;
        Ok(Self { packages, text: text.to_owned() })
    }

    /// The packages that are `.crate` files of a registry, in the order of the lock.
    pub fn registry_packages(&self) -> impl Iterator<Item = &LockedPackage> {
        self.packages.iter().filter(|package| package.is_registry())
    }

    /// The package of that name and version.
    #[must_use]
    pub fn find(&self, name: &str, version: &Version) -> Option<&LockedPackage> {
        self.packages.iter().find(|package| package.name == name && package.version == *version)
    }
}

fn package(locked: &cargo_lock::Package) -> anyhow::Result<LockedPackage> {
    let name = locked.name.as_str();
    check_crate_name(name)?;
    Ok(LockedPackage {
        name: name.to_owned(),
        version: locked.version.clone(),
        source: locked.source.as_ref().map_or(LockedSource::Path, source),
        checksum: locked.checksum.as_ref().and_then(cargo_lock::Checksum::as_sha256),
        dependencies: locked
            .dependencies
            .iter()
            .map(|one| (one.name.as_str().to_owned(), one.version.clone()))
            .collect(),
    })
}

fn source(id: &cargo_lock::SourceId) -> LockedSource {
    if id.is_default_registry() {
        return LockedSource::Registry;
    }
    match id.kind() {
        SourceKind::Git(reference) => LockedSource::Git {
            url: id.url().to_string(),
            rev: id.precise().unwrap_or_default().to_owned(),
            // `?rev=HEAD` and no query at all are the same to cargo.
            reference: match reference {
                GitReference::Branch(branch) => LockedReference::Branch(branch.clone()),
                GitReference::Tag(tag) => LockedReference::Tag(tag.clone()),
                GitReference::Rev(rev) => LockedReference::Rev(rev.clone()),
                GitReference::DefaultBranch => LockedReference::Default,
            },
        },
        SourceKind::Path | SourceKind::Directory => LockedSource::Path,
        _ => LockedSource::OtherRegistry(id.url().to_string()),
    }
}

/// Points at the line when it is a matter of TOML, else passes on what the parser says.
fn refuse(text: &str, path: PathBuf, error: &cargo_lock::Error) -> anyhow::Error {
    let shown = path.display().to_string();
    let diagnostic = Diagnostic::input(format!("`{shown}` is not a lock file that cargo could have written"));
    let diagnostic = match toml::from_str::<toml::Table>(text) {
        Err(syntax) => diagnostic.at(Snippet {
            path,
            text: text.to_owned(),
            span: syntax.span().unwrap_or(0..0),
            label: syntax.message().lines().next().unwrap_or("here").to_owned(),
        }),
        // The parser's message names the line and quotes it.
        Ok(_) => error.to_string().lines().fold(diagnostic, Diagnostic::note),
    };
    diagnostic.help("let cargo write it again: `cargo generate-lockfile`").into()
}

#[cfg(test)]
mod tests {
    use super::{Lock, LockedReference, LockedSource};
    use crate::diag::Diagnostic;

    const DIGEST: &str = "ad32ce52e4161730f7098c077cd2ed6229b5804ccf99e5366be1ab72a98b4e1e";
    const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

    fn one(version: &str, rest: &str) -> String {
        format!("{version}[[package]]\nname = \"anyhow\"\nversion = \"1.0.97\"\nsource = \"{INDEX}\"\n{rest}")
    }

    #[test]
    fn every_format_gives_the_checksum() {
        let v1 = one("", &format!("\n[metadata]\n\"checksum anyhow 1.0.97 ({INDEX})\" = \"{DIGEST}\"\n"));
        let later = |version: &str| one(version, &format!("checksum = \"{DIGEST}\"\n"));
        for text in [v1, later(""), later("version = 3\n"), later("version = 4\n")] {
            let lock = Lock::parse(&text, "Cargo.lock").expect(&text);
            let package = &lock.packages[0];
            assert_eq!(package.source, LockedSource::Registry);
            assert_eq!(package.checksum.map(|sum| sum[0]), Some(0xad), "{text}");
            assert_eq!(package.file_name(), "anyhow-1.0.97.crate");
        }
    }

    #[test]
    fn git_path_and_foreign_registries_are_told_apart() {
        let text = "version = 4\n\
            [[package]]\nname = \"a\"\nversion = \"0.1.0\"\n\
            [[package]]\nname = \"b\"\nversion = \"0.1.0\"\n\
            source = \"git+https://example.org/b.git?tag=v1#0123456789abcdef0123456789abcdef01234567\"\n\
            [[package]]\nname = \"c\"\nversion = \"0.1.0\"\nsource = \"sparse+https://example.org/index/\"\n";
        let lock = Lock::parse(text, "Cargo.lock").expect("lock");
        assert_eq!(lock.packages[0].source, LockedSource::Path);
        assert_eq!(
            lock.packages[1].source,
            LockedSource::Git {
                url: "https://example.org/b.git".into(),
                rev: "0123456789abcdef0123456789abcdef01234567".into(),
                reference: LockedReference::Tag("v1".into()),
            }
        );
        assert_eq!(lock.packages[2].source, LockedSource::OtherRegistry("https://example.org/index/".into()));
        assert_eq!(lock.registry_packages().count(), 1);
    }

    #[test]
    fn a_broken_lock_names_the_line() {
        let error = Lock::parse("version = 4\n\n[[package]\n", "Cargo.lock").expect_err("broken");
        let diagnostic = error.downcast::<Diagnostic>().expect("diagnostic");
        assert_eq!(diagnostic.position().map(|(line, _)| line), Some(3));
        let error = Lock::parse("version = 4\n\n[[package]]\nname = 1\n", "Cargo.lock").expect_err("broken");
        assert!(error.to_string().contains("line 4") || error.to_string().contains(" 4 |"), "{error}");
    }

    #[test]
    fn names_that_are_paths_are_refused() {
        let text = "version = 4\n[[package]]\nname = \"../../x\"\nversion = \"0.1.0\"\n";
        assert!(Lock::parse(text, "Cargo.lock").is_err());
    }
}
