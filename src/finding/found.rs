//! One finding.
use std::borrow::Cow;
use std::cmp::Ordering;
use std::path::Path;

use super::{Fix, Place, Rule, Severity};

/// One finding: a rule, where it is broken, and what follows.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong here: one line, lower case, no full stop.
    pub message: String,
    /// What happens at run time because of it.
    pub effect: Cow<'static, str>,
    /// How to mend it.
    pub mend: Cow<'static, str>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// A change that mends it and changes nothing else that matters.
    pub fix: Option<Fix>,
}

/// Another place that has to do with a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there, in a few words.
    pub what: String,
}

impl Finding {
    /// A finding with what the rule says about effect and mend.
    #[must_use]
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            place,
            message: one_line(message.into()),
            effect: Cow::Borrowed(rule.effect),
            mend: Cow::Borrowed(rule.mend),
            related: Vec::new(),
            fix: None,
        }
    }

    /// Worse or less bad than usual.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// What happens in this very case.
    #[must_use]
    pub fn effect(mut self, effect: impl Into<Cow<'static, str>>) -> Self {
        self.effect = effect.into();
        self
    }

    /// How to mend this very case.
    #[must_use]
    pub fn mend(mut self, mend: impl Into<Cow<'static, str>>) -> Self {
        self.mend = mend.into();
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn related(mut self, place: Place, what: impl Into<String>) -> Self {
        self.related.push(Related { place, what: one_line(what.into()) });
        self
    }

    /// Adds the change that mends it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// By file, then place, then code; the same order every time.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        fn key(one: &Finding) -> (Option<&Path>, usize, &str, &str) {
            let start = match &one.place {
                Place::Text { span, .. } => span.start,
                Place::File(_) | Place::Thing(_) => 0,
            };
            (one.place.path(), start, one.rule.code, &one.message)
        }
        key(self).cmp(&key(other))
    }
}

/// What stands in a file may be in a message, and breaks neither its line nor the terminal.
fn one_line(text: String) -> String {
    if !text.contains(char::is_control) {
        return text;
    }
    text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Finding, Place};

    #[test]
    fn a_message_is_one_line_whatever_stands_in_the_file() {
        let place = || Place::File(Path::new("x").into());
        let rule = crate::lint::find_rule("PW1001").unwrap();
        let finding = Finding::new(rule, place(), "not `\n`, but `\u{1b}[2J`: \"größe\"").related(place(), "a\tb");
        assert_eq!(finding.message, "not `\\n`, but `\\u{1b}[2J`: \"größe\"");
        assert_eq!(finding.related[0].what, "a\\tb");
    }
}
