//! What a kind of packaging plugs into the core.
use std::path::Path;
use std::sync::Arc;

use super::{Allowance, Around};
use crate::finding::{Finding, Rule, Source};

/// Rules for one kind of packaging.
pub trait RuleSet: Sync {
    /// What its files are called in answers.
    fn name(&self) -> &'static str;

    /// What it judges, in a few words for people.
    fn about(&self) -> &'static str;

    /// All its rules, by code.
    fn rules(&self) -> &'static [&'static Rule];

    /// Whether a file is one of those that it judges, by its content, or by the place of a file that is known by others
    /// beside it. Several rule sets may claim the same file.
    fn claims(&self, path: &Path, text: &str) -> bool;

    /// Where a `Makefile` says that its directory is a package that it judges as a whole, in bytes from its start; then
    /// it gets all files that are text in that directory and below, but those of packages further down. A directory is
    /// a package of one tree: what a Makefile says last decides, for it is the framework that is included last.
    fn claims_package(&self, makefile: &Path, text: &str) -> Option<usize> {
        let _ = (makefile, text);
        None
    }

    /// Judges the files that it claimed, which are in the order of their paths: each by itself, and what they mean for
    /// each other.
    fn judge(&self, files: &[Arc<Source>]) -> Judged;

    /// The same, with what may be looked at beside the files.
    fn judge_around(&self, files: &[Arc<Source>], around: &Around) -> Judged {
        let _ = around;
        self.judge(files)
    }
}

/// What a rule set has to say.
#[derive(Debug, Default)]
pub struct Judged {
    /// What it found.
    pub findings: Vec<Finding>,
    /// Comments in the files that allow some of it. A rule set finds comments and what they are about, the core reads
    /// and applies them.
    pub allowances: Vec<Allowance>,
}

impl Judged {
    /// Takes in what was found elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.allowances.extend(other.allowances);
    }
}
