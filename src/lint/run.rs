//! The whole of it.
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::files::{Claimed, collect};
use super::rcd::RcD;
use super::rule_set::{Judged, RuleSet};
use super::smf::Smf;
use super::{Report, allow};
use crate::finding::Source;

/// All rule sets. A new one is entered here, and nowhere else.
static RULE_SETS: &[&dyn RuleSet] = &[&Smf, &RcD];

/// All rule sets.
#[must_use]
pub fn rule_sets() -> &'static [&'static dyn RuleSet] {
    RULE_SETS
}

/// Judges files and trees.
///
/// # Errors
/// As [`collect`].
pub fn lint(paths: &[PathBuf]) -> Result<Report> {
    Ok(report(&collect(paths, RULE_SETS)?))
}

/// Judges texts that need not be on the disk; those that no rule set claims are passed over.
#[must_use]
pub fn judge(sources: &[Arc<Source>]) -> Report {
    let mut sources = sources.to_vec();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let files = RULE_SETS
        .iter()
        .map(|set| sources.iter().filter(|source| set.claims(&source.path, &source.text)).cloned().collect())
        .collect();
    report(&Claimed { files })
}

fn report(claimed: &Claimed) -> Report {
    let mut judged = Judged::default();
    let mut report = Report::default();
    for (set, files) in RULE_SETS.iter().zip(&claimed.files).filter(|(_, files)| !files.is_empty()) {
        report.judged.insert(set.name(), files.len());
        judged.extend(set.judge(files));
    }
    let (findings, allowed) = allow::apply(judged.findings, &judged.allowances);
    report.findings = findings;
    report.allowed = allowed;
    report.findings.sort_by(crate::finding::Finding::order);
    report.allowed.sort_by(|one, other| one.finding.order(&other.finding));
    report
}
