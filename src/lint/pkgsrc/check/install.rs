//! PLIST against the install phase.
use std::collections::BTreeSet;

use super::installed::{Installed, below};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::plist::{Listed, Plist};
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    let Some(plist) = &package.plist else { return };
    by_framework(package, plist, out);
    if !package.cargo || package.program.open {
        return;
    }
    // Other frameworks install things of their own, and a packing list that is made up cannot be compared.
    let foreign =
        package.program.includes.iter().any(|one| one.path.contains("/lang/") && !one.path.contains("/lang/rust/"));
    let made = ["PLIST_SRC", "GENERATE_PLIST", "PLIST_SUBST", "INSTALL_TARGET", "USE_GMAKE"];
    if foreign || made[..2].iter().any(|name| package.program.is_assigned(name)) {
        return;
    }
    let own = package.program.targets.iter().any(|one| one.target.is("do-install"));
    let installed = Installed::of(package, &directories(package, plist));
    if !own {
        cargo_installs(package, plist, &installed, out);
        return;
    }
    for (path, place) in &installed.files {
        if !plist.entries.iter().any(|listed| covers(listed, path)) && !by_itself(path) {
            let message = format!("`{path}` is installed, and PLIST does not have it");
            out.say(&rules::NOT_LISTED, place.clone(), message);
        }
    }
    if installed.open {
        return;
    }
    for listed in &plist.entries {
        let path = &listed.path;
        let open = path.contains('$')
            || installed.open_directories.iter().any(|directory| path.starts_with(directory.as_str()));
        if !open && !installed.files.contains_key(path) && !by_itself(path) {
            let message = format!("nothing installs `{path}`");
            out.say(&rules::NOT_INSTALLED, plist.place(listed.span.clone()), message);
        }
    }
}

/// Directories that the package is known to have.
fn directories(package: &Package, plist: &Plist) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::from([String::new()]);
    let mut add = |path: &str| {
        let path = below(path).unwrap_or_else(|| path.trim_matches('/').replace("‹PKGMANDIR›", "man"));
        found.insert(path);
    };
    for (_, possible) in package.words("INSTALLATION_DIRS") {
        possible.values.iter().flat_map(|text| text.split_whitespace()).for_each(&mut add);
    }
    for reached in &package.program.targets {
        for command in &reached.target.commands {
            let text = package.program.expand(&command.text, &[]);
            let Some(text) = text.only().filter(|text| text.contains("_DIR›") || text.contains("‹MKDIR›")) else {
                continue;
            };
            text.split_whitespace().filter(|word| word.contains("‹PREFIX›")).for_each(&mut add);
        }
    }
    for listed in &plist.entries {
        for (at, _) in listed.path.match_indices('/') {
            found.insert(listed.path[..at].to_owned());
        }
    }
    found
}

/// Whether a line of PLIST is about a path; parts that the framework fills in can be anything.
fn covers(listed: &Listed, path: &str) -> bool {
    if !listed.path.contains("${") {
        return listed.path == path;
    }
    let mut rest = path;
    let mut pieces = listed.path.split("${").enumerate();
    pieces.all(|(at, piece)| {
        let fixed = if at == 0 { piece } else { piece.split_once('}').map_or("", |(_, fixed)| fixed) };
        match rest.find(fixed) {
            Some(found) if at > 0 || found == 0 => {
                rest = &rest[found + fixed.len()..];
                true
            }
            _ => false,
        }
    })
}

/// What is added to the packing list without being listed.
fn by_itself(path: &str) -> bool {
    ["share/examples/rc.d/", "lib/svc/", "etc/rc.d/", "share/licenses/"].iter().any(|start| path.starts_with(start))
        // Information pages and caches are registered by the framework.
        || path.ends_with("/dir")
}

fn by_framework(package: &Package, plist: &Plist, out: &mut Out) {
    for listed in &plist.entries {
        let script = listed.path.strip_prefix("share/examples/rc.d/").or_else(|| listed.path.strip_prefix("etc/rc.d/"));
        let scripts: BTreeSet<String> = package
            .words("RCD_SCRIPTS")
            .into_iter()
            .flat_map(|(_, possible)| possible.values)
            .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let smf = ["lib/svc/manifest/", "lib/svc/method/"].iter().any(|start| listed.path.starts_with(start))
            && package.file("smf/manifest.xml").is_some();
        if script.is_some_and(|script| scripts.contains(script)) || smf {
            let message = format!("the framework adds `{}` by itself", listed.path);
            out.say(&rules::BY_FRAMEWORK, plist.place(listed.span.clone()), message);
        }
    }
}

fn cargo_installs(package: &Package, plist: &Plist, installed: &Installed, out: &mut Out) {
    let arguments = package.program.is_assigned("CARGO_INSTALL_ARGS") || package.program.is_assigned("GNU_CONFIGURE");
    if arguments || installed.open {
        return;
    }
    for listed in plist.entries.iter().filter(|listed| listed.path.starts_with("sbin/")) {
        if !installed.files.contains_key(&listed.path) {
            let message = format!("`cargo install` puts programs into bin, `{}` is not there", listed.path);
            out.say(&rules::CARGO_INSTALLS_BIN, plist.place(listed.span.clone()), message);
        }
    }
}
