//! The service as its manager knows it.
use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::fix::Action;
use crate::doctor::root::{Kind, Want, denied, safe};
use crate::doctor::rules::{ENABLED, PATH, REGISTERED, RUNNING};
use crate::profile::Manager;

use super::Checks;

/// Lines of a log that are shown.
const LINES: usize = 5;
/// Bytes at the end of a log that are looked at.
const TAIL: u64 = 16 * 1024;

/// Whether there is a script or manifest.
pub(super) fn registered(subject: &Subject<'_>) -> Checks {
    let name = &subject.met.name;
    let smf = subject.port.profile.service.manager == Manager::Smf;
    let check = match &subject.met.definition {
        Err(looked) => {
            let what = if smf { "manifest" } else { "script" };
            let check =
                Check::new(&REGISTERED, Status::Bad, thing(name), format!("no {what} of the service is installed"))
                    .looked(looked.join(", "));
            match &subject.met.uninstalled {
                Some((from, to)) => check.next(format!("cp {from} {to} && chmod 0555 {to}")),
                None => check.next(format!(
                    "portwright generate --target {} --profile {}",
                    if smf { "smf" } else { "rc.d" },
                    subject.port.profile.name
                )),
            }
        }
        Ok(path) => match subject.host.root.find(path) {
            Err(failure) => Check::new(&REGISTERED, Status::Unknown, file(path), failure.to_string()),
            Ok(found) if smf || found.stat.kind != Kind::File => match found.stat.kind {
                Kind::File | Kind::Directory if subject.met.user.value.is_ok() => {
                    Check::new(&REGISTERED, Status::Ok, file(path), format!("it defines {name}"))
                }
                _ => Check::new(
                    &REGISTERED,
                    Status::Unknown,
                    file(path),
                    subject.met.user.value.clone().err().unwrap_or_else(|| format!("it is {}", found.stat.kind)),
                ),
            },
            // rc(8) runs what may be run, and only that (rcorder(8), `[ -x ]` in rc.subr).
            Ok(found) if found.stat.mode & 0o111 == 0 => Check::new(
                &REGISTERED,
                Status::Bad,
                file(path),
                format!("the script may not be run (mode {:04o})", found.stat.mode),
            )
            .next(format!("chmod 0555 {path}")),
            Ok(_) => Check::new(&REGISTERED, Status::Ok, file(path), format!("it defines {name}")),
        },
    };
    vec![check]
}

/// Whether it is started at boot.
pub(super) fn enabled(subject: &Subject<'_>) -> Checks {
    if subject.met.definition.is_err() {
        return Vec::new();
    }
    let name = &subject.met.name;
    let at = || thing(name);
    let facts = &subject.port.profile;
    let command = facts.host.enable.replace("{service}", name);
    let check = match &subject.met.enabled.value {
        Ok(true) => Check::new(&ENABLED, Status::Ok, at(), "it is started at boot"),
        Err(why) => {
            let check = Check::new(
                &ENABLED,
                Status::Unknown,
                at(),
                format!("whether it is started at boot is not known: {why}"),
            );
            if command.is_empty() { check } else { check.next(command) }
        }
        Ok(false) => {
            let check = Check::new(&ENABLED, Status::Bad, at(), "it is not started at boot");
            match (facts.service.manager, &facts.service.rc_conf) {
                (Manager::RcD, Some(conf)) => {
                    check.fix(Action::Setting { file: conf.clone(), variable: name.clone(), value: "YES".to_owned() })
                }
                (Manager::FreebsdRc, Some(conf)) => check.fix(Action::Setting {
                    file: conf.clone(),
                    variable: format!("{name}_enable"),
                    value: "YES".to_owned(),
                }),
                _ => check.next(command),
            }
        }
    };
    vec![check.looked(subject.met.enabled.from.clone())]
}

/// The service's process, when it runs: by its pid file, or as SMF says.
pub(super) fn pid(subject: &Subject<'_>) -> Option<String> {
    if let Some(Ok(state)) = subject.met.state.as_ref().map(|fact| &fact.value) {
        return (state == "online" || state == "degraded").then(|| subject.met.name.clone());
    }
    let path = subject.met.pidfile.as_ref()?;
    let pid: i32 = subject.host.root.text(path, 64).ok()?.split_whitespace().next()?.parse().ok()?;
    // EPERM says that there is such a process, of somebody else.
    matches!(kill(Pid::from_raw(pid), None), Ok(()) | Err(Errno::EPERM)).then(|| format!("process {pid}"))
}

/// Whether it runs, on the live host.
pub(super) fn running(subject: &Subject<'_>) -> Checks {
    if !subject.host.is_live() || subject.met.definition.is_err() {
        return Vec::new();
    }
    let name = &subject.met.name;
    let start = subject.host.profile.host.start.replace("{service}", name);
    let commands = &subject.host.profile.host.commands;
    let check = match subject.host.command(&commands.state, &[("{service}", name)]) {
        Some(Err(why)) => Check::new(&RUNNING, Status::Unknown, thing(name), why),
        Some(Ok(output)) => state(subject, &output.stdout, &start),
        None => match (pid(subject), &subject.met.pidfile) {
            (Some(pid), _) => Check::new(&RUNNING, Status::Ok, thing(name), format!("it runs as {pid}")),
            (None, Some(_)) => {
                with_log(subject, Check::new(&RUNNING, Status::Warn, thing(name), "it does not run")).next(start)
            }
            (None, None) => {
                Check::new(&RUNNING, Status::Unknown, thing(name), "its script names no pid file").next(start)
            }
        },
    };
    vec![check]
}

/// The first word that svcs(1) and its like print.
fn state(subject: &Subject<'_>, output: &str, start: &str) -> Check {
    let name = &subject.met.name;
    let at = || thing(name);
    match output.split_whitespace().next().unwrap_or_default() {
        "online" => Check::new(&RUNNING, Status::Ok, at(), "it is online"),
        "maintenance" => {
            let check = Check::new(&RUNNING, Status::Bad, at(), "it is in maintenance: its method failed");
            with_log(subject, check).next(format!("svcs -xv {name}")).next(format!("svcadm clear {name}"))
        }
        word @ ("offline" | "offline*" | "disabled" | "uninitialized" | "degraded") => {
            let check = Check::new(&RUNNING, Status::Warn, at(), format!("it is {word}"));
            with_log(subject, check).next(if word == "disabled" {
                start.to_owned()
            } else {
                format!("svcs -xv {name}")
            })
        }
        "" => Check::new(&RUNNING, Status::Unknown, at(), "the service manager says nothing of it").next(start),
        word => Check::new(&RUNNING, Status::Unknown, at(), format!("it is `{}`", safe(word.as_bytes()))),
    }
}

/// The last lines of its log.
fn with_log(subject: &Subject<'_>, mut check: Check) -> Check {
    use std::os::unix::fs::FileExt as _;
    let Some(path) = &subject.met.log else { return check };
    let Ok(found) = subject.host.root.find(path) else { return check };
    let Ok(log) = found.open() else { return check };
    let mut bytes = vec![0; usize::try_from(TAIL).unwrap_or(0)];
    let read = log.read_at(&mut bytes, found.stat.size.saturating_sub(TAIL)).unwrap_or(0);
    let lines: Vec<String> =
        bytes[..read].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(safe).collect();
    for line in &lines[lines.len().saturating_sub(LINES)..] {
        check = check.looked(format!("{path}: {line}"));
    }
    check
}

/// Whether others decide what it runs.
pub(super) fn path(subject: &Subject<'_>) -> Checks {
    let from = &subject.met.path.from;
    let path = match &subject.met.path.value {
        Ok(path) => path,
        Err(why) => {
            let message = format!("the PATH of the service is not known: {why}");
            return vec![Check::new(&PATH, Status::Unknown, thing("PATH"), message)];
        }
    };
    let mut checks = Vec::new();
    for directory in path {
        if !directory.starts_with('/') {
            let message = format!("`{directory}` in the PATH is wherever the server is at the moment");
            checks.push(Check::new(&PATH, Status::Bad, thing("PATH"), message).looked(from.clone()));
            continue;
        }
        let Ok(found) = subject.host.root.find(directory) else { continue };
        // Whoever may write to the directory or to one above it; the sticky bit keeps names from being taken away only.
        if denied(&found, u32::MAX, &[], Want::Write).is_none() && found.stat.kind == Kind::Directory {
            let message = format!("everybody may write to it (mode {:04o}), and it is in the PATH", found.stat.mode);
            checks.push(
                Check::new(&PATH, Status::Bad, file(directory), message)
                    .looked(from.clone())
                    .next(format!("chmod o-w {directory}")),
            );
        }
    }
    if checks.is_empty() {
        checks.push(Check::new(&PATH, Status::Ok, thing("PATH"), path.join(":")).looked(from.clone()));
    }
    checks
}
