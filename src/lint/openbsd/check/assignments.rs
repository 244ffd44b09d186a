//! Assignments that portcheck does not want (`check_makefile`).
use std::collections::BTreeMap;
use std::ops::Range;

use crate::lint::makefile::{Makefile, Op, Statement, each};
use crate::lint::openbsd::facts::{OBSOLETE, USER_SETTINGS};
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::Out;

pub(super) fn check(package: &Package, out: &mut Out) {
    for makefile in package.program.files.iter().filter(|file| file.source.path.starts_with(&package.directory.path)) {
        // Lists of crates add to one variable line by line.
        if makefile.source.path.ends_with("crates.inc") || makefile.source.path.ends_with("modules.inc") {
            continue;
        }
        names(package, makefile, out);
        twice(makefile, out);
    }
}

fn names(package: &Package, makefile: &Makefile, out: &mut Out) {
    for (assign, inside) in makefile.assignments() {
        let name = assign.name.as_str();
        let place = || makefile.place(assign.name_span.clone());
        if USER_SETTINGS.contains(&name) {
            out.say(&rules::USER_SETTING, place(), format!("`{name}` is the builder's"));
        }
        let stem = name.split_once('-').map_or(name, |(stem, _)| stem);
        if let Some((_, instead)) = OBSOLETE.iter().find(|(old, _)| old == &stem) {
            out.say(&rules::OBSOLETE, place(), format!("`{name}` is not looked at any more; there is {instead}"));
        }
        if stem != name && ["BUILD_DEPENDS", "MODULES", "PERMIT_DISTFILES"].contains(&stem) {
            out.say(&rules::NOT_SUBPACKAGE, place(), format!("`{stem}` is about the whole port"));
        }
        if stem == "SHARED_LIBS" && inside {
            out.say(&rules::SHARED_LIBS, place(), "SHARED_LIBS depends on a condition");
        }
        if stem == "REVISION" && package.around.new {
            out.say(&rules::REVISION_NEW, place(), "a new port has no REVISION");
        }
    }
}

/// `=` and `?=` outside of conditionals, by what is written.
fn twice(makefile: &Makefile, out: &mut Out) {
    let mut first: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut conditional = Vec::new();
    each(&makefile.statements, &mut |statement, _| {
        if let Statement::If(branches) = statement {
            conditional.extend(branches.iter().flat_map(|branch| &branch.body).map(std::ptr::from_ref));
        }
    });
    each(&makefile.statements, &mut |statement, inside| {
        let Statement::Assign(assign) = statement else { return };
        // Loops count as one line.
        if inside && conditional.iter().any(|one| std::ptr::eq(*one, statement)) {
            return;
        }
        let operator = makefile.text(&(assign.name_span.end..assign.value.start));
        let plain = !operator.contains([':', '+', '!']) && matches!(assign.op, Op::Set | Op::Default);
        if !plain || assign.name.contains('$') {
            return;
        }
        match first.get(assign.name.as_str()) {
            Some(before) => {
                let message = format!("`{}` is set again", assign.name);
                let place = makefile.place(assign.name_span.clone());
                let before = makefile.place(before.clone());
                out.say_with(&rules::TWICE, place, message, |finding| finding.related(before, "set here"));
            }
            None => drop(first.insert(&assign.name, assign.name_span.clone())),
        }
    });
}
