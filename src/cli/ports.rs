//! The Ports of one recipe, one for each OS.
use std::sync::Arc;

use anyhow::Result;

use super::gather::{Gathered, beside, linkage};
use crate::krate::Options;
use crate::port::{CrateView, Features, Linkage, Port, resolve};
use crate::profile::{Packaging, Profile, Profiles};
use crate::recipe::{Recipe, Source};

/// A profile, and whether it was asked for by name.
pub(super) struct Chosen {
    pub(super) profile: Arc<Profile>,
    pub(super) named: bool,
}

/// The profiles called `names`; all of them when there are no names.
pub(super) fn choose(names: &[String], profiles: &Profiles) -> Result<Vec<Chosen>> {
    let by_name = !names.is_empty();
    let mut names = names.to_vec();
    if !by_name {
        names = profiles.names().map(ToOwned::to_owned).collect();
        // NetBSD's words are used where OSes differ in nothing but words.
        names.sort_by_key(|name| (name != "netbsd", name.clone()));
    }
    names.iter().map(|name| Ok(Chosen { profile: Arc::new(profiles.get(name)?), named: by_name })).collect()
}

/// The Port of each profile, with whether it was asked for by name.
///
/// One package serves all the OSes of pkgsrc, so a broken one among them is still part of it. A tree of one OS has no
/// package of a server that is broken there, and what keeps it from having one need not be resolved.
pub(super) fn ports(
    recipe: &Recipe,
    source: &Source,
    gathered: Option<&Gathered>,
    chosen: &[Chosen],
    opts: &Options<'_>,
) -> Result<Vec<(Port, bool)>> {
    let link = |features: &Features, target: &str| match gathered {
        Some(gathered) => linkage(&gathered.krate, features, target, opts),
        None => Ok(Linkage::default()),
    };
    let read = |path: &str| beside(source, path);
    let view = gathered.map(|gathered| CrateView {
        krate: &gathered.krate,
        origin: gathered.origin.clone(),
        distfile: gathered.distfile.clone(),
        crates: Arc::clone(&gathered.crates),
        git: gathered.git.clone(),
        timestamp: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok()),
        linkage: &link,
        beside: &read,
    });
    let given_up = |profile: &Profile| {
        profile.packaging != Packaging::Pkgsrc && recipe.os.get(&profile.os).is_some_and(|os| os.broken.is_some())
    };
    let there = chosen.iter().filter(|one| !given_up(&one.profile));
    there.map(|one| Ok((resolve(recipe, source, view.as_ref(), &one.profile)?, one.named))).collect()
}
