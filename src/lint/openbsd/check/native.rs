//! Libraries that devel/cargo takes away, and crates that need help.
use crate::lint::openbsd::facts::STRIPPED;
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::{Entry, Out};

pub(super) fn check(package: &Package, out: &mut Out) {
    if !package.cargo || package.program.open {
        return;
    }
    let kept = |entry: &Entry| package.lists("MODCARGO_CRATES_KEEP", |word| word == entry.name || word == entry.id());
    let stripping = !package.program.possible("MODCARGO_CRATES_BUILDDEP").any(|text| text.eq_ignore_ascii_case("no"));
    for (name, library) in STRIPPED.iter().filter(|_| stripping) {
        let Some(entry) = package.crates.iter().find(|entry| entry.name == *name) else { continue };
        // `z>=4` and `lib/samba/x` are words of WANTLIB, too.
        let linked = package.lists("WANTLIB", |word| {
            let word = word.split(['>', '=', '<']).next().unwrap_or(word);
            word.rsplit('/').next() == Some(*library)
        });
        if !linked && !kept(entry) {
            let message = format!("devel/cargo takes the sources out of `{name}`, and WANTLIB has no `{library}`");
            out.say(&rules::LIBRARY, entry.place(), message);
        }
    }
    if let Some(entry) = package.crates.iter().find(|entry| entry.name == "aws-lc-sys")
        && !package.program.is_assigned("USE_NOEXECONLY")
        && !package.program.files.iter().any(|file| file.source.text.contains("no-execute-only"))
    {
        out.say(&rules::NO_EXECONLY, entry.place(), "the port has no USE_NOEXECONLY");
    }
    let old = package.crates.iter().find(|entry| entry.name == "ring" && entry.version.starts_with("0.16."));
    if let Some(entry) = old.filter(|entry| stripping && !kept(entry)) {
        let depended = package.lists("BUILD_DEPENDS", |word| word.contains("security/rust-ring"));
        if !depended {
            out.say(&rules::RING, entry.place(), "BUILD_DEPENDS has no security/rust-ring");
        }
    }
}
