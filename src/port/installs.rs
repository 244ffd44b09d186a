//! What a package installs besides its binaries, and the samples that configuration is made from.
use anyhow::Result;

use super::release::Inputs;
use super::{FileKind, FileSource, Installed, Opt, Phrase, Place, files, samples};
use crate::diag::did_you_mean;
use crate::recipe::{self, Located, Pointer};

/// All files, sorted: those that the recipe lists, own samples, and what the distribution has.
///
/// # Errors
/// A [`Diagnostic`](crate::diag::Diagnostic) that points into the recipe.
pub(super) fn files(inputs: &Inputs<'_>, build: &recipe::Build) -> Result<Vec<Installed>> {
    let Inputs { recipe, source, view, binaries, .. } = inputs;
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
                located(
                    Located::new(at.then("template"), format!("cannot read the template: {error:#}"))
                        .help("the path is relative to the recipe"),
                )
            })?;
            samples::check(template, &text).map_err(|why| {
                located(Located::new(at.then("template"), format!("the template is not well formed: {why}")))
            })?;
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
            for mut file in
                files::discover(below, &names, build, |file| dist.read_text(&format!("{prefix}{file}")).ok())
            {
                if let FileSource::Distribution(path) = &mut file.from {
                    *path = format!("{prefix}{path}");
                }
                found.push(file);
            }
        }
        for file in found {
            let twice = installed
                .iter()
                .any(|other| other.from == file.from || (other.place == file.place && other.path == file.path));
            if !twice {
                installed.push(file);
            }
        }
    }
    installed.sort_by(|left, right| (left.place, &left.path).cmp(&(right.place, &right.path)));
    Ok(installed)
}

/// The lines of samples that the settings of options change.
pub(super) fn edits(inputs: &Inputs<'_>, installed: &[Installed], options: &mut [Opt]) -> Result<(), Located> {
    let Some(service) = &inputs.recipe.service else { return Ok(()) };
    for option in options.iter_mut() {
        let index = inputs.recipe.option.iter().position(|one| one.name == option.name).unwrap_or(0);
        for setting in &mut option.settings {
            let Some(nth) = service.config.iter().position(|config| config.id == setting.config) else { continue };
            let at = Pointer::new(&[&"service", &"config", &nth, &"sample"]);
            let wanted = match (&service.config[nth].sample, &service.config[nth].template) {
                (Some(sample), _) => Phrase::parse(sample, &at, inputs.scope)?,
                (None, Some(template)) => {
                    Phrase::at(Place::Examples, &format!("/{}", template.rsplit('/').next().unwrap_or(template)))
                }
                // Without a sample there is nothing to change; the README says what the configuration needs.
                (None, None) => continue,
            };
            let Some((place, rest)) = wanted.as_place() else { continue };
            let Some(file) =
                installed.iter().find(|file| file.place == place && file.path == rest.trim_start_matches('/'))
            else {
                continue;
            };
            let text = match &file.from {
                FileSource::Distribution(path) => inputs.view.krate.dist.read_text(path).unwrap_or_default(),
                FileSource::Own { text, .. } => text.literals(),
            };
            setting.edit = Some(samples::edit(&text, setting).map_err(|why| {
                Located::new(
                    Pointer::new(&[&"option", &index, &"settings"]),
                    format!("`{}` cannot be set: {why}", setting.key),
                )
                .help("give the sample one line with that key, commented out or not")
            })?);
        }
    }
    Ok(())
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
        Some((place, rest)) if place.below_prefix(&inputs.profile.paths, inputs.name).is_some() && good(rest) => {
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
    let text = inputs
        .view
        .krate
        .dist
        .read_text(path)
        .map_err(|error| Located::new(at.then("sample"), format!("cannot read `{path}`: {error:#}")))?;
    samples::check(path, &text).map_err(|why| {
        Located::new(at.then("sample"), format!("the server could not read the sample `{path}` as it stands: {why}"))
            .note("a configuration made from it would keep the service from starting")
            .help("keep a sample of your own beside the recipe and name it with `template = \"…\"`; upstream's can go to {doc}")
    })
}
