//! Workspaces: where the top is, which packages there are, and which one is meant.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_toml::{Dependency, Manifest};

use super::distribution::{Distribution, unreadable};
use super::manifest::{binaries, join, load, parse};
use super::names::printable;
use crate::diag::{Diagnostic, did_you_mean};

/// How a package of a workspace is named.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which<'a> {
    /// By its name.
    Named(&'a str),
    /// By its directory, relative to the top.
    In(&'a str),
    /// The only one that makes sense.
    Obvious,
}

/// The package that was chosen.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Its directory, relative to the top of the distribution.
    pub(super) dir: String,
    /// Completed.
    pub(super) manifest: Manifest,
    /// Whether the top's manifest is of a workspace without a package of its own.
    pub(super) virtual_workspace: bool,
}

/// The top of the workspace that `dir` belongs to, and where `dir` is below it. Both end up the same for a crate that
/// stands alone.
pub(super) fn find_top(dir: &Path) -> anyhow::Result<(PathBuf, String)> {
    let real = dir.canonicalize().map_err(|error| unreadable(dir, &error))?;
    let Ok(text) = fs::read_to_string(real.join("Cargo.toml")) else {
        return Err(Diagnostic::input(format!("there is no `Cargo.toml` in `{}`", dir.display()))
            .help("name the directory of a crate or of a workspace")
            .into());
    };
    let manifest = parse(&text, &real.join("Cargo.toml").display().to_string())?;
    let below = |top: &Path| real.strip_prefix(top).ok().and_then(Path::to_str).map(str::to_owned);
    if manifest.workspace.is_none() {
        let named = manifest.package.as_ref().and_then(|package| package.workspace.as_ref());
        if let Some(top) = named.and_then(|path| real.join(path).canonicalize().ok())
            && let Some(relative) = below(&top)
        {
            return Ok((top, relative));
        }
        for top in real.ancestors().skip(1) {
            let Some(relative) = below(top) else { continue };
            if let Ok(text) = fs::read_to_string(top.join("Cargo.toml"))
                && let Ok(root) = parse(&text, "Cargo.toml")
                && let Some(workspace) = &root.workspace
                && !excluded(&workspace.exclude, &relative)
                && (listed(&workspace.members, &relative) || !real.join("Cargo.lock").is_file())
            {
                return Ok((top.to_owned(), relative));
            }
        }
    }
    Ok((real, String::new()))
}

/// Finds the package in a distribution.
pub(super) fn choose(dist: &Distribution, which: Which<'_>) -> anyhow::Result<Chosen> {
    if !dist.contains("Cargo.toml") {
        return Err(Diagnostic::input("the distribution has no `Cargo.toml` at its top").into());
    }
    let root = parse(&dist.read_text("Cargo.toml")?, "Cargo.toml")?;
    let virtual_workspace = root.package.is_none();
    if virtual_workspace && root.workspace.is_none() {
        return Err(Diagnostic::input("`Cargo.toml` has neither [package] nor [workspace]").into());
    }
    let chosen = |dir: String, manifest: Manifest| Chosen { dir, manifest, virtual_workspace };
    match which {
        Which::In("") | Which::Obvious if !virtual_workspace => Ok(chosen(String::new(), load(dist, "", None)?)),
        Which::In(dir) if !dir.is_empty() => Ok(chosen(dir.to_owned(), load(dist, dir, Some(&root))?)),
        Which::Named(name) => {
            let mut members = members(dist, &root);
            let Some(dir) = members.remove(name) else {
                let near = did_you_mean(name, members.keys().map(String::as_str)).map(str::to_owned);
                return Err(refuse(&format!("there is no package `{}`", printable(name)), members.into_keys(), near));
            };
            let manifest = load(dist, &dir, if dir.is_empty() { None } else { Some(&root) })?;
            Ok(chosen(dir, manifest))
        }
        Which::In(_) | Which::Obvious => {
            let (dir, manifest) = only_server(dist, &root)?;
            Ok(chosen(dir, manifest))
        }
    }
}

/// The only package with binaries: among the default members when there are some, else among all.
fn only_server(dist: &Distribution, root: &Manifest) -> anyhow::Result<(String, Manifest)> {
    let defaults = root.workspace.as_ref().map(|workspace| workspace.default_members.as_slice()).unwrap_or_default();
    let mut found = Vec::new();
    for (name, dir) in members(dist, root) {
        let manifest = load(dist, &dir, Some(root))?;
        if !binaries(&manifest, dist, &dir).is_empty() {
            found.push((name, dir, manifest));
        }
    }
    if found.iter().any(|(_, dir, _)| listed(defaults, dir)) {
        found.retain(|(_, dir, _)| listed(defaults, dir));
    }
    match found.pop() {
        Some((_, dir, manifest)) if found.is_empty() => Ok((dir, manifest)),
        last => {
            let names = found.into_iter().chain(last).map(|(name, ..)| name);
            Err(refuse("it is not plain which package of the workspace is meant", names, None))
        }
    }
}

fn refuse(message: &str, names: impl Iterator<Item = String>, near: Option<String>) -> anyhow::Error {
    let names: Vec<_> = names.map(|name| printable(&name)).collect();
    let example = near.or_else(|| names.first().cloned());
    let mut diagnostic = Diagnostic::input(message);
    if names.is_empty() {
        diagnostic = diagnostic.note("no package of the workspace has a binary");
    } else {
        diagnostic = diagnostic.note(format!("the workspace has {}", names.join(", ")));
    }
    if let Some(example) = example {
        diagnostic = diagnostic.help(format!("write `package = \"{example}\"`"));
    }
    diagnostic.into()
}

/// The packages of a workspace with their directories: those listed, and those reached by path from them.
fn members(dist: &Distribution, root: &Manifest) -> BTreeMap<String, String> {
    let (patterns, exclude) = root
        .workspace
        .as_ref()
        .map(|workspace| (workspace.members.as_slice(), workspace.exclude.as_slice()))
        .unwrap_or_default();
    let dirs = dist.files().iter().filter_map(|file| file.path.strip_suffix("Cargo.toml"));
    let mut todo: Vec<String> = dirs
        .map(|dir| dir.trim_end_matches('/').to_owned())
        .filter(|dir| dir.is_empty() || (listed(patterns, dir) && !excluded(exclude, dir)))
        .collect();
    let mut found = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(dir) = todo.pop() {
        let path = join(&dir, "Cargo.toml");
        if !seen.insert(dir.clone()) || !dist.contains(&path) {
            continue;
        }
        let Some(manifest) = dist.read_text(&path).ok().and_then(|text| parse(&text, &path).ok()) else { continue };
        let own = [&manifest.dependencies, &manifest.build_dependencies, &manifest.dev_dependencies];
        let shared = manifest.workspace.as_ref().map(|workspace| &workspace.dependencies);
        let paths = own.into_iter().chain(shared).flatten().filter_map(|(_, dependency)| path_of(dependency));
        todo.extend(paths.map(|path| join(&dir, path)).filter(|dir| !excluded(exclude, dir)));
        if let Some(package) = manifest.package {
            found.insert(package.name, dir);
        }
    }
    found
}

fn path_of(dependency: &Dependency) -> Option<&str> {
    dependency.detail().and_then(|detail| detail.path.as_deref())
}

fn excluded(patterns: &[String], dir: &str) -> bool {
    patterns.iter().map(|pattern| join("", pattern)).any(|pattern| Path::new(dir).starts_with(pattern))
}

/// Whether a member list names the directory; `*` and `?` match within one component.
fn listed(patterns: &[String], dir: &str) -> bool {
    patterns.iter().map(|pattern| join("", pattern)).any(|pattern| {
        let (pattern, dir): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), dir.split('/').collect());
        pattern.len() == dir.len()
            && pattern.iter().zip(&dir).all(|(pattern, name)| matches(pattern.as_bytes(), name.as_bytes()))
    })
}

/// Glob matching in time proportional to both lengths: the pattern is a stranger's.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == b'?' || Some(c) == name.get(n) => {
                p += 1;
                n += 1;
            }
            _ => {
                // Let the last star take one more character.
                let Some((at, taken)) = star else { return false };
                star = Some((at, taken + 1));
                p = at + 1;
                n = taken + 1;
            }
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == b'*'))
}

#[cfg(test)]
mod tests {
    use super::{excluded, listed};

    #[test]
    fn members_by_pattern() {
        let list = |pattern: &str, dir| listed(&[pattern.to_owned()], dir);
        assert!(list("crates/*", "crates/a"));
        assert!(list("./crates/s*r", "crates/server"));
        assert!(!list("crates/*", "crates/a/b"));
        assert!(!list("crates/?", "crates/ab"));
        assert!(excluded(&["crates/old".into()], "crates/old/x"));
        assert!(!excluded(&["crates/old".into()], "crates/older"));
    }
}
