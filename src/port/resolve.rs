//! Recipe × crate × profile ⇒ Port.
use std::sync::Arc;

use anyhow::Result;

use super::view::CrateView;
use super::{About, Port, Scope, Service, about, flavours, forced, identifier, options, programs, release, service};
use crate::krate::Krate;
use crate::profile::{Manager, Packaging, Profile};
use crate::recipe::{Located, Pointer, Recipe, Source};

/// Resolves one recipe for one OS. Without the crate there is no release to build, and what a package would be is not
/// decided: enough for looking at what is installed.
///
/// # Errors
/// A [`Diagnostic`](crate::diag::Diagnostic) that points into the recipe.
pub fn resolve(recipe: &Recipe, source: &Source, view: Option<&CrateView<'_>>, profile: &Arc<Profile>) -> Result<Port> {
    let located = |error: Located| source.diagnostic(error);
    let krate = view.map(|view| view.krate);
    let mut remarks = Vec::new();
    for os in recipe.os.keys() {
        options::check_os(os, &Pointer::new(&[&"os", os])).map_err(located)?;
    }
    check_purpose(recipe).map_err(located)?;
    let name = about::name(recipe, krate).map_err(located)?;
    let about = about::about(recipe, krate, profile, &name, &mut remarks).map_err(located)?;
    let programs = programs::resolve(&recipe.program, &recipe.option, profile).map_err(located)?;
    let links = programs::links(&programs);
    let defaults = krate.map(Krate::default_features).unwrap_or_default();
    let (mut options, choices) = options::resolve(recipe, profile, &name, defaults).map_err(located)?;
    let flavours = match view {
        Some(_) => flavours::resolve(&options, &choices, profile, &mut remarks).map_err(located)?,
        None => flavours::Flavours::default(),
    };
    remarks.extend(programs::cautions(&programs, profile));

    let binaries = match krate {
        Some(krate) => release::binaries(recipe, krate).map_err(located)?,
        // Without the crate at hand: what is installed, the program that the service starts among it.
        None if recipe.builds() => started(recipe).into_iter().map(ToOwned::to_owned).collect(),
        None => Vec::new(),
    };
    let scope = scope(recipe, &binaries);
    let release = match view {
        Some(view) => {
            let inputs = release::Inputs {
                recipe,
                source,
                view,
                profile,
                name: &name,
                scope: &scope,
                binaries: &binaries,
                links: &links,
            };
            Some(release::release(&inputs, &mut options, &choices, &mut remarks)?)
        }
        None => None,
    };
    let os = recipe.os.get(&profile.os);
    let service = match &recipe.service {
        Some(wanted) => {
            let around = service::Surroundings {
                profile,
                os,
                name: &name,
                comment: &about.comment,
                scope: &scope,
                links: &links,
                packaged: recipe.builds(),
                options: &options,
            };
            let service = service::resolve(wanted, &around).map_err(located)?;
            if ["INT", "QUIT"].contains(&service.stop_signal.as_str()) && profile.service.manager == Manager::RcD {
                remarks.push(format!(
                    "`stop` sends {0}, which a server in the background ignores unless it has a handler of its own: it must have one, or it never stops",
                    service.stop_signal
                ));
            }
            if let Some(release) = &release {
                release::check_service(&service, release).map_err(located)?;
            }
            if profile.packaging == Packaging::Openbsd && view.is_some() && service.ids.0.is_none() {
                remarks.push(unregistered(&service, &about, &name));
            }
            Some(service)
        }
        None => None,
    };
    let mut port = Port {
        ident: identifier(&name),
        name,
        profile: Arc::clone(profile),
        about,
        release,
        service,
        programs,
        options,
        choices,
        flavours,
        broken: os.and_then(|os| os.broken.clone()),
        additions: match profile.packaging {
            Packaging::Pkgsrc => &recipe.additions.pkgsrc,
            Packaging::Openbsd => &recipe.additions.openbsd,
            Packaging::Freebsd => &recipe.additions.freebsd,
        }
        .clone(),
        remarks,
    };
    // OpenBSD's ports have no options of this kind, and one package of pkgsrc is for systems where others work.
    if profile.packaging == Packaging::Freebsd {
        forced::fold(&mut port);
    }
    Ok(port)
}

/// OpenBSD's `pkg_create(1)` takes no account that infrastructure/db/user.list has not.
fn unregistered(service: &Service, about: &About, name: &str) -> String {
    let category = about.categories.first().map_or("category", String::as_str);
    format!(
        "on OpenBSD accounts have registered numbers: PLIST has NNN for one. Take a free number of infrastructure/db/user.list, \
         add the line `NNN {}\t{}\t{category}/{name}` there, and say [os.openbsd] user-id = NNN",
        service.user, service.group
    )
}

/// A recipe that neither builds nor runs anything is a slip.
fn check_purpose(recipe: &Recipe) -> Result<(), Located> {
    let upstream = &recipe.upstream;
    let sources = [("crate", &upstream.krate), ("path", &upstream.path), ("github", &upstream.github)];
    let named: Vec<_> = sources.into_iter().filter(|(_, value)| value.is_some()).collect();
    if let [_, (second, _), ..] = named.as_slice() {
        return Err(Located::new(
            Pointer::new(&[&"upstream", second]),
            "`crate`, `path` and `github` exclude each other",
        )
        .help("keep the one that the package is to be made from"));
    }
    if recipe.builds() && named.is_empty() {
        return Err(Located::new(Pointer::new(&[&"upstream"]), "nothing says where the source comes from")
            .help("[upstream] crate = \"server\" (or `path`, or `github`)"));
    }
    if !recipe.builds() && recipe.service.is_none() {
        return Err(Located::new(Pointer::default(), "the recipe neither builds nor runs anything")
            .help("add [build] to package the crate, [service] to run a server"));
    }
    Ok(())
}

/// The binary that the service starts.
fn started(recipe: &Recipe) -> Option<&str> {
    recipe.service.as_ref()?.command.first()?.strip_prefix("{bin}/")
}

fn scope<'a>(recipe: &'a Recipe, binaries: &'a [String]) -> Scope<'a> {
    let Some(service) = &recipe.service else { return Scope::default() };
    let configs = service.config.iter().map(|config| config.id.as_str()).collect();
    // What the system runs is in sbin; a service-only recipe takes programs where their package puts them.
    let started = started(recipe);
    let daemons = binaries.iter().map(String::as_str).filter(|name| Some(*name) == started).collect();
    Scope { configs, daemons }
}
