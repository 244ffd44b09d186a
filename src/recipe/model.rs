//! The recipe as a whole.
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Opt, Service, Upstream};

/// A recipe (`portwright.toml`, or `[package.metadata.portwright]` of a `Cargo.toml`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    /// Where the server comes from.
    pub upstream: Upstream,
    /// How the package presents itself. What is left out is taken from the crate.
    #[serde(default)]
    pub package: Package,
    /// How the server is built and what is installed. Left out: a service-only recipe, nothing is built.
    pub build: Option<Build>,
    /// How the server runs. Left out: a package of programs without a service.
    pub service: Option<Service>,
    /// What the server runs by name.
    #[serde(default)]
    pub program: Vec<Program>,
    /// Choices that the person who builds or installs has.
    #[serde(default)]
    pub option: Vec<Opt>,
    /// Licences of crates that do not say theirs in a usable way.
    #[serde(default)]
    pub licence: Vec<LicenceOverride>,
    /// What is particular to one OS, by the OS's name (`netbsd`, `illumos`, `linux`, `openbsd`, `freebsd`).
    #[serde(default)]
    pub os: BTreeMap<String, Os>,
    /// Lines to be taken into generated files as they stand.
    #[serde(default)]
    pub additions: Additions,
}

impl Recipe {
    /// Whether something is built: `[build]`, a version, or a directory says so. A recipe without any of them
    /// describes a service whose program comes from elsewhere.
    #[must_use]
    pub fn builds(&self) -> bool {
        self.build.is_some() || self.upstream.version.is_some() || self.upstream.path.is_some()
    }
}

/// How the package presents itself.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// The package's name; the crate's name unless given.
    pub name: Option<String>,
    /// Category directories, the package's own first, in the words of any of the trees.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Who looks after the package: a mail address.
    pub maintainer: Option<String>,
    /// One line of at most 60 characters: what it is, without article and full stop.
    pub comment: Option<String>,
    /// A paragraph or two, at most 24 lines of 80 characters.
    pub description: Option<String>,
    /// Where people read about it.
    pub homepage: Option<String>,
    /// SPDX expression of the server itself, when the crate's own is missing or wrong.
    pub licence: Option<String>,
    /// Raised by hand when the package changes and the upstream version does not; 0 means none.
    #[serde(default)]
    pub revision: u32,
}

/// How the server is built.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Build {
    /// Binaries to install; all of the crate's unless given.
    #[serde(default)]
    pub bins: Vec<String>,
    /// Cargo features that are always on.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether cargo's default features apply. Unless given: yes, if no option governs one of them.
    pub default_features: Option<bool>,
    /// The least version of rustc; the crate's `rust-version` unless given.
    pub rust: Option<String>,
    /// More flags for rustc, besides those of the distribution's own `.cargo/config.toml`.
    #[serde(default)]
    pub rustflags: Vec<String>,
    /// Environment of the build.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Libraries to take from the system although the profile would bundle them, by the profile's names.
    #[serde(default)]
    pub system: Vec<String>,
    /// Libraries to build from the crate's own copy although the profile would take the system's.
    #[serde(default)]
    pub bundled: Vec<String>,
    /// Build tools that the crates seem to need but do not (`protoc` when the generated code is shipped, say).
    #[serde(default)]
    pub without_tools: Vec<String>,
    /// Files of the distribution to install, besides the binaries.
    #[serde(default)]
    pub install: Vec<Install>,
    /// Leave out man pages, completions and documents that portwright finds in the distribution.
    #[serde(default)]
    pub only_listed_files: bool,
    /// Files found in the distribution that are not worth installing; `*` matches within a name, `**` anything.
    #[serde(default)]
    pub leave_out: Vec<String>,
}

/// A file to install.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Install {
    /// A file of the distribution, relative to its top.
    pub from: String,
    /// Where to: starts with `{examples}`, `{doc}`, `{man}`, `{data}`, `{bin}` or `{libexec}`.
    pub to: String,
    /// Only when this option is on.
    pub option: Option<String>,
}

/// A program that the server runs by name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Program {
    /// The exact file name that the server looks for in its PATH.
    pub name: String,
    /// Least version, as `>=5`.
    pub version: Option<String>,
    /// Arguments that make it print its version and exit.
    #[serde(default)]
    pub probe: Vec<String>,
    /// Only needed when this option is on.
    pub option: Option<String>,
    /// The server starts and does most of its work without it.
    #[serde(default)]
    pub optional: bool,
}

/// The licence of a crate whose own statement is missing, wrong or not a known SPDX expression.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LicenceOverride {
    /// The crate's name.
    #[serde(rename = "crate")]
    pub krate: String,
    /// Only this version, when given.
    pub version: Option<String>,
    /// The SPDX expression that holds.
    pub licence: String,
    /// How that is known; goes into the package's README.
    pub reason: String,
}

/// What is particular to one OS.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Os {
    /// The registered or wanted numeric user id.
    pub user_id: Option<u32>,
    /// The registered or wanted numeric group id.
    pub group_id: Option<u32>,
    /// The server does not work there; the reason.
    pub broken: Option<String>,
    /// Category directories there, the package's own first; `[package] categories` in the tree's words unless given.
    #[serde(default)]
    pub categories: Vec<String>,
    /// More environment for the service.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
}

/// Verbatim additions, by target.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Additions {
    /// Into the pkgsrc package.
    #[serde(default)]
    pub pkgsrc: Addition,
    /// Into the OpenBSD port.
    #[serde(default)]
    pub openbsd: Addition,
    /// Into the FreeBSD port.
    #[serde(default)]
    pub freebsd: Addition,
}

/// Lines for the files of one package.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Addition {
    /// A paragraph of variables in the Makefile, before the targets.
    pub makefile: Option<String>,
    /// Targets and includes of the Makefile, after the package's own.
    pub targets: Option<String>,
    /// Lines at the end of options.mk (pkgsrc).
    pub options: Option<String>,
    /// Lines of the packing list.
    #[serde(default)]
    pub plist: Vec<String>,
}
