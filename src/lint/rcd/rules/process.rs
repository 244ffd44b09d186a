//! How status and stop find the server.
use super::super::command_line::CommandLine;
use super::super::model::Model;
use super::super::value::{HOLE, Value};
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static PIDFILE: Rule = Rule {
    code: "PW2028",
    title: "a pid file that nothing here writes",
    severity: Severity::Warning,
    what: "pidfile is set, the server is put into the background by the script, and neither the pid file nor the variable is \
           given to anything that could write it.",
    effect: "Unless the server's own configuration names the same file, status says that it does not run, stop does \
             nothing, and start starts another one.",
    mend: "Give it to what writes it (`daemon -p ${pidfile}`, `daemonize -p ${pidfile}`, the server's own option), write it \
           in command_args (`& echo \\$! >${pidfile}`), or remove it: rc.subr then looks for the program's name.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, check_pidfile",
    examples: &[Example {
        bad: "</dev/null &\"\npidfile=\"@VARBASE@/run/wick.pid\"",
        good: "</dev/null & echo \\$! >${pidfile}\"\npidfile=\"@VARBASE@/run/wick.pid\"",
    }],
};

pub(super) static NAME: Rule = Rule {
    code: "PW2029",
    title: "status and stop look for the wrong process",
    severity: Severity::Error,
    what: "rc.subr finds the server by the program's name, `command`, which is the first word of its process. Here that is a \
           program that starts another one and is then gone, or an interpreter that many processes have; or procname \
           (NetBSD, FreeBSD) or pexp (OpenBSD) names another program than the one that runs. Where the name is nearly \
           right and the server may call itself so, that is said as unknown.",
    effect: "With a program that is gone, status says that nothing runs, stop does nothing, and start starts a second \
             server. With an interpreter and no pid file, stop ends everything that runs in that interpreter.",
    mend: "Set procname to what runs in the end. For a script set command to the script and command_interpreter to its \
           interpreter.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, _find_processes",
    examples: &[
        Example {
            bad: "command=\"@PREFIX@/sbin/daemonize\"\n",
            good: "command=\"@PREFIX@/sbin/daemonize\"\nprocname=\"@PREFIX@/bin/lamp\"\n",
        },
        Example {
            bad: "command=\"@PREFIX@/bin/gotosocial\"\nprocname=\"@PREFIX@/bin/gtsd\"\n",
            good: "command=\"@PREFIX@/bin/gotosocial\"\n",
        },
        Example { bad: "procname=\"@PREFIX@/bin/lampd\"\n", good: "procname=\"@PREFIX@/bin/lamp\"\n" },
        Example { bad: "rc_bg=YES\npexp=\"lanternd.*\"\n", good: "rc_bg=YES\n" },
    ],
};

/// Servers whose processes are called as the program is, by their own sources; others may give themselves another name.
const KEEPING: [&str; 7] = ["forgejo", "garage", "gitea", "gotosocial", "navidrome", "nostr-rs-relay", "pict-rs"];

/// Interpreters, by the beginning of their names.
const INTERPRETERS: [&str; 9] = ["python", "perl", "ruby", "java", "node", "php", "sh", "bash", "tclsh"];

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    renamed(model, out);
    if model.family.is_openbsd() {
        return;
    }
    pidfile(model, out);
    name(model, out);
}

fn pidfile(model: &Model<'_>, out: &mut Vec<Finding>) {
    let (Some(set), Some(line)) = (model.only_set("pidfile"), CommandLine::of(model)) else { return };
    let run = line.run();
    let detached = run.steps.iter().any(|step| step.wrapper.detaches);
    if line.background().is_none() && !detached || model.is_set("start_cmd") || model.open {
        return;
    }
    let value = Value::of(model, set.value, set.value_span.clone());
    let path = value.text.as_str();
    let used = model.uses_of("pidfile").next().is_some();
    // A function after the start may write it under another name; a longer text may hold the path.
    let elsewhere = !path.is_empty() && line.value.text.contains(path) || model.text.matches(path).count() > 1;
    let source = &model.text[set.value_span.clone()];
    let again = model.text.matches(source.trim_matches('"')).count() > 1;
    let held = ["pid", "PID"].iter().any(|word| line.value.text[line.args..].contains(word));
    if used || elsewhere || again || held || run.steps.iter().any(|step| step.unsure) {
        return;
    }
    out.push(Finding::new(&PIDFILE, model.at(set.span.clone()), "nothing here writes the pid file"));
}

fn name(model: &Model<'_>, out: &mut Vec<Finding>) {
    let own = ["status_cmd", "stop_cmd", "start_cmd"].iter().any(|name| model.is_set(name));
    if own || model.is_set("procname") || model.is_set("command_interpreter") {
        return;
    }
    let (Some(set), Some(line)) = (model.only_set("command"), CommandLine::of(model)) else { return };
    let run = line.run();
    let command = Value::of(model, set.value, set.value_span.clone());
    let base = command.text.rsplit('/').next().unwrap_or_default();
    if let Some(step) = run.steps.first().filter(|step| step.name == base) {
        // FreeBSD's daemon(8) stays as the program's parent when it has something to do; freebsd.rs looks at that.
        if step.name == "daemon" && model.family.is_freebsd() || step.place.start > 0 {
            return;
        }
        let message = format!("no process is called `{base}` once the server runs");
        out.push(Finding::new(&NAME, model.at(set.span.clone()), message));
        return;
    }
    let interpreter = INTERPRETERS
        .iter()
        .any(|name| base.strip_prefix(name).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.')));
    let filled_in = command.text.contains("PYTHON_CMD") || command.text.contains("@PYTHONBIN@");
    if (interpreter || filled_in) && !model.is_set("pidfile") {
        let message = format!("`{base}` is an interpreter: others may run in it");
        out.push(Finding::new(&NAME, model.at(set.span.clone()), message));
    }
}

/// procname or pexp names another program than the one that is started.
fn renamed(model: &Model<'_>, out: &mut Vec<Finding>) {
    let openbsd = model.family.is_openbsd();
    let variable = if openbsd { "pexp" } else { "procname" };
    let own = ["status_cmd", "stop_cmd", "start_cmd", "command_interpreter"].iter().any(|name| model.is_set(name));
    let own = own || ["rc_start", "rc_check"].iter().any(|name| model.function(name).is_some());
    let (Some(set), Some(line)) = (model.only_set(variable).filter(|_| !own), CommandLine::of(model)) else { return };
    let run = line.run();
    let Some(program) = run.program.as_ref().filter(|_| !run.steps.iter().any(|step| step.unsure)) else { return };
    let base = |text: &str| text.trim_matches('"').rsplit('/').next().unwrap_or_default().to_owned();
    let program = base(&line.value.text[program.clone()]);
    let value = Value::of(model, set.value, set.value_span.clone());
    let name = base(value.text.split_whitespace().next().unwrap_or_default());
    let name = name.trim_end_matches(".*").to_owned();
    // In a pattern a dot and a hyphen stand for themselves, too.
    let unclear = |text: &str| text.is_empty() || text.contains(|c: char| c == HOLE || "*[](){}|^$\\+?%@:".contains(c));
    if name == program || unclear(&name) || unclear(&program) || run.steps.iter().any(|step| step.name == name) {
        return;
    }
    let place = model.at(set.value_span.clone());
    if KEEPING.contains(&program.as_str()) {
        let message = format!("no process is called `{name}`: the program is `{program}`");
        let mend = format!("Remove {variable}, or name `{program}` in it.");
        out.push(Finding::new(&NAME, place, message).mend(mend));
    } else if strsim::damerau_levenshtein(&name, &program) <= 2 && name.len() > 3 {
        let message =
            format!("whether `{program}` calls itself `{name}` is not known; otherwise status and stop find nothing");
        out.push(Finding::new(&NAME, place, message).severity(Severity::Unknown).effect(""));
    }
}
