//! What a run of lint found.
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::rules::MORE;
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

/// More findings of one code in a file than this are not listed.
const MOST_OF_A_CODE: usize = 1000;

/// Findings in their order, each once, and of each code in a file no more than anybody reads.
pub(super) fn tidy(findings: &mut Vec<Finding>) {
    findings.sort_by(Finding::order);
    // What is read twice, as an included makefile is, is said once.
    findings.dedup_by(|one, other| one.order(other).is_eq());
    let key = |finding: &Finding| (finding.place.path().map(Path::to_owned), finding.rule.code);
    if findings.len() <= MOST_OF_A_CODE {
        return;
    }
    let mut count: BTreeMap<_, usize> = BTreeMap::new();
    for finding in findings.iter() {
        *count.entry(key(finding)).or_default() += 1;
    }
    let mut listed: BTreeMap<_, usize> = BTreeMap::new();
    findings.retain_mut(|finding| {
        let key = key(finding);
        let listed = listed.entry(key.clone()).or_default();
        *listed += 1;
        if *listed == MOST_OF_A_CODE + 1 {
            let more = count[&key] - MOST_OF_A_CODE;
            let message = format!("{more} more of {} are not listed", finding.rule.code);
            *finding = Finding::new(&MORE, finding.place.clone(), message);
        }
        *listed <= MOST_OF_A_CODE + 1
    });
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

#[cfg(test)]
mod tests {
    use super::{Finding, tidy};
    use crate::finding::Place;

    #[test]
    fn no_more_than_anybody_reads() {
        let rule = crate::lint::find_rule("PW3001").unwrap();
        let of = |file: &str, n: usize| {
            Finding::new(rule, Place::File(std::path::Path::new(file).into()), format!("line {n:05}"))
        };
        let mut findings: Vec<Finding> = (0..1500).map(|n| of("many", n)).collect();
        findings.extend((0..5).map(|n| of("few", n)));
        findings.extend((0..5).map(|n| of("few", n)));
        tidy(&mut findings);
        let (few, many) = findings.split_at(5);
        assert!(few.iter().all(|one| one.rule.code == "PW3001") && many.len() == 1001);
        assert_eq!((many[999].message.as_str(), many[1000].rule.code), ("line 00999", "PW0004"));
        assert_eq!(many[1000].message, "500 more of PW3001 are not listed");
    }
}
