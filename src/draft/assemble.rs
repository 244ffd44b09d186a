//! A draft from all that was seen.
use super::arguments::{arguments, expand};
use super::cli_hints::hints;
use super::config_file;
use super::config_name::CONFIG_FILE;
use super::dockerfile::{Dockerfile, dockerfiles};
use super::document::{Draft, Section};
use super::guess::{Reason, Seen};
use super::launch::{Launch, from_dockerfiles, from_hints, from_units};
use super::material::Material;
use super::options::options;
use super::package::{build, built, name, package, upstream};
use super::programs::programs;
use super::samples::{Sample, samples};
use super::server::judge;
use super::service::{Parts, places, sections};
use super::systemd::{Unit, units};

/// Where the recipe takes the crate from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The registry.
    Registry,
    /// A directory.
    Path {
        /// Relative to the recipe.
        path: String,
        /// The member of a workspace.
        package: Option<String>,
    },
}

/// Drafts a recipe.
#[must_use]
pub fn draft(material: &Material<'_>, origin: &Origin) -> Draft {
    let krate = material.krate;
    let all: Vec<String> = krate.binaries.iter().map(|binary| binary.name.clone()).collect();
    let (units, dockerfiles) = (units(&material.whole()), dockerfiles(&material.whole()));
    let from_unit = from_units(&units, &all, &krate.name);
    let from_image = from_dockerfiles(&dockerfiles, &all);
    let verdict = judge(material, from_unit.as_ref().map(|(unit, _)| unit.file.as_str()), &dockerfiles);

    let main = from_unit.as_ref().map(|(_, launch)| launch).or(from_image.as_ref().map(|(_, launch)| launch));
    let main = main.map(|launch| launch.binary.clone()).or_else(|| main_binary(material));
    let programs_built = built(krate, main.as_deref().filter(|_| verdict.server));
    let main =
        main.filter(|main| programs_built.binaries.contains(main)).or_else(|| programs_built.binaries.first().cloned());
    let server = main.clone().filter(|_| verdict.server);

    let (package_name, _) = name(krate);
    let mut draft = Draft::default();
    draft.about.push(format!(
        "Drafted from {} {} by portwright init: look at every line with `guess` or `review`.",
        krate.name, krate.version
    ));
    draft.sections.push(upstream(krate, origin));
    draft.sections.push(package(material, origin, verdict.server));
    let mut build_section = build(krate, &programs_built);
    let options = options(material, &programs_built);
    for remark in &options.remarks {
        build_section.remark(remark.clone());
    }
    if server.is_none() {
        build_section.remark(Reason::new(format!("no [service]: {}", why_not(&verdict.reasons))));
    }
    draft.sections.push(build_section);

    if let Some(binary) = server {
        let reason = verdict.reasons.first().cloned().unwrap_or_else(|| Reason::new("it looks like a server"));
        let unit = from_unit.as_ref().map(|(unit, _)| *unit);
        let image = from_image.as_ref().map(|(file, _)| *file).or(dockerfiles.first()).filter(|_| unit.is_none());
        let launch = match (&from_unit, &from_image) {
            (Some((_, launch)), _) => launch.clone(),
            (None, Some((_, launch))) => completed(launch, material, &binary),
            (None, None) => hinted(material, &binary),
        };
        draft.sections.extend(service(material, &package_name, &launch, unit, image, reason));
    }
    let programs = programs(material, &programs_built.binaries);
    for (name, reason) in programs.known {
        let mut section = Section::because("[[program]]", reason);
        section.fact("name", name);
        draft.sections.push(section);
    }
    if let Some(last) = draft.sections.last_mut() {
        last.remarks.extend(programs.unclear);
    }
    draft.features = options.features;
    draft.sections.extend(options.sections);
    draft
}

/// The service and what is installed for it.
fn service(
    material: &Material<'_>,
    name: &str,
    launch: &Launch,
    unit: Option<&Unit>,
    image: Option<&Dockerfile>,
    reason: Reason,
) -> Vec<Section> {
    let binaries: Vec<String> = material.krate.binaries.iter().map(|binary| binary.name.clone()).collect();
    let places = places(name, &launch.binary, &binaries, unit, image);
    let known = unit.iter().flat_map(|unit| &unit.environment).map(|one| (one.value.0.as_str(), one.value.1.as_str()));
    let arguments = arguments(&expand(&launch.arguments, &known.collect::<Vec<_>>()), &places);
    let mut config = config_file::find(&arguments, &launch.reason, unit, image);
    // The sources are asked last: what runs elsewhere is known to work.
    let mut variable = None;
    let mut option = None;
    if config.is_none() {
        let hints = hints(material, &launch.binary);
        variable = hints.variable;
        config = variable.as_ref().map(|(variable, seen)| config_file::in_variable(variable, seen));
        option = hints.config.filter(|_| config.is_none());
    }
    let wanted = config.as_ref().map(|config| config.found.as_str()).filter(|path| *path != CONFIG_FILE);
    let samples = samples(&material.files(), &names(name, &launch.binary), wanted);
    let sample = samples.first();
    let mut out: Vec<Section> = sample.map(|sample| install(sample, config.is_some())).into_iter().collect();
    let parts =
        Parts { name, launch, arguments, config, variable, places: &places, unit, dockerfile: image, sample, reason };
    let mut of_service = sections(&parts);
    if let (Some(option), Some(service)) = (option, of_service.first_mut()) {
        let words = format!("{} {{config.main}}", option.option);
        let why = format!(
            "to give it a configuration file, write `{}` into the command and add a [[service.config]]",
            words.trim()
        );
        service.remark(Reason::seen(why, option.seen));
    }
    out.extend(of_service);
    out
}

/// The program that is most likely the server.
fn main_binary(material: &Material<'_>) -> Option<String> {
    let krate = material.krate;
    let names: Vec<&str> = krate.binaries.iter().map(|binary| binary.name.as_str()).collect();
    let known = |wanted: &str| names.iter().find(|name| **name == wanted).copied();
    let serving = || {
        names
            .iter()
            .find(|name| {
                name.ends_with("server")
                    || name.ends_with("-daemon")
                    || name.ends_with('d') && names.contains(&name.trim_end_matches('d'))
            })
            .copied()
    };
    krate
        .default_run
        .as_deref()
        .and_then(known)
        .or_else(|| known(&krate.name))
        .or_else(serving)
        .or(names.first().copied())
        .map(ToOwned::to_owned)
}

fn names(package: &str, binary: &str) -> Vec<String> {
    let mut names = vec![package.to_owned(), binary.to_owned(), package.replace('-', "_")];
    names.dedup();
    names
}

/// What an image starts without arguments is often told the rest by its environment; the sources may know more.
fn completed(launch: &Launch, material: &Material<'_>, binary: &str) -> Launch {
    if !launch.arguments.is_empty() || launch.binary != binary {
        return launch.clone();
    }
    let hinted = hinted(material, binary);
    if hinted.arguments.is_empty() { launch.clone() } else { hinted }
}

fn hinted(material: &Material<'_>, binary: &str) -> Launch {
    let readme = material.krate.readme.as_deref();
    let text = readme.and_then(|path| material.files().text(path));
    from_hints(binary, readme.zip(text.as_deref()), &hints(material, binary))
}

/// `[[build.install]]` for a sample.
fn install(sample: &Sample, used: bool) -> Section {
    let mut section =
        Section::because("[[build.install]]", Reason::seen("a sample configuration", Seen::file(&sample.path)));
    section.fact("from", sample.path.clone());
    if sample.broken.is_some() {
        section.guess("to", format!("{{doc}}/{}", sample.name), Reason::new("to be read, not to be used as it stands"));
    } else {
        section.fact("to", format!("{{examples}}/{}", sample.name));
        if !used {
            section.remark(Reason::new("how the server finds its configuration is not known: with an argument for it, add a [[service.config]]"));
        }
    }
    section
}

fn why_not(reasons: &[Reason]) -> String {
    match reasons.first() {
        None => "nothing says that it is a server".to_owned(),
        Some(reason) => format!("only one thing speaks for a server: {reason}"),
    }
}
