//! The crate as a Port needs it: facts that were gathered before anything is decided.
use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;

use super::native::Crates;
use super::{Distfile, GitVendored, Origin, Vendored};
use crate::krate::Krate;

/// Everything about a release that resolving asks for.
pub struct CrateView<'a> {
    /// What its manifest says.
    pub krate: &'a Krate,
    /// Where its distribution comes from.
    pub origin: Origin,
    /// The distribution's file.
    pub distfile: Distfile,
    /// The crates of the lock, in its order.
    pub crates: Arc<[Vendored]>,
    /// The crates that the lock takes from git.
    pub git: Vec<GitVendored>,
    /// Seconds since 1970 for files that carry a time; the crates' own when nobody says.
    pub timestamp: Option<u64>,
    /// What is linked for features on a target.
    pub linkage: &'a dyn Fn(&Features, &str) -> Result<Linkage>,
    /// Reads a file beside the recipe.
    pub beside: &'a dyn Fn(&str) -> Result<String>,
}

/// Chosen cargo features.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// `--no-default-features`.
    pub no_default: bool,
    /// `--features`.
    pub features: Vec<String>,
}

/// What is linked into the binaries, and what runs during the build.
#[derive(Clone, Debug, Default)]
pub struct Linkage {
    /// Linked crates.
    pub linked: Vec<LinkedCrate>,
    /// Crates that build scripts and procedural macros are made of.
    pub building: Vec<BuildCrate>,
}

/// A crate that runs during the build.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuildCrate {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// The oldest rust that compiles it.
    pub rust: Option<String>,
}

/// A linked crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkedCrate {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// What it says of its licence.
    pub licence: Option<String>,
    /// The file that tells its licence.
    pub licence_file: Option<String>,
    /// Its `links` key.
    pub links: Option<String>,
    /// Its features that are on.
    pub features: Vec<String>,
    /// The oldest rust that compiles it.
    pub rust: Option<String>,
    /// Crates that its build script uses.
    pub build_uses: Vec<String>,
}

impl Linkage {
    /// As [`Crates`].
    #[must_use]
    pub fn crates(&self) -> Crates<'_> {
        // A build script that compiles and looks for nothing brings its own copy.
        let uses = |one: &LinkedCrate, name: &str| one.build_uses.iter().any(|used| used == name);
        let own_copy = |one: &&LinkedCrate| uses(one, "cc") && !uses(one, "pkg-config") && !uses(one, "vcpkg");
        let from_outside = self.linked.iter().filter(|one| !own_copy(one) && !one.build_uses.is_empty());
        let links = from_outside.filter_map(|one| Some((one.name.as_str(), one.links.as_deref()?)));
        Crates {
            linked: self.linked.iter().map(|one| (one.name.as_str(), one.features.as_slice())).collect(),
            building: self.building.iter().map(|one| one.name.as_str()).collect(),
            links: links.collect::<BTreeMap<_, _>>().into_iter().collect(),
        }
    }
}
