//! One look at a host.
use super::check::Status;
use super::checks::ALL;
use super::{Check, Subject};
use crate::finding::Place;

/// All checks of a subject; the worst first within what belongs together is not their order: it is the order in which
/// a person would look.
#[must_use]
pub fn examine(subject: &Subject<'_>) -> Vec<Check> {
    let mut all = Vec::new();
    for (check, looked) in ALL {
        for mut said in check(subject) {
            if said.looked.is_empty() {
                let at = if let Place::File(_) = said.place {
                    format!("{}: {looked}", said.place.name())
                } else {
                    (*looked).to_owned()
                };
                said.looked.push(at);
            }
            if said.status == Status::Unknown && said.next.is_empty() {
                said.next.push(match said.place {
                    Place::File(_) => format!("ls -l {}", said.place.name()),
                    _ => format!("portwright explain {}", said.rule.code),
                });
            }
            all.push(said);
        }
    }
    all
}

/// What all of them come to: bad if one is, unknown if nothing worse is.
#[must_use]
pub fn verdict(checks: &[Check]) -> Status {
    let has = |status| checks.iter().any(|check| check.status == status);
    if has(Status::Bad) {
        Status::Bad
    } else if has(Status::Unknown) {
        Status::Unknown
    } else if has(Status::Warn) {
        Status::Warn
    } else {
        Status::Ok
    }
}
