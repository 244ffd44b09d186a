//! Directories of state.
use std::time::Duration;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::facts::Accounts;
use crate::doctor::fix::Action;
use crate::doctor::root::{Failure, Found, Kind, Want, denied, safe};
use crate::doctor::rules::DIRECTORY;
use crate::doctor::run::Command;
use crate::port::Before;

use super::Checks;

/// The service's directories and that of its log, each with the mode that it should have.
fn wanted(subject: &Subject<'_>) -> Vec<(String, u32)> {
    let mut wanted: Vec<(String, u32)> = Vec::new();
    for before in subject.before_start() {
        let Before::Writable(phrase) = before else { continue };
        let path = match &subject.met.directory.value {
            // The working directory is where the host says, not where the recipe does.
            Ok(directory) if *phrase == subject.service.directory && directory.starts_with('/') => directory.clone(),
            _ => subject.path_of(phrase),
        };
        let mode = subject.service.directories.iter().find(|one| one.path == *phrase).map_or(0o750, |one| one.mode);
        if !wanted.iter().any(|(known, _)| *known == path) {
            wanted.push((path, mode));
        }
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
    let how = match tried(subject, &found, uid, groups) {
        Tried::No(why) => why,
        Tried::Wrote => format!("tried as {user}: a file was made there and removed"),
        Tried::Refused(said) => {
            let why = format!("{user} cannot make a file there, although owner and mode let it: {said}");
            return Check::new(&DIRECTORY, Status::Bad, file(path), why)
                .looked(format!("tried as {user}"))
                .next(format!("df {path}; mount; getfacl {path}"));
        }
        Tried::Unknown(why) => {
            let why = format!("whether {user} can make a file there was not found out: {why}");
            return Check::new(&DIRECTORY, Status::Unknown, file(path), why).next(format!("ls -ld {path}"));
        }
    };
    if stat.mode & 0o002 != 0 && stat.mode & 0o1000 == 0 {
        let message = format!("everybody may write there (mode {:04o})", stat.mode);
        return Check::new(&DIRECTORY, Status::Warn, file(path), message).next(mend);
    }
    Check::new(&DIRECTORY, Status::Ok, file(path), format!("{user} may write there (mode {:04o})", stat.mode))
        .looked(how)
}

/// What trying comes to.
enum Tried {
    /// It was not tried: why, or what was looked at instead.
    No(String),
    /// A file was made and removed.
    Wrote,
    /// It cannot be made, in the shell's words.
    Refused(String),
    /// That was not found out.
    Unknown(String),
}

/// What trying as the service's user shows that owner and mode do not: access control lists, a file system that is
/// mounted for reading only or is full, a quota.
fn tried(subject: &Subject<'_>, found: &Found, uid: u32, groups: &[u32]) -> Tried {
    let (Some(runner), Ok(account)) = (subject.host.runner, &subject.account) else {
        return Tried::No("owner and mode".to_owned());
    };
    if !nix::unistd::geteuid().is_root() {
        return Tried::No("owner and mode; trying as the service's user needs root".to_owned());
    }
    // A process that is started so has one group: the one that opens the directory.
    let gid = if groups.contains(&found.stat.gid) { found.stat.gid } else { account.gid };
    if denied(found, uid, &[gid], Want::Write).is_some() {
        return Tried::No("owner and mode; it takes several groups to get there".to_owned());
    }
    let Ok(path) = String::from_utf8(found.raw.clone()) else { return Tried::No("owner and mode".to_owned()) };
    let script = "umask 077; set -C; t=.portwright-doctor.$$; cd \"$0\" && true >$t && rm -f $t || exit 9";
    let argv = ["/bin/sh", "-c", script, &path].map(ToOwned::to_owned);
    let Some(mut command) = Command::new(&argv, &[], Duration::from_secs(2)) else {
        return Tried::No("owner and mode".to_owned());
    };
    command.user = Some((uid, gid));
    match runner.run(&command) {
        Ok(output) if output.success() => Tried::Wrote,
        Ok(output) if output.status == Some(9) => {
            Tried::Refused(safe(output.stderr.lines().next().unwrap_or_default().as_bytes()))
        }
        Ok(output) => Tried::Unknown(format!("/bin/sh ended with {}", output.end())),
        Err(why) => Tried::Unknown(why),
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
