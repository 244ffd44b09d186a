//! The checks.
mod assignments;
mod crates;
mod distinfo;
mod fields;
mod layout;
mod native;
mod plist;
mod service;
mod texts;
mod users;

use super::package::Package;
use super::rules;
use crate::lint::package::Out;

/// All of them.
pub(super) fn all(package: &Package, out: &mut Out) {
    for makefile in package.program.files.iter().filter(|file| file.source.path.starts_with(&package.directory.path)) {
        for unclear in &makefile.unclear {
            out.say(&rules::UNCLEAR, makefile.place(unclear.span.clone()), unclear.message.clone());
        }
    }
    layout::check(package, out);
    texts::check(package, out);
    assignments::check(package, out);
    fields::check(package, out);
    plist::check(package, out);
    service::check(package, out);
    users::check(package, out);
    crates::check(package, out);
    distinfo::check(package, out);
    native::check(package, out);
}
