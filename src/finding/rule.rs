//! A kind of finding, as `portwright explain` tells of it.
use super::Severity;

/// A kind of finding. There is one table of them for each rule set; pages, documentation and answers are made of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `PW` and four digits; never given to another rule.
    pub code: &'static str,
    /// What is wrong, in a few words, lower case.
    pub title: &'static str,
    /// How bad it usually is.
    pub severity: Severity,
    /// What is looked at and when this is said.
    pub what: &'static str,
    /// What happens at run time because of it.
    pub effect: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// Where the facts are from.
    pub source: &'static str,
    /// What is found, and the same as it should be. The tests run on these.
    pub examples: &'static [Example],
}

/// The same place of a file, wrong and right.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// As it is found.
    pub bad: &'static str,
    /// As it should be.
    pub good: &'static str,
}
