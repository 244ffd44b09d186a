//! A pkgsrc package: one directory for all the OSes that pkgsrc serves.
mod accounts;
mod distinfo;
mod install;
mod makefile;
mod options;
mod package;
mod readme;
mod sites;

pub use distinfo::Patch;
pub use package::{directory, emit};
pub(crate) use sites::is_odd;
