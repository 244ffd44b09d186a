//! Where distfiles are fetched from.
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    let program = &package.program;
    if program.open {
        return;
    }
    if package.cargo && !program.is_assigned("MASTER_SITES") && program.is_assigned("PKGNAME") {
        let version = |name: &str| {
            program.possible(name).only().and_then(|name| name.rsplit_once('-')).map(|(_, one)| one.to_owned())
        };
        let dist = program.possible("DISTNAME").only().map(str::to_owned);
        if let (Some(package_version), Some(dist)) = (version("PKGNAME"), dist)
            && !dist.ends_with(&format!("-{package_version}"))
        {
            let message = format!("the version is `{package_version}`, and `{dist}` is what is fetched");
            out.say(&rules::VERSION_REWRITTEN, package.place_of("PKGNAME"), message);
        }
    }
    let Some(names) = package.distfiles.as_ref().filter(|_| !package.crates_open) else { return };
    for name in program.names().filter(|name| name.starts_with("SITES.")) {
        let file = &name["SITES.".len()..];
        let is_crate = package.crates.iter().any(|entry| format!("{}.crate", entry.id()) == file);
        let listed = names.contains(file) || is_crate;
        // A file name with a directory, and patches, are fetched in other ways.
        let other = ["PATCHFILES", "EXTRA_DISTFILES"].iter().any(|name| program.is_assigned(name));
        let foreign =
            program.includes.iter().any(|one| one.path.contains("/lang/") && !one.path.contains("/lang/rust/"));
        if !listed
            && !other
            && !foreign
            && let Some(one) = program.assigned(name).first()
        {
            let message = format!("`{file}` is not fetched");
            out.say(&rules::SITES_UNUSED, one.file.place(one.assign.name_span.clone()), message);
        }
    }
}
