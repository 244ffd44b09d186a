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

/// All of them.
pub(super) fn all(package: &Package, out: &mut Out) {
    for makefile in package.makefiles() {
        for unclear in &makefile.unclear {
            out.say(&rules::UNCLEAR, makefile.place(unclear.span.clone()), unclear.message.clone());
        }
    }
    crates::check(package, out);
    distinfo::check(package, out);
    patches::check(package, out);
    native::check(package, out);
    licence::check(package, out);
    linked::check(package, out);
    options::check(package, out);
    features::check(package, out);
    install::check(package, out);
    configuration::check(package, out);
    scripts::check(package, out);
    filled::check(package, out);
    service::check(package, out);
    programs::check(package, out);
    sites::check(package, out);
}
