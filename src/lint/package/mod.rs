//! Packages of ports trees: what pkgsrc, OpenBSD's and FreeBSD's have in common.
mod against_lock;
mod crates;
mod directory;
mod distinfo;
mod judge;
mod lines;
mod lock;
mod out;
mod texts;
#[cfg(test)]
pub(super) mod trial;

pub(super) use against_lock::{Listed, LockRules, against_lock};
pub(super) use crates::{Entry, duplicates};
pub(super) use directory::{Directory, directories};
pub(super) use distinfo::{Distinfo, Line, Record};
pub(super) use judge::{judge_each, sets};
pub(super) use lines::lines;
pub(super) use lock::{Found, Search};
pub(super) use out::{Out, listing};
pub(super) use texts::{long, trailing, unended};
