//! An opened crate: everything that its manifest says.
use std::collections::BTreeMap;
use std::path::Path;

use cargo_toml::Manifest;
use semver::Version;

use super::distribution::Distribution;
use super::dot_cargo::CargoConfig;
use super::lock::Lock;
use super::manifest::{self, Binary, value};
use super::names::{check_crate_name, parse_version};
use super::workspace::Chosen;
use crate::diag::Diagnostic;

/// A crate with its lock and its files. All texts are as upstream wrote them: untrusted.
#[derive(Clone, Debug)]
pub struct Krate {
    /// Only letters, digits, `-` and `_`.
    pub name: String,
    /// The exact version.
    pub version: Version,
    /// One sentence or a few; may be markdown.
    pub description: Option<String>,
    /// The `license` field: an SPDX expression, when upstream keeps to the rules.
    pub license: Option<String>,
    /// The `license-file` field, as written.
    pub license_file: Option<String>,
    /// The `homepage` field.
    pub homepage: Option<String>,
    /// The `repository` field.
    pub repository: Option<String>,
    /// The `documentation` field.
    pub documentation: Option<String>,
    /// The `authors` field.
    pub authors: Vec<String>,
    /// The `keywords` field.
    pub keywords: Vec<String>,
    /// The registry's categories.
    pub categories: Vec<String>,
    /// Path of the readme in the distribution, when it is there.
    pub readme: Option<String>,
    /// The oldest rust that builds it, as in the manifest (two or three numbers).
    pub rust_version: Option<String>,
    /// Which binary `cargo run` starts.
    pub default_run: Option<String>,
    /// Sorted by name.
    pub binaries: Vec<Binary>,
    /// What can be chosen and what each turns on, with cargo's implicit features of optional dependencies.
    pub features: BTreeMap<String, Vec<String>>,
    /// Directory of the package, relative to the top of the distribution: `""` or, say, `crates/server`.
    pub dir: String,
    /// The top has no package of its own.
    pub virtual_workspace: bool,
    /// Path of the package's `Cargo.toml` in the distribution.
    pub manifest_path: String,
    /// The package's `Cargo.toml` as it is, for `[package.metadata.portwright]`.
    pub manifest_text: String,
    /// The locked dependencies.
    pub lock: Lock,
    /// The files.
    pub dist: Distribution,
    /// What `.cargo/config.toml` at the top sets.
    pub cargo_config: CargoConfig,
}

impl Krate {
    /// The features that are on unless `--no-default-features` is given.
    #[must_use]
    pub fn default_features(&self) -> &[String] {
        self.features.get("default").map(Vec::as_slice).unwrap_or_default()
    }

    /// Flags for rustc that the release sets itself and that `RUSTFLAGS` in the environment overrides.
    #[must_use]
    pub fn cargo_config_rustflags(&self) -> &[String] {
        &self.cargo_config.rustflags
    }

    /// Whether the release replaces cargo's sources, which breaks builds from vendored crates.
    #[must_use]
    pub fn has_source_replacement(&self) -> bool {
        self.cargo_config.source_replacement
    }

    /// Whether the release has tests, as far as its source tells.
    #[must_use]
    pub fn has_tests(&self) -> bool {
        let source =
            |file: &&super::distribution::DistFile| Path::new(&file.path).extension().is_some_and(|e| e == "rs");
        self.dist.files().iter().filter(source).any(|file| {
            let text = self.dist.read(&file.path).unwrap_or_default();
            ["#[test]", "::test]", "::test("]
                .iter()
                .any(|mark| text.windows(mark.len()).any(|window| window == mark.as_bytes()))
        })
    }

    /// The licence is told by a file instead of by an expression.
    #[must_use]
    pub fn license_only_in_file(&self) -> bool {
        self.license.is_none() && self.license_file.is_some()
    }

    /// Puts together what the chosen package of a distribution says.
    pub(super) fn assemble(dist: Distribution, chosen: Chosen) -> anyhow::Result<Self> {
        let Chosen { dir, manifest, virtual_workspace } = chosen;
        let manifest_path = manifest::join(&dir, "Cargo.toml");
        let Manifest { package: Some(package), .. } = &manifest else {
            return Err(Diagnostic::input(format!("`{manifest_path}` has no [package]")).into());
        };
        check_crate_name(&package.name)?;
        let license_file = value(package.license_file.as_ref());
        Ok(Self {
            name: package.name.clone(),
            version: parse_version(&value(Some(&package.version)).unwrap_or_default())?,
            description: value(package.description.as_ref()),
            license: value(package.license.as_ref()),
            license_file: license_file.map(|path| path.to_string_lossy().trim_start_matches('/').to_owned()),
            homepage: value(package.homepage.as_ref()),
            repository: value(package.repository.as_ref()),
            documentation: value(package.documentation.as_ref()),
            authors: value(Some(&package.authors)).unwrap_or_default(),
            keywords: value(Some(&package.keywords)).unwrap_or_default(),
            categories: value(Some(&package.categories)).unwrap_or_default(),
            readme: manifest::readme(&manifest, &dist, &dir),
            rust_version: value(package.rust_version.as_ref()),
            default_run: package.default_run.clone(),
            binaries: manifest::binaries(&manifest, &dist, &dir),
            features: manifest::features(&manifest),
            virtual_workspace,
            manifest_text: dist.read_text(&manifest_path)?,
            manifest_path,
            lock: read_lock(&dist, &package.name)?,
            cargo_config: CargoConfig::of(&dist, ""),
            dir,
            dist,
        })
    }
}

/// The lock at the top; without one nothing can be packaged reproducibly.
fn read_lock(dist: &Distribution, name: &str) -> anyhow::Result<Lock> {
    if dist.contains("Cargo.lock") {
        return Lock::parse(&dist.read_text("Cargo.lock")?, "Cargo.lock");
    }
    // A checkout may have the lock ignored by git and yet there.
    if let Some(dir) = dist.directory()
        && let Ok(text) = std::fs::read_to_string(dir.join("Cargo.lock"))
    {
        return Lock::parse(&text, dir.join("Cargo.lock"));
    }
    let diagnostic = Diagnostic::input(format!("`{name}` has no `Cargo.lock`"))
        .note("the lock says which crates, exactly, a package is built from");
    Err(match dist.directory() {
        Some(_) => diagnostic.help("let cargo write it: `cargo generate-lockfile`"),
        None => diagnostic
            .note("a released crate has one only if it has a binary, or was released by a recent cargo")
            .help("use the tag of its repository: `github = \"OWNER/REPO\"` and `tag = \"…\"`")
            .help("or unpack it, run `cargo generate-lockfile` there, and use `path = \"DIR\"`"),
    }
    .into())
}
