//! The release: what is fetched, built and installed.
use std::collections::BTreeSet;

use anyhow::Result;

use super::native::{self, Wishes};
use super::view::{CrateView, Features, Linkage};
use super::{
    Binary, Link, Native, Opt, Place, Release, Scope, Service, installs, licence, licensing, options, version,
};
use crate::diag::{Diagnostic, did_you_mean};
use crate::krate::{Krate, LockedSource};
use crate::profile::Profile;
use crate::recipe::{self, Located, Pointer, Recipe, Source};

/// What is needed to resolve a release.
pub(super) struct Inputs<'a> {
    /// The recipe.
    pub(super) recipe: &'a Recipe,
    /// Its text.
    pub(super) source: &'a Source,
    /// The crate.
    pub(super) view: &'a CrateView<'a>,
    /// The OS.
    pub(super) profile: &'a Profile,
    /// The package's name.
    pub(super) name: &'a str,
    /// Placeholders.
    pub(super) scope: &'a Scope<'a>,
    /// Names of the binaries.
    pub(super) binaries: &'a [String],
    /// Links to programs.
    pub(super) links: &'a [Link],
}

/// Names of the binaries to install, sorted.
///
/// # Errors
/// The crate has none, or not the one that the recipe names.
pub(super) fn binaries(recipe: &Recipe, krate: &Krate) -> Result<Vec<String>, Located> {
    let known: Vec<&str> = krate.binaries.iter().map(|binary| binary.name.as_str()).collect();
    let wanted = recipe.build.as_ref().map(|build| build.bins.as_slice()).unwrap_or_default();
    for (index, name) in wanted.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            let error = Located::new(
                Pointer::new(&[&"build", &"bins", &index]),
                format!("the crate builds no binary `{name}`"),
            )
            .note(format!("binaries: {}", known.join(", ")));
            return Err(match did_you_mean(name, known.iter().copied()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error,
            });
        }
    }
    if known.is_empty() {
        return Err(Located::new(
            Pointer::new(&[&"upstream"]),
            format!("the crate `{}` is a library: it builds no program", krate.name),
        ));
    }
    let mut names: Vec<String> = if wanted.is_empty() {
        // A binary that needs a feature which is off would not be built.
        let buildable = krate.binaries.iter().filter(|binary| binary.required_features.is_empty());
        buildable.map(|binary| binary.name.clone()).collect()
    } else {
        wanted.to_vec()
    };
    names.sort();
    names.dedup();
    Ok(names)
}

/// Resolves the release, and fills in what options need and add.
///
/// # Errors
/// A [`Diagnostic`] that points into the recipe where it can.
pub(super) fn release(inputs: &Inputs<'_>, options: &mut [Opt], remarks: &mut Vec<String>) -> Result<Release> {
    let Inputs { recipe, source, view, profile, name, .. } = inputs;
    let krate = view.krate;
    let located = |error: Located| source.diagnostic(error);
    refuse_git(inputs)?;
    let build = recipe.build.clone().unwrap_or_default();
    let base = options::base_features(recipe, &krate.features, krate.default_features()).map_err(located)?;
    let package_version = version::package_version(&krate.version)
        .map_err(|message| located(Located::new(Pointer::new(&[&"upstream", &"version"]), message)))?;

    let linkage = Linked::gather(inputs, &base, options)?;
    let wishes = wishes(&build, profile).map_err(located)?;
    let native = native::needs(&linkage.base.crates(), &wishes, profile);
    for (krate, links) in native::unexplained(&linkage.all.crates(), profile) {
        remarks.push(format!("`{krate}` links the native library `{links}`, which the profile does not know: see whether the build needs it from the tree"));
    }
    for (option, with) in options.iter_mut().zip(&linkage.each) {
        let index = recipe.option.iter().position(|one| one.name == option.name).unwrap_or(0);
        let mut wishes = wishes.clone();
        for (nth, library) in recipe.option[index].system.iter().enumerate() {
            check_library(library, profile, &Pointer::new(&[&"option", &index, &"system", &nth])).map_err(located)?;
            wishes.system.push(library);
        }
        // A library that only this option takes from the system changes from the crate's copy to the tree's.
        let mut crates = with.crates();
        // Another option may be what brings the library in.
        let everything = linkage.all.crates();
        let asked_for = |krate: &&&str| {
            let library = |name: &String| profile.libraries.known.get(name);
            recipe.option[index]
                .system
                .iter()
                .filter_map(library)
                .any(|library| library.crates.iter().any(|one| one == **krate))
        };
        crates.linked.extend(everything.linked.iter().filter(asked_for));
        let mut with = native::needs(&crates, &wishes, profile);
        let switched: BTreeSet<String> = recipe.option[index].system.iter().cloned().collect();
        let mut without = native.clone();
        without.libraries.retain(|library| !switched.contains(&library.name) || library.include.is_some());
        with = with.beyond(&without);
        option.native = with;
    }
    let files = installs::files(inputs, &build)?;
    installs::edits(inputs, &files, options).map_err(located)?;
    let (condition, statements) = licensing::licences(inputs, &linkage, options)?;
    Ok(Release {
        version: krate.version.clone(),
        package_version,
        origin: view.origin.clone(),
        distfile: view.distfile.clone(),
        crates: view.crates.clone(),
        unaccepted: licence::unaccepted(&condition, &profile.licences),
        licence: condition,
        statements,
        files,
        binaries: inputs.binaries.iter().map(|binary| place(binary, recipe, inputs.scope)).collect(),
        features: base.features,
        no_default_features: base.no_default,
        workspace_member: (krate.virtual_workspace || !krate.dir.is_empty()).then(|| krate.name.clone()),
        rust: rust(&build, krate).map_err(located)?,
        rustflags: krate.cargo_config_rustflags().iter().chain(&build.rustflags).cloned().collect(),
        rustflags_from: krate.cargo_config.path.clone().filter(|_| !krate.cargo_config_rustflags().is_empty()),
        environment: build.environment.clone(),
        native,
        drop_cargo_config: krate.has_source_replacement().then(|| krate.cargo_config.path.clone()).flatten(),
        links: inputs.links.to_vec(),
    })
    .inspect(|release| {
        if release.version.to_string() != release.package_version && !release.version.build.is_empty() {
            remarks
                .push(format!("{name} {}: the build metadata is not part of the package's version", release.version));
        }
    })
}

/// What is linked without options, with each alone, with those that are on by default, and with all.
pub(super) struct Linked {
    pub(super) base: Linkage,
    pub(super) each: Vec<Linkage>,
    pub(super) default: Linkage,
    pub(super) all: Linkage,
}

impl Linked {
    fn gather(inputs: &Inputs<'_>, base: &options::BaseFeatures, options: &[Opt]) -> Result<Self> {
        let with = |chosen: &[&Opt]| {
            let mut features = base.features.clone();
            features.extend(chosen.iter().flat_map(|option| option.features.iter().cloned()));
            features.sort();
            features.dedup();
            (inputs.view.linkage)(&Features { no_default: base.no_default, features }, &inputs.profile.target)
        };
        let working: Vec<&Opt> = options.iter().filter(|option| option.broken.is_none()).collect();
        let default: Vec<&Opt> = working.iter().copied().filter(|option| option.default).collect();
        Ok(Self {
            base: with(&[])?,
            each: options.iter().map(|option| with(&[option])).collect::<Result<_>>()?,
            default: with(&default)?,
            all: with(&working)?,
        })
    }
}

fn wishes<'a>(build: &'a recipe::Build, profile: &Profile) -> Result<Wishes<'a>, Located> {
    for (field, names) in [("system", &build.system), ("bundled", &build.bundled)] {
        for (index, name) in names.iter().enumerate() {
            check_library(name, profile, &Pointer::new(&[&"build", &field, &index]))?;
        }
    }
    for (index, name) in build.without_tools.iter().enumerate() {
        if !profile.tools.contains_key(name) {
            return Err(Located::new(
                Pointer::new(&[&"build", &"without-tools", &index]),
                format!("the profile knows no tool `{name}`"),
            )
            .note(format!("tools: {}", profile.tools.keys().map(String::as_str).collect::<Vec<_>>().join(", "))));
        }
    }
    let words = |list: &'a [String]| list.iter().map(String::as_str).collect();
    Ok(Wishes {
        system: words(&build.system),
        bundled: words(&build.bundled),
        without_tools: words(&build.without_tools),
    })
}

fn check_library(name: &str, profile: &Profile, at: &Pointer) -> Result<(), Located> {
    let known = &profile.libraries.known;
    if known.contains_key(name) {
        return Ok(());
    }
    let error = Located::new(at.clone(), format!("the profile knows no library `{name}`"));
    Err(match did_you_mean(name, known.keys().map(String::as_str)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.note(format!("libraries: {}", known.keys().map(String::as_str).collect::<Vec<_>>().join(", "))),
    })
}

/// Crates from git have no place in cargo.mk's list.
fn refuse_git(inputs: &Inputs<'_>) -> Result<()> {
    let mut from_git = inputs.view.krate.lock.packages.iter().filter_map(|package| match &package.source {
        LockedSource::Git { url, .. } => Some(format!("{} {} from {url}", package.name, package.version)),
        LockedSource::OtherRegistry(registry) => {
            Some(format!("{} {} from the registry {registry}", package.name, package.version))
        }
        _ => None,
    });
    let Some(first) = from_git.next() else { return Ok(()) };
    let mut error = Diagnostic::input(format!("Cargo.lock has a dependency that pkgsrc cannot fetch: {first}"));
    for other in from_git {
        error = error.note(format!("another one: {other}"));
    }
    Err(error
        .help("ask upstream for a release whose dependencies are all in the registry")
        .help("or take the crate from the registry: [upstream] crate = \"…\"; what is published there has registry dependencies only")
        .help("or replace it by a registry release in your checkout's Cargo.toml and Cargo.lock, and use [upstream] path")
        .into())
}

fn rust(build: &recipe::Build, krate: &Krate) -> Result<Option<String>, Located> {
    let Some(least) = build.rust.as_ref().or(krate.rust_version.as_ref()) else { return Ok(None) };
    let parts: Vec<&str> = least.split('.').collect();
    let numbers = (2..=3).contains(&parts.len()) && parts.iter().all(|part| part.parse::<u32>().is_ok());
    if !numbers {
        return Err(Located::new(
            Pointer::new(&[&"build", &"rust"]),
            format!("`{least}` is not a version of rustc, as `1.88` or `1.88.0`"),
        ));
    }
    Ok(Some(if parts.len() == 2 { format!("{least}.0") } else { least.clone() }))
}

fn place(binary: &str, recipe: &Recipe, scope: &Scope<'_>) -> Binary {
    let daemon = recipe.service.is_some() && scope.daemons.contains(&binary);
    Binary { name: binary.to_owned(), place: if daemon { Place::Sbin } else { Place::Bin } }
}

/// The program must be one that the package installs.
///
/// # Errors
/// It is not.
pub(super) fn check_service(service: &Service, release: &Release) -> Result<(), Located> {
    let at = Pointer::new(&[&"service", &"command", &0]);
    let Some((place @ (Place::Bin | Place::Sbin), rest)) = service.program.as_place() else { return Ok(()) };
    let name = rest.trim_start_matches('/');
    if release.binaries.iter().any(|binary| binary.name == name && binary.place == place) {
        return Ok(());
    }
    let known: Vec<&str> = release.binaries.iter().map(|binary| binary.name.as_str()).collect();
    let error = Located::new(at, format!("the package installs no program `{name}`"))
        .note(format!("binaries: {}", known.join(", ")));
    Err(match did_you_mean(name, known) {
        Some(near) => error.help(format!("did you mean `{{bin}}/{near}`?")),
        None => error,
    })
}

/// What the options that are on by default need, too.
#[must_use]
pub fn default_native(release: &Release, options: &[Opt]) -> Native {
    let mut native = release.native.clone();
    for option in options.iter().filter(|option| option.default) {
        native.libraries.extend(option.native.libraries.iter().cloned());
        native.environment.extend(option.native.environment.clone());
    }
    native
}
