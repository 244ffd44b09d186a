//! What may be chosen.
use std::collections::BTreeMap;

use super::{CrateNote, Native};
use crate::port::licence::Condition;

/// A choice of the person who builds.
#[derive(Clone, Debug)]
pub struct Opt {
    /// Its name as upstream's people know it.
    pub name: String,
    /// Its name in the tree.
    pub tree_name: String,
    /// One sentence.
    pub description: String,
    /// On by default on this OS.
    pub default: bool,
    /// Why it does not work on this OS, if it does not.
    pub broken: Option<String>,
    /// It is always on: nothing that could stand in for it works on this OS. What its build needs is part of the release.
    pub forced: bool,
    /// Cargo features.
    pub features: Vec<String>,
    /// What the build needs with it and not without it.
    pub native: Native,
    /// Environment of the build.
    pub environment: BTreeMap<String, String>,
    /// Memory in bytes that the server needs with it.
    pub memory: Option<u64>,
    /// Settings that the configuration needs with it on this OS.
    pub settings: Vec<Setting>,
    /// What it adds to the licence of the whole.
    pub licence: Vec<Condition>,
    /// What crates that come with it mean for the package.
    pub notes: Vec<CrateNote>,
}

/// A setting in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Id of the configuration file.
    pub config: String,
    /// The key, dotted where it is in a table.
    pub key: String,
    /// The value it must have.
    pub value: String,
    /// The line of the sample that carries it, and the line it becomes, when there is a sample.
    pub edit: Option<Edit>,
}

/// A change of one line of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The line as it is.
    pub from: String,
    /// The line as it must be.
    pub to: String,
}

/// Options that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its name in the tree.
    pub tree_name: String,
    /// How many of it may be on.
    pub rule: Rule,
    /// Names of its options that work on this OS.
    pub options: Vec<String>,
}

/// How many options of a choice may be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Exactly one.
    One,
    /// One or none.
    AtMostOne,
    /// One or more.
    AtLeastOne,
}
