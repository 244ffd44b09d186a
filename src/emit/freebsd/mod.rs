//! A port for FreeBSD's ports tree, and rc.d scripts for a service without one.
mod accounts;
mod distinfo;
mod install;
mod makefile;
mod message;
mod options;
mod package;
mod rc;
mod stand_alone;

pub use accounts::account_lines;
pub use package::emit;
pub use stand_alone::stand_alone;
