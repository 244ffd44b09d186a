//! `CARGO_FEATURES` against the manifest.
use std::collections::BTreeSet;

use cargo_toml::Manifest;

use crate::lint::makefile::{Op, Program};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    if !package.cargo {
        return;
    }
    for one in package.program.assigned("CARGO_FEATURES") {
        if matches!(one.assign.op, Op::Set | Op::Default) && Program::written(one).is_empty() {
            let message = "CARGO_FEATURES is defined and empty: cargo gets --features without a value";
            out.say(&rules::FEATURES_EMPTY, one.file.place(one.assign.span.clone()), message);
        }
    }
    for one in package.program.assigned("CARGO_NO_DEFAULT_FEATURES") {
        let value = Program::written(one);
        if !value.is_empty() && !value.contains('$') && !value.eq_ignore_ascii_case("yes") {
            let message = format!("`{value}` does nothing, only `yes` does");
            let fix = crate::finding::Fix::new("write yes", one.assign.value.clone(), "yes");
            out.say_with(&rules::NO_DEFAULT_VALUE, one.place(), message, |finding| finding.fix(fix));
        }
    }
    let manifest = package.found.as_ref().and_then(|found| found.manifest.as_ref());
    let Some(manifest) = manifest.filter(|manifest| manifest.package.is_some()) else { return };
    // In a subdirectory another manifest counts.
    if package.program.is_assigned("CARGO_WRKSRC") || package.program.is_assigned("WRKSRC") {
        return;
    }
    let known = known(manifest);
    for (item, possible) in package.words("CARGO_FEATURES") {
        for feature in possible.values.iter().flat_map(|text| text.split([' ', ','])) {
            if !feature.is_empty() && !feature.contains(['/', '$']) && !known.contains(feature) {
                out.say(&rules::FEATURE_UNKNOWN, item.place(), format!("Cargo.toml has no feature `{feature}`"));
            }
        }
    }
}

/// The features of a manifest, those of optional dependencies among them.
fn known(manifest: &Manifest) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = manifest.features.keys().cloned().collect();
    let target = manifest.target.values().flat_map(|target| &target.dependencies);
    let optional = manifest.dependencies.iter().chain(target).filter(|(_, one)| one.optional());
    known.extend(optional.map(|(name, _)| name.clone()));
    known
}
