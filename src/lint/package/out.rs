//! Where rules put what they find.
use crate::finding::{Finding, Place, Rule};

/// What was found in one package.
#[derive(Default)]
pub(crate) struct Out {
    pub(crate) findings: Vec<Finding>,
}

impl Out {
    /// A finding with what the rule says.
    pub(crate) fn say(&mut self, rule: &'static Rule, place: Place, message: impl Into<String>) {
        self.findings.push(Finding::new(rule, place, message));
    }

    /// A finding with more to say.
    pub(crate) fn say_with(
        &mut self,
        rule: &'static Rule,
        place: Place,
        message: impl Into<String>,
        more: impl FnOnce(Finding) -> Finding,
    ) {
        self.findings.push(more(Finding::new(rule, place, message)));
    }
}

/// Names in a sentence: the first few, and how many more there are.
pub(crate) fn listing<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", name.as_ref())).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
