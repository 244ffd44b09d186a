//! What a build needs from the tree, told by the crates in it.
use std::collections::{BTreeMap, BTreeSet};

use super::{LibraryUse, Native};
use crate::profile::{Library, LibraryDefault, Profile};

/// The crates of one build, by what they are for.
#[derive(Clone, Debug, Default)]
pub struct Crates<'a> {
    /// Linked into the program, with their features.
    pub linked: BTreeMap<&'a str, &'a [String]>,
    /// Run during the build.
    pub building: BTreeSet<&'a str>,
    /// `links` keys of linked crates, with the crate.
    pub links: Vec<(&'a str, &'a str)>,
}

/// What the recipe says about libraries and tools.
#[derive(Clone, Debug, Default)]
pub struct Wishes<'a> {
    /// Libraries to take from the system.
    pub system: Vec<&'a str>,
    /// Libraries to take from the crates.
    pub bundled: Vec<&'a str>,
    /// Tools that are not needed.
    pub without_tools: Vec<&'a str>,
}

/// What these crates need.
#[must_use]
pub fn needs(crates: &Crates<'_>, wishes: &Wishes<'_>, profile: &Profile) -> Native {
    let mut native = Native::default();
    for (name, library) in &profile.libraries.known {
        let found = library.crates.iter().find_map(|krate| Some((krate, crates.linked.get(krate.as_str())?)));
        if let Some((krate, features)) = found {
            take(&mut native, name, library, krate, forced(library, features), wishes);
        }
    }
    for (name, tool) in &profile.tools {
        let wanted = tool.crates.iter().any(|krate| crates.building.contains(krate.as_str()));
        let own_copy = tool.unless.iter().any(|krate| crates.building.contains(krate.as_str()));
        if !wanted || own_copy || wishes.without_tools.contains(&name.as_str()) {
            continue;
        }
        native.tools.extend(tool.use_tools.iter().cloned());
        native.languages.extend(tool.languages.iter().cloned());
        native.depends.extend(tool.depends.iter().cloned());
        native.environment.extend(tool.environment.clone());
    }
    native
}

/// Whether the crate's features leave no choice but the system's library.
fn forced(library: &Library, features: &[String]) -> bool {
    let on = |feature: &String| features.contains(feature);
    library.system_feature.as_ref().is_some_and(on)
        || library.bundled_feature.as_ref().is_some_and(|feature| !on(feature))
}

/// The crate and the feature that build the crate's own copy of a library although the tree's cargo support takes that
/// copy away when the system's is wanted.
#[must_use]
pub fn insists<'a>(library: &str, crates: &Crates<'a>, profile: &'a Profile) -> Option<(&'a str, &'a str)> {
    let library = profile.libraries.known.get(library).filter(|library| library.stripped)?;
    let feature = library.bundled_feature.as_deref()?;
    let on = |krate: &&String| crates.linked.get(krate.as_str()).is_some_and(|on| on.iter().any(|one| one == feature));
    Some((library.crates.iter().find(on)?.as_str(), feature))
}

fn take(native: &mut Native, name: &str, library: &Library, krate: &str, forced: bool, wishes: &Wishes<'_>) {
    let wanted = forced
        || wishes.system.contains(&name)
        || (library.default == LibraryDefault::System && !wishes.bundled.contains(&name));
    let system = wanted && library.is_in_tree();
    if system {
        native.environment.extend(library.environment.clone());
        native.tools.extend(library.tools.iter().cloned());
        native.rustflags.extend(library.rustflags.iter().cloned());
    } else {
        native.depends.extend(library.bundled_depends.iter().cloned());
        native.tools.extend(library.bundled_tools.iter().cloned());
        native.languages.extend(library.bundled_languages.iter().cloned());
        native.environment.extend(library.bundled_environment.clone());
    }
    native.libraries.push(LibraryUse {
        name: name.to_owned(),
        krate: krate.to_owned(),
        system,
        include: library.include.clone().filter(|_| system),
        buildlink: library.buildlink.clone().filter(|_| system),
        lib_depends: if system { library.lib_depends.clone() } else { Vec::new() },
        wantlib: if system { library.wantlib.clone() } else { Vec::new() },
        keep: library.stripped && !system,
    });
}

/// `links` keys that neither a known library nor the list of self-contained ones explains.
#[must_use]
pub fn unexplained(crates: &Crates<'_>, profile: &Profile) -> Vec<(String, String)> {
    let known =
        |krate: &str| profile.libraries.known.values().any(|library| library.crates.iter().any(|one| one == krate));
    let harmless = |links: &str| {
        profile.libraries.self_contained.iter().any(|one| match one.strip_suffix('*') {
            Some(start) => links.starts_with(start),
            None => one == links,
        })
    };
    crates
        .links
        .iter()
        .filter(|(krate, links)| !known(krate) && !harmless(links))
        .map(|(krate, links)| ((*krate).to_owned(), (*links).to_owned()))
        .collect()
}

impl Native {
    /// What is in `self` and not in `base`.
    #[must_use]
    pub fn beyond(&self, base: &Self) -> Self {
        Self {
            libraries: self.libraries.iter().filter(|one| !base.libraries.contains(one)).cloned().collect(),
            tools: self.tools.difference(&base.tools).cloned().collect(),
            languages: self.languages.difference(&base.languages).cloned().collect(),
            depends: self.depends.difference(&base.depends).cloned().collect(),
            rustflags: self.rustflags.difference(&base.rustflags).cloned().collect(),
            environment: self
                .environment
                .iter()
                .filter(|(name, _)| !base.environment.contains_key(*name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        }
    }

    /// What both need.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            libraries: self.libraries.iter().filter(|one| other.libraries.contains(one)).cloned().collect(),
            tools: self.tools.intersection(&other.tools).cloned().collect(),
            languages: self.languages.intersection(&other.languages).cloned().collect(),
            depends: self.depends.intersection(&other.depends).cloned().collect(),
            rustflags: self.rustflags.intersection(&other.rustflags).cloned().collect(),
            environment: self
                .environment
                .iter()
                .filter(|(name, value)| other.environment.get(*name) == Some(value))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        }
    }

    /// What one or the other needs.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let more = other.beyond(self);
        let mut both = self.clone();
        both.libraries.extend(more.libraries);
        both.libraries.sort_by(|left, right| left.name.cmp(&right.name));
        both.tools.extend(more.tools);
        both.languages.extend(more.languages);
        both.depends.extend(more.depends);
        both.environment.extend(more.environment);
        both.rustflags.extend(more.rustflags);
        both
    }

    /// Whether it asks for nothing that a makefile has to say.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let silent = |library: &LibraryUse| !library.system && !library.keep;
        self.libraries.iter().all(silent)
            && self.tools.is_empty()
            && self.languages.is_empty()
            && self.depends.is_empty()
            && self.environment.is_empty()
            && self.rustflags.is_empty()
    }
}
