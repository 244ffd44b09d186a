//! Packing lists and the texts of pkg/ (portcheck: `check_plist`, `check_plist_file`, `check_subst_vars`).
use std::collections::BTreeSet;

use crate::finding::{Fix, Place};
use crate::lint::openbsd::facts::SUBST;
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::plist::{Line, Plist};
use crate::lint::openbsd::rules;
use crate::lint::package::Out;

pub(super) fn check(package: &Package, out: &mut Out) {
    for plist in &package.plists {
        for line in &plist.lines {
            entry(plist, line, out);
        }
        owners(plist, out);
    }
    substituted(package, out);
    caches(package, out);
    let readme = package.directory.below("pkg").find(|(name, _)| *name == "README" || name.starts_with("README-"));
    // The older way is a @cwd to the directory and the name alone.
    let is_readme = |line: &Line| {
        line.rest.contains("share/doc/pkg-readmes/")
            || line.keyword.as_deref() == Some("cwd") && line.rest.ends_with("share/doc/pkg-readmes")
    };
    let listed = package.plists.iter().any(|plist| plist.lines.iter().any(is_readme));
    if let Some((name, source)) = readme.filter(|_| !listed && !package.plists.is_empty()) {
        let message = format!("no packing list has pkg/{name}");
        out.say(&rules::README_UNLISTED, Place::text(source, 0..0), message);
    }
}

fn entry(plist: &Plist, line: &Line, out: &mut Out) {
    let place = || plist.place(line.span.clone());
    let keyword = line.keyword.as_deref();
    if keyword == Some("comment") {
        return;
    }
    if keyword.is_none() && line.rest.is_empty() {
        let end = if plist.source.text[line.span.end..].starts_with('\n') { line.span.end + 1 } else { line.span.end };
        let fix = Fix::new("take out the empty line", line.span.start..end, "");
        out.say_with(&rules::PLIST_BLANK, place(), "an empty line", |finding| finding.fix(fix));
    }
    // `${FULLPKGNAME}` alone is the README below its own @cwd.
    let whole = "${FULLPKGNAME}";
    if line.rest.contains(whole) && line.rest != whole && !line.rest.starts_with("share/doc/pkg-readmes/") {
        out.say(&rules::FULLPKGNAME, place(), "the path changes with every version");
    }
    if line.rest.starts_with("share/man/") || line.rest.starts_with("share/info/") {
        out.say(&rules::MAN_PLACE, place(), "pages are below man/ and info/");
    }
    if keyword == Some("man") && line.rest.strip_suffix(".gz").is_some() {
        out.say(&rules::MAN_PACKED, place(), "the page is compressed");
    }
    let tools = ["gtk-update-icon-cache", "update-desktop-database", "update-mime-database", "glib-compile-schemas"];
    if matches!(keyword, Some("exec" | "unexec"))
        && let Some(tool) = tools.iter().find(|tool| line.rest.contains(&format!("%D/bin/{tool}")))
    {
        out.say(&rules::OLD_EXEC, place(), format!("there is `@tag {tool}`"));
    }
}

/// @owner, @group and @mode hold until a bare one.
fn owners(plist: &Plist, out: &mut Out) {
    let mut set: BTreeSet<&str> = BTreeSet::new();
    for line in &plist.lines {
        match line.keyword.as_deref() {
            Some(keyword @ ("owner" | "group" | "mode")) => {
                if line.rest.is_empty() {
                    set.remove(keyword)
                } else {
                    set.insert(keyword)
                };
            }
            Some("rcscript") => owned(plist, line, &set, out),
            _ if line.rest.starts_with("share/doc/pkg-readmes/") && !line.rest.ends_with('/') => {
                owned(plist, line, &set, out);
            }
            _ => {}
        }
    }
}

fn owned(plist: &Plist, line: &Line, set: &BTreeSet<&str>, out: &mut Out) {
    if !set.is_empty() {
        let which = set.iter().map(|one| format!("@{one}")).collect::<Vec<_>>().join(", ");
        out.say(&rules::OWNED, plist.place(line.span.clone()), format!("{which} still set here"));
    }
}

/// The package that keeps a cache, what is said without it, and whether a path is one that the cache has to learn.
type Kind<'a> = (&'a str, &'a str, &'a dyn Fn(&str) -> bool);

/// Files that some cache has to learn of: what they look like, and what keeps the cache (portcheck: `check_plist`).
fn caches(package: &Package, out: &mut Out) {
    // Modules of other languages and desktops bring such dependencies.
    let modules = package.program.value("MODULES").items;
    let other = modules.iter().any(|item| !matches!(item.word.text.as_str(), "devel/cargo" | "lang/rust"));
    if package.program.open || other {
        return;
    }
    let parts = |path: &str| path.trim_end_matches('/').split('/').count();
    let kinds: [Kind<'_>; 4] = [
        ("x11/gtk+", "RUN_DEPENDS has no x11/gtk+4,-guic", &|path| {
            path.starts_with("share/icons/") && !path.ends_with('/') && parts(path) >= 5
        }),
        ("devel/desktop-file-utils", "RUN_DEPENDS has no devel/desktop-file-utils", &|path| {
            path.strip_prefix("share/applications/").is_some_and(|file| file.strip_suffix(".desktop").is_some())
        }),
        ("misc/shared-mime-info", "RUN_DEPENDS has no misc/shared-mime-info", &|path| {
            path.strip_prefix("share/mime/packages/").is_some_and(|file| file.strip_suffix(".xml").is_some())
        }),
        ("devel/dconf", "MODULES has no devel/dconf", &|path| {
            path.strip_prefix("share/glib-2.0/schemas/").is_some_and(|file| file.strip_suffix(".xml").is_some())
        }),
    ];
    for (keeper, message, is_one) in kinds {
        let has = |variable: &str| package.lists(variable, |word| word.starts_with(keeper));
        if has("RUN_DEPENDS") || has("MODULES") {
            continue;
        }
        let found = package.plists.iter().find_map(|plist| {
            let line = plist.lines.iter().find(|line| line.keyword.is_none() && is_one(&line.rest))?;
            Some(plist.place(line.span.clone()))
        });
        if let Some(place) = found {
            out.say(&rules::NO_TAG, place, message);
        }
    }
}

fn substituted(package: &Package, out: &mut Out) {
    if package.program.open {
        return;
    }
    let mut known: BTreeSet<String> = SUBST.iter().map(|name| (*name).to_owned()).collect();
    let starts = |name: &str| name == "SUBST_VARS" || name.starts_with("SUBST_VARS-");
    for name in package.program.names().filter(|name| starts(name)).map(str::to_owned).collect::<Vec<_>>() {
        for (_, possible) in package.words(&name) {
            if possible.open {
                return;
            }
            known.extend(possible.values.iter().flat_map(|text| text.split_whitespace().map(str::to_owned)));
        }
    }
    // Modules of other languages have variables of their own.
    let other = package
        .program
        .value("MODULES")
        .items
        .iter()
        .any(|item| !matches!(item.word.text.as_str(), "devel/cargo" | "lang/rust"));
    if other {
        return;
    }
    let is_text = |name: &str| {
        ["PLIST", "PFRAG", "README", "MESSAGE", "UNMESSAGE", "DESCR"].iter().any(|stem| name.starts_with(stem))
    };
    for (_, source) in package.directory.below("pkg").filter(|(name, _)| is_text(name)) {
        let mut said = BTreeSet::new();
        for (at, _) in source.text.match_indices("${") {
            let rest = &source.text[at + 2..];
            let Some(name) = rest.split_once('}').map(|(name, _)| name) else { continue };
            let upper = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase());
            if upper && !known.contains(name) && said.insert(name.to_owned()) {
                let message = format!("nothing fills in `${{{name}}}`");
                out.say(&rules::SUBST_UNKNOWN, Place::text(source, at..at + name.len() + 3), message);
            }
        }
    }
}
