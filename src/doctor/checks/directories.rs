//! Directories of state.
use std::time::Duration;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::facts::Accounts;
use crate::doctor::fix::Action;
use crate::doctor::root::{Failure, Found, Kind, Want, denied};
use crate::doctor::rules::DIRECTORY;
use crate::doctor::run::{Command, Runner};

use super::Checks;

/// The service's directories and that of its log, each with the mode that it should have.
fn wanted(subject: &Subject<'_>) -> Vec<(String, u32)> {
    let mut wanted: Vec<(String, u32)> =
        subject.service.directories.iter().map(|one| (subject.path_of(&one.path), one.mode)).collect();
    if let Ok(directory) = &subject.met.directory.value
        && directory.starts_with('/')
        && !wanted.iter().any(|(path, _)| path == directory)
    {
        wanted.push((directory.clone(), 0o750));
    }
    // SMF opens logs itself.
    let log = subject.met.log.as_ref().filter(|_| subject.met.pidfile.is_some());
    if let Some((parent, _)) = log.and_then(|log| log.rsplit_once('/'))
        && !wanted.iter().any(|(path, _)| path == parent)
    {
        wanted.push((parent.to_owned(), 0o750));
    }
    wanted
}

/// Each of them.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    wanted(subject).iter().map(|(path, mode)| one(subject, path, *mode)).collect()
}

fn one(subject: &Subject<'_>, path: &str, mode: u32) -> Check {
    let user = subject.user_name();
    let found = match subject.host.root.find(path) {
        Ok(found) => found,
        Err(failure) if failure.is_absent() => {
            let check = Check::new(&DIRECTORY, Status::Bad, file(path), failure.to_string());
            return make(subject, check, path, mode);
        }
        Err(failure @ (Failure::Dangling(..) | Failure::Loop(_) | Failure::NotDirectory(_))) => {
            return Check::new(&DIRECTORY, Status::Bad, file(path), failure.to_string()).next(format!("ls -l {path}"));
        }
        Err(failure) => return Check::new(&DIRECTORY, Status::Unknown, file(path), failure.to_string()),
    };
    if found.stat.kind != Kind::Directory {
        return Check::new(&DIRECTORY, Status::Bad, file(path), format!("it is {}", found.stat.kind))
            .next(format!("ls -l {path}"));
    }
    let mend = format!("chown {user}:{} {path} && chmod {mode:04o} {path}", subject.service.group);
    let Some((uid, groups)) = subject.who() else {
        let why = "whether the service may write there depends on its user, who is not known";
        return Check::new(&DIRECTORY, Status::Unknown, file(path), why);
    };
    let stat = found.stat;
    let closed = denied(&found, uid, groups, Want::Write).or_else(|| denied(&found, uid, groups, Want::Execute));
    if let Some((obstacle, stat)) = closed {
        let message = format!(
            "{user} may not write there: {obstacle} has mode {:04o}, owner {}, group {}",
            stat.mode, stat.uid, stat.gid
        );
        return Check::new(&DIRECTORY, Status::Bad, file(path), message).next(mend);
    }
    if let Some(why) = tried(subject, &found, uid) {
        return Check::new(&DIRECTORY, Status::Bad, file(path), why).next(format!("su -m {user} -c 'test -w {path}'"));
    }
    if stat.mode & 0o002 != 0 && stat.mode & 0o1000 == 0 {
        let message = format!("everybody may write there (mode {:04o})", stat.mode);
        return Check::new(&DIRECTORY, Status::Warn, file(path), message).next(mend);
    }
    Check::new(&DIRECTORY, Status::Ok, file(path), format!("{user} may write there (mode {:04o})", stat.mode))
}

/// What trying as the service's user shows that mode and owner do not: access control lists, a file system that is
/// mounted for reading only. Groups beyond the first are not had in the attempt, so it counts only where they are not
/// what gives access.
fn tried(subject: &Subject<'_>, found: &Found, uid: u32) -> Option<String> {
    let runner: &dyn Runner = subject.host.runner?;
    let account = subject.account.as_ref().ok()?;
    if !nix::unistd::geteuid().is_root() || denied(found, uid, &[account.gid], Want::Write).is_some() {
        return None;
    }
    let path = String::from_utf8(found.raw.clone()).ok()?;
    let argv = ["/bin/sh", "-c", "test -w \"$0\" && test -x \"$0\"", &path].map(ToOwned::to_owned);
    let mut command = Command::new(&argv, &[], Duration::from_secs(2))?;
    command.user = Some((uid, account.gid));
    match runner.run(&command) {
        Ok(output) if output.status == Some(1) => {
            Some(format!("{} cannot write there, although its mode lets it", account.name))
        }
        // What could not be tried takes nothing away from what the mode says.
        _ => None,
    }
}

/// Making it, when its owner and group are known by number.
fn make(subject: &Subject<'_>, check: Check, path: &str, mode: u32) -> Check {
    let group = Accounts::new(subject.host.root).group(&subject.service.group).ok().flatten();
    if let (Ok(account), Some(group)) = (&subject.account, group) {
        check.fix(Action::Directory {
            path: path.to_owned(),
            owner: (account.name.clone(), account.uid),
            group: (group.name, group.gid),
            mode,
        })
    } else {
        let (user, group) = (&subject.service.user, &subject.service.group);
        check.next(format!("mkdir -p {path} && chown {user}:{group} {path} && chmod {mode:04o} {path}"))
    }
}
