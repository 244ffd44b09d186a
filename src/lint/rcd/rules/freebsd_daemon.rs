//! FreeBSD: daemon(8).
use super::super::command_line::{CommandLine, Step};
use super::super::model::Model;
use super::super::set::How;
use super::super::value::Value;
use crate::finding::{Example, Finding, Rule, Severity};
use crate::lint::shell::Span;

pub(super) static USER: Rule = Rule {
    code: "PW2302",
    title: "NAME_user together with daemon -u",
    severity: Severity::Error,
    what: "rc.subr runs daemon(8) through su as NAME_user, and daemon(8) is told to become a user itself.",
    effect: "daemon(8) has no right to set groups any more: it ends with `failed to set user environment`, and the server does \
             not start.",
    mend: "Keep one of them: remove `-u`, or name the variable otherwise (lantern_runas).",
    source: "freebsd-src usr.sbin/daemon/daemon.c, restrict_process: setusercontext(LOGIN_SETALL); libexec/rc/rc.subr, su -m",
    examples: &[Example { bad: "-P ${pidfile} -u ${lantern_user} -r", good: "-P ${pidfile} -r" }],
};

pub(super) static RESTARTED: Rule = Rule {
    code: "PW2303",
    title: "stop ends a server that daemon starts again",
    severity: Severity::Error,
    what: "daemon(8) is told to start the server again when it ends (-r, -R), and pidfile is the file with the server's own pid \
           (-p).",
    effect: "stop sends its signal to the server; daemon(8) takes that for a crash and starts it again. The service cannot be \
             stopped.",
    mend: "Let pidfile be the file of -P, the pid of daemon(8) itself, and do not set procname: daemon(8) hands SIGTERM on and \
           then starts nothing any more.",
    source: "freebsd-src usr.sbin/daemon/daemon.c, handle_term; libexec/rc/rc.subr, stop",
    examples: &[Example { bad: "-p ${pidfile} -r", good: "-P ${pidfile} -r" }],
};

pub(super) static FOUND: Rule = Rule {
    code: "PW2304",
    title: "the pid file and the process's name do not go together",
    severity: Severity::Error,
    what: "rc.subr takes the pid from pidfile and looks whether that process is called procname, or command when there is no \
           procname. The file of -p holds the server's pid, the file of -P that of daemon(8).",
    effect: "With the wrong name the process is not found: status says that nothing runs, stop does nothing. Without any pid \
             file and procname, every daemon(8) of the system is found, and stop ends all services that run under one.",
    mend: "With -p set procname to the server's program; with -P do not set it.",
    source: "freebsd-src libexec/rc/rc.subr, check_pidfile, check_process and _find_processes; usr.sbin/daemon/daemon.c, \
             setproctitle",
    examples: &[Example {
        bad: "pidfile=\"/var/run/${name}.pid\"\nprocname=\"%%PREFIX%%/bin/lantern\"\ncommand=\"/usr/sbin/daemon\"\n",
        good: "pidfile=\"/var/run/${name}.pid\"\ncommand=\"/usr/sbin/daemon\"\n",
    }],
};

pub(super) static DELAY: Rule = Rule {
    code: "PW2305",
    title: "a delay for starting again, and nothing is started again",
    severity: Severity::Warning,
    what: "daemon(8) looks after the program only with -p, -P, -r, -o, -S or another option of the log. There is -R alone.",
    effect: "daemon(8) becomes the program: when that ends, nothing starts it again.",
    mend: "Give -r, too, and -P with a pid file.",
    source: "freebsd-src usr.sbin/daemon/daemon.c, supervision_enabled",
    examples: &[Example { bad: "-R 5 %%PREFIX%%", good: "-P ${pidfile} -r %%PREFIX%%" }],
};

pub(super) static FLAGS: Rule = Rule {
    code: "PW2306",
    title: "NAME_flags goes to daemon, not to the server",
    severity: Severity::Error,
    what: "rc.subr puts NAME_flags between command and command_args. command is daemon(8), and the script gives NAME_flags a \
           value that is meant for the server, or uses it in command_args as well.",
    effect: "daemon(8) takes the flags for its own: `illegal option`, and nothing starts; or the server gets them and daemon(8) \
             does, too.",
    mend: "Name the variable otherwise (lantern_args) and use that in command_args.",
    source: "freebsd-src libexec/rc/rc.subr, run_rc_command: $command $rc_flags $command_args",
    examples: &[Example {
        bad: "--config ${lantern_config} ${lantern_flags}\"",
        good: "--config ${lantern_config} ${lantern_args}\"",
    }],
};

pub(super) static NO_RESTART: Rule = Rule {
    code: "PW2309",
    title: "nothing starts the server again",
    severity: Severity::Note,
    what: "daemon(8) looks after the server and is not told to start it again when it ends.",
    effect: "After a crash the service is down until somebody sees it.",
    mend: "Add `-r` (`-R 5` for a pause), with `-P ${pidfile}` and without procname.",
    source: "daemon(8)",
    examples: &[Example { bad: "-P ${pidfile} -f", good: "-P ${pidfile} -r -f" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(line) = CommandLine::of(model).filter(|_| !model.is_set("start_cmd")) else { return };
    let Some(step) = line.step("daemon").filter(|step| step.place.start == 0) else { return };
    flags(model, &line, out);
    user(model, &line, &step, out);
    let found = restarted(model, &line, &step, out) || found(model, &line, &step, out);
    let supervised = step.option("pPrSoTls").is_some();
    if let (Some(delay), false, false) = (step.option("R"), supervised, step.unsure) {
        out.push(Finding::new(
            &DELAY,
            model.at(line.value.place(delay)),
            "-R without an option that makes daemon(8) stay",
        ));
    } else if supervised && step.option("rR").is_none() && !step.unsure && !found {
        let args = model.sets_of("command_args").next().map_or(0..0, |set| set.value_span.clone());
        out.push(Finding::new(&NO_RESTART, model.at(args), "daemon(8) is not told to start the server again"));
    }
}

fn flags(model: &Model<'_>, line: &CommandLine, out: &mut Vec<Finding>) {
    let Some(name) = model.own("flags") else { return };
    if let Some(hole) = line.value.holes.iter().find(|hole| hole.name == name && hole.at >= line.args) {
        let twice = Finding::new(&FLAGS, model.at(hole.span.clone()), format!("daemon(8) gets `{name}`, too"));
        // Without a value nothing goes wrong until an administrator gives one.
        out.push(twice.severity(Severity::Warning));
        return;
    }
    let set = model.sets_of(&name).find(|set| matches!(set.how, How::Plain | How::Default(_)));
    let Some(set) = set else { return };
    let text = Value::of(model, set.value, set.value_span.clone()).text;
    let long = [
        "--change-dir",
        "--close-fds",
        "--sighup",
        "--syslog",
        "--output",
        "--child",
        "--supervisor",
        "--restart",
        "--title",
        "--user",
    ];
    let foreign = text
        .split_whitespace()
        .find(|word| word.starts_with("--") && word.len() > 2 && !long.iter().any(|known| word.starts_with(known)));
    if let Some(word) = foreign {
        let message = format!("daemon(8) gets `{word}` and does not know it");
        out.push(Finding::new(&FLAGS, model.at(set.value_span.clone()), message));
    }
}

fn user(model: &Model<'_>, line: &CommandLine, step: &Step, out: &mut Vec<Finding>) {
    let (Some(option), Some(name)) = (step.option("u"), model.own("user")) else { return };
    let mut sets: Vec<_> = model.sets_of(&name).collect();
    sets.sort_by_key(|set| set.span.start);
    let unset = sets.last().is_none_or(|set| set.how == How::Unset);
    let empty = sets.iter().all(|set| set.value.is_empty());
    let root = sets.iter().any(|set| model.text[set.value_span.clone()].trim_matches('"') == "root");
    if !unset && !empty && !root {
        let place = model.at(line.value.place(option));
        let finding = Finding::new(&USER, place, format!("daemon(8) runs as `{name}` already"));
        out.push(match sets.first() {
            Some(set) => finding.related(model.at(set.span.clone()), "rc.subr runs it as this user"),
            None => finding,
        });
    }
}

/// The text of an option's argument, or of the variable in it.
fn path<'l>(line: &'l CommandLine, span: &Span) -> &'l str {
    line.value.text[span.clone()].trim_matches('"').trim_start_matches("-p").trim_start_matches("-P")
}

/// Whether an option's argument is the pid file that rc.subr looks at.
fn is_pidfile(model: &Model<'_>, line: &CommandLine, span: &Span) -> Option<bool> {
    if line.value.names_in(span).any(|name| name == "pidfile") {
        return Some(true);
    }
    let pidfile = Value::variable(model, "pidfile")?;
    let argument = path(line, span);
    if argument.contains(super::super::value::HOLE) || pidfile.text.contains(super::super::value::HOLE) {
        // Two texts with unknown parts are the same when they stand there the same.
        let names: Vec<&str> = line.value.names_in(span).collect();
        let same = argument == pidfile.text
            && names == pidfile.holes.iter().map(|hole| hole.name.as_str()).collect::<Vec<_>>();
        return same.then_some(true);
    }
    Some(argument == pidfile.text)
}

fn restarted(model: &Model<'_>, line: &CommandLine, step: &Step, out: &mut Vec<Finding>) -> bool {
    let (Some(child), Some(restart)) = (step.option("p"), step.option("rR")) else { return false };
    let own_stop = model.is_set("stop_cmd") || model.is_set("stop_postcmd") || model.is_set("stop_precmd");
    if is_pidfile(model, line, child) != Some(true) || own_stop {
        return false;
    }
    let finding =
        Finding::new(&RESTARTED, model.at(line.value.place(child)), "this is the pid of what is started again")
            .related(model.at(line.value.place(restart)), "daemon(8) starts it again");
    out.push(finding);
    true
}

fn found(model: &Model<'_>, line: &CommandLine, step: &Step, out: &mut Vec<Finding>) -> bool {
    let own = ["stop_cmd", "status_cmd"].iter().all(|name| model.is_set(name));
    if own || model.open || model.is_set("command_interpreter") {
        return false;
    }
    let procname = Value::variable(model, "procname");
    let names_daemon = procname.as_ref().is_some_and(|value| value.text.ends_with("/daemon") || value.text == "daemon");
    let of = |option: &str| step.option(option).and_then(|span| Some((span.clone(), is_pidfile(model, line, span)?)));
    let child = of("p").filter(|(_, same)| *same);
    let supervisor = of("P").filter(|(_, same)| *same);
    let (span, message) = match (child, supervisor) {
        (Some((span, _)), None) if !model.is_set("procname") => {
            (span, "this is the server's pid, and rc.subr looks for a process called daemon".to_owned())
        }
        (None, Some((span, _))) if procname.as_ref().is_some_and(|value| !value.text.is_empty()) && !names_daemon => {
            let name = procname.map(|value| value.text).unwrap_or_default();
            let name = name.rsplit('/').next().unwrap_or_default().to_owned();
            (span, format!("this is daemon's pid, and rc.subr looks for a process called {name}"))
        }
        (None, None) if !model.is_set("procname") && !model.is_set("pidfile") && !step.unsure => {
            (step.place.clone(), "every daemon(8) of the system is taken for this service".to_owned())
        }
        _ => return false,
    };
    out.push(Finding::new(&FOUND, model.at(line.value.place(&span)), message));
    true
}
