//! Reading recipes, with errors that point at the place.
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Deserialize;

use super::{Recipe, Source};
use crate::diag::{Diagnostic, did_you_mean};

/// Where `Cargo.toml` holds a recipe.
const IN_CARGO_TOML: [&str; 3] = ["package", "metadata", "portwright"];

/// Reads the recipe in `path`: a recipe file, a `Cargo.toml`, or a directory with one of them.
///
/// # Errors
/// [`Diagnostic`]: the file cannot be read, is not TOML, or is not a recipe.
pub fn load(path: &Path) -> Result<(Recipe, Source)> {
    let file = find(path)?;
    let text = std::fs::read_to_string(&file).map_err(|error| {
        Diagnostic::input(format!("cannot read the recipe `{}`: {error}", file.display()))
            .help("portwright init CRATE drafts one")
    })?;
    let in_cargo_toml = file.file_name().is_some_and(|name| name == "Cargo.toml");
    let root = if in_cargo_toml { IN_CARGO_TOML.to_vec() } else { Vec::new() };
    parse(Source { path: file, text, root })
}

/// Reads several recipes; the first error ends it.
///
/// # Errors
/// As [`load`].
pub fn load_all(paths: &[PathBuf]) -> Result<Vec<(Recipe, Source)>> {
    paths.iter().map(|path| load(path)).collect()
}

fn find(path: &Path) -> Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    ["portwright.toml", "Cargo.toml"].iter().map(|name| path.join(name)).find(|file| file.is_file()).ok_or_else(|| {
        Diagnostic::input(format!("no portwright.toml and no Cargo.toml in `{}`", path.display()))
            .help(format!("portwright init {} drafts a recipe", path.display()))
            .into()
    })
}

/// Parses the recipe in a text.
///
/// # Errors
/// [`Diagnostic`] with the place.
pub fn parse(source: Source) -> Result<(Recipe, Source)> {
    let recipe =
        if source.root.is_empty() {
            toml::from_str::<Recipe>(&source.text)
        } else {
            toml::from_str::<CargoToml>(&source.text).and_then(|outer| {
                outer.package.and_then(|package| package.metadata).and_then(|metadata| metadata.portwright).ok_or_else(
                    || serde::de::Error::custom("there is no [package.metadata.portwright] in this Cargo.toml"),
                )
            })
        };
    match recipe {
        Ok(recipe) => Ok((recipe, source)),
        Err(error) => Err(explain(&source, &error).into()),
    }
}

// The rest of a Cargo.toml is cargo's business; these three let the recipe's own spans survive.
#[derive(Deserialize)]
struct CargoToml {
    package: Option<CargoPackage>,
}

#[derive(Deserialize)]
struct CargoPackage {
    metadata: Option<CargoMetadata>,
}

#[derive(Deserialize)]
struct CargoMetadata {
    portwright: Option<Recipe>,
}

fn explain(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let message = error.message();
    let first = message.lines().next().unwrap_or(message);
    let mut diagnostic = Diagnostic::input(first.to_owned());
    let span = error.span().unwrap_or(0..0);
    if let Some((word, allowed)) = unknown(message) {
        diagnostic.message = match first.split_once(", expected") {
            Some((head, _)) => head.to_owned(),
            None => first.to_owned(),
        };
        if let Some(near) = did_you_mean(&word, allowed.iter().map(String::as_str)) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        if allowed.is_empty() {
            diagnostic = diagnostic.note("nothing is allowed here");
        } else {
            diagnostic = diagnostic.note(format!("allowed here: {}", allowed.join(", ")));
        }
    }
    if diagnostic.help.is_empty() {
        if diagnostic.message.starts_with("missing field") {
            diagnostic = diagnostic.help("add it below this line");
        } else if let Some((found, wanted)) = diagnostic.message.clone().split_once(", expected ") {
            diagnostic.message = found.to_owned();
            diagnostic = diagnostic.help(format!("write {} here", plain_type(wanted)));
        } else if diagnostic.message.contains("[package.metadata.portwright]") {
            diagnostic = diagnostic.help("write a recipe there, or give a portwright.toml");
        }
    }
    diagnostic.at(source.snippet(span, ""))
}

/// serde's names of types in a person's words.
fn plain_type(wanted: &str) -> &str {
    match wanted {
        "u32" | "u64" => "a whole number",
        "a sequence" => "a list",
        "a map" => "a table",
        "a boolean" => "`true` or `false`",
        other => other,
    }
}

/// The unknown word and the allowed ones in a message of serde.
fn unknown(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field ").or_else(|| message.strip_prefix("unknown variant "))?;
    let (word, rest) = rest.split_once(", ")?;
    let allowed = rest.split('`').skip(1).step_by(2).filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect();
    Some((word.trim_matches('`').to_owned(), allowed))
}
