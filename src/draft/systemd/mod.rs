//! systemd's unit files, as far as they say how a server runs: read by systemd's own syntax, never executed.
mod command;
mod find;
mod names;
mod span;
mod syntax;
mod unit;
mod words;

pub(super) use find::units;
pub(super) use span::seconds;
pub(super) use unit::{Placed, Unit};
pub(super) use words::split as split_words;
