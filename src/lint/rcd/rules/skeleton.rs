//! What every script has: a name, rc.subr, rc.conf, a variable that enables it, and the call that does what is asked.
use super::super::model::Model;
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static NAME: Rule = Rule {
    code: "PW2004",
    title: "the service has no name that rc.subr can use",
    severity: Severity::Error,
    what: "rc.subr puts the service's name into names of variables (`eval x=$${name}_user`). It has to be set, of letters, \
           digits and underscores, not beginning with a digit.",
    effect: "Without a name run_rc_command ends at once: `$name is not set`. With a hyphen or a dot in it, `$my-server_user` \
             is `$my` and `-server_user`: FreeBSD's rc.subr takes `-server_program` for the program and does not find it; \
             NetBSD's takes `-server_chroot` for a chroot, does not find the program there and returns success without a \
             word; and no line of rc.conf can set such a variable.",
    mend: "Set name=my_server. The script's file may keep its hyphen.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command",
    examples: &[Example { bad: "name=\"lan-tern\"", good: "name=\"lantern\"" }],
};

pub(super) static SUBR: Rule = Rule {
    code: "PW2005",
    title: "functions of rc.subr are called before it is read",
    severity: Severity::Error,
    what: "run_rc_command, load_rc_config, checkyesno and the like are functions of rc.subr, which a script has to read \
           first.",
    effect: "The shell looks for a program of that name, does not find it, and goes on: the service is not started.",
    mend: "Put `. /etc/rc.subr` before the first of them; in OpenBSD `. /etc/rc.d/rc.subr` behind the variables.",
    source: "rc.subr(8) of NetBSD, FreeBSD and OpenBSD",
    examples: &[Example { bad: "# . /etc/rc.subr\n", good: ". /etc/rc.subr\n" }],
};

pub(super) static LOAD: Rule = Rule {
    code: "PW2006",
    title: "rc.conf is not read",
    severity: Severity::Error,
    what: "The script asks for variables that are set in rc.conf and never calls load_rc_config with the service's name.",
    effect: "Started by hand, the script knows nothing of rc.conf: the service is not enabled, whatever stands there. At \
             boot it sees what rc itself has read, but nothing of rc.conf.d.",
    mend: "Call `load_rc_config $name` behind the line that sets name, before variables get their defaults.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, load_rc_config",
    examples: &[Example {
        bad: "rcvar=lantern_enable\n\n:",
        good: "rcvar=lantern_enable\n\nload_rc_config $name\n\n:",
    }],
};

pub(super) static RUN: Rule = Rule {
    code: "PW2007",
    title: "nothing does what is asked",
    severity: Severity::Error,
    what: "A script ends with `run_rc_command \"$1\"`, in OpenBSD with `rc_cmd $1`: the word that it was called with goes to \
           rc.subr.",
    effect: "The script sets variables and ends: it starts and stops nothing. Without `$1` it prints how it is to be used.",
    mend: "End the script with `run_rc_command \"$1\"`, in OpenBSD with `rc_cmd $1`.",
    source: "rc.subr(8) of NetBSD, FreeBSD and OpenBSD",
    examples: &[
        Example { bad: "run_rc_command\n", good: "run_rc_command \"$1\"\n" },
        Example { bad: "\n}\n\n", good: "\n}\n\nrc_cmd $1\n" },
    ],
};

pub(super) static RCVAR: Rule = Rule {
    code: "PW2008",
    title: "the service cannot be switched off",
    severity: Severity::Warning,
    what: "rcvar names the variable of rc.conf that enables the service. It is not set.",
    effect: "The service starts at every boot as soon as the script is installed, and no line of rc.conf keeps it from \
             that.",
    mend: "Set rcvar=$name (NetBSD) or rcvar=lantern_enable with `: ${lantern_enable:=NO}` (FreeBSD) before \
           load_rc_config.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr: checkyesno is asked only when rcvar is set",
    examples: &[Example { bad: "name=\"lantern\"\n#rcvar=$name\n", good: "name=\"lantern\"\nrcvar=$name\n" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    subr(model, out);
    run(model, out);
    if !model.family.is_openbsd() {
        name(model, out);
        load(model, out);
        rcvar(model, out);
    }
}

fn name(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(run) = model.run else { return };
    if !model.is_set("name") && !model.open {
        let call = model.calls.iter().find(|call| call.simple.span.start == run);
        let place = call.map_or_else(|| model.top(), |call| model.at(call.simple.span.clone()));
        out.push(Finding::new(&NAME, place, "`name` is not set"));
        return;
    }
    let (Some(service), Some(set)) = (&model.service, model.only_set("name")) else { return };
    let filled_in_later = service.contains('@') || service.contains('%');
    let good = service.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if filled_in_later || (good && !service.is_empty() && !service.starts_with(|c: char| c.is_ascii_digit())) {
        return;
    }
    let message = format!("`{service}` cannot be part of a variable's name");
    let finding = Finding::new(&NAME, model.at(set.value_span.clone()), message);
    // NetBSD's rc.subr looks at nothing but rcvar when there is a command of one's own.
    let harmless = model.family.is_netbsd()
        && model.is_set("start_cmd")
        && model.constant("rcvar").is_some_and(|rcvar| !rcvar.contains('-'));
    out.push(if harmless { finding.severity(Severity::Warning) } else { finding });
}

fn subr(model: &Model<'_>, out: &mut Vec<Finding>) {
    let functions = ["run_rc_command", "load_rc_config", "checkyesno", "rc_cmd"];
    let first = model.calls.iter().find(|call| {
        call.place.function.is_none() && call.name.as_deref().is_some_and(|name| functions.contains(&name))
    });
    let Some(call) = first else { return };
    let late = model.subr.is_none_or(|subr| subr > call.simple.span.start);
    if late && !(model.open && model.subr.is_none()) && model.function("run_rc_command").is_none() {
        let name = call.name.as_deref().unwrap_or_default();
        let message = if model.subr.is_some() {
            format!("`{name}` is called before rc.subr is read")
        } else {
            format!("`{name}` is called, and rc.subr is not read")
        };
        out.push(Finding::new(&SUBR, model.at(call.simple.span.clone()), message));
    }
}

fn load(model: &Model<'_>, out: &mut Vec<Finding>) {
    for call in model.calls_of("load_rc_config") {
        // FreeBSD's reads the common files then; NetBSD's ends the script.
        if call.simple.words.len() < 2 && model.family.is_netbsd() {
            let place = model.at(call.simple.span.clone());
            out.push(Finding::new(&LOAD, place, "load_rc_config is not told which service").effect(
                "rc.subr ends the script here: `USAGE: load_rc_config command`. The service can be neither started nor \
                 stopped.",
            ));
        }
    }
    let Some(run) = model.run.filter(|_| model.load.is_none() && !model.open) else { return };
    let asks = model.is_set("rcvar") || model.uses.iter().any(|one| model.suffix_of(one.name).is_some());
    if asks && model.subr.is_some() {
        let call = model.calls.iter().find(|call| call.simple.span.start == run);
        let place = call.map_or_else(|| model.top(), |call| model.at(call.simple.span.clone()));
        out.push(Finding::new(&LOAD, place, "load_rc_config is not called before this"));
    }
}

fn run(model: &Model<'_>, out: &mut Vec<Finding>) {
    let name = if model.family.is_openbsd() { "rc_cmd" } else { "run_rc_command" };
    for call in model.calls_of(name).filter(|call| call.simple.words.len() < 2) {
        let message = format!("{name} is not told what to do");
        out.push(Finding::new(&RUN, model.at(call.simple.span.clone()), message));
    }
    let started = ["command", "start_cmd", "daemon"].iter().find_map(|name| model.sets_of(name).next());
    let (Some(set), None, Some(_), false) = (started, model.run, model.subr, model.open) else { return };
    // A script may look at the word by itself.
    if !model.uses.iter().any(|one| matches!(one.name, "1" | "@" | "*") && one.place.function.is_none()) {
        out.push(Finding::new(&RUN, model.at(set.span.clone()), format!("this is set, and {name} is not called")));
    }
}

fn rcvar(model: &Model<'_>, out: &mut Vec<Finding>) {
    let of_a_package = model.family.prefixes.iter().any(|prefix| model.text.contains(prefix.as_str()));
    let asks = model.text.contains("checkyesno") || model.open;
    if model.is_set("rcvar") || !of_a_package || asks || model.run.is_none() {
        return;
    }
    if let Some(set) = ["command", "start_cmd"].iter().find_map(|name| model.sets_of(name).next()) {
        let place =
            model.only_set("name").map_or_else(|| model.at(set.span.clone()), |name| model.at(name.span.clone()));
        out.push(Finding::new(&RCVAR, place, "`rcvar` is not set"));
    }
}
