//! Ports of FreeBSD: portlint's rules of order and form, and what a cargo port needs beyond them.
mod check;
mod defaults;
mod facts;
mod package;
mod plist;
mod rules;
mod set;
#[cfg(test)]
mod tests;
mod ucl;

pub(super) use set::FreeBsd;
