//! One server on one OS.
use std::sync::Arc;

use super::{Choice, Opt, Program, Release, Service};
use crate::port::flavours::Flavours;
use crate::profile::Profile;
use crate::recipe::Addition;

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
    /// How they become flavours (OpenBSD).
    pub flavours: Flavours,
    /// Why it does not work on this OS, if it does not.
    pub broken: Option<String>,
    /// Verbatim lines for the package.
    pub additions: Addition,
    /// What the person should know about decisions that were made.
    pub remarks: Vec<String>,
}

impl Port {
    /// Where the package goes, below the root of a ports tree: `category/name`.
    #[must_use]
    pub fn directory(&self) -> String {
        format!("{}/{}", self.about.categories.first().map_or("local", String::as_str), self.name)
    }
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
    /// Who looks after it: a mail address.
    pub maintainer: String,
    /// The name to it.
    pub maintainer_name: Option<String>,
    /// Category directories, its own first.
    pub categories: Vec<String>,
    /// Package revision, 0 for none.
    pub revision: u32,
}
