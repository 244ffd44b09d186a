//! Packages of pkgsrc: what a server package needs and pkglint does not look at.
mod check;
mod defaults;
mod facts;
mod licence_words;
mod package;
mod plist;
mod rules;
mod runs;
mod set;
#[cfg(test)]
mod tests;

pub(super) use set::Pkgsrc;
