//! Looking at a root through the library, as the command line does.
use portwright::doctor::root::Root as Seen;
use portwright::doctor::run::{Runner, System};
use portwright::doctor::{Check, Host, Status, Subject, examine};

use super::{Family, LANTERN, Root};

/// What else is said.
pub(crate) struct Asked<'a> {
    pub(crate) recipe: &'a str,
    pub(crate) runner: Option<&'a dyn Runner>,
    pub(crate) run_programs: bool,
    pub(crate) options: Vec<String>,
    pub(crate) memory: Option<u64>,
    pub(crate) callers_path: Option<&'a str>,
    pub(crate) now: Option<i64>,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self {
            recipe: LANTERN,
            runner: None,
            run_programs: false,
            options: Vec::new(),
            memory: None,
            callers_path: None,
            now: Some(4_000_000_000),
        }
    }
}

/// All checks of a root.
pub(crate) fn look(root: &Root, family: Family, asked: &Asked<'_>) -> Vec<Check> {
    let port = family.port(asked.recipe);
    let seen = Seen::open(&root.path()).unwrap();
    let host = Host {
        root: &seen,
        runner: asked.runner,
        own: &System { until: None },
        run_programs: asked.run_programs,
        profile: &port.profile,
        memory: asked.memory,
        callers_path: asked.callers_path,
        now: asked.now,
    };
    let subject = Subject::gather(host, &port, port.service.as_ref().unwrap(), &asked.options);
    let checks = examine(&subject);
    let mute = checks.iter().filter(|one| one.looked.is_empty() || (one.status != Status::Ok && one.next.is_empty()));
    let mute: Vec<String> = mute.map(|one| format!("{} {}: {}", one.status, one.rule.code, one.message)).collect();
    assert!(mute.is_empty(), "what was looked at, and what is to be typed next? {mute:#?}");
    checks
}

/// What is not ok, a line each.
pub(crate) fn not_ok(checks: &[Check]) -> Vec<String> {
    let wrong = checks.iter().filter(|check| check.status != Status::Ok);
    let found = checks.iter().filter(|check| check.finding().is_some());
    assert_eq!(wrong.clone().count(), found.count(), "what is not ok is a finding, and nothing else is");
    wrong
        .map(|check| format!("{} {} {}: {}", check.status, check.rule.code, check.place.name(), check.message))
        .collect()
}
