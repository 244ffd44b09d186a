//! LICENSE.
use std::collections::BTreeSet;

use crate::finding::Fix;
use crate::lint::makefile::{Assigned, Op};
use crate::lint::package::Out;
use crate::lint::pkgsrc::licence_words::{tokens, unfit};
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::{facts, rules};
use crate::port::licence::{Condition, Statement, whole};

pub(super) fn check(package: &Package, out: &mut Out) {
    let assigned = package.program.assigned("LICENSE");
    if assigned.is_empty() && !package.program.open {
        let place = package.place_of("COMMENT");
        out.say(&rules::LICENCE_NONE, place, "the package says nothing of its licence");
    }
    // A condition that grows is judged as a whole: `AND postgresql-license` alone is none.
    let grows = assigned.iter().any(|one| one.assign.op == Op::Append);
    for one in assigned {
        form(one, grows, out);
    }
    if grows
        && let Some(all) = package.program.possible("LICENSE").all()
        && let Some((message, _)) = all.iter().filter(|text| !text.contains('$')).find_map(|text| unfit(&tokens(text)))
        && let Some(last) = assigned.iter().rfind(|one| one.assign.op == Op::Append)
    {
        out.say(&rules::LICENCE_FORM, last.place(), format!("all in all, {message}"));
    }
    own(package, out);
}

fn form(one: &Assigned, grows: bool, out: &mut Out) {
    let text = one.file.text(&one.assign.value);
    if text.contains('$') {
        return;
    }
    let tokens = tokens(text);
    let start = one.assign.value.start;
    if tokens.is_empty() {
        return;
    }
    if let Some((message, span)) = unfit(&tokens).filter(|_| !grows) {
        out.say(&rules::LICENCE_FORM, one.file.place(start + span.start..start + span.end), message);
    }
    let licences = &facts::profile().licences;
    for token in tokens.iter().filter(|token| !matches!(token.text, "AND" | "OR" | "(" | ")")) {
        let known = licences.values().any(|licence| licence.name == token.text);
        let spdx = licences.iter().find(|(id, _)| {
            let base = token.text.trim_end_matches("-only").trim_end_matches("-or-later").trim_end_matches('+');
            id.eq_ignore_ascii_case(token.text) || id.eq_ignore_ascii_case(base)
        });
        if let Some((_, licence)) = spdx.filter(|_| !known) {
            let span = start + token.span.start..start + token.span.end;
            let message = format!("the tree calls `{}` `{}`", token.text, licence.name);
            let fix = Fix::new(format!("write {}", licence.name), span.clone(), licence.name.clone());
            out.say_with(&rules::LICENCE_SPDX, one.file.place(span), message, |finding| finding.fix(fix));
        }
    }
}

/// The names that LICENSE can have; nothing when that is not known.
pub(super) fn named(package: &Package) -> Option<BTreeSet<String>> {
    let possible = package.program.possible("LICENSE");
    let all = possible.all().filter(|all| !all.is_empty())?;
    Some(all.iter().flat_map(|text| tokens(text).into_iter().map(|token| token.text.to_owned())).collect())
}

/// Whether the names suffice for a condition.
pub(super) fn covers(names: &BTreeSet<String>, condition: &Condition) -> bool {
    match condition {
        Condition::Name(name) => names.contains(name),
        Condition::And(parts) => parts.iter().all(|part| covers(names, part)),
        Condition::Or(parts) => parts.iter().any(|part| covers(names, part)),
    }
}

fn own(package: &Package, out: &mut Out) {
    let manifest = package.found.as_ref().and_then(|found| found.manifest.as_ref()?.package.as_ref());
    let Some(manifest) = manifest else { return };
    let Some(licence) = manifest.license.as_ref().and_then(|licence| licence.get().ok()) else { return };
    let statement = Statement {
        krate: manifest.name.clone(),
        version: String::new(),
        licence: licence.clone(),
        overridden: None,
        file: None,
    };
    let Ok(condition) = whole(&statement, &[], &facts::profile().licences) else { return };
    if let Some(names) = named(package)
        && !covers(&names, &condition)
    {
        let message = format!("Cargo.toml says `{licence}`, in the tree `{condition}`");
        out.say(&rules::LICENCE_OWN, package.place_of("LICENSE"), message);
    }
}
