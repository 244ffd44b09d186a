//! Servers that are told to stay in the foreground, and are started as if they did not.
use super::super::command_line::CommandLine;
use super::super::facts::programs;
use super::super::model::Model;
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static FOREGROUND: Rule = Rule {
    code: "PW2036",
    title: "start does not come back",
    severity: Severity::Warning,
    what: "The server is given an option that keeps it in the foreground (--foreground, --no-daemon and the like), and nothing \
           puts it into the background: no `&`, no daemon(8) or daemonize; in OpenBSD no rc_bg.",
    effect: "rc waits for the server to end: the boot stops here. OpenBSD's rc.subr waits until daemon_timeout is over and says \
             that it failed.",
    mend: "Leave the option away when the server can go into the background by itself; otherwise FreeBSD has daemon(8), pkgsrc \
           `&` or daemonize, OpenBSD rc_bg=YES.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command: start; OpenBSD src \
             etc/rc.d/rc.subr, _rc_wait_for_start",
    examples: &[Example { bad: "command_args=\"--foreground --quiet\"\n", good: "command_args=\"--quiet\"\n" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    let own_start = model.is_set("start_cmd") || model.function("rc_start").is_some();
    let Some(line) = CommandLine::of(model).filter(|_| !own_start) else { return };
    let run = line.run();
    let detached = run.steps.iter().any(|step| step.wrapper.detaches) || model.is_set("rc_bg");
    if detached || line.background().is_some() {
        return;
    }
    for argument in &run.arguments {
        let word = &line.value.text[argument.clone()];
        if programs().foreground.programs.iter().any(|one| one == word) {
            let place = model.at(line.value.place(argument));
            out.push(Finding::new(&FOREGROUND, place, format!("`{word}` keeps the server in the foreground")));
        }
    }
}
