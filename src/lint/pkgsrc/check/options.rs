//! Options that are declared and asked for, conditions of PLIST.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::lint::makefile::{Item, Makefile};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    conditions(package, out);
    if package.program.is_assigned("PKG_OPTIONS_VAR") && !package.program.open {
        options(package, out);
    }
}

/// Names behind `PKG_OPTIONS:M`, with where they are; `None` for what cannot be known.
fn asked(makefile: &Arc<Makefile>) -> Vec<(Option<String>, Range<usize>)> {
    let text = &makefile.source.text;
    let in_comment = |at: usize| makefile.comments.iter().any(|comment| comment.contains(&at));
    let mut found = Vec::new();
    for (at, marker) in text.match_indices("PKG_OPTIONS:M") {
        if in_comment(at) {
            continue;
        }
        let start = at + marker.len();
        let end = text[start..].find([')', '}', ':', ' ', '\t', '\n']).map_or(text.len(), |more| start + more);
        let name = &text[start..end];
        let plain = !name.is_empty() && !name.contains(['$', '*', '?', '[', '{']);
        found.push((plain.then(|| name.to_owned()), start..end));
    }
    found
}

fn options(package: &Package, out: &mut Out) {
    let mut declared: BTreeMap<String, Item> = BTreeMap::new();
    let names: Vec<&str> = package.program.names().collect();
    let is_declaration = |name: &str| {
        ["PKG_SUPPORTED_OPTIONS", "PKG_OPTIONS_GROUP.", "PKG_OPTIONS_SET."].iter().any(|start| name.starts_with(start))
    };
    let mut all_known = true;
    for name in names.iter().filter(|name| is_declaration(name)) {
        for (item, possible) in package.words(name) {
            all_known &= !possible.open;
            for option in possible.values.iter().flat_map(|text| text.split_whitespace()) {
                declared.entry(option.to_owned()).or_insert_with(|| item.clone());
            }
        }
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut all_used = true;
    for makefile in &package.program.files {
        for (name, span) in asked(makefile) {
            let Some(name) = name else {
                all_used = false;
                continue;
            };
            if all_known && !declared.contains_key(&name) && !package.program.is_assigned("PKG_OPTIONS_LEGACY_OPTS") {
                let message = format!("the option `{name}` is not declared");
                out.say(&rules::OPTION_UNDECLARED, makefile.place(span), message);
            }
            used.insert(name);
        }
        // What other packages are built with, and tricks with the whole list.
        let text = &makefile.source.text;
        all_used &=
            !text.contains("${PKG_OPTIONS}") && !text.contains("PKG_OPTIONS:C") && !text.contains("PKG_OPTIONS:@");
    }
    for (option, item) in declared.iter().filter(|(option, _)| all_used && !used.contains(*option)) {
        out.say(&rules::OPTION_UNUSED, item.place(), format!("nothing asks for the option `{option}`"));
    }
    for name in names.iter().filter(|name| name.starts_with("PKG_SUGGESTED_OPTIONS")) {
        for (item, possible) in package.words(name) {
            for option in possible.values.iter().flat_map(|text| text.split_whitespace()) {
                // `-name` takes one away that was suggested before.
                let option = option.strip_prefix('-').unwrap_or(option);
                if all_known && !declared.contains_key(option) {
                    let message = format!("`{option}` is suggested and not declared");
                    out.say(&rules::OPTION_SUGGESTED, item.place(), message);
                }
            }
        }
    }
}

fn conditions(package: &Package, out: &mut Out) {
    for name in package.program.names().filter(|name| name.starts_with("PLIST.")) {
        for one in package.program.assigned(name) {
            let value = crate::lint::makefile::Program::written(one);
            if ["no", "false", "0"].iter().any(|no| value.eq_ignore_ascii_case(no)) {
                let message = format!("`{name}` is defined, so that its lines are in the packing list");
                out.say(&rules::PLIST_NO, one.file.place(one.assign.span.clone()), message);
            }
        }
    }
    let Some(plist) = package.plist.as_ref().filter(|_| !package.program.open) else { return };
    let mut declared: BTreeSet<String> = BTreeSet::new();
    for (_, possible) in package.words("PLIST_VARS") {
        if possible.open {
            return;
        }
        declared.extend(possible.values.iter().flat_map(|text| text.split_whitespace().map(str::to_owned)));
    }
    // Frameworks declare conditions of their own.
    let framework = package.program.includes.iter().any(|one| {
        one.path.starts_with("../../")
            && !one.path.ends_with("buildlink3.mk")
            && !KNOWN.iter().any(|end| one.path.ends_with(end))
    });
    let mut said = BTreeSet::new();
    for listed in &plist.entries {
        for condition in listed.conditions.iter().filter(|condition| !framework && !declared.contains(*condition)) {
            if said.insert(condition.clone()) && !package.program.is_assigned(&format!("PLIST.{condition}")) {
                let message = format!("`{condition}` is not in PLIST_VARS");
                out.say(&rules::PLIST_CONDITION, plist.place(listed.span.clone()), message);
            }
        }
    }
}

/// Files of the framework that declare no condition of PLIST.
const KNOWN: &[&str] = &[
    "mk/bsd.pkg.mk",
    "mk/bsd.prefs.mk",
    "mk/bsd.fast.prefs.mk",
    "mk/bsd.options.mk",
    "lang/rust/cargo.mk",
    "mk/atomic64.mk",
];
