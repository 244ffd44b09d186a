//! What comes before and after rc.conf is read, and after everything is done.
use super::super::model::Model;
use super::super::set::How;
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static FROZEN: Rule = Rule {
    code: "PW2014",
    title: "a setting of rc.conf is used before rc.conf is read",
    severity: Severity::Warning,
    what: "The value of a variable of the service goes into another variable above load_rc_config, where it still has its \
           default, or none.",
    effect: "Started by hand, the service runs with the default, whatever rc.conf sets. At boot rc has read rc.conf already \
             and hands it down: the service runs with one value after a boot and with another after a restart.",
    mend: "Call load_rc_config first, then set defaults, then use them.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, load_rc_config; etc/rc",
    examples: &[Example {
        bad: "command_args=\"-u @LAMP_USER@ @PREFIX@/bin/lamp ${lamp_config}\"\nload_rc_config $name\n: ${lamp_config:=\"@PKG_SYSCONFDIR@/lamp.conf\"}\n",
        good: "load_rc_config $name\n: ${lamp_config:=\"@PKG_SYSCONFDIR@/lamp.conf\"}\ncommand_args=\"-u @LAMP_USER@ @PREFIX@/bin/lamp ${lamp_config}\"\n",
    }],
};

pub(super) static OVERWRITTEN: Rule = Rule {
    code: "PW2015",
    title: "what rc.conf sets is overwritten",
    severity: Severity::Note,
    what: "A variable that administrators set in rc.conf gets a fixed value below load_rc_config.",
    effect: "The line in rc.conf does nothing, without a word.",
    mend: "Write it as a default: `: ${lantern_flags:=\"-q\"}`; for a list to which rc.conf may add, \
           `lantern_env=\"A=b ${lantern_env}\"`.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command",
    examples: &[Example { bad: "lantern_user=\"@LANTERN_USER@\"\n", good: ": ${lantern_user:=\"@LANTERN_USER@\"}\n" }],
};

pub(super) static LATE: Rule = Rule {
    code: "PW2035",
    title: "something is set when all is done",
    severity: Severity::Warning,
    what: "A variable of rc.subr is set, or a function defined, behind the call that does what is asked.",
    effect: "rc.subr has run by then: the variable is as if it were not there.",
    mend: "Move it above `run_rc_command \"$1\"`, in OpenBSD above `rc_cmd $1`.",
    source: "rc.subr(8) of NetBSD, FreeBSD and OpenBSD",
    examples: &[Example {
        bad: "run_rc_command \"$1\"\nrequired_dirs=\"@VARBASE@/db/wick\"\n",
        good: "required_dirs=\"@VARBASE@/db/wick\"\nrun_rc_command \"$1\"\n",
    }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    late(model, out);
    let Some(load) = model.load.filter(|_| !model.family.is_openbsd()) else { return };
    frozen(model, load, out);
    overwritten(model, load, out);
}

/// What rc.subr reads after rc.conf was read, of what a script sets.
fn is_read(model: &Model<'_>, name: &str) -> bool {
    model.family.variables.contains_key(name)
        || model.suffix_of(name).is_some_and(|suffix| model.family.suffixes.contains_key(suffix))
}

fn frozen(model: &Model<'_>, load: usize, out: &mut Vec<Finding>) {
    for set in model.sets.iter().filter(|set| set.span.start < load && set.is_certain() && set.how == How::Plain) {
        if !is_read(model, set.name)
            || set.name == "desc"
            || model.sets_of(set.name).any(|other| other.span.start > load)
        {
            continue;
        }
        let mut said: Vec<&str> = Vec::new();
        for one in &model.uses {
            let inside = set.value_span.start <= one.span.start && one.span.end <= set.value_span.end;
            // `rcvar=${name}_enable` is no use of a setting; a variable that only the script sets is none, either.
            // rc.subr itself puts NAME_program in the place of command.
            let own = model.suffix_of(one.name).is_some_and(|suffix| suffix != "program") && one.name != set.name;
            if !inside
                || !own
                || said.contains(&one.name)
                || model.only_set(one.name).is_some_and(|set| set.how == How::Plain)
            {
                continue;
            }
            said.push(one.name);
            let message = format!("`{}` goes into `{}` before rc.conf is read", one.name, set.name);
            let mut finding = Finding::new(&FROZEN, model.at(one.span.clone()), message);
            if let Some(default) = model.sets_of(one.name).next() {
                finding = finding.related(model.at(default.span.clone()), "its default");
            }
            if let Some(call) = model.calls_of("load_rc_config").next() {
                finding = finding.related(model.at(call.simple.span.clone()), "rc.conf is read here");
            }
            out.push(finding);
        }
    }
}

fn overwritten(model: &Model<'_>, load: usize, out: &mut Vec<Finding>) {
    for set in model.sets.iter().filter(|set| set.span.start > load && set.is_certain() && set.how == How::Plain) {
        let Some(suffix) = model.suffix_of(set.name) else { continue };
        let setting = suffix == "enable" || model.family.suffixes.contains_key(suffix);
        let uses_itself = model.uses_in(set.name, &set.value_span);
        // A value that is taken from a variable before may be what rc.conf set, in another form.
        let derived = model.uses_in(set.name, &(load..set.span.start));
        if !setting || uses_itself || derived {
            continue;
        }
        let finding = Finding::new(
            &OVERWRITTEN,
            model.at(set.span.clone()),
            format!("`{}` is set to a fixed value after rc.conf was read", set.name),
        )
        .effect(format!("A line `{}=…` in rc.conf does nothing, without a word.", set.name))
        .mend(match suffix {
            "env" => format!("Let rc.conf add to it: `{0}=\"… ${{{0}}}\"`; what comes last wins.", set.name),
            _ => format!("Write it as a default: `: ${{{}:=…}}`.", set.name),
        });
        let worse = matches!(suffix, "enable" | "flags");
        out.push(if worse { finding.severity(Severity::Warning) } else { finding });
    }
}

fn late(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(run) = model.run else { return };
    let certain = model.calls.iter().any(|call| call.simple.span.start == run && !call.place.conditional);
    if !certain || model.calls.iter().any(|call| call.simple.span.start > run && is_run(call.name.as_deref())) {
        return;
    }
    for set in model.sets.iter().filter(|set| set.span.start > run && set.place.function.is_none()) {
        let hook = set.name.rsplit_once('_').is_some_and(|(_, hook)| model.family.hooks.contains_key(hook));
        if is_read(model, set.name) || hook {
            let message = format!("`{}` is set after rc.subr has done what was asked", set.name);
            out.push(Finding::new(&LATE, model.at(set.span.clone()), message));
        }
    }
    for function in model.functions.iter().filter(|function| function.span.start > run) {
        let message =
            format!("`{}` is defined after rc.subr has done what was asked", &model.text[function.name.clone()]);
        out.push(Finding::new(&LATE, model.at(function.name.clone()), message));
    }
}

fn is_run(name: Option<&str>) -> bool {
    matches!(name, Some("run_rc_command" | "rc_cmd"))
}
