//! The configuration file of the service.
use super::arguments::{Arguments, carries};
use super::dockerfile::Dockerfile;
use super::document::Section;
use super::guess::{Reason, Seen};
use super::places::Places;
use super::samples::Sample;
use super::systemd::Unit;
use super::{CONFIG_FILE, is_config_name};

/// A configuration file that the command or a variable names.
#[derive(Clone, Debug)]
pub(super) struct ConfigFile {
    /// As it was found.
    pub(super) found: String,
    reason: Reason,
}

/// The configuration file that arguments name, else one that a variable such as `SRV_CONFIG` names.
pub(super) fn find(
    arguments: &Arguments,
    launch: &Reason,
    unit: Option<&Unit>,
    image: Option<&Dockerfile>,
) -> Option<ConfigFile> {
    if let Some(found) = arguments.config.clone() {
        let why = if found == CONFIG_FILE {
            "a file in the package's own directory".to_owned()
        } else {
            format!("the command names {}", found.chars().take(120).collect::<String>())
        };
        return Some(ConfigFile { found, reason: Reason { why, seen: launch.seen.clone() } });
    }
    let of_unit = unit.iter().flat_map(|unit| unit.environment.iter().map(|one| (&unit.file, one)));
    let of_image = image.iter().flat_map(|image| image.environment.iter().map(|one| (&image.file, one)));
    of_unit.chain(of_image).find_map(|(file, one)| {
        let (name, value) = &one.value;
        let is_config = name.to_ascii_uppercase().contains("CONF")
            && value.starts_with('/')
            && value.rsplit('/').next().is_some_and(is_config_name);
        is_config.then(|| ConfigFile {
            found: value.clone(),
            reason: Reason::seen(format!("{name} names {value}"), Seen::at(file, one.line)),
        })
    })
}

/// The configuration file that the sources read from a variable's path.
pub(super) fn in_variable(name: &str, seen: &Seen) -> ConfigFile {
    let reason = Reason::seen(format!("the sources read its path from {name}"), seen.clone());
    ConfigFile { found: CONFIG_FILE.to_owned(), reason }
}

/// `[[service.config]]`.
pub(super) fn section(config: &ConfigFile, sample: Option<&Sample>, places: &Places, name: &str) -> Section {
    let mut section = Section::new("[[service.config]]");
    section.fact("id", "main");
    match sample {
        Some(sample) if sample.broken.is_none() => {
            section.guess("sample", format!("{{examples}}/{}", sample.name), sample.reason.clone());
        }
        Some(sample) => {
            let why = format!(
                "no sample: the server could not read {} as it stands ({}); keep one of your own beside the recipe: template = \"FILE\"",
                sample.path,
                sample.broken.as_deref().unwrap_or_default()
            );
            section.remark(Reason::new(why));
        }
        None => section.remark(Reason::new(
            "no sample in the distribution: keep one of your own beside the recipe: template = \"FILE\"",
        )),
    }
    section.guess("path", path(config, sample, places, name), config.reason.clone());
    if sample.is_none_or(|sample| sample.broken.is_some()) {
        section.guess("mode", "0640", Reason::new("what it will hold is not known: nobody but the service reads it"));
    } else if let Some((sample, (line, word))) = sample.and_then(|sample| Some((sample, sample.secret.as_ref()?))) {
        section.guess(
            "mode",
            "0640",
            Reason::seen(format!("it can hold secrets: `{word}`"), Seen::at(&sample.path, *line)),
        );
    }
    section
}

/// Where the package has it: as upstream's, below the package's own directory.
fn path(config: &ConfigFile, sample: Option<&Sample>, places: &Places, name: &str) -> String {
    let good = |path: &String| carries(path).is_ok();
    if let Some(place) = places.place(&config.found).filter(|place| place.starts_with("{sysconf}/") && good(place)) {
        return place;
    }
    let found = config.found.rsplit('/').next().filter(|file| is_config_name(file)).map(ToOwned::to_owned);
    let sample = || sample.map(|sample| sample.name.clone());
    let file = found.filter(good).or_else(|| sample().filter(good)).unwrap_or_else(|| format!("{name}.toml"));
    format!("{{sysconf}}/{file}")
}
