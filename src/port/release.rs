//! The release: what is fetched, built and installed.

use anyhow::Result;

use super::contexts::Contexts;
use super::licensing::Licensing;
use super::native::{self, Crates, Wishes};
use super::view::CrateView;
use super::{
    Binary, Choice, GitVendored, Link, Member, Native, Opt, Place, Release, RustNeed, Scope, Service, crate_notes,
    installs, licence, licensing, options, version,
};
use crate::diag::{Diagnostic, did_you_mean};
use crate::krate::{Krate, LockedSource};
use crate::profile::{Packaging, Profile};
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

/// The time that cargo gives to all files in crates: 2006-07-24 01:21:28 UTC (cargo's `ops/cargo_package.rs`).
const CRATES_TIME: u64 = 1_153_704_088;

/// When the lock was changed, as the release's archive says: for those of GitHub the time of the tagged commit.
fn lock_time(krate: &Krate) -> u64 {
    // Archives that are made to be reproducible often have 0 or 1.
    krate.dist.file("Cargo.lock").and_then(|lock| lock.modified).unwrap_or_default().max(CRATES_TIME)
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
        )
        .help("name the crate that has the server's `main`"));
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
pub(super) fn release(
    inputs: &Inputs<'_>,
    options: &mut [Opt],
    choices: &[Choice],
    remarks: &mut Vec<String>,
) -> Result<Release> {
    let Inputs { recipe, source, view, profile, name, .. } = inputs;
    let krate = view.krate;
    let located = |error: Located| source.diagnostic(error);
    refuse_other_registries(inputs)?;
    refuse_workspaces(inputs)?;
    refuse_references(inputs)?;
    let build = recipe.build.clone().unwrap_or_default();
    let base = options::base_features(recipe, &krate.features, krate.default_features()).map_err(located)?;
    let package_version = version::package_version(&krate.version, profile.packaging)
        .map_err(|message| located(Located::new(Pointer::new(&[&"upstream", &"version"]), message)))?;

    let contexts = Contexts::gather(inputs, &base, options, choices)?;
    let wishes = wishes(&build, profile).map_err(located)?;
    for (index, library) in build.system.iter().enumerate() {
        let at = Pointer::new(&[&"build", &"system", &index]);
        check_own_copy(library, &contexts.all.crates(), profile, &at).map_err(located)?;
    }
    let native = contexts.common(&wishes, profile);
    for (krate, links) in native::unexplained(&contexts.all.crates(), profile) {
        remarks.push(format!(
            "`{krate}` links the native library `{links}`, which the profile does not know: see whether the build needs it from the tree"
        ));
    }
    remarks.extend(known_broken(&contexts, profile));
    if let Some(one) = contexts.all.building.iter().find(|one| profile.asks_git.contains(&one.name)) {
        remarks.push(format!(
            "the build asks git for its version (crate {}): in a checkout of the tree it would tell the tree's; see what the server prints, and set the crate's variable in [build] environment",
            one.name
        ));
    }
    for (index, (option, context)) in options.iter_mut().zip(&contexts.each).enumerate() {
        let mut own = wishes.clone();
        for (nth, library) in recipe.option[index].system.iter().enumerate() {
            let at = Pointer::new(&[&"option", &index, &"system", &nth]);
            check_library(library, profile, &at).map_err(located)?;
            check_own_copy(library, &context.with.crates(), profile, &at).map_err(located)?;
            own.system.push(library);
        }
        option.native = context.more(&contexts.all, &wishes, &own, profile);
    }
    let (notes, of_options) = crate_notes::notes(&contexts, &view.crates, profile);
    for (option, notes) in options.iter_mut().zip(of_options) {
        option.notes = notes;
    }
    let files = installs::files(inputs, &build)?;
    installs::edits(inputs, &files, options).map_err(located)?;
    let Licensing { condition, fields, statements } = licensing::licences(inputs, &contexts, options)?;
    let buildable = krate.binaries.iter().filter(|binary| binary.required_features.is_empty());
    Ok(Release {
        version: krate.version.clone(),
        package_version,
        origin: view.origin.clone(),
        distfile: view.distfile.clone(),
        timestamp: view.timestamp.unwrap_or_else(|| lock_time(krate)),
        crates: view.crates.clone(),
        git: view.git.clone(),
        unaccepted: licence::unaccepted(&condition, &profile.licences),
        restricted: licence::restricted(&condition, &profile.licences),
        licence: condition,
        licence_fields: fields,
        statements,
        files,
        binaries: inputs.binaries.iter().map(|binary| place(binary, recipe, inputs.scope)).collect(),
        features: base.features,
        no_default_features: base.no_default,
        only_some_binaries: buildable.count() > inputs.binaries.len(),
        strips: strips(krate),
        workspace_member: (krate.virtual_workspace || !krate.dir.is_empty())
            .then(|| Member { name: krate.name.clone(), dir: krate.dir.clone() }),
        rust: rust(&build, krate, &contexts, profile).map_err(located)?,
        rustflags: krate.cargo_config_rustflags().iter().chain(&build.rustflags).cloned().collect(),
        rustflags_from: krate.cargo_config.path.clone().filter(|_| !krate.cargo_config_rustflags().is_empty()),
        environment: build.environment.clone(),
        native,
        drop_cargo_config: krate.has_source_replacement().then(|| krate.cargo_config.path.clone()).flatten(),
        links: inputs.links.to_vec(),
        notes,
        // pkgsrc tests on request only.
        has_tests: profile.packaging != Packaging::Pkgsrc && krate.has_tests(),
    })
    .inspect(|release| {
        if release.version.to_string() != release.package_version && !release.version.build.is_empty() {
            remarks
                .push(format!("{name} {}: the build metadata is not part of the package's version", release.version));
        }
    })
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

/// A crate whose feature says that it builds its own copy does not find it where that is taken away.
fn check_own_copy(library: &str, crates: &Crates<'_>, profile: &Profile, at: &Pointer) -> Result<(), Located> {
    let Some((krate, feature)) = native::insists(library, crates, profile) else { return Ok(()) };
    Err(Located::new(
        at.clone(),
        format!(
            "on {}, `{library}` cannot be the system's while the feature `{feature}` of the crate {krate} is on",
            profile.name
        ),
    )
    .note("the crate then builds its own copy, which the tree's cargo support takes away")
    .help(format!(
        "leave `{library}` out, which keeps the copy; or see to it that no feature of the server turns `{feature}` on"
    )))
}

/// Another registry has no place in a tree's list of crates.
fn refuse_other_registries(inputs: &Inputs<'_>) -> Result<()> {
    let elsewhere = inputs.view.krate.lock.packages.iter().find_map(|package| match &package.source {
        LockedSource::OtherRegistry(registry) => Some((package, registry)),
        _ => None,
    });
    let Some((package, registry)) = elsewhere else { return Ok(()) };
    Err(Diagnostic::input(format!("a ports tree cannot fetch the dependency {} {}", package.name, package.version))
        .note(format!("Cargo.lock takes it from the registry {registry:?}, which the tree's cargo support knows nothing of"))
        .help("replace it by a release of the default registry in Cargo.toml and Cargo.lock of your checkout, and use [upstream] path")
        .into())
}

/// Where crates from git are vendored one by one, each must stand for itself.
fn refuse_workspaces(inputs: &Inputs<'_>) -> Result<()> {
    if inputs.profile.packaging != Packaging::Pkgsrc {
        return Ok(());
    }
    let Some(one) = inputs.view.git.iter().find(|one| one.needs_workspace) else { return Ok(()) };
    Err(crate::krate::unfit_git(
        &one.name,
        &one.version,
        &one.url,
        "its manifest takes values from its workspace, which vendored crates have none of",
    )
    .into())
}

/// FreeBSD's cargo support fetches the archive of a tag, which is another file than that of its commit, and hands the
/// words of the lock to awk by way of a shell.
fn refuse_references(inputs: &Inputs<'_>) -> Result<()> {
    if inputs.profile.packaging != Packaging::Freebsd {
        return Ok(());
    }
    let odd = |value: &str| !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./+".contains(&byte));
    if let Some((one, value)) = inputs.view.git.iter().find_map(|one| {
        let (_, value) = one.reference.as_ref()?;
        odd(value).then_some((one, value))
    }) {
        return Err(Diagnostic::input(format!(
            "the git dependency {} {} is taken by a name that FreeBSD's cargo support hands to a shell: {value:?}",
            one.name, one.version
        ))
        .help(format!("in Cargo.toml of your checkout write `rev = \"{}\"` instead, and use [upstream] path", one.rev))
        .into());
    }
    let tagged = |one: &&GitVendored| one.reference.as_ref().is_some_and(|(kind, _)| *kind == "tag");
    let Some(one) = inputs.view.git.iter().find(tagged) else { return Ok(()) };
    Err(Diagnostic::input(format!(
        "the digests of the git dependency {} {} are not known for FreeBSD's ports",
        one.name, one.version
    ))
    .note("Cargo.lock takes it by its tag, and Mk/Uses/cargo.mk fetches the archive of the tag instead of the commit's")
    .help(format!(
        "in Cargo.toml of your checkout write `rev = \"{}\"` for `tag = …`, and use [upstream] path",
        one.rev
    ))
    .into())
}

/// Crates in the build that are known not to compile.
fn known_broken(contexts: &Contexts, profile: &Profile) -> Vec<String> {
    let linked = contexts.all.linked.iter().map(|one| (&one.name, &one.version));
    let building = contexts.all.building.iter().map(|one| (&one.name, &one.version));
    let mut found = Vec::new();
    for (name, version) in linked.chain(building) {
        let Ok(parsed) = version.parse::<semver::Version>() else { continue };
        let broken = profile.known_broken.iter().find(|known| known.krate == *name && known.versions.matches(&parsed));
        let remark = broken.map(|known| format!("{name} {version} is in the lock: {}", known.why));
        found.extend(remark.filter(|remark| !found.contains(remark)).into_iter().collect::<Vec<_>>());
    }
    found
}

/// Whether the release profile leaves symbols out. A manifest without such a profile gets one that does from the
/// ports tree that wants it so.
fn strips(krate: &Krate) -> bool {
    let Ok(manifest) = krate.dist.read_text("Cargo.toml") else { return false };
    let Ok(table) = manifest.parse::<toml::Table>() else { return false };
    let strip = table.get("profile").and_then(|all| all.get("release")).map(|release| release.get("strip").cloned());
    match strip {
        // FreeBSD's cargo.mk looks for this very text, and appends a profile when it is not there.
        None => true,
        Some(None) => !manifest.contains("[profile.release]"),
        Some(Some(value)) => value == toml::Value::Boolean(true) || value.as_str() == Some("symbols"),
    }
}

/// The least version of rustc: what the recipe says, else the highest that any crate in the build asks for, when that
/// is more than the tree's default.
fn rust(
    build: &recipe::Build,
    krate: &Krate,
    contexts: &Contexts,
    profile: &Profile,
) -> Result<Option<RustNeed>, Located> {
    if let Some(said) = &build.rust {
        let wrong = || {
            Located::new(
                Pointer::new(&[&"build", &"rust"]),
                format!("`{said}` is not a version of rustc, as `1.88` or `1.88.0`"),
            )
        };
        return Ok(Some(RustNeed { version: three(said).ok_or_else(wrong)?, because_of: None }));
    }
    let all = &contexts.all;
    let linked = all.linked.iter().map(|one| (one.name.as_str(), one.rust.as_deref()));
    let building = all.building.iter().map(|one| (one.name.as_str(), one.rust.as_deref()));
    let own = (krate.name.as_str(), krate.rust_version.as_deref());
    let asked = std::iter::once(own).chain(linked).chain(building);
    let known = asked.filter_map(|(name, version)| Some((three(version?)?, name)));
    // Of crates that ask for the same the server itself counts, then the first.
    let most = known.reduce(|most, one| if version::compare(&one.0, &most.0).is_gt() { one } else { most });
    Ok(most
        .filter(|(version, _)| version::compare(version, &profile.rust_default).is_gt())
        .map(|(version, name)| RustNeed { version, because_of: (name != krate.name).then(|| name.to_owned()) }))
}

/// `1.88` ⇒ `1.88.0`; nothing for what is no version.
fn three(version: &str) -> Option<String> {
    let parts: Vec<&str> = version.split('.').collect();
    let numbers = (2..=3).contains(&parts.len()) && parts.iter().all(|part| part.parse::<u32>().is_ok());
    numbers.then(|| if parts.len() == 2 { format!("{version}.0") } else { version.to_owned() })
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
