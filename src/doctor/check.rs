//! What one check says.
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::fix::Action;
use crate::finding::{Finding, Place, Rule, Severity};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The service cannot run so, or not for long.
    Bad,
    /// It runs, and something is not as it should be.
    Warn,
    /// What there is to look at does not suffice to decide.
    Unknown,
    /// As it should be.
    Ok,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Unknown => "unknown",
            Self::Ok => "ok",
        })
    }
}

/// What one check says about one thing.
#[derive(Clone, Debug)]
pub struct Check {
    /// Which check.
    pub rule: &'static Rule,
    /// How it came out.
    pub status: Status,
    /// What it is about.
    pub place: Place,
    /// What is so, in one line.
    pub message: String,
    /// What was looked at.
    pub looked: Vec<String>,
    /// Commands to type next.
    pub next: Vec<String>,
    /// What `--fix` does about it.
    pub fixes: Vec<Action>,
}

impl Check {
    /// A check that came out so.
    #[must_use]
    pub fn new(rule: &'static Rule, status: Status, place: Place, message: impl Into<String>) -> Self {
        let message = crate::doctor::root::safe(message.into().as_bytes());
        Self { rule, status, place, message, looked: Vec::new(), next: Vec::new(), fixes: Vec::new() }
    }

    /// What was looked at.
    #[must_use]
    pub fn looked(mut self, what: impl Into<String>) -> Self {
        let what = what.into();
        if !what.is_empty() {
            self.looked.push(crate::doctor::root::safe(what.as_bytes()));
        }
        self
    }

    /// A command to type next.
    #[must_use]
    pub fn next(mut self, command: impl Into<String>) -> Self {
        self.next.push(crate::doctor::root::safe(command.into().as_bytes()));
        self
    }

    /// What `--fix` does about it; its command is among those to type.
    #[must_use]
    pub fn fix(mut self, action: Action) -> Self {
        self.next.push(action.command());
        self.fixes.push(action);
        self
    }

    /// As a finding; nothing when all is well.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        let severity = match self.status {
            Status::Bad => Severity::Error,
            Status::Warn => Severity::Warning,
            Status::Unknown => Severity::Unknown,
            Status::Ok => return None,
        };
        let finding = Finding::new(self.rule, self.place.clone(), self.message.clone()).severity(severity);
        Some(if self.next.is_empty() { finding } else { finding.mend(self.next.join("; ")) })
    }
}

/// A thing of the host that is no file.
pub(super) fn thing(name: impl AsRef<str>) -> Place {
    Place::Thing(crate::doctor::root::safe(name.as_ref().as_bytes()))
}

/// A file of the host.
pub(super) fn file(path: impl AsRef<str>) -> Place {
    let path = crate::doctor::root::safe(path.as_ref().as_bytes());
    Place::File(std::path::Path::new(&path).into())
}
