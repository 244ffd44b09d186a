//! The whole of it.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::files::{Claimed, Packages, collect, judged_by, of_package};
use super::freebsd::FreeBsd;
use super::openbsd::OpenBsd;
use super::pkgsrc::Pkgsrc;
use super::rcd::RcD;
use super::report::tidy;
use super::rule_set::{Judged, RuleSet};
use super::smf::Smf;
use super::{Around, Report, allow};
use crate::finding::Source;

/// All rule sets. A new one is entered here, and nowhere else.
static RULE_SETS: &[&dyn RuleSet] = &[&Smf, &RcD, &Pkgsrc, &OpenBsd, &FreeBsd];

/// All rule sets.
#[must_use]
pub fn rule_sets() -> &'static [&'static dyn RuleSet] {
    RULE_SETS
}

/// Judges files and trees.
///
/// # Errors
/// As [`collect`].
pub fn lint(paths: &[PathBuf], around: &Around) -> Result<Report> {
    Ok(report(&collect(paths, RULE_SETS)?, around))
}

/// Judges texts that need not be on the disk; those that no rule set claims are passed over.
#[must_use]
pub fn judge(sources: &[Arc<Source>]) -> Report {
    let mut sources = sources.to_vec();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let of = |source: &Arc<Source>| {
        let by = judged_by(&source.path, &source.text, RULE_SETS);
        (source.path.parent().map(Path::to_owned).unwrap_or_default(), by)
    };
    let makefiles = sources.iter().filter(|source| source.path.file_name().is_some_and(|name| name == "Makefile"));
    let packages: Packages = makefiles.map(of).filter(|(_, by)| by.contains(&true)).collect();
    let part = |at: usize, source: &Source| of_package(&source.path, &packages).is_some_and(|by| by[at]);
    let files = RULE_SETS
        .iter()
        .enumerate()
        .map(|(at, set)| {
            let claims = |source: &&Arc<Source>| part(at, source) || set.claims(&source.path, &source.text);
            sources.iter().filter(claims).cloned().collect()
        })
        .collect();
    report(&Claimed { files }, &Around::default())
}

fn report(claimed: &Claimed, around: &Around) -> Report {
    let mut judged = Judged::default();
    let mut report = Report::default();
    let busy: Vec<_> = RULE_SETS.iter().zip(&claimed.files).filter(|(_, files)| !files.is_empty()).collect();
    let each: Vec<Judged> = busy.par_iter().map(|(set, files)| set.judge_around(files, around)).collect();
    for ((set, files), of_set) in busy.iter().zip(each) {
        report.judged.insert(set.name(), files.len());
        judged.extend(of_set);
    }
    report.sources = claimed.files.iter().flatten().cloned().collect();
    report.sources.sort_by(|one, other| one.path.cmp(&other.path));
    report.sources.dedup_by(|one, other| one.path == other.path);
    let (findings, allowed) = allow::apply(judged.findings, &judged.allowances);
    report.findings = findings;
    report.allowed = allowed;
    tidy(&mut report.findings);
    report.allowed.sort_by(|one, other| one.finding.order(&other.finding));
    report
}
