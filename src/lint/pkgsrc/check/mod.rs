//! The checks.
mod configuration;
mod crates;
mod distinfo;
mod features;
mod filled;
mod install;
mod installed;
mod licence;
mod linked;
mod native;
mod options;
mod patches;
mod programs;
mod scripts;
mod service;
mod sites;

use super::package::Package;
use super::rules;
use crate::lint::package::Out;

/// Those for which the package is enough.
pub(super) fn alone(package: &Package, out: &mut Out) {
    for makefile in package.makefiles() {
        for unclear in &makefile.unclear {
            out.say(&rules::UNCLEAR, makefile.place(unclear.span.clone()), unclear.message.clone());
        }
    }
    distinfo::check(package, out);
    patches::check(package, out);
    options::check(package, out);
    install::check(package, out);
    configuration::check(package, out);
    scripts::check(package, out);
    filled::check(package, out);
    service::check(package, out);
    programs::check(package, out);
    sites::check(package, out);
}

/// Those that look at the lock of what it builds, too, if it was found.
pub(super) fn with_lock(package: &Package, out: &mut Out) {
    crates::check(package, out);
    native::check(package, out);
    licence::check(package, out);
    linked::check(package, out);
    features::check(package, out);
}
