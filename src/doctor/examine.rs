//! One look at a host.
use super::check::Status;
use super::checks::ALL;
use super::{Check, Subject};

/// All checks of a subject; the worst first within what belongs together is not their order: it is the order in which
/// a person would look.
#[must_use]
pub fn examine(subject: &Subject<'_>) -> Vec<Check> {
    ALL.iter().flat_map(|check| check(subject)).collect()
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
