//! A pattern of property groups.
use crate::finding::Rule;

/// What property groups with a name or type must look like.
#[derive(Clone, Debug)]
pub(super) struct GroupPattern<'a> {
    /// The name it is about; empty for groups of any name.
    pub(super) name: &'a str,
    /// The type that they must have; empty for any.
    pub(super) kind: &'a str,
    /// Whether there must be such a group.
    pub(super) required: bool,
    /// What their properties must look like.
    pub(super) properties: Vec<PropertyPattern<'a>>,
    /// The rule that is broken when the group is missing or of another type.
    pub(super) rule: &'static Rule,
}

/// What a property must look like.
#[derive(Clone, Debug)]
pub(super) struct PropertyPattern<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its type; empty for any.
    pub(super) kind: &'a str,
    /// Whether it must be there.
    pub(super) required: bool,
    /// The least number of values.
    pub(super) min: u64,
    /// The most.
    pub(super) max: u64,
    /// The values that are allowed; all when there are none.
    pub(super) values: Vec<&'a str>,
    /// Ranges that numbers must be in; all numbers when there are none.
    pub(super) ranges: Vec<(i128, i128)>,
    /// The rule that is broken by one that does not.
    pub(super) rule: &'static Rule,
}

/// How closely a pattern names a group; the closest pattern counts, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// By its name, and it says a type as well.
    Both,
    /// By its name.
    Name,
    /// By its type.
    Kind,
    /// It is about every group.
    Every,
}

impl GroupPattern<'_> {
    /// Whether the pattern is about a group, and how closely.
    pub(super) fn matches(&self, name: &str, kind: &str) -> Option<Match> {
        match (self.name.is_empty(), self.kind.is_empty()) {
            (false, false) => (self.name == name).then_some(Match::Both),
            (false, true) => (self.name == name).then_some(Match::Name),
            (true, false) => (self.kind == kind).then_some(Match::Kind),
            (true, true) => Some(Match::Every),
        }
    }
}
