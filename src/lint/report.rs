//! What a run of lint found.
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{AllowedOf, Answer, Finding, Severity, Source};

/// What was found, by place.
#[derive(Debug, Default)]
pub struct Report {
    /// What the files do not allow.
    pub findings: Vec<Finding>,
    /// What they allow.
    pub allowed: Vec<Allowed>,
    /// All files that were judged.
    pub sources: Vec<Arc<Source>>,
    /// How many files each rule set judged.
    pub judged: BTreeMap<&'static str, usize>,
}

/// A finding that a comment allows.
#[derive(Debug)]
pub struct Allowed {
    /// The finding.
    pub finding: Finding,
    /// The reason that the comment gives.
    pub reason: String,
}

impl Report {
    /// How many findings have that severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The report for programs.
    #[must_use]
    pub fn answer(&self) -> Answer {
        Answer {
            format: 1,
            judged: self.judged.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect(),
            counts: Severity::ALL.iter().map(|severity| (*severity, self.count(*severity))).collect(),
            findings: self.findings.iter().map(Into::into).collect(),
            allowed: self
                .allowed
                .iter()
                .map(|one| AllowedOf {
                    code: one.finding.rule.code,
                    path: one.finding.place.path().map(|path| path.display().to_string()).unwrap_or_default(),
                    line: one.finding.place.start().map_or(0, |at| at.line),
                    reason: one.reason.clone(),
                })
                .collect(),
        }
    }
}
