//! Finding a profile, following `extends`, and merging.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Deserialize;
use toml::{Table, Value};

use super::builtin::HOSTS;
use super::{BUILTIN, Profile};
use crate::diag::{Diagnostic, Snippet, did_you_mean};

/// The built-in profiles and the user's own, by name.
pub struct Profiles {
    texts: BTreeMap<String, (PathBuf, String)>,
}

impl Profiles {
    /// The built-in ones, and those in `files`, which may extend or replace a built-in one.
    ///
    /// # Errors
    /// A file cannot be read, is not TOML, or names no profile.
    pub fn new(files: &[PathBuf]) -> Result<Self> {
        let mut texts: BTreeMap<_, _> =
            BUILTIN.iter().map(|(name, text)| ((*name).to_owned(), (builtin_path(name), (*text).to_owned()))).collect();
        for file in files {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Diagnostic::input(format!("cannot read the profile `{}`: {error}", file.display())))?;
            let table = parse(file, &text)?;
            let Some(name) = table.get("name").and_then(Value::as_str) else {
                return Err(Diagnostic::input(format!("the profile `{}` has no `name`", file.display()))
                    .help("a name of its own makes a new profile; the name of a built-in one replaces that")
                    .into());
            };
            // `name = "netbsd"` with `extends = "netbsd"` refines the built-in one under its own name.
            if table.get("extends").and_then(Value::as_str) == Some(name)
                && let Some(base) = texts.remove(name)
            {
                texts.insert(format!("{name} (built in)"), base);
            }
            texts.insert(name.to_owned(), (file.clone(), text));
        }
        Ok(Self { texts })
    }

    /// Names of the profiles that can be generated for, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts
            .iter()
            .filter(|(_, (path, text))| parse(path, text).is_ok_and(|table| table.contains_key("os")))
            .map(|(name, _)| name.as_str())
    }

    /// The profile called `name`.
    ///
    /// # Errors
    /// There is none, or it or one that it extends is not well formed.
    pub fn get(&self, name: &str) -> Result<Profile> {
        let table = self.merged(name, &mut Vec::new())?;
        let (path, text) = &self.texts[name];
        let profile = Profile::deserialize(Value::Table(with_host(table)?)).map_err(|error| {
            Diagnostic::input(format!("the profile `{name}` is not complete: {}", error.message()))
                .at(Snippet { path: path.clone(), text: text.clone(), span: 0..0, label: String::new() })
                .help("portwright profile show netbsd prints a complete one with comments")
        })?;
        Ok(named(profile))
    }

    /// The texts of the profile called `name` and of those it extends, bases first.
    ///
    /// # Errors
    /// As [`Profiles::get`].
    pub fn texts(&self, name: &str) -> Result<Vec<&str>> {
        let mut names = Vec::new();
        self.merged(name, &mut names)?;
        Ok(names.iter().rev().filter_map(|name| self.texts.get(name)).map(|(_, text)| text.as_str()).collect())
    }

    fn merged(&self, name: &str, seen: &mut Vec<String>) -> Result<Table> {
        let Some((path, text)) = self.texts.get(name) else {
            let mut error = Diagnostic::input(format!("there is no profile `{name}`"))
                .note(format!("profiles: {}", self.names().collect::<Vec<_>>().join(", ")));
            if let Some(near) = did_you_mean(name, self.names()) {
                error = error.help(format!("did you mean `{near}`?"));
            }
            return Err(error.into());
        };
        if seen.iter().any(|before| before == name) {
            return Err(Diagnostic::input(format!(
                "the profile `{name}` extends itself by way of {}",
                seen.join(", ")
            ))
            .into());
        }
        seen.push(name.to_owned());
        let table = parse(path, text)?;
        let Some(base) = table.get("extends").and_then(Value::as_str) else { return Ok(table) };
        let refined = format!("{base} (built in)");
        let base = if base == name && self.texts.contains_key(&refined) { refined.as_str() } else { base };
        let mut merged = self.merged(base, seen)?;
        merge(&mut merged, table);
        Ok(merged)
    }
}

/// The facts of the OS's hosts below what the profile itself says of them.
fn with_host(mut table: Table) -> Result<Table> {
    let os = table.get("os").and_then(Value::as_str).unwrap_or_default();
    if let Some((name, text)) = HOSTS.iter().find(|(name, _)| *name == os) {
        let mut whole = Table::new();
        whole.insert("host".to_owned(), Value::Table(parse(&builtin_path(&format!("host/{name}")), text)?));
        merge(&mut whole, table);
        table = whole;
    }
    Ok(table)
}

fn builtin_path(name: &str) -> PathBuf {
    PathBuf::from(format!("profiles/{name}.toml"))
}

fn parse(path: &Path, text: &str) -> Result<Table> {
    text.parse::<Table>().map_err(|error| {
        Diagnostic::input(error.message().to_owned())
            .at(Snippet {
                path: path.to_owned(),
                text: text.to_owned(),
                span: error.span().unwrap_or(0..0),
                label: String::new(),
            })
            .into()
    })
}

/// Licences that the tree has no name of its own for are called by their SPDX identifiers.
fn named(mut profile: Profile) -> Profile {
    for (identifier, licence) in &mut profile.licences {
        if licence.name.is_empty() {
            licence.name.clone_from(identifier);
        }
    }
    profile
}

/// Tables are merged key by key; everything else is replaced.
fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// The profile called `name`, among the built-in ones.
///
/// # Errors
/// As [`Profiles::get`].
pub fn load(name: &str) -> Result<Profile> {
    Profiles::new(&[])?.get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_profile_is_complete() {
        let profiles = Profiles::new(&[]).unwrap();
        let names: Vec<_> = profiles.names().map(ToOwned::to_owned).collect();
        assert_eq!(names, ["freebsd", "illumos", "linux-pkgsrc", "netbsd", "openbsd"]);
        for name in names {
            let profile = profiles.get(&name).unwrap();
            assert_eq!(profile.name, name);
        }
    }

    #[test]
    fn a_file_refines_a_builtin_profile() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mine.toml");
        std::fs::write(&file, "name = \"netbsd\"\nextends = \"netbsd\"\n[paths]\nprefix = \"/opt/pkg\"\n").unwrap();
        let profile = Profiles::new(&[file]).unwrap().get("netbsd").unwrap();
        assert_eq!(profile.paths.prefix, "/opt/pkg");
        assert_eq!(profile.paths.var, "/var");
    }

    #[test]
    fn a_circle_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let (a, b) = (dir.path().join("a.toml"), dir.path().join("b.toml"));
        std::fs::write(&a, "name = \"a\"\nextends = \"b\"\n").unwrap();
        std::fs::write(&b, "name = \"b\"\nextends = \"a\"\n").unwrap();
        let error = Profiles::new(&[a, b]).unwrap().get("a").unwrap_err();
        assert!(error.to_string().contains("extends itself"), "{error}");
    }
}
