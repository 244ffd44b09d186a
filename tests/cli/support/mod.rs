//! What the tests have in common.
mod changed;
mod crates;
mod env;
mod freebsd;
pub(crate) mod freebsd_service;
mod judge;
pub(crate) mod manifest;
pub(crate) mod openbsd;
pub(crate) mod openbsd_port;
mod pkgsrc;
pub(crate) mod servers;
pub(crate) mod service;

pub(crate) use changed::changed;
pub(crate) use crates::{Crate, archive};
pub(crate) use env::{Env, Ran, TAGGED, has_extension};
pub(crate) use freebsd::FreebsdPort;
pub(crate) use judge::judge;
pub(crate) use pkgsrc::{Package, as_installed, tokens};
