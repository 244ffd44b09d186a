//! Gathering the facts about a crate that a Port is resolved from.
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use crate::diag::Diagnostic;
use crate::krate::{
    self, FeatureChoice, KnownDigests, Krate, LockedReference, LockedSource, Options, Upstream, to_hex,
};
use crate::port::{BuildCrate, Digests, Distfile, Features, GitVendored, Linkage, LinkedCrate, Origin, Vendored};
use crate::recipe::{Located, Pointer, Recipe, Source};

/// A crate with what has to be looked up about it.
pub(super) struct Gathered {
    pub(super) krate: Krate,
    pub(super) origin: Origin,
    pub(super) distfile: Distfile,
    pub(super) crates: Arc<[Vendored]>,
    pub(super) git: Vec<GitVendored>,
}

/// Opens the crate of a recipe; nothing for a service-only one. `licences` are those of every crate in the lock: a tree
/// that lists them needs them.
pub(super) fn gather(recipe: &Recipe, source: &Source, licences: bool, opts: &Options<'_>) -> Result<Option<Gathered>> {
    if !recipe.builds() {
        return Ok(None);
    }
    let Some((upstream, origin)) = upstream(recipe, source)? else { return Ok(None) };
    let krate = krate::open(&upstream, opts)?;
    let mut known = KnownDigests::load(opts)?;
    // First: with crates from git that cannot be vendored there is no need to fetch the others.
    let git = krate::git_crates(&krate, &mut known, opts)?.into_iter().map(git_vendored).collect();
    let distfile = distfile(&krate, &origin, &mut known, opts)?;
    let locked = krate::lock_digests(&krate, &mut known, opts)?;
    let licences = if licences { krate::lock_licences(&krate, opts)? } else { vec![None; locked.len()] };
    let crates = locked
        .iter()
        .zip(licences)
        .filter(|((package, _), _)| matches!(package.source, LockedSource::Registry))
        .map(|((package, digests), licence)| Vendored {
            name: package.name.clone(),
            version: package.version.to_string(),
            licence,
            digests: hex(digests),
        })
        .collect();
    known.save()?;
    Ok(Some(Gathered { krate, origin, distfile, crates, git }))
}

fn upstream(recipe: &Recipe, source: &Source) -> Result<Option<(Upstream, Origin)>> {
    let said = &recipe.upstream;
    let located = |error: Located| source.diagnostic(error);
    let version = || {
        said.version.clone().ok_or_else(|| {
            located(
                Located::new(Pointer::new(&[&"upstream"]), "the release to package is not named")
                    .help("version = \"1.2.3\""),
            )
        })
    };
    if let Some(name) = &said.krate {
        let version = version()?;
        if let Err(why) = semver::Version::parse(&version) {
            let at = Pointer::new(&[&"upstream", &"version"]);
            let error = Located::new(at, format!("`{version}` is not a version")).note(why.to_string());
            return Err(located(error.help("write all three numbers, as in `1.2.3`")).into());
        }
        return Ok(Some((Upstream::Registry { name: name.clone(), version: Some(version) }, Origin::Registry)));
    }
    if let Some(path) = &said.path {
        let dir = source.directory().join(path);
        return Ok(Some((Upstream::Path { dir, package: said.package.clone() }, Origin::Path)));
    }
    let Some(github) = &said.github else { return Ok(None) };
    let Some((owner, repo)) =
        github.split_once('/').filter(|(owner, repo)| !owner.is_empty() && !repo.is_empty() && !repo.contains('/'))
    else {
        return Err(located(Located::new(
            Pointer::new(&[&"upstream", &"github"]),
            format!("`{github}` is not `owner/name`"),
        ))
        .into());
    };
    let version = version()?;
    let tag = said.tag.as_deref().unwrap_or("v{version}").replace("{version}", &version);
    let (owner, repo) = (owner.to_owned(), repo.to_owned());
    let origin = Origin::Github { owner: owner.clone(), repo: repo.clone(), tag: tag.clone() };
    Ok(Some((Upstream::Github { owner, repo, tag, package: said.package.clone() }, origin)))
}

fn distfile(krate: &Krate, origin: &Origin, known: &mut KnownDigests, opts: &Options<'_>) -> Result<Distfile> {
    if *origin == Origin::Path {
        let packed = krate::pack(krate)?;
        return Ok(Distfile { file: packed.file_name, digests: hex(&packed.digests) });
    }
    let digests = krate::distfile_digests(krate, known, opts)?;
    let file = krate.dist.distfile.as_ref().map(|file| file.file_name.clone());
    match (digests, file) {
        (Some(digests), Some(file)) => Ok(Distfile { file, digests: hex(&digests) }),
        _ => Err(Diagnostic::input(format!(
            "there is no distribution file for {} {} ({origin:?})",
            krate.name, krate.version
        ))
        .into()),
    }
}

fn git_vendored(one: krate::GitCrate) -> GitVendored {
    let reference = match one.reference {
        LockedReference::Branch(branch) => Some(("branch", branch)),
        LockedReference::Tag(tag) => Some(("tag", tag)),
        LockedReference::Rev(rev) => Some(("rev", rev)),
        LockedReference::Default => None,
    };
    GitVendored {
        name: one.name,
        version: one.version,
        owner: one.owner,
        repo: one.repo,
        rev: one.rev,
        url: one.url,
        reference,
        dir: one.dir,
        needs_workspace: one.needs_workspace,
        distfile: Distfile { digests: hex(&one.digests), file: one.file },
    }
}

fn hex(digests: &krate::Digests) -> Digests {
    Digests {
        blake2s: to_hex(&digests.blake2s),
        sha512: to_hex(&digests.sha512),
        sha256: to_hex(&digests.sha256),
        size: digests.size,
    }
}

/// What is linked for features on a target.
pub(super) fn linkage(krate: &Krate, features: &Features, target: &str, opts: &Options<'_>) -> Result<Linkage> {
    let choice =
        FeatureChoice { no_default: features.no_default, features: features.features.iter().cloned().collect() };
    let linked = krate::linked(krate, &choice, target, opts)?;
    Ok(Linkage {
        linked: linked
            .normal
            .into_iter()
            .map(|package| LinkedCrate {
                name: package.name,
                version: package.version.to_string(),
                licence: package.license,
                licence_file: package.license_file,
                links: package.links,
                features: package.features,
                rust: package.rust_version,
                build_uses: package.build_uses,
            })
            .collect(),
        building: linked
            .build
            .into_iter()
            .map(|package| BuildCrate {
                name: package.name,
                version: package.version.to_string(),
                rust: package.rust_version,
            })
            .collect(),
    })
}

/// Reads a file beside the recipe; nothing outside its directory.
pub(super) fn beside(source: &Source, path: &str) -> Result<String> {
    let relative = Path::new(path);
    let inside = relative.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    anyhow::ensure!(inside, "`{path}` is not a relative path below the recipe's directory");
    let file = source.directory().join(relative);
    std::fs::read_to_string(&file).with_context(|| file.display().to_string())
}
