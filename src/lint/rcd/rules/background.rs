//! Servers that the script puts into the background.
use super::super::command_line::CommandLine;
use super::super::model::Model;
use crate::finding::{Example, Finding, Rule, Severity};
use crate::lint::shell::Connector;

pub(super) static PIPELINE: Rule = Rule {
    code: "PW2101",
    title: "a pipeline in the background",
    severity: Severity::Warning,
    what: "command_args pipes the server's output into another program, mostly logger(1), and puts `&` behind it.",
    effect: "`$!` and the pipeline's status are the other program's: no pid file can be written, and whether the server came \
             up cannot be told. When the other program ends, the server gets SIGPIPE at its next line and ends, too. With \
             NAME_user the other program runs as that user as well.",
    mend: "Write to a file (`>>${lantern_log} 2>&1 </dev/null &`), which newsyslog(8) turns over, or let the server speak to \
           syslog(3) by itself.",
    source: "POSIX XCU 2.9.3.1, Asynchronous Lists; NetBSD src etc/rc.subr, run_rc_command",
    examples: &[Example { bad: "2>&1 | logger -t lantern &\"", good: ">>${lantern_log} 2>&1 </dev/null &\"" }],
};

pub(super) static UNWATCHED: Rule = Rule {
    code: "PW2102",
    title: "nothing looks whether the server came up, and nothing starts it again",
    severity: Severity::Warning,
    what: "The server is put into the background with `&`, which always succeeds; there is no start_postcmd that looks for it \
           afterwards, and rc.subr does not start a server again.",
    effect: "start and restart succeed although the server ended at once, for a wrong line in its configuration or a port \
             that is taken: restart has stopped the old one by then. A server that ends later stays down until somebody sees \
             it.",
    mend: "Set start_postcmd to a function that waits a second and ends with a failure when the process is not there; let \
           restart_precmd check the configuration while the old one still runs. To have it started again, run it under a \
           supervisor (pkgsrc has daemontools, runit and s6), or let cron(8) call the script's status and start.",
    source: "POSIX XCU 2.9.3.1, Asynchronous Lists; NetBSD src etc/rc.subr, run_rc_command: start, restart",
    examples: &[Example { bad: "#start_postcmd=\"lantern_postcmd\"", good: "start_postcmd=\"lantern_postcmd\"" }],
};

pub(super) static INDENTED: Rule = Rule {
    code: "PW2103",
    title: "service -e does not see it",
    severity: Severity::Note,
    what: "service(8) looks for lines that begin with `rcvar` and `name=`, without a blank before them.",
    effect: "`service -e` does not list the service, whether it is enabled or not.",
    mend: "Write `rcvar=$name` and `name=…` at the beginning of a line.",
    source: "NetBSD src usr.sbin/service/service",
    examples: &[Example { bad: "\trcvar=$name\n", good: "rcvar=$name\n" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    if model.family.is_openbsd() {
        return;
    }
    if model.family.is_netbsd() {
        indented(model, out);
    }
    let Some(line) = CommandLine::of(model).filter(|_| !model.is_set("start_cmd")) else { return };
    let Some(sign) = line.background() else { return };
    let Some((_, piped)) = line.first() else { return };
    if piped {
        let pipe = line.script.body.items[0].first.pipes.first().cloned().unwrap_or(sign.clone());
        let place = line.value.place(&(pipe.start..sign.end));
        out.push(Finding::new(&PIPELINE, model.at(place), "the server's pipeline is put into the background"));
    }
    let watched = model.is_set("start_postcmd");
    let supervised = line.run().steps.iter().any(|step| step.wrapper.detaches);
    let waits = line.script.body.items[0].rest.iter().any(|(connector, _)| *connector == Connector::And);
    let checks = line.script.body.items.len() > 2 || waits;
    if !watched && !supervised && !checks && model.family.is_netbsd() {
        let place = line.value.place(&sign);
        let message = "`&` always succeeds, and nothing looks for the server afterwards";
        out.push(Finding::new(&UNWATCHED, model.at(place), message));
    }
}

fn indented(model: &Model<'_>, out: &mut Vec<Finding>) {
    for name in ["rcvar", "name"] {
        let Some(set) = model.sets_of(name).next() else { continue };
        let line = model.text[..set.span.start].rfind('\n').map_or(0, |end| end + 1);
        let first = model.sets_of(name).count() == 1 && set.span.start > line;
        if first && model.text[line..set.span.start].trim().is_empty() {
            let message = format!("`{name}` does not stand at the beginning of its line");
            out.push(Finding::new(&INDENTED, model.at(set.span.clone()), message));
        }
    }
}
