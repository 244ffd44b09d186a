//! rc.d scripts of NetBSD and pkgsrc, OpenBSD and FreeBSD.
mod allowed;
mod command_line;
#[cfg(test)]
mod examples;
mod facts;
mod family;
mod header;
mod mentions;
mod model;
mod package;
mod rule_set;
mod rules;
mod set;
mod started;
mod value;

pub(super) use facts::runs_by_name;
pub use rule_set::RcD;
pub(super) use started::{Started, of_command, of_script};
