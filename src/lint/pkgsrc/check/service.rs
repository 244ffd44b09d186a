//! rc.d script and SMF manifest against each other, and against the users that the package makes.
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::scripts::named;
use crate::finding::{Place, Source};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;
use crate::lint::pkgsrc::runs::{Runs, of_manifest, of_script};

pub(super) fn check(package: &Package, out: &mut Out) {
    let scripts: Vec<Arc<Source>> = named(package).into_iter().filter_map(|(_, _, source)| source).collect();
    let manifest = package.file("smf/manifest.xml");
    let in_manifest = manifest.map(of_manifest).unwrap_or_default();
    for (source, runs) in scripts
        .iter()
        .map(|script| (script, of_script(script)))
        .chain(manifest.into_iter().flat_map(|source| in_manifest.iter().map(move |runs| (source, runs.clone()))))
    {
        unmade(package, source, &runs, out);
    }
    // With several services which belongs to which is not told by anything.
    let ([script], [smf], Some(manifest)) = (&scripts[..], &in_manifest[..], manifest) else { return };
    let rc = of_script(script);
    let place = |span: &Option<Range<usize>>| Place::text(manifest, span.clone().unwrap_or(0..0));
    if let (Some(one), Some(other)) = (&rc.user, &smf.user)
        && one.value != other.value
        && accounts(package, &one.value)
            .is_none_or(|one| accounts(package, &other.value).is_none_or(|other| one != other))
    {
        let message = format!("the rc.d script runs the service as `{}`, the manifest as `{}`", one.value, other.value);
        out.say_with(&rules::USERS_DIFFER, place(&other.span), message, |finding| {
            finding.related(Place::text(script, one.span.clone().unwrap_or(0..0)), "the rc.d script")
        });
    }
    if let (Some(one), Some(other)) = (&rc.program, &smf.program)
        && one.value != other.value
    {
        let message = format!("the rc.d script starts `{}`, the manifest `{}`", one.value, other.value);
        out.say_with(&rules::COMMANDS_DIFFER, place(&other.span), message, |finding| {
            finding.related(Place::text(script, one.span.clone().unwrap_or(0..0)), "the rc.d script")
        });
    }
    if !rc.configs.is_empty() && !smf.configs.is_empty() && rc.configs.is_disjoint(&smf.configs) {
        let list = |configs: &BTreeSet<String>| configs.iter().cloned().collect::<Vec<_>>().join(", ");
        let message = format!("the rc.d script names {}, the manifest {}", list(&rc.configs), list(&smf.configs));
        out.say(&rules::CONFIGS_DIFFER, Place::text(manifest, 0..0), message);
    }
}

/// Users that the systems have.
const SYSTEM: &[&str] =
    &["root", "daemon", "nobody", "bin", "www", "operator", "noaccess", "webservd", "postgres", "mysql"];

/// The accounts that a name or a placeholder of `FILES_SUBST` can come to; nothing when that is not known.
fn accounts(package: &Package, value: &str) -> Option<BTreeSet<String>> {
    let Some(name) = value.strip_prefix('@').and_then(|rest| rest.strip_suffix('@')) else {
        return Some(BTreeSet::from([value.to_owned()]));
    };
    let filled = package.words("FILES_SUBST").into_iter().find_map(|(item, possible)| {
        let (one, _) = item.word.text.split_once('=')?;
        (one == name && !possible.open).then_some(possible)
    })?;
    Some(filled.values.iter().filter_map(|text| text.split_once('=')).map(|(_, value)| value.to_owned()).collect())
}

/// Whether a package on which this one depends is called like the account, and may make it.
fn made_elsewhere(package: &Package, account: &str) -> bool {
    let depends = ["DEPENDS", "BUILD_DEPENDS"].into_iter().flat_map(|name| package.words(name));
    depends.into_iter().any(|(item, _)| item.word.text.contains(account))
        || package.program.includes.iter().any(|one| one.path.starts_with("../../") && one.path.contains(account))
}

fn unmade(package: &Package, source: &Arc<Source>, runs: &Runs, out: &mut Out) {
    let Some(user) = &runs.user else { return };
    let Some(values) = accounts(package, &user.value) else { return };
    let mut made: BTreeSet<String> = BTreeSet::new();
    for (_, possible) in package.words("PKG_USERS") {
        if possible.open {
            return;
        }
        let users = possible.values.iter().flat_map(|text| text.split_whitespace());
        made.extend(users.filter_map(|one| one.split(':').next().map(str::to_owned)));
    }
    for value in values.iter().filter(|value| !made.contains(*value) && !SYSTEM.contains(&value.as_str())) {
        // What is put together in the script or by a framework is not known.
        let unknown = package.program.open || value.contains(['$', '@', '‹']) || value.is_empty();
        if unknown || made_elsewhere(package, value) {
            continue;
        }
        let message = format!("the package does not make the user `{value}`");
        out.say(&rules::USER_UNMADE, Place::text(source, user.span.clone().unwrap_or(0..0)), message);
    }
}
