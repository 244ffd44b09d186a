//! Where checks put what they find.
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::rules::OPEN;
use super::super::value::{Verdict, judge};
use crate::finding::{Finding, Place, Rule, Source};

/// What was found in one document.
pub(crate) struct Out {
    source: Arc<Source>,
    findings: Vec<Finding>,
    /// The same thing is often seen from several sides: from each instance of a service, for one.
    said: BTreeSet<(&'static str, usize, String)>,
}

impl Out {
    pub(crate) fn new(source: &Arc<Source>) -> Self {
        Self { source: Arc::clone(source), findings: Vec::new(), said: BTreeSet::new() }
    }

    /// A place in the document.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place::text(&self.source, span)
    }

    /// What is written there.
    pub(crate) fn written(&self, span: Range<usize>) -> &str {
        self.source.text.get(span).unwrap_or_default()
    }

    /// Where the document is.
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.source.path
    }

    /// A finding of `rule` at a place, with what the rule says.
    pub(crate) fn say(&mut self, rule: &'static Rule, span: Range<usize>, message: impl Into<String>) {
        self.say_with(rule, span, message, |finding| finding);
    }

    /// A finding of `rule` at a place, with more to say.
    pub(crate) fn say_with(
        &mut self,
        rule: &'static Rule,
        span: Range<usize>,
        message: impl Into<String>,
        more: impl FnOnce(Finding) -> Finding,
    ) {
        let message = message.into();
        if self.said.insert((rule.code, span.start, message.clone())) {
            self.findings.push(more(Finding::new(rule, self.place(span), message)));
        }
    }

    /// Holds a text that may have placeholders against a check; `bad` says what is wrong when nothing that the build can
    /// put in makes it right.
    pub(crate) fn demand(
        &mut self,
        text: &str,
        span: Range<usize>,
        check: impl Fn(&str) -> bool,
        bad: impl FnOnce(&mut Self, Range<usize>),
    ) {
        match judge(text, check) {
            Verdict::Good => {}
            Verdict::Bad => bad(self, span),
            Verdict::Open => {
                self.say(&OPEN, span, format!("whether `{text}` is right depends on what the build puts in"));
            }
        }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// A text cut to what fits into a message.
pub(crate) fn short(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &one_line[..at]),
        None => one_line,
    }
}
