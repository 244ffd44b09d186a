//! The checks.
mod crates;
mod distinfo;
mod fields;
mod files;
mod filled;
mod form;
mod message;
mod native;
mod options;
mod order;
mod plist;

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
    files::check(package, out);
    order::check(package, out);
    form::check(package, out);
    fields::check(package, out);
    options::check(package, out);
    crates::check(package, out);
    native::check(package, out);
    distinfo::check(package, out);
    plist::check(package, out);
    filled::check(package, out);
    message::check(package, out);
}
