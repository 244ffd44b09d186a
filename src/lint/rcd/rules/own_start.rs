//! Start functions of one's own that put the server into the background.
use super::super::model::{Call, Model};
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static PLAIN: Rule = Rule {
    code: "PW2104",
    title: "start_cmd starts the server by itself, as root",
    severity: Severity::Warning,
    what: "start_cmd is a function that puts the server into the background with `&`, and nothing in it changes the user. \
           With a start_cmd rc.subr evaluates that and nothing else: no user, group, directory, environment, niceness or \
           limits of the service.",
    effect: "The server runs as root, with the environment and the limits of whoever started it. Whatever rc.conf says for \
             lantern_user and its like does nothing, without a word. start succeeds although the server ended at once.",
    mend: "Set command and command_args (`command_args=\"… >>${lantern_log} 2>&1 </dev/null &\"`) and leave the start to \
           rc.subr: then `: ${lantern_user:=\"lantern\"}` holds.",
    source: "NetBSD src etc/rc.subr, run_rc_command: `if [ -n \"$_cmd\" ]` stands before the start of its own; freebsd-src \
             libexec/rc/rc.subr the same",
    examples: &[Example {
        bad: "start_cmd=\"lantern_begin\"\nlantern_begin() { @PREFIX@/bin/lantern & }\nextra_commands=\"reload configtest\"\n",
        good: "extra_commands=\"reload configtest\"\n",
    }],
};

pub(super) static NO_STOP: Rule = Rule {
    code: "PW2105",
    title: "nothing can stop it",
    severity: Severity::Error,
    what: "start_cmd puts a server into the background, and rc.subr is told neither of a command, a procname or a pidfile to \
           find it by, nor of a stop_cmd.",
    effect: "`stop` says that the service does not run and leaves the server alone; `restart` starts a second one beside it, \
             which finds its port or its database taken; there is no `status`.",
    mend: "Set command (or procname) to the program that runs, or write a pidfile when it is started.",
    source: "NetBSD src etc/rc.subr, run_rc_command: rc_pid is what pidfile or procname finds",
    examples: &[Example {
        bad: "start_cmd=\"lantern_begin\"\nlantern_begin() { @PREFIX@/bin/lantern & }\n",
        good: "command=\"@PREFIX@/bin/lantern\"\n",
    }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    if model.family.is_openbsd() || model.open {
        return;
    }
    let Some(start) = model.only_set("start_cmd") else { return };
    let Some(function) = model.constant("start_cmd").and_then(|name| model.function(name.trim())) else { return };
    let within = |call: &&Call<'_>| call.place.function.is_some_and(|one| one.name == function.name);
    let changes_user = |call: &&Call<'_>| {
        let name = call.name.as_deref().and_then(|name| name.rsplit('/').next()).unwrap_or_default();
        matches!(name, "su" | "daemon" | "daemonize" | "setuidgid" | "chpst" | "sudo" | "doas" | "runuser" | "chroot")
    };
    let server = |call: &&Call<'_>| {
        let first = call.simple.words.first().map_or("", |word| &model.text[word.span.clone()]);
        let path = first.trim_start_matches('"').starts_with(['/', '$', '@', '%']);
        path && call.place.background && !call.place.substituted && call.name.as_deref() != Some("/usr/bin/logger")
    };
    let Some(server) = model.calls.iter().filter(within).find(server) else { return };
    let place = || model.at(server.simple.span.clone());
    if let Some(pipe) = server.place.pipeline.filter(|pipeline| pipeline.commands.len() > 1) {
        let end = pipe.pipes.last().map_or(server.simple.span.end, |sign| sign.end);
        let at = model.at(pipe.pipes.first().map_or(server.simple.span.start, |sign| sign.start)..end);
        out.push(Finding::new(&super::background::PIPELINE, at, "the server's pipeline is put into the background"));
    }
    if !model.calls.iter().filter(within).any(|call| changes_user(&call)) {
        let message = "the server is started here, as root: rc.subr does nothing of its own when there is a start_cmd";
        out.push(Finding::new(&PLAIN, place(), message).related(model.at(start.span.clone()), "start_cmd is set here"));
    }
    let found_by = ["command", "procname", "pidfile", "stop_cmd"].iter().any(|name| model.is_set(name));
    let by_conf = ["procname", "program", "pidfile"].iter().any(|suffix| model.may_set_own(suffix));
    if !found_by && !by_conf {
        let message = "rc.subr cannot find this server again: there is no command, procname, pidfile or stop_cmd";
        out.push(Finding::new(&NO_STOP, place(), message));
    }
}
