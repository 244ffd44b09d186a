//! The licence of the whole: of the server and of everything linked into it.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use spdx::expression::{ExprNode, Operator};
use spdx::{Expression, LicenseItem, ParseMode};

use crate::profile::{Kind, Licence};

/// A licence condition in a tree's names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// One licence, by the tree's name.
    Name(String),
    /// All of them hold.
    And(BTreeSet<Condition>),
    /// The user chooses.
    Or(BTreeSet<Condition>),
}

impl Condition {
    fn join(and: bool, parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = BTreeSet::new();
        for part in parts {
            match part {
                Self::And(inner) if and => flat.extend(inner),
                Self::Or(inner) if !and => flat.extend(inner),
                other => {
                    flat.insert(other);
                }
            }
        }
        if flat.len() == 1 {
            return flat.pop_first().unwrap_or(Self::And(BTreeSet::new()));
        }
        if and { Self::And(flat) } else { Self::Or(flat) }
    }

    /// All of them together.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::join(true, parts)
    }

    /// All names in it.
    pub fn names(&self) -> BTreeSet<&str> {
        match self {
            Self::Name(name) => BTreeSet::from([name.as_str()]),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::names).collect(),
        }
    }
}

impl fmt::Display for Condition {
    /// pkgsrc's syntax: AND mixed with OR needs parentheses (mk/license.mk).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, operator) = match self {
            Self::Name(name) => return f.write_str(name),
            Self::And(parts) => (parts, " AND "),
            Self::Or(parts) => (parts, " OR "),
        };
        for (index, part) in parts.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { operator })?;
            if matches!(part, Self::Name(_)) { write!(f, "{part}")? } else { write!(f, "({part})")? }
        }
        Ok(())
    }
}

impl Condition {
    /// The condition as one side of an AND.
    #[must_use]
    pub fn beside_and(&self) -> String {
        if matches!(self, Self::Or(_)) { format!("({self})") } else { self.to_string() }
    }
}

/// What one crate says of its licence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Statement {
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: String,
    /// Its version.
    pub version: String,
    /// The SPDX expression, or what stands there instead; empty when nothing does.
    pub licence: String,
    /// Why another expression than the crate's own was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden: Option<String>,
    /// The file in the crate that tells it, when the crate names one.
    #[serde(skip)]
    pub file: Option<String>,
}

/// A crate whose licence could not be turned into the tree's names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The crate.
    pub statement: Statement,
    /// What is wrong with what it says.
    pub why: String,
}

/// The condition for the whole.
///
/// The server's own expression is kept as it is; of the linked crates only what it does not absorb: a crate that
/// can be taken under a permissive licence adds nothing, copyleft and restricted ones are always named.
///
/// # Errors
/// All crates whose licence is missing or unknown to the profile.
pub fn whole(
    own: &Statement,
    linked: &[Statement],
    licences: &BTreeMap<String, Licence>,
) -> Result<Condition, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut parts = Vec::new();
    match parse(own, licences) {
        Ok(tree) => parts.push(tree.condition()),
        Err(why) => problems.push(Problem { statement: own.clone(), why }),
    }
    for statement in linked {
        match parse(statement, licences) {
            Ok(tree) => parts.extend(tree.remains()),
            Err(why) => problems.push(Problem { statement: statement.clone(), why }),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(absorb(own_first(parts)))
}

/// The parts in order: the server's own expression first, the others by name.
struct Parts {
    own: Option<Condition>,
    others: BTreeSet<Condition>,
}

fn own_first(mut parts: Vec<Condition>) -> Parts {
    if parts.is_empty() {
        return Parts { own: None, others: BTreeSet::new() };
    }
    let own = parts.remove(0);
    let mut others = BTreeSet::new();
    for part in parts {
        match part {
            Condition::And(inner) => others.extend(inner),
            other => {
                others.insert(other);
            }
        }
    }
    Parts { own: Some(own), others }
}

/// A choice is settled by a licence that holds anyway: (gpl-v2 OR mpl) adds nothing to mpl.
fn absorb(parts: Parts) -> Condition {
    let mut all: Vec<Condition> = parts.own.into_iter().chain(parts.others).collect();
    let plain: BTreeSet<Condition> = all.iter().filter(|part| matches!(part, Condition::Name(_))).cloned().collect();
    let mut index = 0;
    all.retain(|part| {
        index += 1;
        match part {
            // The first one is the server's own, which is never touched.
            Condition::Or(choices) if index > 1 => choices.is_disjoint(&plain),
            _ => true,
        }
    });
    Condition::join(true, all)
}

/// Names in `condition` that a builder has to accept explicitly.
#[must_use]
pub fn unaccepted(condition: &Condition, licences: &BTreeMap<String, Licence>) -> Vec<String> {
    let accepted = |name: &str| licences.values().any(|licence| licence.name == name && licence.accepted);
    condition.names().into_iter().filter(|name| !accepted(name)).map(ToOwned::to_owned).collect()
}

/// Names in `condition` that restrict use or distribution.
#[must_use]
pub fn restricted(condition: &Condition, licences: &BTreeMap<String, Licence>) -> Vec<String> {
    let is = |name: &str| licences.values().any(|licence| licence.name == name && licence.kind == Kind::Restricted);
    condition.names().into_iter().filter(|name| is(name)).map(ToOwned::to_owned).collect()
}

/// An expression with the kind of each licence.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(String, Kind),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    fn condition(&self) -> Condition {
        match self {
            Self::Leaf(name, _) => Condition::Name(name.clone()),
            Self::All(parts) => Condition::join(true, parts.iter().map(Self::condition)),
            Self::Any(parts) => Condition::join(false, parts.iter().map(Self::condition)),
        }
    }

    /// What a linked crate adds to the whole.
    fn remains(&self) -> Option<Condition> {
        match self {
            Self::Leaf(_, Kind::Permissive) => None,
            Self::Leaf(name, _) => Some(Condition::Name(name.clone())),
            Self::All(parts) => {
                let parts: Vec<_> = parts.iter().filter_map(Self::remains).collect();
                (!parts.is_empty()).then(|| Condition::join(true, parts))
            }
            // One alternative that adds nothing is the one to take; else the least of what they ask.
            Self::Any(parts) => {
                let remains: Option<Vec<_>> = parts.iter().map(Self::remains).collect();
                remains.map(|parts| Condition::join(false, parts))
            }
        }
    }
}

fn parse(statement: &Statement, licences: &BTreeMap<String, Licence>) -> Result<Tree, String> {
    let text = statement.licence.trim();
    if text.is_empty() {
        return Err(match &statement.file {
            Some(file) => format!("says no licence, but has the file {file}"),
            None => "says no licence".into(),
        });
    }
    let expression = Expression::parse_mode(text, ParseMode::LAX)
        .map_err(|error| format!("`{text}` is not an SPDX expression: {}", error.reason))?;
    let mut stack: Vec<Result<Tree, String>> = Vec::new();
    for node in expression.iter() {
        match node {
            ExprNode::Req(requirement) => stack.push(leaf(&requirement.req.license, licences)),
            ExprNode::Op(operator) => {
                let (Some(right), Some(left)) = (stack.pop(), stack.pop()) else {
                    return Err(format!("`{text}` is not an SPDX expression"));
                };
                stack.push(match (operator, left, right) {
                    (Operator::And, Ok(left), Ok(right)) => Ok(Tree::All(vec![left, right])),
                    (Operator::And, left, right) => Err(left.err().or(right.err()).unwrap_or_default()),
                    (Operator::Or, Ok(left), Ok(right)) => Ok(Tree::Any(vec![left, right])),
                    // An alternative that the tree has no name for is one that is not taken.
                    (Operator::Or, Ok(known), Err(_)) | (Operator::Or, Err(_), Ok(known)) => Ok(known),
                    (Operator::Or, Err(left), Err(_)) => Err(left),
                });
            }
        }
    }
    stack.pop().unwrap_or_else(|| Err(format!("`{text}` is not an SPDX expression")))
}

/// Exceptions (`WITH …`) only permit more: the base licence stands for both, as no tree has a syntax for them.
fn leaf(item: &LicenseItem, licences: &BTreeMap<String, Licence>) -> Result<Tree, String> {
    let (identifier, later) = match item {
        LicenseItem::Spdx { id, or_later } => (id.name, *or_later),
        LicenseItem::Other(other) => return Err(format!("`{other}` is no licence of the SPDX list")),
    };
    // A tree that tells "this version only" from "or later" has entries for both, pkgsrc has one.
    let base = identifier.trim_end_matches("-only").trim_end_matches("-or-later").trim_end_matches('+');
    let exact = if later { format!("{base}-or-later") } else { identifier.to_owned() };
    let licence = licences.get(&exact).or_else(|| licences.get(base));
    licence
        .map(|licence| Tree::Leaf(licence.name.clone(), licence.kind))
        .ok_or_else(|| format!("the profile has no name for `{identifier}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(own: &str, linked: &[&str]) -> String {
        let licences = crate::profile::load("netbsd").unwrap().licences;
        let statement = |licence: &str| Statement {
            krate: "x".into(),
            version: "1.0.0".into(),
            licence: licence.into(),
            overridden: None,
            file: None,
        };
        let linked: Vec<_> = linked.iter().map(|licence| statement(licence)).collect();
        match whole(&statement(own), &linked, &licences) {
            Ok(condition) => condition.to_string(),
            Err(problems) => format!("{}: {}", problems.len(), problems[0].why),
        }
    }

    #[test]
    fn permissive_terms_are_absorbed_and_copyleft_is_named() {
        assert_eq!(
            condition("AGPL-3.0-only", &["MIT OR Apache-2.0", "GPL-3.0-only", "MIT", "Unicode-3.0 AND MIT"]),
            "gnu-agpl-v3 AND gnu-gpl-v3"
        );
        assert_eq!(condition("MIT", &["MPL-2.0", "MPL-2.0"]), "mit AND mpl-2.0");
        assert_eq!(condition("MIT", &["MIT OR GPL-2.0-or-later"]), "mit");
        assert_eq!(condition("MIT", &["Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"]), "mit");
    }

    #[test]
    fn and_mixed_with_or_has_parentheses() {
        assert_eq!(condition("MIT OR Apache-2.0", &["MPL-2.0"]), "mpl-2.0 AND (apache-2.0 OR mit)");
        assert_eq!(condition("MIT/Apache-2.0", &[]), "apache-2.0 OR mit");
        assert_eq!(condition("MIT", &["LGPL-2.1-only OR MPL-2.0"]), "mit AND (gnu-lgpl-v2.1 OR mpl-2.0)");
        assert_eq!(condition("MIT", &["LGPL-2.1-only OR MPL-2.0", "MPL-2.0"]), "mit AND mpl-2.0");
    }

    #[test]
    fn what_is_missing_or_unknown_is_said() {
        assert_eq!(condition("MIT", &[""]), "1: says no licence");
        assert_eq!(condition("Glide", &[]), "1: the profile has no name for `Glide`");
        assert_eq!(condition("MIT", &["MIT OR Glide"]), "mit");
        assert!(condition("MIT", &["GNU Something"]).contains("is not an SPDX expression"));
    }
}
