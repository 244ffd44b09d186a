//! The clock.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::rules::CLOCK;

use super::Checks;

/// 2026-01-01: this program is younger.
const EARLIEST: i64 = 1_767_225_600;
/// A day.
const DAY: i64 = 86_400;

/// On the live host only: a root has no clock.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    if !subject.host.is_live() {
        return Vec::new();
    }
    let at = || thing("clock");
    let Some(now) = subject.host.now else {
        return vec![Check::new(&CLOCK, Status::Unknown, at(), "the clock cannot be read").next("date")];
    };
    let ahead = ["/etc/passwd", "/etc/group", "/etc"]
        .iter()
        .filter_map(|path| Some((*path, subject.host.root.find(path).ok()?.stat.modified.0)))
        .find(|(_, changed)| *changed > now + DAY);
    let check = if now < EARLIEST {
        Check::new(
            &CLOCK,
            Status::Bad,
            at(),
            format!("it stands {} days before this program was written", (EARLIEST - now) / DAY),
        )
        .next("date; then set the clock and start a time service")
    } else if let Some((path, changed)) = ahead {
        Check::new(
            &CLOCK,
            Status::Bad,
            at(),
            format!("{path} was changed {} days in the future", (changed - now) / DAY),
        )
        .next("date; then set the clock and start a time service")
    } else {
        Check::new(&CLOCK, Status::Ok, at(), "it is later than this program and than the system's files")
    };
    vec![check]
}
