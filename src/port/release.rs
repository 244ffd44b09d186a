//! The release: what is fetched, built and installed.
use std::collections::BTreeSet;

use anyhow::Result;

use super::licence::{self, Condition, Statement};
use super::native::{self, Wishes};
use super::view::{CrateView, Features, Linkage};
use super::{
    Binary, FileKind, FileSource, Installed, Link, Native, Opt, Phrase, Place, Release, Scope, Service, files, options, samples, version,
};
use crate::diag::{Diagnostic, did_you_mean};
use crate::krate::{Krate, LockedSource};
use crate::profile::Profile;
use crate::recipe::{self, Located, Pointer, Recipe, Source};

/// What is needed to resolve a release.
pub struct Inputs<'a> {
    /// The recipe.
    pub recipe: &'a Recipe,
    /// Its text.
    pub source: &'a Source,
    /// The crate.
    pub view: &'a CrateView<'a>,
    /// The OS.
    pub profile: &'a Profile,
    /// The package's name.
    pub name: &'a str,
    /// Placeholders.
    pub scope: &'a Scope<'a>,
    /// Names of the binaries.
    pub binaries: &'a [String],
    /// Links to programs.
    pub links: &'a [Link],
}

/// Names of the binaries to install, sorted.
///
/// # Errors
/// The crate has none, or not the one that the recipe names.
pub fn binaries(recipe: &Recipe, krate: &Krate) -> Result<Vec<String>, Located> {
    let known: Vec<&str> = krate.binaries.iter().map(|binary| binary.name.as_str()).collect();
    let wanted = recipe.build.as_ref().map(|build| build.bins.as_slice()).unwrap_or_default();
    for (index, name) in wanted.iter().enumerate() {
        if !known.contains(&name.as_str()) {
            let error = Located::new(Pointer::new(&[&"build", &"bins", &index]), format!("the crate builds no binary `{name}`"))
                .note(format!("binaries: {}", known.join(", ")));
            return Err(match did_you_mean(name, known.iter().copied()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error,
            });
        }
    }
    if known.is_empty() {
        return Err(Located::new(Pointer::new(&[&"upstream"]), format!("the crate `{}` is a library: it builds no program", krate.name)));
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
pub fn release(inputs: &Inputs<'_>, options: &mut [Opt], remarks: &mut Vec<String>) -> Result<Release> {
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
        let mut with = native::needs(&with.crates(), &wishes, profile);
        let switched: BTreeSet<String> = recipe.option[index].system.iter().cloned().collect();
        let mut without = native.clone();
        without.libraries.retain(|library| !switched.contains(&library.name) || library.include.is_some());
        with = with.beyond(&without);
        option.native = with;
    }
    let (condition, statements) = licences(inputs, &linkage, options)?;
    Ok(Release {
        version: krate.version.clone(),
        package_version,
        origin: view.origin.clone(),
        distfile: view.distfile.clone(),
        crates: view.crates.clone(),
        unaccepted: licence::unaccepted(&condition, &profile.licences),
        licence: condition,
        statements,
        files: files(inputs, &build)?,
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
            remarks.push(format!("{name} {}: the build metadata is not part of the package's version", release.version));
        }
    })
}

/// What is linked without options, with each alone, with those that are on by default, and with all.
struct Linked {
    base: Linkage,
    each: Vec<Linkage>,
    default: Linkage,
    all: Linkage,
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
            return Err(Located::new(Pointer::new(&[&"build", &"without-tools", &index]), format!("the profile knows no tool `{name}`"))
                .note(format!("tools: {}", profile.tools.keys().map(String::as_str).collect::<Vec<_>>().join(", "))));
        }
    }
    let words = |list: &'a [String]| list.iter().map(String::as_str).collect();
    Ok(Wishes { system: words(&build.system), bundled: words(&build.bundled), without_tools: words(&build.without_tools) })
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
        LockedSource::OtherRegistry(registry) => Some(format!("{} {} from the registry {registry}", package.name, package.version)),
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
        return Err(Located::new(Pointer::new(&[&"build", &"rust"]), format!("`{least}` is not a version of rustc, as `1.88` or `1.88.0`")));
    }
    Ok(Some(if parts.len() == 2 { format!("{least}.0") } else { least.clone() }))
}

fn place(binary: &str, recipe: &Recipe, scope: &Scope<'_>) -> Binary {
    let daemon = recipe.service.is_some() && scope.daemons.contains(&binary);
    Binary { name: binary.to_owned(), place: if daemon { Place::Sbin } else { Place::Bin } }
}

/// The condition for the whole, and what each option adds to it.
fn licences(inputs: &Inputs<'_>, linkage: &Linked, options: &mut [Opt]) -> Result<(Condition, Vec<Statement>)> {
    let Inputs { recipe, source, view, profile, .. } = inputs;
    let krate = view.krate;
    let own = Statement {
        krate: krate.name.clone(),
        version: krate.version.to_string(),
        licence: recipe.package.licence.clone().or_else(|| krate.license.clone()).unwrap_or_default(),
        overridden: recipe.package.licence.as_ref().map(|_| "the recipe says so".to_owned()),
    };
    let state = |linkage: &Linkage| -> Vec<Statement> {
        let others = linkage.linked.iter().filter(|one| one.name != krate.name);
        let mut statements: Vec<Statement> = others.map(|one| statement(one, recipe)).collect();
        statements.sort();
        statements.dedup();
        statements
    };
    let judge = |linkage: &Linkage| {
        licence::whole(&own, &state(linkage), &profile.licences).map_err(|problems| unclear(&problems, source))
    };
    let whole = judge(&linkage.default)?;
    let named = whole.names().into_iter().map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    for (option, with) in options.iter_mut().zip(&linkage.each) {
        let Condition::And(parts) = judge(with)? else { continue };
        let adds = |part: &&Condition| !part.names().iter().any(|name| named.contains(*name));
        option.licence = parts.iter().filter(adds).cloned().collect();
    }
    let mut statements = vec![own.clone()];
    statements.extend(state(&linkage.all));
    Ok((whole, statements))
}

fn statement(one: &super::view::LinkedCrate, recipe: &Recipe) -> Statement {
    let over = recipe
        .licence
        .iter()
        .find(|over| over.krate == one.name && over.version.as_ref().is_none_or(|version| *version == one.version));
    Statement {
        krate: one.name.clone(),
        version: one.version.clone(),
        licence: over.map(|over| over.licence.clone()).or_else(|| one.licence.clone()).unwrap_or_default(),
        overridden: over.map(|over| over.reason.clone()),
    }
}

fn unclear(problems: &[licence::Problem], source: &Source) -> Diagnostic {
    let crates = if problems.len() == 1 { "a crate" } else { "crates" };
    let mut error = Diagnostic::input(format!("the licence of {crates} in the program is not clear"));
    for problem in problems {
        error = error.note(format!("{} {}: {}", problem.statement.krate, problem.statement.version, problem.why));
    }
    let first = &problems[0].statement.krate;
    error.help(format!(
        "find out which it is, and say so in `{}`:\n[[licence]]\ncrate = \"{first}\"\nlicence = \"SPDX-expression\"\nreason = \"how you know\"",
        source.path.display()
    ))
}

fn files(inputs: &Inputs<'_>, build: &recipe::Build) -> Result<Vec<Installed>> {
    let Inputs { recipe, source, view, scope, binaries, .. } = inputs;
    let dist = &view.krate.dist;
    let located = |error: Located| source.diagnostic(error);
    let mut installed: Vec<Installed> = Vec::new();
    for (index, file) in build.install.iter().enumerate() {
        let at = Pointer::new(&[&"build", &"install", &index]);
        installed.push(listed(file, &at, inputs).map_err(located)?);
    }
    for (index, config) in recipe.service.iter().flat_map(|service| &service.config).enumerate() {
        let at = Pointer::new(&[&"service", &"config", &index]);
        if let Some(template) = &config.template {
            let text = (view.beside)(template).map_err(|error| {
                located(Located::new(at.then("template"), format!("cannot read the template: {error:#}")).help("the path is relative to the recipe"))
            })?;
            samples::check(template, &text)
                .map_err(|why| located(Located::new(at.then("template"), format!("the template is not well formed: {why}"))))?;
            let name = template.rsplit('/').next().unwrap_or(template).to_owned();
            installed.push(Installed {
                from: FileSource::Own { name: name.clone(), text: samples::template(&text) },
                place: Place::Examples,
                path: name,
                option: None,
                kind: FileKind::Data,
            });
        } else if let Some(sample) = &config.sample {
            check_sample(sample, &at, &installed, inputs).map_err(located)?;
        }
    }
    if !build.only_listed_files {
        let names: Vec<&str> = binaries.iter().map(String::as_str).collect();
        let prefix = if view.krate.dir.is_empty() { String::new() } else { format!("{}/", view.krate.dir) };
        let paths = dist.files().iter().map(|file| file.path.as_str());
        let contents = |file: &str| dist.read_text(file).ok();
        let mut found = files::discover(paths.clone(), &names, build, contents);
        if !prefix.is_empty() {
            // A member's own documents count like those at the top of the workspace.
            let below = paths.filter_map(|path| path.strip_prefix(&prefix));
            for mut file in files::discover(below, &names, build, |file| dist.read_text(&format!("{prefix}{file}")).ok()) {
                if let FileSource::Distribution(path) = &mut file.from {
                    *path = format!("{prefix}{path}");
                }
                found.push(file);
            }
        }
        for file in found {
            let twice = installed.iter().any(|other| other.from == file.from || (other.place == file.place && other.path == file.path));
            if !twice {
                installed.push(file);
            }
        }
    }
    let _ = scope;
    installed.sort_by(|left, right| (left.place, &left.path).cmp(&(right.place, &right.path)));
    Ok(installed)
}

fn listed(file: &recipe::Install, at: &Pointer, inputs: &Inputs<'_>) -> Result<Installed, Located> {
    let dist = &inputs.view.krate.dist;
    if !dist.contains(&file.from) {
        let paths: Vec<&str> = dist.files().iter().map(|file| file.path.as_str()).collect();
        let error = Located::new(at.then("from"), format!("the distribution has no file `{}`", file.from));
        return Err(match did_you_mean(&file.from, paths.iter().copied()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        });
    }
    if let Some(option) = &file.option
        && !inputs.recipe.option.iter().any(|known| known.name == *option)
    {
        return Err(Located::new(at.then("option"), format!("there is no option `{option}` in this recipe")));
    }
    let to = Phrase::parse(&file.to, &at.then("to"), inputs.scope)?;
    let good = |path: &str| {
        path.len() > 1
            && path.starts_with('/')
            && !path.split('/').any(|part| part == "..")
            && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.+@".contains(&byte))
    };
    match to.as_place() {
        Some((place, rest)) if place.below_prefix(inputs.name).is_some() && good(rest) => {
            let kind = match place {
                Place::Man => FileKind::Man,
                Place::Bin | Place::Sbin | Place::Libexec => FileKind::Script,
                _ => FileKind::Data,
            };
            let path = rest.trim_start_matches('/').to_owned();
            Ok(Installed { from: FileSource::Distribution(file.from.clone()), place, path, option: file.option.clone(), kind })
        }
        _ => Err(Located::new(at.then("to"), format!("`{}` is not a file below the package's own places", file.to))
            .help("start with {examples}/, {doc}/, {man}/, {data}/, {bin}/ or {libexec}/; plain letters, digits and `-_.+@` only")),
    }
}

/// The file that a configuration is made from must be installed, and the server must be able to read it.
fn check_sample(sample: &str, at: &Pointer, installed: &[Installed], inputs: &Inputs<'_>) -> Result<(), Located> {
    let phrase = Phrase::parse(sample, &at.then("sample"), inputs.scope)?;
    let wanted = phrase.as_place().map(|(place, rest)| (place, rest.trim_start_matches('/')));
    let Some(file) = installed.iter().find(|file| wanted == Some((file.place, file.path.as_str()))) else {
        return Err(Located::new(at.then("sample"), format!("nothing installs `{sample}`"))
            .help(format!("[[build.install]]\nfrom = \"a file of the distribution\"\nto = \"{sample}\"")));
    };
    let FileSource::Distribution(path) = &file.from else { return Ok(()) };
    let text = inputs.view.krate.dist.read_text(path).map_err(|error| Located::new(at.then("sample"), format!("cannot read `{path}`: {error:#}")))?;
    samples::check(path, &text).map_err(|why| {
        Located::new(at.then("sample"), format!("the server could not read the sample `{path}` as it stands: {why}"))
            .note("a configuration made from it would keep the service from starting")
            .help("keep a sample of your own beside the recipe and name it with `template = \"…\"`; upstream's can go to {doc}")
    })
}

/// The program must be one that the package installs.
///
/// # Errors
/// It is not.
pub fn check_service(service: &Service, release: &Release) -> Result<(), Located> {
    let at = Pointer::new(&[&"service", &"command", &0]);
    let Some((place @ (Place::Bin | Place::Sbin), rest)) = service.program.as_place() else { return Ok(()) };
    let name = rest.trim_start_matches('/');
    if release.binaries.iter().any(|binary| binary.name == name && binary.place == place) {
        return Ok(());
    }
    let known: Vec<&str> = release.binaries.iter().map(|binary| binary.name.as_str()).collect();
    let error = Located::new(at, format!("the package installs no program `{name}`")).note(format!("binaries: {}", known.join(", ")));
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
