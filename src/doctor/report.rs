//! What the doctor answers, for programs and for people.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use super::check::{Check, Status};
use super::facts::{Fact, Limit};
use super::{Subject, verdict};

/// What `doctor --format json` answers.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "portwright doctor's answer")]
pub struct Answer {
    /// Raised when a reader of the answer would be misled; fields may be added without that.
    pub format: u32,
    /// All together: bad if one check is, else unknown if one is, else warn, else ok.
    pub verdict: Status,
    /// The server's name.
    pub name: String,
    /// The profile by which the host was judged.
    pub profile: String,
    /// The directory that was looked at as the host's `/`.
    pub root: String,
    /// Whether that is the running host itself.
    pub live: bool,
    /// What the service gets.
    pub service: Service,
    /// How many checks came out how.
    pub counts: BTreeMap<Status, usize>,
    /// All checks, in the order in which a person would look.
    pub checks: Vec<CheckOf>,
    /// What was not asked, since it is of running hosts only.
    pub not_asked: Vec<String>,
    /// What `--fix` did or could not do.
    pub fixed: Vec<Fixed>,
}

/// What the service gets, as it was worked out from what is installed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Service {
    /// Its name for the service manager.
    pub name: String,
    /// The script or manifest; nothing when none is installed.
    pub definition: Option<String>,
    /// The user.
    pub user: FactOf,
    /// The program.
    pub program: FactOf,
    /// PATH, with colons.
    pub path: FactOf,
    /// Working directory.
    pub directory: FactOf,
    /// Soft limit of open files.
    pub open_files: FactOf,
    /// `true` or `false`: whether it is started at boot.
    pub enabled: FactOf,
    /// Configuration files by their ids in the recipe.
    pub configs: BTreeMap<String, FactOf>,
}

/// A fact, or why it is not known.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FactOf {
    /// It; nothing when it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
    /// Where it is from.
    pub from: String,
}

/// A check.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct CheckOf {
    /// Its code: `portwright explain CODE`.
    pub code: String,
    /// How it came out.
    pub status: Status,
    /// The file or thing that it is about.
    pub place: String,
    /// What is so.
    pub message: String,
    /// What was looked at.
    pub looked: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// Commands to type next, when it is not ok.
    pub next: Vec<String>,
    /// What `--fix` does about it.
    pub fix: Vec<String>,
}

/// Something that `--fix` did.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Fixed {
    /// What.
    pub what: String,
    /// `done`, `there already`, or why it could not be done.
    pub outcome: String,
}

impl<T> Fact<T> {
    fn told(&self, text: impl Fn(&T) -> String) -> FactOf {
        FactOf {
            value: self.value.as_ref().ok().map(text),
            unknown: self.value.as_ref().err().cloned(),
            from: self.from.clone(),
        }
    }
}

impl Answer {
    /// The answer about a subject.
    #[must_use]
    pub fn new(subject: &Subject<'_>, checks: &[Check], fixed: Vec<Fixed>) -> Self {
        let mut counts: BTreeMap<Status, usize> =
            [Status::Bad, Status::Warn, Status::Unknown, Status::Ok].map(|status| (status, 0)).into();
        for check in checks {
            *counts.entry(check.status).or_default() += 1;
        }
        let met = &subject.met;
        let text = Clone::clone;
        Self {
            format: 1,
            verdict: verdict(checks),
            name: subject.port.name.clone(),
            profile: subject.port.profile.name.clone(),
            root: subject.host.root.path().display().to_string(),
            live: subject.host.is_live(),
            service: Service {
                name: met.name.clone(),
                definition: met.definition.clone().ok(),
                user: met.user.told(text),
                program: met.program.told(text),
                path: met.path.told(|path| path.join(":")),
                directory: met.directory.told(text),
                open_files: met.open_files.told(|limit| match limit {
                    Limit::Of(limit) => limit.to_string(),
                    Limit::Unlimited => "unlimited".to_owned(),
                }),
                enabled: met.enabled.told(bool::to_string),
                configs: met.configs.iter().map(|(id, fact)| (id.clone(), fact.told(text))).collect(),
            },
            counts,
            checks: checks.iter().map(Into::into).collect(),
            not_asked: not_asked(subject),
            fixed,
        }
    }
}

impl From<&Check> for CheckOf {
    fn from(check: &Check) -> Self {
        Self {
            code: check.rule.code.to_owned(),
            status: check.status,
            place: check.place.name(),
            message: check.message.clone(),
            looked: check.looked.clone(),
            why: check.rule.effect.to_owned(),
            next: check.next.clone(),
            fix: check.fixes.iter().map(ToString::to_string).collect(),
        }
    }
}

fn not_asked(subject: &Subject<'_>) -> Vec<String> {
    if subject.host.is_live() {
        return Vec::new();
    }
    ["whether the service runs", "whether its addresses are free", "the clock"].map(ToOwned::to_owned).to_vec()
}

/// The JSON schema of [`Answer`].
#[must_use]
pub fn schema() -> Schema {
    schema_for!(Answer)
}

/// The answer for a person: what is not ok, each with why and what to type; what is ok only when `all` is set.
#[must_use]
pub fn human(answer: &Answer, checks: &[Check], all: bool) -> String {
    let mut text = String::new();
    for check in checks.iter().filter(|check| all || check.status != Status::Ok) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:8}{} {}: {}", check.status, check.rule.code, check.place.name(), check.message);
        for looked in &check.looked {
            let _ = writeln!(text, "          looked at: {looked}");
        }
        if check.status != Status::Ok {
            let _ = writeln!(text, "          why:       {}", check.rule.effect);
        }
        for next in check.next.iter().filter(|_| check.status != Status::Ok) {
            let _ = writeln!(text, "          next:      {next}");
        }
    }
    for fixed in &answer.fixed {
        let _ = writeln!(text, "fix     {}: {}", fixed.what, fixed.outcome);
    }
    if !answer.not_asked.is_empty() {
        let _ = writeln!(text, "not asked of a root that does not run: {}", answer.not_asked.join(", "));
    }
    let count = |status| answer.counts.get(&status).copied().unwrap_or(0);
    let word = match answer.verdict {
        Status::Bad => "not fit",
        Status::Unknown => "not decided",
        Status::Warn | Status::Ok => "fit",
    };
    let _ = writeln!(
        text,
        "{}: {word} ({} bad, {} unknown, {} warn, {} ok)",
        answer.name,
        count(Status::Bad),
        count(Status::Unknown),
        count(Status::Warn),
        count(Status::Ok)
    );
    text
}
