//! Comments in a file that allow a finding, with the reason.
use std::ops::Range;
use std::sync::Arc;

use super::rules::{ALLOW_UNCLEAR, ALLOW_UNKNOWN, ALLOW_UNUSED};
use super::{Allowed, find_rule};
use crate::finding::{Finding, Place, Source};

/// How a comment that is for us begins.
const MARK: &str = "portwright:";

/// A comment that allows findings.
#[derive(Debug)]
pub struct Allowance {
    source: Arc<Source>,
    /// Codes and where they stand.
    codes: Vec<(&'static str, Range<usize>)>,
    reason: String,
    /// Findings that begin here are allowed.
    scope: Range<usize>,
}

/// Reads a comment. `text` is what is between the comment's signs, `span` where that stands in the source, `scope` what
/// the comment is about. Nothing when the comment is not for us.
///
/// # Errors
/// A finding, when the comment is for us and cannot be understood.
#[must_use]
pub fn allowance(
    source: &Arc<Source>,
    text: &str,
    span: &Range<usize>,
    scope: Range<usize>,
) -> Option<Result<Allowance, Finding>> {
    let said = text.trim_start().strip_prefix(MARK)?;
    let start = span.start + (text.len() - said.len());
    let trimmed = span.start + (text.len() - text.trim_start().len())..span.start + text.trim_end().len();
    let unclear =
        |message: &str| Some(Err(Finding::new(&ALLOW_UNCLEAR, Place::text(source, trimmed.clone()), message)));
    let Some(codes_and_reason) = said.trim_start().strip_prefix("allow") else {
        return unclear("only `allow` can be said here");
    };
    let Some((codes, reason)) = codes_and_reason.split_once(':') else {
        return unclear("no reason is given");
    };
    if reason.trim().is_empty() {
        return unclear("no reason is given");
    }
    let codes_start = start + (said.len() - codes_and_reason.len());
    let mut found = Vec::new();
    for word in codes.split([',', ' ', '\t', '\n']).filter(|word| !word.is_empty()) {
        let at = codes_start + (word.as_ptr() as usize - codes.as_ptr() as usize);
        let place = at..at + word.len();
        if let Some(rule) = find_rule(word) {
            found.push((rule.code, place));
        } else {
            let message = format!("there is no code `{word}`");
            return Some(Err(Finding::new(&ALLOW_UNKNOWN, Place::text(source, place), message)));
        }
    }
    if found.is_empty() {
        return unclear("no code is named");
    }
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Ok(Allowance { source: Arc::clone(source), codes: found, reason, scope }))
}

impl Allowance {
    fn covers(&self, finding: &Finding) -> Option<&'static str> {
        let Place::Text { source, span } = &finding.place else { return None };
        let here = source.path == self.source.path && self.scope.contains(&span.start);
        let code = self.codes.iter().find(|(code, _)| *code == finding.rule.code);
        code.filter(|_| here).map(|(code, _)| *code)
    }
}

/// Takes away what is allowed; what allows nothing becomes a finding.
pub(super) fn apply(findings: Vec<Finding>, allowances: &[Allowance]) -> (Vec<Finding>, Vec<Allowed>) {
    let mut used = vec![Vec::new(); allowances.len()];
    let mut rest = Vec::new();
    let mut allowed = Vec::new();
    for finding in findings {
        let by = allowances.iter().enumerate().find_map(|(at, one)| one.covers(&finding).map(|code| (at, code, one)));
        match by {
            Some((at, code, one)) => {
                used[at].push(code);
                allowed.push(Allowed { finding, reason: one.reason.clone() });
            }
            None => rest.push(finding),
        }
    }
    for (one, used) in allowances.iter().zip(used) {
        for (code, span) in one.codes.iter().filter(|(code, _)| !used.contains(code)) {
            let place = Place::text(&one.source, span.clone());
            rest.push(Finding::new(&ALLOW_UNUSED, place, format!("no {code} is found here")));
        }
    }
    (rest, allowed)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::allowance;
    use crate::finding::Source;

    /// Codes with the text at their places.
    type Codes = Vec<(String, String)>;

    fn of(text: &str) -> Option<Result<Codes, (&'static str, String)>> {
        let source = Arc::new(Source::new("x", text));
        let read = allowance(&source, text, &(0..text.len()), 0..1)?;
        Some(match read {
            Ok(one) => {
                Ok(one.codes.iter().map(|(code, span)| ((*code).to_owned(), text[span.clone()].to_owned())).collect())
            }
            Err(finding) => Err((finding.rule.code, finding.message)),
        })
    }

    #[test]
    fn what_can_be_said() {
        let good = of(" portwright: allow PW1113, pw1111 PW0002: it is\n so ").unwrap().unwrap();
        assert_eq!(good.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["PW1113", "PW1111", "PW0002"]);
        assert_eq!(good[1].1, "pw1111", "the place is right");
        assert!(of("a comment about portwright: allow").is_none());
        let wrong = |text: &str| of(text).unwrap().unwrap_err();
        assert_eq!(wrong("portwright: allow PW1113"), ("PW0001", "no reason is given".to_owned()));
        assert_eq!(wrong("portwright: allow PW1113: "), ("PW0001", "no reason is given".to_owned()));
        assert_eq!(wrong("portwright: allow : why").0, "PW0001");
        assert_eq!(wrong("portwright: ignore PW1113: why").0, "PW0001");
        assert_eq!(wrong("portwright: allow PW9999: why"), ("PW0003", "there is no code `PW9999`".to_owned()));
    }
}
