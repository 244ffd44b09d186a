//! The order of blocks and of the variables in them (the Porter's Handbook, order; portlint: checkorder, checkearlier).
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::makefile::{Assign, Makefile, Statement};
use crate::lint::package::Out;

/// Blocks whose variables have an order: by which variable the block is known, and the order. A name that ends in `_*`
/// stands for itself and for those with something behind it.
const BLOCKS: &[(&str, &[&str])] = &[
    (
        "PORTNAME",
        &[
            "PORTNAME",
            "PORTVERSION",
            "DISTVERSIONPREFIX",
            "DISTVERSION",
            "DISTVERSIONSUFFIX",
            "PORTREVISION",
            "PORTEPOCH",
            "CATEGORIES",
            "MASTER_SITES",
            "MASTER_SITE_SUBDIR",
            "PROJECTHOST",
            "PKGNAMEPREFIX",
            "PKGNAMESUFFIX",
            "DISTNAME",
            "EXTRACT_SUFX",
            "DISTFILES_*",
            "DIST_SUBDIR",
            "EXTRACT_ONLY",
        ],
    ),
    ("MAINTAINER", &["MAINTAINER", "COMMENT", "WWW"]),
    (
        "LICENSE",
        &[
            "LICENSE",
            "LICENSE_COMB",
            "LICENSE_GROUPS_*",
            "LICENSE_NAME_*",
            "LICENSE_TEXT_*",
            "LICENSE_FILE_*",
            "LICENSE_PERMS_*",
            "LICENSE_DISTFILES_*",
        ],
    ),
];

/// All blocks that have a place, by variables that belong to each.
const RANKS: &[&[&str]] = &[
    &[
        "PORTNAME",
        "PORTVERSION",
        "DISTVERSIONPREFIX",
        "DISTVERSION",
        "DISTVERSIONSUFFIX",
        "PORTREVISION",
        "PORTEPOCH",
        "CATEGORIES",
    ],
    &["PATCH_SITES", "PATCHFILES", "PATCH_DIST_STRIP"],
    &["MAINTAINER", "COMMENT", "WWW"],
    &["LICENSE", "LICENSE_COMB", "LICENSE_GROUPS", "LICENSE_NAME", "LICENSE_TEXT", "LICENSE_FILE", "LICENSE_PERMS"],
    &["DEPRECATED", "EXPIRATION_DATE", "FORBIDDEN", "BROKEN", "IGNORE", "ONLY_FOR_ARCHS", "NOT_FOR_ARCHS"],
    &[
        "FETCH_DEPENDS",
        "EXTRACT_DEPENDS",
        "PATCH_DEPENDS",
        "BUILD_DEPENDS",
        "LIB_DEPENDS",
        "RUN_DEPENDS",
        "TEST_DEPENDS",
    ],
    &["FLAVORS", "FLAVOR"],
    &["USES"],
];

pub(super) fn check(package: &Package, out: &mut Out) {
    let makefile = &package.makefile;
    let blocks = blocks(makefile);
    for block in &blocks {
        inside(package, block, out);
    }
    let mut reached = 0;
    for block in &blocks {
        let highest = block.iter().filter_map(|assign| rank(&assign.name)).max();
        for assign in block {
            if rank(&assign.name).is_some_and(|rank| rank < reached) {
                let message = format!("`{}` belongs before the block of `{}`", assign.name, RANKS[reached][0]);
                out.say(&rules::EARLIER, makefile.place(assign.name_span.clone()), message);
            }
        }
        // A block that has one of an earlier block in it does not raise the mark by that.
        reached = reached.max(highest.unwrap_or(0));
    }
}

fn rank(name: &str) -> Option<usize> {
    RANKS.iter().position(|names| names.contains(&name))
}

/// Assignments at the top level, by the empty lines between them; comments are passed over.
fn blocks(makefile: &Makefile) -> Vec<Vec<&Assign>> {
    let text = &makefile.source.text;
    let mut blocks: Vec<Vec<&Assign>> = Vec::new();
    let mut end = 0;
    for statement in &makefile.statements {
        let Statement::Assign(assign) = statement else {
            // What follows a conditional or an inclusion begins a block only with an empty line before it.
            continue;
        };
        let between = text.get(end..assign.span.start).unwrap_or_default();
        let apart = between.contains("\n\n") || between.contains("\n\r\n") || end == 0;
        match blocks.last_mut() {
            Some(block) if !apart => block.push(assign),
            _ => blocks.push(vec![assign]),
        }
        end = assign.span.end;
    }
    blocks
}

fn place_in(order: &[&str], name: &str) -> Option<usize> {
    order.iter().position(|one| match one.strip_suffix("_*") {
        Some(stem) => name == stem || name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('_')),
        None => *one == name,
    })
}

fn inside(package: &Package, block: &[&Assign], out: &mut Out) {
    let known = BLOCKS.iter().find(|(first, _)| block.iter().any(|assign| assign.name == *first));
    let Some((first, order)) = known else { return };
    let mut reached: Option<(usize, &Assign)> = None;
    for assign in block {
        let place = package.makefile.place(assign.name_span.clone());
        if let Some(at) = place_in(order, &assign.name) {
            if let Some((_, before)) = reached.filter(|(mark, _)| at < *mark) {
                let message = format!("`{}` stands behind `{}`", assign.name, before.name);
                out.say(&rules::ORDER, place, message);
            } else {
                reached = Some((at, assign));
            }
        } else {
            let message = format!("`{}` does not belong into the block of {first}", assign.name);
            out.say(&rules::EXTRA, place, message);
        }
    }
}
