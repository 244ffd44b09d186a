//! Guesses, and where they come from.
use std::fmt;

use serde::Serialize;

/// A place in the distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The file.
    pub file: String,
    /// 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

impl Seen {
    pub(super) fn at(file: impl Into<String>, line: usize) -> Self {
        Self { file: file.into(), line: Some(line) }
    }

    pub(super) fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Why a line of the draft is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In a few words, without full stop.
    pub why: String,
    /// Where it was seen, when it was in a file.
    pub seen: Option<Seen>,
}

impl Reason {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), seen: None }
    }

    pub(super) fn seen(why: impl Into<String>, seen: Seen) -> Self {
        Self { why: why.into(), seen: Some(seen) }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.seen {
            Some(seen) => write!(f, "{} ({seen})", self.why),
            None => f.write_str(&self.why),
        }
    }
}

/// A line of the draft that somebody has to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guess {
    /// The key in the recipe, as `service.command`; empty for a remark that belongs to no key.
    pub what: String,
    /// The value as it stands in the recipe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// From what it was guessed, or what was left out.
    pub why: String,
    /// Where that was seen.
    #[serde(flatten)]
    pub seen: Option<Seen>,
}
