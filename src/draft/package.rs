//! `[upstream]`, `[package]` and `[build]` of a draft.
use std::collections::BTreeSet;

use super::assemble::Origin;
use super::document::Section;
use super::features::closure;
use super::guess::{Reason, Seen};
use super::licence_text::{is_licence_file, recognise};
use super::material::Material;
use crate::krate::{Binary, Krate, description_paragraph, readme_first_paragraph};
use crate::port::{check_package, comment, paragraphs};

/// `[upstream]`.
pub(super) fn upstream(krate: &Krate, origin: &Origin) -> Section {
    let mut section = Section::new("[upstream]");
    match origin {
        Origin::Registry => {
            section.fact("crate", krate.name.clone());
            section.fact("version", krate.version.to_string());
        }
        Origin::Path { path, package } => {
            section.fact("path", path.clone());
            if let Some(package) = package {
                section.fact("package", package.clone());
            }
        }
    }
    section
}

/// `[package]`: only what is not the same without it.
pub(super) fn package(material: &Material<'_>, origin: &Origin, server: bool) -> Section {
    let krate = material.krate;
    let mut section = Section::new("[package]");
    let (name, reason) = name(krate);
    match reason {
        Some(reason) => section.guess("name", name.clone(), reason),
        None if matches!(origin, Origin::Path { package: None, .. }) => section.fact("name", name.clone()),
        None => {}
    }
    let said = krate.description.as_deref().map(|said| comment(said, &name));
    match said {
        Some((text, true)) if !text.is_empty() => {}
        said => {
            let (text, why) = match said.map(|(text, _)| settled(&text, &name)).filter(|text| !text.is_empty()) {
                Some(text) => (text, "shortened from the crate's description"),
                None if server => (
                    format!("{} server", capital(&name)),
                    "the crate does not describe itself: say in a line what it is",
                ),
                None => (
                    format!("{} program", capital(&name)),
                    "the crate does not describe itself: say in a line what it is",
                ),
            };
            section.guess("comment", text, Reason::seen(why, Seen::file(&krate.manifest_path)));
        }
    }
    if let Some(text) = description(krate) {
        section.guess(
            "description",
            text,
            Reason::new("the readme's first paragraph has words too long for a line; this is without them"),
        );
    }
    if krate.license.is_none()
        && let Some((expression, path)) = own_licence(material)
    {
        section.guess(
            "licence",
            expression,
            Reason::seen("the crate names no licence; the file reads like it", Seen::file(path)),
        );
    }
    section.remark(Reason::new("say who looks after the package: maintainer = \"you@example.org\""));
    section
}

/// The package's name, with a reason when it cannot be the crate's.
pub(super) fn name(krate: &Krate) -> (String, Option<Reason>) {
    let lower = krate.name.to_ascii_lowercase().replace('_', "-");
    if check_package(&lower).is_ok() {
        return (lower, None);
    }
    let mut good = String::new();
    for part in lower.split('-').filter(|part| !part.is_empty()) {
        // What follows a hyphen and starts with a digit would be the version.
        if !good.is_empty() && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            good.push('-');
        }
        good.push_str(part);
    }
    let mut good = good.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).chars().take(60).collect::<String>();
    if good.is_empty() {
        "server".clone_into(&mut good);
    }
    let reason = Reason::new(format!("`{}` cannot be a package's name", krate.name));
    (good, Some(reason))
}

/// A comment that a porter's rules leave as it is.
fn settled(text: &str, name: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..8 {
        let (next, _) = comment(&text, name);
        if next == text {
            return text;
        }
        text = next;
    }
    String::new()
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A description of its own, when the one that would be taken does not fit.
fn description(krate: &Krate) -> Option<String> {
    let text = readme_first_paragraph(krate).or_else(|| description_paragraph(krate))?;
    if paragraphs(&text, 24).iter().all(|line| line.chars().count() <= 80) {
        return None;
    }
    let short: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() <= 70).collect();
    Some(short.join(" ").trim_end_matches([':', ',', ' ']).to_owned())
}

fn own_licence(material: &Material<'_>) -> Option<(String, String)> {
    let files = material.files();
    let told = material.krate.license_file.as_deref().into_iter();
    let paths = told.chain(files.paths().filter(|path| is_licence_file(path)));
    paths.into_iter().find_map(|path| Some((recognise(&files.text(path)?)?, path.to_owned())))
}

/// What is built.
#[derive(Clone, Debug, Default)]
pub(super) struct Built {
    /// The programs to install, sorted.
    pub(super) binaries: Vec<String>,
    /// Features without which they are not built.
    pub(super) needed: BTreeSet<String>,
}

/// Which programs are built: all that need no feature that is off, and the main one whatever it needs.
pub(super) fn built(krate: &Krate, main: Option<&str>) -> Built {
    let main = main.or(krate.default_run.as_deref());
    let on = closure(krate, krate.default_features().iter().map(String::as_str));
    let wanted = |binary: &&Binary| {
        binary.required_features.iter().all(|feature| on.contains(feature.as_str()))
            || Some(binary.name.as_str()) == main
    };
    let mut chosen: Vec<&Binary> = krate.binaries.iter().filter(wanted).collect();
    if chosen.is_empty() {
        chosen = krate.binaries.iter().collect();
    }
    Built {
        binaries: chosen.iter().map(|binary| binary.name.clone()).collect(),
        needed: chosen.iter().flat_map(|binary| binary.required_features.iter().cloned()).collect(),
    }
}

/// `[build]`.
pub(super) fn build(krate: &Krate, built: &Built) -> Section {
    let mut section = Section::new("[build]");
    let left: Vec<&str> = krate
        .binaries
        .iter()
        .map(|binary| binary.name.as_str())
        .filter(|name| !built.binaries.iter().any(|one| one == name))
        .collect();
    match (built.binaries.len(), left.is_empty()) {
        (..=1, true) => section.fact("bins", built.binaries.clone()),
        (_, true) => section.guess(
            "bins",
            built.binaries.clone(),
            Reason::new("all of the crate's programs; leave out what only its developers use"),
        ),
        (_, false) => {
            let why = format!("without {}, which need features that are off", left.join(", "));
            section.guess("bins", built.binaries.clone(), Reason::new(why));
        }
    }
    let on = closure(krate, krate.default_features().iter().map(String::as_str));
    let features: Vec<String> = built.needed.iter().filter(|feature| !on.contains(feature.as_str())).cloned().collect();
    if !features.is_empty() {
        section.guess(
            "features",
            features,
            Reason::seen("the programs are not built without", Seen::file(&krate.manifest_path)),
        );
    }
    section
}
