//! Ports of OpenBSD: portcheck's rules for texts, and what a cargo port needs beyond them.
mod check;
mod defaults;
mod facts;
mod package;
mod plist;
mod rules;
mod set;
#[cfg(test)]
mod tests;

pub(super) use set::OpenBsd;
