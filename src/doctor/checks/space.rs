//! Room on file systems.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::rules::SPACE;
use crate::port::size;

use super::Checks;

/// With less than this the next write fails.
const FULL: u64 = 1 << 20;
/// Less than this is little for any server.
const LEAST: u64 = 64 << 20;

/// The room under each directory of state; those on one file system are told once.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let databases: u64 = subject
        .service
        .databases
        .iter()
        .filter_map(|one| subject.host.root.find(&subject.path_of(one)).ok())
        .map(|found| found.stat.size)
        .sum();
    let mut seen = Vec::new();
    let mut checks = Vec::new();
    for directory in &subject.service.directories {
        let path = subject.path_of(&directory.path);
        // What is missing is said elsewhere.
        let Ok(found) = subject.host.root.find(&path) else { continue };
        if seen.contains(&found.stat.id.0) {
            continue;
        }
        seen.push(found.stat.id.0);
        checks.push(one(subject, &path, databases.max(LEAST)));
    }
    checks
}

fn one(subject: &Subject<'_>, path: &str, needed: u64) -> Check {
    match subject.host.root.space(path) {
        Err(failure) => Check::new(&SPACE, Status::Unknown, file(path), failure.to_string()),
        Ok(space) if space.read_only => {
            Check::new(&SPACE, Status::Bad, file(path), "its file system is mounted for reading only").next("mount")
        }
        Ok(space) if space.free < FULL => {
            let message = format!("it is full: {} are free", size(space.free));
            Check::new(&SPACE, Status::Bad, file(path), message).next(format!("df -h {path}"))
        }
        Ok(space) if space.free < needed => {
            let message = format!("{} are free, {} should be", size(space.free), size(needed));
            Check::new(&SPACE, Status::Warn, file(path), message).next(format!("df -h {path}"))
        }
        Ok(space) => Check::new(
            &SPACE,
            Status::Ok,
            file(path),
            format!("{} of {} are free", size(space.free), size(space.total)),
        ),
    }
}
