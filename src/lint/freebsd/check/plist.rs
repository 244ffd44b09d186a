//! pkg-plist (portlint: checkplist).
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Fix, Severity};
use crate::lint::freebsd::facts::PLAIN_USES;
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::plist::{Line, Plist, variables};
use crate::lint::freebsd::rules;
use crate::lint::package::Out;

/// Keywords of pkg (pkg-create(8)) and of the tree (Keywords/).
const KEYWORDS: &[&str] = &[
    "comment",
    "config",
    "cwd",
    "cd",
    "dir",
    "exec",
    "unexec",
    "preexec",
    "preunexec",
    "postexec",
    "postunexec",
    "include",
    "mode",
    "owner",
    "group",
    "name",
    "override_prefix",
    "var",
    "for",
    "end",
    "option",
    "stopdaemon",
    "dirrm",
    "dirrmtry",
    "fc",
    "fcfontsdir",
    "fmtutil",
    "fontsdir",
    "glib-schemas",
    "info",
    "javavm",
    "kld",
    "ldconfig",
    "ldconfig-linux",
    "mailer",
    "rmtry",
    "rmempty",
    "sample",
    "shell",
    "terminfo",
    "touch",
    "xmlcatmgr",
    "desktop-file-utils",
    "shared-mime-info",
    "pkgdep",
    "conflicts",
    "srcdir",
    "ignore",
    "display",
    "pdoc",
    "rm",
    "gconf-schemas",
    "postconf",
    "php",
    "python",
    "ghc",
    "texhash",
    "npmls",
    "fontsdirs",
    "cron",
    "kernel-module",
    "catcompat",
    "postun",
    "preun",
    "service",
    "users",
    "groups",
];

pub(super) fn check(package: &Package, out: &mut Out) {
    let Some(plist) = &package.plist else { return };
    for line in &plist.lines {
        entry(package, plist, line, out);
    }
    old(plist, out);
    twice(plist, out);
    owners(plist, out);
    filled(package, plist, out);
}

/// Files that are listed again, whatever their conditions say: in a list without conditions it is the same file.
fn twice(plist: &Plist, out: &mut Out) {
    let mut first: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in plist.lines.iter().filter(|line| line.keyword.is_none() && !line.rest.is_empty()) {
        // `%%A%%file` and `%%B%%file` exclude each other, mostly.
        let plain = plist.source.text[line.span.clone()].trim_end() == line.rest;
        match first.get(line.rest.as_str()).filter(|_| plain) {
            Some(before) => {
                let place = plist.place(before.span.clone());
                let message = format!("`{}` is listed again", line.rest);
                out.say_with(&rules::TWICE, plist.place(line.span.clone()), message, |finding| {
                    finding.related(place, "listed here").fix(Fix::new(
                        "take out the second line",
                        line.span.start..(line.span.end + 1).min(plist.source.text.len()),
                        "",
                    ))
                });
            }
            None if plain => drop(first.insert(&line.rest, line)),
            None => {}
        }
    }
}

fn is_old(keyword: &str, line: &Line) -> bool {
    match keyword {
        "dirrm" | "dirrmtry" | "exec" | "unexec" | "stopdaemon" => true,
        "cwd" | "cd" => !line.rest.is_empty(),
        _ => false,
    }
}

/// A keyword of the old tools, with how often it is there.
fn old(plist: &Plist, out: &mut Out) {
    let mut found: BTreeMap<&str, (&Line, usize)> = BTreeMap::new();
    for line in &plist.lines {
        if let Some(keyword) = line.keyword.as_deref().filter(|keyword| is_old(keyword, line)) {
            found.entry(keyword).or_insert((line, 0)).1 += 1;
        }
    }
    for (keyword, (line, count)) in found {
        let what = if matches!(keyword, "cwd" | "cd") { "write absolute paths" } else { "one of the old tools'" };
        let times = if count == 1 { String::new() } else { format!(", {count} times") };
        out.say(&rules::PLIST_OLD, plist.place(line.span.clone()), format!("`@{keyword}`: {what}{times}"));
    }
}

fn entry(package: &Package, plist: &Plist, line: &Line, out: &mut Out) {
    let place = || plist.place(line.span.clone());
    if let Some(arguments) = &line.arguments {
        let count = arguments.split(',').count();
        if !(3..=4).contains(&count) {
            // Owner and group alone are taken; a mode in their place is not.
            let mode = |word: &str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
            let taken = count < 3 && !arguments.split(',').any(|word| mode(word.trim()));
            let message = format!("`({arguments})` is {count} {}", if count == 1 { "word" } else { "words" });
            out.say_with(&rules::ARGUMENTS, place(), message, |finding| {
                if taken { finding.severity(Severity::Note).effect("None; portlint complains.") } else { finding }
            });
        }
    }
    let Some(keyword) = line.keyword.as_deref() else {
        path(package, plist, line, out);
        return;
    };
    match keyword {
        "" => path(package, plist, line, out),
        // Said once for each of them.
        old if is_old(old, line) => {}
        "sample" => {
            let words: Vec<&str> = line.rest.split_whitespace().collect();
            if let [one] = words[..]
                && !one.ends_with(".sample")
            {
                out.say(&rules::SAMPLE, place(), format!("`{one}` does not end in `.sample`"));
            }
        }
        known if KEYWORDS.contains(&known) => {}
        other => {
            // A port may bring keywords along.
            let own = package.directory.files.keys().any(|name| name.ends_with(&format!("{other}.ucl")));
            if !own && !package.program.is_assigned("PLIST_KEYWORDS_DIR") {
                out.say(&rules::KEYWORD, place(), format!("`@{other}` is no keyword"));
            }
        }
    }
}

fn path(package: &Package, plist: &Plist, line: &Line, out: &mut Out) {
    let place = || plist.place(line.span.clone());
    let path = line.rest.as_str();
    if path.is_empty() {
        let end = if plist.source.text[line.span.end..].starts_with('\n') { line.span.end + 1 } else { line.span.end };
        let fix = Fix::new("take out the empty line", line.span.start..end, "");
        out.say_with(&rules::PLIST_BLANK, place(), "an empty line", |finding| finding.fix(fix));
        return;
    }
    let parts: Vec<&str> = path.split('/').collect();
    let section = parts.iter().position(|part| *part == "man").and_then(|at| {
        let section = parts.get(at + 1..)?.iter().find_map(|part| part.strip_prefix("man"))?;
        (section.len() == 1).then(|| section.to_owned())
    });
    // MANDIRS of the framework; a directory of the port's own that is called man is left alone.
    let compressed = ["man/", "share/man/", "lib/", "%%"].iter().any(|start| path.starts_with(start));
    if let Some(section) = section
        && path.ends_with(&format!(".{section}"))
        && compressed
    {
        out.say(&rules::MAN, place(), "the framework compresses the page");
    }
    if path.starts_with("lib/pkgconfig/") && path.strip_suffix(".pc").is_some() {
        out.say(&rules::PKGCONFIG, place(), "pkg-config looks in libdata/pkgconfig");
    }
    let scripts = package.texts("USE_RC_SUBR");
    if let Some(script) = path.strip_prefix("etc/rc.d/").filter(|name| scripts.iter().any(|one| one == name)) {
        out.say(&rules::BY_FRAMEWORK, place(), format!("USE_RC_SUBR adds `{script}` by itself"));
    }
}

/// @owner, @group and @mode hold until a bare one.
fn owners(plist: &Plist, out: &mut Out) {
    let mut set: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in &plist.lines {
        let Some(keyword @ ("owner" | "group" | "mode")) = line.keyword.as_deref() else { continue };
        if line.rest.is_empty() {
            set.remove(keyword);
        } else if set.insert(keyword, line).is_some() && keyword != "mode" {
            let message = format!("`@{keyword}` is set again before it is taken back");
            out.say(&rules::UNRESET, plist.place(line.span.clone()), message);
        }
    }
    for (keyword, line) in set {
        let message = format!("`@{keyword}` is never taken back");
        out.say(&rules::UNRESET, plist.place(line.span.clone()), message);
    }
}

/// Names that the framework fills in (Mk/bsd.port.mk, `PLIST_SUB`; Mk/bsd.options.mk).
const FRAMEWORK: &[&str] = &[
    "OSREL",
    "PREFIX",
    "LOCALBASE",
    "RESETPREFIX",
    "LIB32DIR",
    "DOCSDIR",
    "EXAMPLESDIR",
    "DATADIR",
    "WWWDIR",
    "ETCDIR",
    "DESKTOPDIR",
    "PORTDOCS",
    "PORTEXAMPLES",
    "PORTDATA",
    "PROFILE",
    "MANPAGES",
    "DATE",
    "TIME",
    "WWWOWN",
    "WWWGRP",
];

/// Whether all words of USES are known to bring no names of their own.
pub(super) fn plain_uses(package: &Package) -> bool {
    let uses = package.uses().iter().all(|word| PLAIN_USES.contains(&word.split([':', ',']).next().unwrap_or(word)));
    let own = |name: &str| {
        name.starts_with("USE_")
            && !matches!(name, "USE_GITHUB" | "USE_GITLAB" | "USE_RC_SUBR" | "USE_LDCONFIG" | "USE_CSTD" | "USE_LOCALE")
    };
    uses && !package.program.open
        && !package.slave
        && package.program.unnamed.is_empty()
        && !package.program.names().any(own)
}

/// The names of `NAME=value` in a list and in what options add to it.
pub(super) fn listed(package: &Package, variable: &str) -> Option<BTreeSet<String>> {
    let helper = format!("_{variable}");
    let is = |name: &str| name == variable || name.ends_with(&helper) || name.ends_with(&format!("{helper}_OFF"));
    let names: Vec<String> = package.program.names().filter(|name| is(name)).map(str::to_owned).collect();
    let mut found = BTreeSet::new();
    for name in names {
        for (item, possible) in package.words(&name) {
            match item.word.text.split_once('=') {
                Some((key, _)) if !key.contains('$') => drop(found.insert(key.trim_matches(['"', '\'']).to_owned())),
                _ => {
                    let all = possible.all()?;
                    let keys =
                        all.iter().flat_map(|text| text.split_whitespace()).filter_map(|word| word.split_once('='));
                    found.extend(keys.map(|(key, _)| key.to_owned()));
                }
            }
        }
    }
    if package.program.is_assigned("OPTIONS_SUB") {
        found.extend(package.options().into_iter().flat_map(|(name, _)| [format!("NO_{name}"), name]));
    }
    // Each flavour is a name, too.
    for flavor in package.texts("FLAVORS") {
        let upper = flavor.to_uppercase();
        found.extend([format!("NO_{upper}"), upper]);
    }
    Some(found)
}

fn filled(package: &Package, plist: &Plist, out: &mut Out) {
    let Some(known) = listed(package, "PLIST_SUB").filter(|_| plain_uses(package)) else { return };
    let mut said = BTreeSet::new();
    for (name, span) in variables(&plist.source.text) {
        if !FRAMEWORK.contains(&name) && !known.contains(name) && said.insert(name) {
            out.say(&rules::PLIST_VARIABLE, plist.place(span), format!("nothing fills in `%%{name}%%`"));
        }
    }
}
