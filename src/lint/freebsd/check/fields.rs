//! The fields of the Makefile.
use std::collections::BTreeSet;

use crate::finding::Fix;
use crate::lint::freebsd::facts::{CATEGORIES, LICENCES};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::makefile::{Assigned, Program};
use crate::lint::package::Out;

/// COMMENT's longest (portlint 2.22).
const LONGEST: usize = 70;

pub(super) fn check(package: &Package, out: &mut Out) {
    needed(package, out);
    versions(package, out);
    people(package, out);
    categories(package, out);
    licences(package, out);
    reasons(package, out);
    dependencies(package, out);
}

fn all<'a>(package: &'a Package, name: &str) -> impl Iterator<Item = &'a Assigned> {
    package.program.assigned(name).iter().map(AsRef::as_ref)
}

fn needed(package: &Package, out: &mut Out) {
    let program = &package.program;
    if program.open || package.slave {
        return;
    }
    let place = || package.directory.place_of("Makefile");
    for name in ["PORTNAME", "CATEGORIES", "MAINTAINER", "COMMENT"] {
        if !program.is_assigned(name) {
            out.say(&rules::MISSING, place(), format!("{name} is not set"));
        }
    }
    if !program.is_assigned("PORTVERSION") && !program.is_assigned("DISTVERSION") {
        out.say(&rules::MISSING, place(), "neither PORTVERSION nor DISTVERSION is set");
    }
    if !program.is_assigned("LICENSE") {
        out.say(&rules::NO_LICENCE, package.place_of("COMMENT"), "the port says nothing of its licence");
    }
    if !program.is_assigned("WWW") {
        out.say(&rules::WWW, package.place_of("COMMENT"), "the port has no WWW");
    }
}

fn versions(package: &Package, out: &mut Out) {
    for one in all(package, "PORTNAME") {
        let text = Program::written(one);
        if let Some(wrong) = text.chars().find(|one| "|<>=! ".contains(*one)).filter(|_| !text.contains('$')) {
            out.say(&rules::PORTNAME, one.place(), format!("`{wrong}` cannot be part of it"));
        }
    }
    let program = &package.program;
    if program.is_sure("DISTVERSION")
        && let Some(one) = program.assigned("PORTVERSION").iter().find(|one| one.sure)
    {
        out.say(&rules::BOTH_VERSIONS, one.file.place(one.assign.name_span.clone()), "DISTVERSION is set, too");
    }
    for one in all(package, "PORTVERSION") {
        let text = Program::written(one);
        if !text.is_empty() && !text.contains('$') && !comparable(&text) {
            out.say(&rules::VERSION, one.place(), format!("`{text}` cannot be compared"));
        }
    }
    for name in ["PORTREVISION", "PORTEPOCH"] {
        for one in all(package, name) {
            let zero = Program::written(one) == "0" && name == "PORTREVISION";
            if zero || package.around.new {
                let message =
                    if zero { "PORTREVISION is 0 by itself".to_owned() } else { format!("a new port has no {name}") };
                out.say(&rules::REVISION, one.place(), message);
            }
        }
    }
}

/// `^[0-9]*[A-Za-z]?[0-9]*([.+][0-9]*[A-Za-z]?[0-9+]*)*$`, or `pl` and a number.
fn comparable(version: &str) -> bool {
    let part = |text: &str| {
        let rest = text.trim_start_matches(|one: char| one.is_ascii_digit());
        let rest = rest.strip_prefix(|one: char| one.is_ascii_alphabetic()).unwrap_or(rest);
        rest.bytes().all(|byte| byte.is_ascii_digit())
    };
    let patch = version.strip_prefix("pl").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let first = version.starts_with(|one: char| one.is_ascii_digit());
    patch || (first && version.split(['.', '+']).all(part))
}

fn people(package: &Package, out: &mut Out) {
    for one in all(package, "MAINTAINER") {
        let text = Program::written(one);
        let local = text.split_once('@').is_some_and(|(name, domain)| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
            !name.is_empty() && !domain.is_empty() && domain.bytes().all(plain)
        });
        if !text.contains('$') && (!local || text.contains([' ', ',', '<', '>', '(', ')'])) {
            out.say(&rules::MAINTAINER, one.place(), format!("`{text}` is no address"));
        }
    }
    for one in all(package, "COMMENT") {
        let text = Program::written(one);
        let first = text.chars().next().unwrap_or('A');
        let length = text.chars().count();
        let message = if ["A ", "An ", "The "].iter().any(|article| text.starts_with(article)) {
            "it begins with an article".to_owned()
        } else if !(first.is_ascii_uppercase() || first.is_ascii_digit() || matches!(first, '"' | '[' | '$')) {
            "it does not begin with a capital letter".to_owned()
        } else if text.ends_with('.') {
            "it ends in a full stop".to_owned()
        } else if length > LONGEST && !text.contains('$') {
            format!("it has {length} characters")
        } else {
            continue;
        };
        out.say(&rules::COMMENT, one.place(), message);
    }
    for one in all(package, "WWW") {
        let text = Program::written(one);
        let http = |word: &str| word.starts_with("http://") || word.starts_with("https://") || word.starts_with('$');
        if !text.split_whitespace().all(http) {
            out.say(&rules::WWW, one.place(), format!("`{text}` is no address of the web"));
        }
    }
}

fn categories(package: &Package, out: &mut Out) {
    let mut seen = BTreeSet::new();
    for (item, possible) in package.words("CATEGORIES") {
        for word in possible.values.iter().flat_map(|text| text.split_whitespace()) {
            if !CATEGORIES.contains(&word) {
                out.say(&rules::CATEGORY, item.place(), format!("the tree has no category `{word}`"));
            } else if item.sure && !seen.insert(word.to_owned()) {
                out.say(&rules::CATEGORY, item.place(), format!("`{word}` is there twice"));
            }
        }
    }
}

fn licences(package: &Package, out: &mut Out) {
    let program = &package.program;
    let value = program.value("LICENSE");
    let comb = program.possible("LICENSE_COMB");
    let single = !program.is_assigned("LICENSE_COMB") || comb.only() == Some("single");
    let sure: Vec<_> = value.items.iter().filter(|item| item.sure).collect();
    let plain = !value.items.iter().any(|item| item.word.text.contains('$')) && !program.open;
    if sure.len() > 1 && single && plain {
        out.say(&rules::LICENSE_COMB, package.place_of("LICENSE"), format!("{} licences", sure.len()));
    }
    if program.is_assigned("LICENSE_COMB")
        && !comb.open
        && !comb.values.iter().all(|one| matches!(one.as_str(), "single" | "dual" | "multi"))
    {
        out.say(&rules::LICENSE_COMB, package.place_of("LICENSE_COMB"), "it is `single`, `dual` or `multi`");
    }
    for item in &value.items {
        let text = item.word.text.as_str();
        let own = program.is_assigned(&format!("LICENSE_NAME_{text}")) || program.is_assigned("LICENSE_NAME");
        if let Some((_, name)) = LICENCES.iter().find(|(spdx, _)| *spdx == text).filter(|_| !own) {
            let message = format!("the tree calls `{text}` `{name}`");
            let fix = Fix::new(format!("write {name}"), item.word.span.clone(), *name);
            out.say_with(&rules::LICENCE_SPDX, item.place(), message, |finding| finding.fix(fix));
        }
    }
    let names: Vec<&str> = value.items.iter().map(|item| item.word.text.as_str()).collect();
    for variable in program.names().filter(|name| name.starts_with("LICENSE_FILE_")) {
        let Some(one) = program.assigned(variable).first() else { continue };
        let licence = &variable["LICENSE_FILE_".len()..];
        let place = one.file.place(one.assign.name_span.clone());
        // `LICENSE_FILE_GPLv3+=` adds to LICENSE_FILE_GPLv3.
        let added =
            one.assign.op == crate::lint::makefile::Op::Append && names.contains(&format!("{licence}+").as_str());
        if added {
            let message = format!("make reads `+=`, and sets `{variable}`");
            out.say(&rules::LICENSE_FILE, place, message);
        } else if plain && !names.contains(&licence) && !licence.contains('$') {
            out.say(&rules::LICENSE_FILE, place, format!("LICENSE has no `{licence}`"));
        }
    }
}

fn reasons(package: &Package, out: &mut Out) {
    // BROKEN_SSL is a list.
    let is = |name: &str| {
        !name.starts_with("BROKEN_SSL")
            && (name == "BROKEN" || name == "IGNORE" || name.starts_with("BROKEN_") || name.starts_with("IGNORE_"))
    };
    for name in package.program.names().filter(|name| is(name)) {
        for one in all(package, name) {
            let text = Program::written(one);
            let quoted = text.starts_with('"');
            let capital = text.starts_with(|first: char| first.is_ascii_uppercase())
                // A name or an abbreviation may begin the sentence.
                && !text.chars().nth(1).is_some_and(|second| second.is_ascii_uppercase() || second.is_ascii_digit());
            if quoted || capital || text.ends_with('.') {
                out.say(&rules::MESSAGE, one.place(), format!("{name} is the end of a sentence"));
            }
        }
    }
}

fn dependencies(package: &Package, out: &mut Out) {
    let is = |name: &str| {
        ["FETCH_", "EXTRACT_", "PATCH_", "BUILD_", "LIB_", "RUN_", "TEST_"]
            .iter()
            .any(|kind| name.ends_with(&format!("{kind}DEPENDS")))
    };
    for name in package.program.names().filter(|name| is(name)).map(str::to_owned).collect::<Vec<_>>() {
        for one in all(package, &name) {
            if name == "RUN_DEPENDS" && Program::written(one) == "${BUILD_DEPENDS}" {
                out.say(&rules::RUN_IS_BUILD, one.place(), "the toolchain becomes a dependency of the package");
            }
        }
        for item in package.program.value(&name).items {
            let text = item.word.text.as_str();
            // What other variables bring is judged where it is set.
            if text.starts_with('$') && !text.contains(':') || text.starts_with("${") && text.ends_with('}') {
                continue;
            }
            let Some((what, origin)) = split(text) else {
                out.say(&rules::DEPENDS, item.place(), format!("`{text}` has no `:category/port`"));
                continue;
            };
            let origin_fits = origin.contains('/') && !origin.starts_with('/') || origin.contains('$');
            if !origin_fits {
                out.say(&rules::DEPENDS, item.place(), format!("`{origin}` is no category and port"));
            } else if name.ends_with("LIB_DEPENDS") && !what.contains(".so") && !what.contains('$') {
                out.say(&rules::DEPENDS, item.place(), format!("`{what}` is no library: it is `libNAME.so`"));
            }
        }
    }
}

/// What and where, at the first colon that is in no reference; a stage may follow.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, one) in text.char_indices() {
        match one {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions() {
        for good in ["1.0", "1.2.3a", "20240101", "1.0.b3", "1.2p1", "pl5", "0.1+2"] {
            assert!(super::comparable(good), "{good}");
        }
        for bad in ["1.0-rc1", "v1.0", "1_0", "1,2", "1.0rc1x"] {
            assert!(!super::comparable(bad), "{bad}");
        }
    }
}
