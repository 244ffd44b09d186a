//! The rules, each with its page: `PW40xx` is what cannot be read, `PW41xx` the directory, `PW42xx` the Makefile, `PW43xx` pkg/,
//! `PW44xx` crates and distinfo.
mod crates;
mod layout;
mod makefile;
mod pkg;
mod reading;
mod users;

pub(super) use crates::*;
pub(super) use layout::*;
pub(super) use makefile::*;
pub(super) use pkg::*;
pub(super) use reading::*;
pub(super) use users::*;

use std::sync::LazyLock;

use crate::finding::Rule;

/// All of them, by code.
pub(super) fn all() -> &'static [&'static Rule] {
    static ALL: LazyLock<Vec<&'static Rule>> =
        LazyLock::new(|| [reading::ALL, layout::ALL, makefile::ALL, pkg::ALL, users::ALL, crates::ALL].concat());
    &ALL
}
