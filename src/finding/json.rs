//! Findings for programs: one JSON object, the same bytes every time.
use std::collections::BTreeMap;

use serde::Serialize;

use super::{Finding, Position, Severity};

/// What `lint --format json` answers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Answer {
    /// Raised when a reader of the answer would be misled.
    pub format: u32,
    /// How many files each rule set judged.
    pub judged: BTreeMap<String, usize>,
    /// How many findings of each severity.
    pub counts: BTreeMap<Severity, usize>,
    /// All findings, by place.
    pub findings: Vec<FindingOf>,
    /// What the files themselves allow, with the reasons they give.
    pub allowed: Vec<AllowedOf>,
}

/// A finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FindingOf {
    code: &'static str,
    severity: Severity,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thing: Option<String>,
    #[serde(flatten)]
    place: PlaceOf,
    effect: String,
    mend: String,
    fixable: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedOf>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct RelatedOf {
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(flatten)]
    place: PlaceOf,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct PlaceOf {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

/// A finding that a comment in the file allows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AllowedOf {
    /// Its code.
    pub code: &'static str,
    /// The file.
    pub path: String,
    /// The line of the finding.
    pub line: usize,
    /// The reason that the comment gives.
    pub reason: String,
}

impl PlaceOf {
    fn new(start: Option<Position>, end: Option<Position>) -> Self {
        Self {
            line: start.map(|at| at.line),
            column: start.map(|at| at.column),
            end_line: end.map(|at| at.line),
            end_column: end.map(|at| at.column),
        }
    }
}

impl From<&Finding> for FindingOf {
    fn from(finding: &Finding) -> Self {
        let path = |place: &super::Place| place.path().map(|path| path.display().to_string());
        Self {
            code: finding.rule.code,
            severity: finding.severity,
            message: finding.message.clone(),
            path: path(&finding.place),
            thing: finding.place.path().is_none().then(|| finding.place.name()),
            place: PlaceOf::new(finding.place.start(), finding.place.end()),
            effect: finding.effect.to_string(),
            mend: finding.mend.to_string(),
            fixable: finding.fix.is_some(),
            related: finding
                .related
                .iter()
                .map(|related| RelatedOf {
                    what: related.what.clone(),
                    path: path(&related.place),
                    place: PlaceOf::new(related.place.start(), related.place.end()),
                })
                .collect(),
        }
    }
}
