//! What the tests have in common.
mod crates;
mod env;
mod judge;
mod pkgsrc;
pub(crate) mod servers;
pub(crate) mod service;
pub(crate) mod smf;

pub(crate) use crates::Crate;
pub(crate) use env::{Env, Ran};
pub(crate) use judge::judge;
pub(crate) use pkgsrc::{Package, as_installed, tokens};
