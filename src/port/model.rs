//! What a Port says. No field is left undecided.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use semver::Version;

use super::licence::{Condition, Statement};
use super::{Phrase, Place};
use crate::profile::Profile;
use crate::recipe::{Addition, Backup, Need};

/// One server on one OS.
#[derive(Clone, Debug)]
pub struct Port {
    /// The package's name.
    pub name: String,
    /// The name where only letters, digits and `_` can stand: shell variables, rc.d scripts.
    pub ident: String,
    /// The OS.
    pub profile: Arc<Profile>,
    /// How it presents itself.
    pub about: About,
    /// What is built; nothing for a service-only recipe.
    pub release: Option<Release>,
    /// What runs; nothing for a package of programs.
    pub service: Option<Service>,
    /// What the server runs by name.
    pub programs: Vec<Program>,
    /// What the person who builds may choose.
    pub options: Vec<Opt>,
    /// How options belong together.
    pub choices: Vec<Choice>,
    /// Why it does not work on this OS, if it does not.
    pub broken: Option<String>,
    /// Verbatim lines for the pkgsrc package.
    pub pkgsrc_additions: Addition,
    /// What the person should know about decisions that were made.
    pub remarks: Vec<String>,
}

/// How a package presents itself.
#[derive(Clone, Debug)]
pub struct About {
    /// One line.
    pub comment: String,
    /// At most 24 lines of at most 80 characters.
    pub description: Vec<String>,
    /// Where people read about it.
    pub homepage: Option<String>,
    /// Who looks after it.
    pub maintainer: String,
    /// Category directories, its own first.
    pub categories: Vec<String>,
    /// Package revision, 0 for none.
    pub revision: u32,
}

/// A release of the server and how it is built.
#[derive(Clone, Debug)]
pub struct Release {
    /// Upstream's version.
    pub version: Version,
    /// The same in the tree's syntax.
    pub package_version: String,
    /// Where the distribution comes from.
    pub origin: Origin,
    /// The distribution's file.
    pub distfile: Distfile,
    /// Crates that are vendored, in the order of the lock.
    pub crates: Arc<[Vendored]>,
    /// The licence of the whole with the options that are on by default.
    pub licence: Condition,
    /// Names in it that the builder has to accept.
    pub unaccepted: Vec<String>,
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
    /// The member of a workspace to build, when the distribution is one.
    pub workspace_member: Option<String>,
    /// Least version of rustc, three components.
    pub rust: Option<String>,
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
    /// Its file.
    pub digests: Digests,
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
    /// `USE_TOOLS`.
    pub tools: BTreeSet<String>,
    /// `USE_LANGUAGES` beyond C.
    pub languages: BTreeSet<String>,
    /// `TOOL_DEPENDS`.
    pub depends: BTreeSet<String>,
    /// Environment in the tree's own expressions.
    pub environment: BTreeMap<String, String>,
}

/// A native library in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryUse {
    /// The profile's name for it.
    pub name: String,
    /// The crate that binds it.
    pub krate: String,
    /// What is included when the system's is taken; nothing for the crate's own copy.
    pub include: Option<String>,
    /// Name for the run path.
    pub buildlink: Option<String>,
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
    /// Dependency pattern.
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

/// A choice of the person who builds.
#[derive(Clone, Debug)]
pub struct Opt {
    /// Its name as upstream's people know it.
    pub name: String,
    /// Its name in the tree.
    pub tree_name: String,
    /// One sentence.
    pub description: String,
    /// On by default on this OS.
    pub default: bool,
    /// Why it does not work on this OS, if it does not.
    pub broken: Option<String>,
    /// Cargo features.
    pub features: Vec<String>,
    /// What the build needs with it and not without it.
    pub native: Native,
    /// Environment of the build.
    pub environment: BTreeMap<String, String>,
    /// Memory in bytes that the server needs with it.
    pub memory: Option<u64>,
    /// Settings that the configuration needs with it on this OS.
    pub settings: Vec<Setting>,
    /// What it adds to the licence of the whole.
    pub licence: Vec<Condition>,
}

/// A setting in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Id of the configuration file.
    pub config: String,
    /// The key, dotted where it is in a table.
    pub key: String,
    /// The value it must have.
    pub value: String,
    /// The line of the sample that carries it, and the line it becomes, when there is a sample.
    pub edit: Option<Edit>,
}

/// A change of one line of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The line as it is.
    pub from: String,
    /// The line as it must be.
    pub to: String,
}

/// Options that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// How many of it may be on.
    pub rule: Rule,
    /// Names of its options that work on this OS.
    pub options: Vec<String>,
}

/// How many options of a choice may be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Exactly one.
    One,
    /// One or none.
    AtMostOne,
    /// One or more.
    AtLeastOne,
}

/// What runs.
#[derive(Clone, Debug)]
pub struct Service {
    /// What people call it.
    pub summary: String,
    /// User.
    pub user: String,
    /// Group.
    pub group: String,
    /// Numeric ids, where the recipe asks for them.
    pub ids: (Option<u32>, Option<u32>),
    /// The program.
    pub program: Phrase,
    /// Its arguments.
    pub arguments: Vec<Phrase>,
    /// Working directory.
    pub directory: Phrase,
    /// Environment, without PATH and HOME.
    pub environment: BTreeMap<String, Phrase>,
    /// PATH, in order.
    pub path: Vec<Phrase>,
    /// What must be there before.
    pub needs: Vec<Need>,
    /// Signal that stops it, without `SIG`.
    pub stop_signal: String,
    /// How long stopping may take.
    pub stop_timeout: Duration,
    /// Signal on which it reloads.
    pub reload: Option<String>,
    /// A command that checks the configuration.
    pub configtest: Vec<Phrase>,
    /// How the service manager watches over it.
    pub model: Model,
    /// Soft limit of open files.
    pub open_files: Option<u64>,
    /// Memory in bytes that it needs, with the options that are on by default.
    pub memory: Option<u64>,
    /// Its configuration files.
    pub configs: Vec<Config>,
    /// Directories that it owns, `{state}` first.
    pub directories: Vec<Directory>,
    /// Addresses it listens on.
    pub listen: Vec<String>,
}

/// How a service manager that can watch processes watches over the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// The server's own process is the service (SMF: duration `child`).
    Process,
    /// All processes it starts are (SMF: a contract).
    Group,
}

/// A configuration file.
#[derive(Clone, Debug)]
pub struct Config {
    /// Its id.
    pub id: String,
    /// Where the server reads it.
    pub path: Phrase,
    /// The sample, as it is installed.
    pub sample: Option<Phrase>,
    /// Permissions.
    pub mode: u32,
    /// The server runs without it.
    pub optional: bool,
}

impl Config {
    /// Whether it holds secrets: others may not read it.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.mode.trailing_zeros() >= 3
    }
}

/// A directory that the service owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// Where.
    pub path: Phrase,
    /// Permissions.
    pub mode: u32,
    /// How what is in it is backed up.
    pub backup: Backup,
}
