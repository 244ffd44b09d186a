//! COMMENT, CATEGORIES, PERMIT_*, SITES and DISTFILES.
use crate::lint::makefile::{Assigned, Program};
use crate::lint::openbsd::facts::CATEGORIES;
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::Out;

/// COMMENT's longest (infrastructure/templates/Makefile.template).
const LONGEST: usize = 60;

pub(super) fn check(package: &Package, out: &mut Out) {
    needed(package, out);
    comments(package, out);
    permits(package, out);
    fetched(package, out);
    compiler(package, out);
    all_machines(package, out);
    for (item, possible) in package.words("CATEGORIES") {
        for word in possible.values.iter().flat_map(|text| text.split_whitespace()) {
            let top = word.split('/').next().unwrap_or(word);
            if !CATEGORIES.contains(&top) {
                out.say(&rules::CATEGORY, item.place(), format!("the tree has no category `{top}`"));
            }
        }
    }
}

/// The assignments of a variable and of its forms for subpackages.
fn with_subpackages<'a>(package: &'a Package, variable: &str) -> Vec<&'a Assigned> {
    let start = format!("{variable}-");
    let names = package.program.names().filter(|name| *name == variable || name.starts_with(&start));
    names.flat_map(|name| package.program.assigned(name)).map(AsRef::as_ref).collect()
}

fn needed(package: &Package, out: &mut Out) {
    if package.program.open {
        return;
    }
    // What modules of other languages bring is not known here.
    let other = package
        .program
        .value("MODULES")
        .items
        .iter()
        .any(|item| !matches!(item.word.text.as_str(), "devel/cargo" | "lang/rust"));
    for name in ["COMMENT", "CATEGORIES", "PERMIT_PACKAGE"] {
        if with_subpackages(package, name).is_empty() && !other {
            out.say(&rules::NO_PERMIT, package.directory.place_of("Makefile"), format!("{name} is not set"));
        }
    }
}

fn comments(package: &Package, out: &mut Out) {
    for one in with_subpackages(package, "COMMENT") {
        let text = Program::written(one);
        let text = text.trim_matches('"');
        let article = ["a ", "an ", "the "].iter().find(|article| text.to_lowercase().starts_with(**article));
        let length = text.chars().count();
        let message = if let Some(article) = article {
            format!("it begins with `{}`", article.trim_end())
        } else if length > LONGEST && !text.contains('$') {
            format!("it has {length} characters")
        } else if text.ends_with('.') && !text.ends_with("etc.") && !text.ends_with("..") {
            "it ends in a full stop".to_owned()
        } else {
            continue;
        };
        out.say(&rules::COMMENT, one.place(), message);
    }
}

fn permits(package: &Package, out: &mut Out) {
    let is = |one: &Assigned, word: &str| Program::written(one).eq_ignore_ascii_case(word);
    for name in ["PERMIT_PACKAGE", "PERMIT_DISTFILES"] {
        for one in with_subpackages(package, name).into_iter().filter(|one| is(one, "no")) {
            out.say(&rules::PERMIT_NO, one.place(), format!("{name} is the reason, or Yes"));
        }
    }
    let granted = package.program.assigned("PERMIT_PACKAGE");
    let yes = !granted.is_empty() && granted.iter().all(|one| is(one, "yes"));
    for one in package.program.assigned("PERMIT_DISTFILES").iter().filter(|one| yes && is(one, "yes")) {
        out.say(&rules::PERMIT_EXTRA, one.place(), "PERMIT_DISTFILES is Yes by itself");
    }
    for one in granted {
        let text = &one.file.source.text;
        let line = text[..one.assign.span.start].trim_end_matches(['\n', '\r', ' ', '\t']);
        let before = line.rsplit('\n').next().unwrap_or_default();
        // Between the comment and the line there may be the one for the distfiles.
        let comment = before.trim_start().starts_with('#') || before.starts_with("PERMIT_DISTFILES");
        if !comment && one.file.source.path.ends_with("Makefile") {
            out.say(&rules::NO_LICENCE, one.place(), "no comment above tells the licence");
        }
    }
}

fn fetched(package: &Package, out: &mut Out) {
    for one in package.program.assigned("GH_COMMIT") {
        let text = Program::written(one);
        if !text.contains('$') && text.len() != 40 {
            out.say(&rules::SHORT_COMMIT, one.place(), format!("`{text}` has {} characters of 40", text.len()));
        }
    }
    for name in package.program.names().filter(|name| name.starts_with("SITES")).map(str::to_owned).collect::<Vec<_>>()
    {
        for (item, possible) in package.words(&name) {
            let host = ["bitbucket.com", "bitbucket.org", "gitorious.com"].iter().find(|host| {
                possible.any(|text| text.contains(&format!("://{host}/")))
                    || item.word.text.contains(&format!("://{host}/"))
            });
            if let Some(host) = host {
                out.say(&rules::NO_RELEASES, item.place(), format!("{host} packs archives anew"));
            }
        }
    }
    if package.program.is_assigned("DIST_SUBDIR") {
        return;
    }
    for name in
        package.program.names().filter(|name| name.starts_with("DISTFILES")).map(str::to_owned).collect::<Vec<_>>()
    {
        for (item, possible) in package.words(&name) {
            if let Some(file) = possible.values.iter().find(|file| only_version(file)) {
                out.say(&rules::VERSION_ONLY, item.place(), format!("`{file}` is only a version"));
            }
        }
    }
}

/// `?(v)?(.)+([0-9])?(.+([0-9]))*(.+([a-z]))` of portcheck's, in ksh's patterns.
fn only_version(file: &str) -> bool {
    let rest = file.strip_prefix('v').unwrap_or(file);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let digits = |text: &str| text.len() - text.trim_start_matches(|one: char| one.is_ascii_digit()).len();
    let count = digits(rest);
    if count == 0 {
        return false;
    }
    let mut rest = &rest[count..];
    // Versions have any number of parts; portcheck's pattern stops at two by mistake.
    while let Some(more) = rest.strip_prefix('.').filter(|more| digits(more) > 0) {
        rest = &more[digits(more)..];
    }
    rest.is_empty()
        || rest.split('.').skip(1).all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase()))
            && rest.starts_with('.')
}

fn compiler(package: &Package, out: &mut Out) {
    let compiler = package.program.possible("COMPILER");
    if compiler.open || compiler.only() != Some("base-clang base-gcc gcc3") {
        return;
    }
    let start = |name: &str| name == "WANTLIB" || name.starts_with("WANTLIB-");
    for name in package.program.names().filter(|name| start(name)).map(str::to_owned).collect::<Vec<_>>() {
        for item in package.program.value(&name).items {
            let library = item.word.text.split(['>', '=', '<']).next().unwrap_or_default();
            if matches!(library, "c++" | "stdc++") {
                out.say(&rules::CXX, item.place(), format!("`{library}` with the default compiler"));
            }
        }
    }
}

/// `PKG_ARCH = *`.
fn all_machines(package: &Package, out: &mut Out) {
    let star = |one: &&Assigned| Program::written(one) == "*";
    let Some(one) = with_subpackages(package, "PKG_ARCH").into_iter().find(star) else { return };
    // With subpackages each has a list of its own.
    let variable = one.assign.name.replace("PKG_ARCH", "WANTLIB");
    if let Some(item) = package.program.value(&variable).items.first() {
        out.say(&rules::ARCH_LIBRARIES, item.place(), format!("{} is `*`", one.assign.name));
    }
    let list = one.assign.name.replace("PKG_ARCH", "PLIST");
    let own = package.plists.iter().filter(|plist| plist.source.path.ends_with(&list));
    for plist in own {
        let of_machine = |keyword: &str| matches!(keyword, "bin" | "lib" | "so" | "static-lib");
        if let Some(line) = plist.lines.iter().find(|line| line.keyword.as_deref().is_some_and(of_machine)) {
            let message = format!("`{}` is of one machine, and {} is `*`", line.rest, one.assign.name);
            out.say(&rules::ARCH_LIBRARIES, plist.place(line.span.clone()), message);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn distfiles_that_are_versions() {
        for file in ["v1.2.tar.gz", "1.tar.gz", "1.2.3.tgz", "v.2"] {
            assert!(super::only_version(file), "{file}");
        }
        for file in ["acme-1.2.tar.gz", "v1.2{x}.tar.gz", "v1.2-rc1.tar.gz", "vx.tar.gz"] {
            assert!(!super::only_version(file), "{file}");
        }
    }
}
