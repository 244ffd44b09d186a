//! What is built.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use semver::Version;

use crate::port::licence::{Condition, Statement};
use crate::port::licence_fields::LicenceFields;
use crate::port::{Phrase, Place};
use crate::profile::Packaging;

/// A release of the server and how it is built.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that some tree asks for")]
pub struct Release {
    /// Upstream's version.
    pub version: Version,
    /// The same in the tree's syntax.
    pub package_version: String,
    /// Where the distribution comes from.
    pub origin: Origin,
    /// The distribution's file.
    pub distfile: Distfile,
    /// When it was made, in seconds since 1970, for files that say so (FreeBSD's distinfo).
    pub timestamp: u64,
    /// Crates that are vendored, in the order of the lock.
    pub crates: Arc<[Vendored]>,
    /// Crates that the lock takes from git.
    pub git: Vec<GitVendored>,
    /// The licence of the whole with the options that are on by default.
    pub licence: Condition,
    /// The same in the fields of FreeBSD's ports.
    pub licence_fields: LicenceFields,
    /// Names in it that the builder has to accept.
    pub unaccepted: Vec<String>,
    /// Names in it that restrict use or distribution.
    pub restricted: Vec<String>,
    /// What each linked crate says, the server first.
    pub statements: Vec<Statement>,
    /// Files that are installed, by place and name; directories follow from them.
    pub files: Vec<Installed>,
    /// Binaries.
    pub binaries: Vec<Binary>,
    /// Cargo features that are always on.
    pub features: Vec<String>,
    /// Whether cargo's default features are off.
    pub no_default_features: bool,
    /// The crate builds further binaries, which are not installed.
    pub only_some_binaries: bool,
    /// The binaries come out of the build without symbols.
    pub strips: bool,
    /// The member of a workspace to build, when the distribution is one.
    pub workspace_member: Option<Member>,
    /// Least version of rustc, when it is more than the tree's default.
    pub rust: Option<RustNeed>,
    /// Flags for rustc.
    pub rustflags: Vec<String>,
    /// The file of the distribution that some of them come from.
    pub rustflags_from: Option<String>,
    /// Environment of the build that the recipe gives.
    pub environment: BTreeMap<String, String>,
    /// What the build needs from the tree.
    pub native: Native,
    /// The distribution's `.cargo/config.toml` replaces sources and must go.
    pub drop_cargo_config: Option<String>,
    /// Links to programs that packages install under another name.
    pub links: Vec<Link>,
    /// What crates that are always in it mean for the package.
    pub notes: Vec<CrateNote>,
    /// There are tests in the distribution.
    pub has_tests: bool,
}

/// What a crate in the program means for the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateNote {
    /// A line that says why.
    pub why: String,
    /// Machine types that it does not compile for.
    pub not_for: Vec<String>,
    /// The only machine types that it compiles for, in the tree's expressions.
    pub only_for: Vec<String>,
    /// A linker for execute-only memory must be told of it.
    pub no_execute_only: bool,
    /// Packages that building it needs.
    pub depends: Vec<String>,
}

/// The member of a workspace that is the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its directory, below the top of the distribution; empty for the top.
    pub dir: String,
}

/// A version of rustc that the build needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustNeed {
    /// Three components.
    pub version: String,
    /// The crate that asks for it, when it is not the server itself or the recipe.
    pub because_of: Option<String>,
}

/// Where a distribution comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The crate registry.
    Registry,
    /// A tag on GitHub.
    Github {
        /// Owner of the repository.
        owner: String,
        /// Its name.
        repo: String,
        /// The tag.
        tag: String,
    },
    /// A directory; the distribution is packed from it.
    Path,
}

/// A file that is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distfile {
    /// Its name.
    pub file: String,
    /// Digests as lower-case hex, and bytes.
    pub digests: Digests,
}

/// Digests of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// BLAKE2s, hex.
    pub blake2s: String,
    /// SHA-512, hex.
    pub sha512: String,
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// A vendored crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendored {
    /// Name.
    pub name: String,
    /// Version as the lock has it.
    pub version: String,
    /// What its manifest says of its licence: an expression, or the file that tells it.
    pub licence: Option<String>,
    /// Its file.
    pub digests: Digests,
}

/// A vendored crate from a repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitVendored {
    /// Name.
    pub name: String,
    /// Version as the lock has it.
    pub version: String,
    /// The account.
    pub owner: String,
    /// The repository.
    pub repo: String,
    /// The commit.
    pub rev: String,
    /// The URL as manifests have it.
    pub url: String,
    /// `branch`, `tag` or `rev` with its value, as manifests have it.
    pub reference: Option<(&'static str, String)>,
    /// The crate's directory in the archive; empty for its top.
    pub dir: String,
    /// Its manifest takes values from its workspace: it can only be built where the whole archive is.
    pub needs_workspace: bool,
    /// The archive.
    pub distfile: Distfile,
}

/// A binary that is built and installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// Its name.
    pub name: String,
    /// [`Place::Bin`] or [`Place::Sbin`].
    pub place: Place,
}

/// A file that is installed besides the binaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Where it comes from.
    pub from: FileSource,
    /// Where it goes: a place below the prefix …
    pub place: Place,
    /// … and the rest of the path, without a leading slash.
    pub path: String,
    /// Only with this option.
    pub option: Option<String>,
    /// How it is installed.
    pub kind: FileKind,
}

/// Where an installed file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileSource {
    /// A file of the distribution.
    Distribution(String),
    /// A text kept with the package, in which `@place@` names places.
    Own {
        /// Its name in the package.
        name: String,
        /// Its text with the places as pieces.
        text: Phrase,
    },
}

/// How a file is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Data.
    Data,
    /// A script.
    Script,
    /// A manual page.
    Man,
}

/// What a build needs from the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Native {
    /// Libraries.
    pub libraries: Vec<LibraryUse>,
    /// Words of pkgsrc's `USE_TOOLS`, OpenBSD's `MODULES`, FreeBSD's `USES`.
    pub tools: BTreeSet<String>,
    /// Languages beyond C (pkgsrc's `USE_LANGUAGES`).
    pub languages: BTreeSet<String>,
    /// pkgsrc's `TOOL_DEPENDS`, OpenBSD's and FreeBSD's `BUILD_DEPENDS`.
    pub depends: BTreeSet<String>,
    /// Environment in the tree's own expressions.
    pub environment: BTreeMap<String, String>,
    /// Flags for rustc in the tree's own expressions.
    pub rustflags: BTreeSet<String>,
}

/// A native library in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryUse {
    /// The profile's name for it.
    pub name: String,
    /// The crate that binds it.
    pub krate: String,
    /// The tree's package is taken, not the crate's own copy.
    pub system: bool,
    /// What is included when the system's is taken (pkgsrc); nothing for the crate's own copy.
    pub include: Option<String>,
    /// Name for the run path (pkgsrc).
    pub buildlink: Option<String>,
    /// Dependencies when the system's is taken (OpenBSD, FreeBSD).
    pub lib_depends: Vec<String>,
    /// Shared libraries that are linked when the system's is taken (OpenBSD).
    pub wantlib: Vec<String>,
    /// The crate's own copy is taken, and the tree must be told not to take it away (OpenBSD).
    pub keep: bool,
}

/// A program that the server runs by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The name it looks for.
    pub name: String,
    /// The file that the package installs below `{prefix}/bin`; differs from the name where a link is needed.
    pub file: String,
    /// Directory in the tree.
    pub package: String,
    /// What says which versions do: pkgsrc's `name>=1` or `name-[0-9]*`, what follows the package's path on OpenBSD (`>=1`
    /// or nothing), what stands before it on FreeBSD (`name>=1` or the file).
    pub pattern: String,
    /// Least version that the recipe asks for.
    pub version: Option<String>,
    /// Arguments that print the version.
    pub probe: Vec<String>,
    /// Only with this option.
    pub option: Option<String>,
    /// The server starts without it.
    pub optional: bool,
    /// It is in the base system.
    pub base: bool,
}

impl Program {
    /// The dependency on its package, as the tree writes it.
    #[must_use]
    pub fn dependency(&self, packaging: Packaging) -> String {
        let Self { package, pattern, .. } = self;
        match packaging {
            Packaging::Pkgsrc => format!("{pattern}:../../{package}"),
            Packaging::Openbsd => format!("{package}{pattern}"),
            Packaging::Freebsd => format!("{pattern}:{package}"),
        }
    }
}

/// A link that gives a program the name that the server looks for, in `{libexec}/bin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The name that the server looks for.
    pub name: String,
    /// The file below `{prefix}/bin`.
    pub file: String,
    /// Only with this option.
    pub option: Option<String>,
}
