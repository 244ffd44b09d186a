//! The rules, each with its page: `PW50xx` is what cannot be read, `PW51xx` the Makefile's form, `PW52xx` its fields, `PW53xx` crates
//! and distinfo, `PW54xx` packing lists and files that are filled in, `PW55xx` messages and descriptions.
mod crates;
mod fields;
mod filled;
mod form;
mod message;
mod options;
mod reading;

pub(super) use crates::*;
pub(super) use fields::*;
pub(super) use filled::*;
pub(super) use form::*;
pub(super) use message::*;
pub(super) use options::*;
pub(super) use reading::*;

use std::sync::LazyLock;

use crate::finding::Rule;

/// All of them, by code.
pub(super) fn all() -> &'static [&'static Rule] {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
        [reading::ALL, form::ALL, fields::ALL, options::ALL, crates::ALL, filled::ALL, message::ALL].concat()
    });
    &ALL
}
