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
const TAIL: u64 = 64 * 1024;

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
        Ok(path) if subject.met.not_imported => {
            Check::new(&REGISTERED, Status::Bad, file(path), "the manifest is there and was not imported")
                .looked(format!("{path}; svcprop knows no {name}"))
                .next(format!("svccfg import {path}"))
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
            let variable = match facts.service.manager {
                Manager::RcD => Some(name.clone()),
                Manager::FreebsdRc => Some(format!("{name}_enable")),
                Manager::OpenbsdRc | Manager::Smf => None,
            };
            match (variable, setting_file(subject)) {
                (Some(variable), Some(file)) => check.fix(Action::Setting { file, variable, value: "YES".to_owned() }),
                _ => check.next(command),
            }
        }
    };
    vec![check.looked(subject.met.enabled.from.clone())]
}

/// The file in which a setting for the service has the last word: the last of those beside rc.conf that is there, or
/// rc.conf.
pub(super) fn setting_file(subject: &Subject<'_>) -> Option<String> {
    let facts = &subject.port.profile;
    let more = facts
        .host
        .rc_conf_more
        .iter()
        .rev()
        .map(|file| file.replace("{service}", &subject.met.name).replace("{prefix}", &facts.paths.prefix));
    let there = |file: &String| subject.host.root.find(file).is_ok_and(|found| found.stat.kind == Kind::File);
    more.into_iter().find(there).or_else(|| facts.service.rc_conf.clone())
}

/// The service's process, when it runs: by its pid file, or as SMF says.
pub(super) fn pid(subject: &Subject<'_>) -> Option<String> {
    if let Some(Ok(state)) = subject.met.state.as_ref().map(|fact| &fact.value) {
        return (state == "online" || state == "degraded").then(|| subject.met.name.clone());
    }
    let runs = &subject.host.profile.host.commands.runs;
    if let Some(output) = subject.host.command(runs, &[("{service}", &subject.met.name)]) {
        return output.is_ok_and(|output| output.success()).then(|| subject.met.name.clone());
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
    let script = subject.met.definition.as_deref().unwrap_or_default();
    let start = subject.host.profile.host.start.replace("{service}", name).replace("{script}", script);
    let commands = &subject.host.profile.host.commands;
    let check = match subject.host.command(&commands.state, &[("{service}", name)]) {
        Some(Err(why)) => Check::new(&RUNNING, Status::Unknown, thing(name), why),
        Some(Ok(output)) => state(subject, &output.stdout, &start),
        None if !commands.runs.is_empty() => {
            let said = subject.host.command(&commands.runs, &[("{service}", name)]);
            let looked = format!("`{}`", commands.runs.join(" ").replace("{service}", name));
            match said {
                Some(Ok(output)) if output.success() => Check::new(&RUNNING, Status::Ok, thing(name), "it runs"),
                Some(Ok(output)) if output.status == Some(1) => {
                    with_log(subject, Check::new(&RUNNING, Status::Warn, thing(name), "it does not run")).next(start)
                }
                Some(Err(why)) => Check::new(&RUNNING, Status::Unknown, thing(name), why).next(start),
                _ => Check::new(&RUNNING, Status::Unknown, thing(name), "nothing sensible is said of it").next(start),
            }
            .looked(looked)
        }
        None => match (pid(subject), &subject.met.pidfile) {
            (Some(pid), file) => Check::new(&RUNNING, Status::Ok, thing(name), format!("it runs as {pid}"))
                .looked(file.clone().unwrap_or_default()),
            (None, Some(file)) => {
                let check = Check::new(&RUNNING, Status::Warn, thing(name), "it does not run").looked(file.clone());
                with_log(subject, check).next(start)
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
    if let Some(path) = &subject.met.log {
        for line in last_lines(subject, path, |_| true) {
            check = check.looked(format!("{path}: {line}"));
        }
        return check;
    }
    // What goes to syslogd(8) is tagged with the service's name, or the program's.
    let program = subject.met.program.value.as_deref().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let tags: Vec<String> = [subject.met.name.as_str(), program]
        .iter()
        .filter(|tag| !tag.is_empty())
        .flat_map(|tag| [format!(" {tag}: "), format!(" {tag}[")])
        .collect();
    for path in &subject.host.profile.host.syslogs {
        let lines = last_lines(subject, path, |line| tags.iter().any(|tag| line.contains(tag.as_str())));
        if !lines.is_empty() {
            return lines.iter().fold(check, |check, line| check.looked(format!("{path}: {line}")));
        }
    }
    check
}

/// The last lines of a log that are of the service.
fn last_lines(subject: &Subject<'_>, path: &str, is_of_it: impl Fn(&str) -> bool) -> Vec<String> {
    use std::os::unix::fs::FileExt as _;
    let Ok(found) = subject.host.root.find(path) else { return Vec::new() };
    let Ok(log) = found.open() else { return Vec::new() };
    let mut bytes = vec![0; usize::try_from(TAIL).unwrap_or(0)];
    let read = log.read_at(&mut bytes, found.stat.size.saturating_sub(TAIL)).unwrap_or(0);
    let lines = bytes[..read].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(safe);
    let lines: Vec<String> = lines.filter(|line| is_of_it(line)).collect();
    lines[lines.len().saturating_sub(LINES)..].to_vec()
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
            let check = Check::new(&PATH, Status::Bad, thing("PATH"), message).looked(from.clone());
            checks.push(check.next(format!(
                "vi {}    # take `{directory}` out of the PATH",
                from.rsplit([',', ' ']).next().unwrap_or(from)
            )));
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
