//! OpenBSD: ports, and services without one.
mod archives;
mod conditions;
mod crates;
mod distinfo;
mod flavours;
mod git;
mod install;
mod login;
mod machines;
mod makefile;
mod needs;
mod order;
mod package;
mod plist;
mod rc;
mod readme;
mod source;
mod spelling;
mod stand_alone;

pub use package::emit;
pub use stand_alone::stand_alone;
