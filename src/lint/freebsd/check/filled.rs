//! Files in which names are filled in: rc scripts, messages.
use std::collections::BTreeSet;

use super::plist::{listed, plain_uses};
use crate::finding::Place;
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::plist::variables;
use crate::lint::freebsd::rules;
use crate::lint::package::Out;

/// Names that the framework fills in (Mk/bsd.port.mk, `SUB_LIST`).
const FRAMEWORK: &[&str] =
    &["PREFIX", "LOCALBASE", "DATADIR", "DOCSDIR", "EXAMPLESDIR", "WWWDIR", "ETCDIR", "WWWOWN", "WWWGRP"];

pub(super) fn check(package: &Package, out: &mut Out) {
    if package.program.open || package.slave || package.program.is_assigned("FILESDIR") {
        return;
    }
    let known = listed(package, "SUB_LIST").filter(|_| plain_uses(package));
    let mut sources = BTreeSet::new();
    for variable in ["USE_RC_SUBR", "SUB_FILES"] {
        let helper = format!("_{variable}");
        let names: Vec<String> = package
            .program
            .names()
            .filter(|name| *name == variable || name.ends_with(&helper))
            .map(str::to_owned)
            .collect();
        for (item, possible) in names.iter().flat_map(|name| package.words(name)) {
            for name in possible.values.iter().flat_map(|text| text.split_whitespace()) {
                if variable == "USE_RC_SUBR" && ["yes", "true", "1"].iter().any(|yes| name.eq_ignore_ascii_case(yes)) {
                    out.say(&rules::RC_SUBR, item.place(), format!("`{name}` is no name of a script"));
                    continue;
                }
                let path = format!("files/{name}.in");
                match package.directory.get(&path) {
                    // A conditional may ask whether the file exists.
                    None if !item.sure => {}
                    None => out.say(&rules::FILE_MISSING, item.place(), format!("there is no {path}")),
                    Some(source) => {
                        if variable == "USE_RC_SUBR" && !source.text.contains("# PROVIDE:") {
                            out.say(&rules::PROVIDE, Place::text(source, 0..0), "the script has no `# PROVIDE:` line");
                        }
                        sources.insert(path);
                    }
                }
            }
        }
    }
    for (path, known) in sources.iter().filter_map(|path| Some((path, known.as_ref()?))) {
        let Some(source) = package.directory.get(path) else { continue };
        let mut said = BTreeSet::new();
        for (name, span) in variables(&source.text) {
            if !FRAMEWORK.contains(&name) && !known.contains(name) && said.insert(name) {
                out.say(&rules::SUB_VARIABLE, Place::text(source, span), format!("nothing fills in `%%{name}%%`"));
            }
        }
    }
    for name in ["pkg-message", "pkg-install", "pkg-deinstall", "pkg-pre-install", "pkg-post-install", "pkg-descr"] {
        // The port may fill it in by itself: `PKGINSTALL=`, or a command that reads the file.
        let read = ["${.CURDIR}/", "${PKGDIR}/", "${MASTERDIR}/"];
        let own = package
            .program
            .files
            .iter()
            .any(|file| read.iter().any(|directory| file.source.text.contains(&format!("{directory}{name}"))));
        let Some(source) = package.directory.get(name).filter(|_| !own) else { continue };
        if let Some((variable, span)) = variables(&source.text).into_iter().next() {
            let message = format!("`%%{variable}%%` stays as it is: {name} is not in SUB_FILES");
            out.say(&rules::NOT_FILLED, Place::text(source, span), message);
        }
    }
}
