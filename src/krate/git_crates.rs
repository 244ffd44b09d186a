//! Crates that a lock takes from git: the archive of the commit, and where in it the crate is.
use std::collections::BTreeMap;

use toml::{Table, Value};

use super::digests::{Digests, Wanted, digest_files};
use super::distribution::Distribution;
use super::github;
use super::known_digests::KnownDigests;
use super::lock::{LockedPackage, LockedReference, LockedSource};
use super::names::printable;
use super::opened::Krate;
use super::upstream::Options;
use crate::diag::Diagnostic;

/// A crate from a repository on GitHub, with the file that a ports tree fetches for it.
#[derive(Clone, Debug)]
pub struct GitCrate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The account.
    pub owner: String,
    /// The repository.
    pub repo: String,
    /// The commit.
    pub rev: String,
    /// The URL as the manifests have it, without query and fragment.
    pub url: String,
    /// What the manifests ask for.
    pub reference: LockedReference,
    /// Name of the archive's file, `REPO-COMMIT.tar.gz`.
    pub file: String,
    /// The crate's directory in the archive, below its top; empty for the top itself.
    pub dir: String,
    /// Its manifest takes values from its workspace: a directory source of cargo, which sees none, cannot have it.
    pub needs_workspace: bool,
    /// Digests of the archive.
    pub digests: Digests,
}

/// The crates that the lock takes from git.
///
/// # Errors
/// One that cannot be vendored: not on GitHub, or not in the archive.
pub fn git_crates(krate: &Krate, known: &mut KnownDigests, opts: &Options<'_>) -> anyhow::Result<Vec<GitCrate>> {
    let mut archives: BTreeMap<String, Distribution> = BTreeMap::new();
    let mut crates = Vec::new();
    for package in &krate.lock.packages {
        let LockedSource::Git { url, rev, reference } = &package.source else { continue };
        let Some((owner, repo)) = account(url) else {
            return Err(
                cannot(package, url, "its repository is not on GitHub, whose archives every tree can fetch").into()
            );
        };
        let key = format!("{owner}/{repo}/{rev}");
        if !archives.contains_key(&key) {
            archives.insert(key.clone(), github::open(&owner, &repo, rev, opts)?);
        }
        let Some(dist) = archives.get(&key) else { continue };
        let (dir, needs_workspace) = find(dist, package).map_err(|why| cannot(package, url, &why))?;
        let Some(distfile) = &dist.distfile else { continue };
        let wanted = Wanted { path: distfile.path.clone(), sha256: Some(distfile.sha256) };
        let Some(digests) = digest_files(&[wanted], known, opts.progress)?.first().copied() else { continue };
        crates.push(GitCrate {
            name: package.name.clone(),
            version: package.version.to_string(),
            owner,
            repo,
            rev: rev.clone(),
            url: url.clone(),
            reference: reference.clone(),
            file: distfile.file_name.clone(),
            dir,
            needs_workspace,
            digests,
        });
    }
    Ok(crates)
}

fn cannot(package: &LockedPackage, url: &str, why: &str) -> Diagnostic {
    unfit_git(&package.name, &package.version.to_string(), url, why)
}

/// A crate from git that a tree cannot build with, with the ways out.
#[must_use]
pub fn unfit_git(name: &str, version: &str, url: &str, why: &str) -> Diagnostic {
    Diagnostic::input(format!("the package cannot be built with the git dependency {name} {version}"))
        .note(format!("Cargo.lock takes it from {}", printable(url)))
        .note(why.to_owned())
        .help("ask upstream for a release whose dependencies are all in the registry")
        .help("or take the server from the registry: [upstream] crate = \"…\"; what is published there has no git dependencies")
        .help("or replace it by a registry release in Cargo.toml and Cargo.lock of your checkout, and use [upstream] path")
}

/// Account and repository of a URL on GitHub.
fn account(url: &str) -> Option<(String, String)> {
    let path = url.strip_prefix("https://github.com/").or_else(|| url.strip_prefix("ssh://git@github.com/"))?;
    let (owner, repo) = path.trim_end_matches('/').split_once('/')?;
    let repo = repo.strip_suffix(".git").unwrap_or(repo);
    (!owner.is_empty() && !repo.is_empty() && !repo.contains('/')).then(|| (owner.to_owned(), repo.to_owned()))
}

/// The directory of a package in an archive, and whether its manifest needs the workspace around it.
fn find(dist: &Distribution, package: &LockedPackage) -> Result<(String, bool), String> {
    let manifests = dist.files().iter().filter(|file| file.path.rsplit('/').next() == Some("Cargo.toml"));
    for file in manifests {
        let Ok(text) = dist.read_text(&file.path) else { continue };
        let Ok(table) = text.parse::<Table>() else { continue };
        let name = table.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
        if name != Some(package.name.as_str()) {
            continue;
        }
        let dir = file.path.strip_suffix("Cargo.toml").unwrap_or("").trim_end_matches('/').to_owned();
        return Ok((dir, inherits(&Value::Table(table))));
    }
    Err("the archive of that commit has no such crate".to_owned())
}

/// `workspace = true` anywhere.
fn inherits(value: &Value) -> bool {
    match value {
        Value::Table(table) => {
            table.iter().any(|(key, value)| (key == "workspace" && value.as_bool() == Some(true)) || inherits(value))
        }
        Value::Array(items) => items.iter().any(inherits),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::account;

    #[test]
    fn accounts() {
        let pair = |owner: &str, repo: &str| Some((owner.to_owned(), repo.to_owned()));
        assert_eq!(account("https://github.com/a/b.git"), pair("a", "b"));
        assert_eq!(account("https://github.com/a/b/"), pair("a", "b"));
        assert_eq!(account("https://example.org/a/b"), None);
        assert_eq!(account("https://github.com/a"), None);
        assert_eq!(account("https://github.com/a/b/c"), None);
    }
}
