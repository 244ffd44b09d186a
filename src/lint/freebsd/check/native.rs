//! Libraries that crates bind.
use crate::lint::freebsd::facts::{SYSTEM, USES};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::package::Out;

pub(super) fn check(package: &Package, out: &mut Out) {
    if !package.cargo || package.program.open || package.slave {
        return;
    }
    let find = |name: &str| package.crates.iter().find(|entry| entry.name == name);
    let depends = package
        .program
        .names()
        .filter(|name| name.ends_with("LIB_DEPENDS"))
        .flat_map(|name| package.program.assigned(name).iter().map(|one| one.file.text(&one.assign.value)));
    let depends: String = depends.collect::<Vec<_>>().join(" ");
    for (name, origin) in SYSTEM {
        if let Some(entry) = find(name).filter(|_| !depends.contains(origin)) {
            let message = format!("cargo.mk makes `{name}` take the system's library, and LIB_DEPENDS has no {origin}");
            out.say(&rules::LIBRARY, entry.place(), message);
        }
    }
    let uses = package.uses();
    for (name, word) in USES {
        let there = uses.iter().any(|one| one.split(':').next() == Some(*word));
        // The vendored copy is built when the crate with its sources is there.
        let vendored = *word == "ssl" && find("openssl-src").is_some();
        if let Some(entry) = find(name).filter(|_| !there && !vendored) {
            out.say(&rules::LIBRARY, entry.place(), format!("`{name}` needs `USES= {word}`"));
        }
    }
}
