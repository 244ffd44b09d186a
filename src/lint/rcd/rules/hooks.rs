//! Functions that rc.subr is to call, and commands that a script adds.
use std::collections::BTreeSet;

use super::super::model::Model;
use super::super::set::{How, Set};
use super::super::value::Value;
use crate::diag::did_you_mean;
use crate::finding::{Example, Finding, Rule, Severity};
use crate::lint::shell::{Command, read};

pub(super) static MISSING: Rule = Rule {
    code: "PW2019",
    title: "a function that is to be called is not there",
    severity: Severity::Error,
    what: "A variable such as start_precmd names a function of the service, and the script defines none of that name.",
    effect: "The shell looks for a program of that name and does not find it: a failing start_precmd keeps the service from \
             starting, a failing start_cmd starts nothing.",
    mend: "Define the function above run_rc_command, or write the name as it is defined.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr: the variable's value is evaluated",
    examples: &[Example { bad: "start_precmd=\"lantern_prestart\"", good: "start_precmd=\"lantern_precmd\"" }],
};

pub(super) static COMMAND: Rule = Rule {
    code: "PW2020",
    title: "an extra command without what it does, or the other way round",
    severity: Severity::Warning,
    what: "A word in extra_commands needs a variable of that name with `_cmd` behind it, unless rc.subr knows it by itself \
           (reload; status and poll). A variable NAME_cmd needs its word in extra_commands; that is so for reload_cmd, too.",
    effect: "Without the variable the command prints how the script is to be used. Without the word the command is unknown: \
             what the variable says is never run.",
    mend: "Add the word to extra_commands, or the variable that says what it does.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command: _keywords",
    examples: &[
        Example {
            bad: "extra_commands=\"reload configtest\"\n",
            good: "extra_commands=\"reload configtest\"\nconfigtest_cmd=\"lantern_configtest\"\n",
        },
        Example {
            bad: "extra_commands=\"reload\"\nconfigtest_cmd=\"lantern_configtest\"\n",
            good: "extra_commands=\"reload configtest\"\nconfigtest_cmd=\"lantern_configtest\"\n",
        },
    ],
};

pub(super) static UNCALLED: Rule = Rule {
    code: "PW2021",
    title: "a function that nothing calls",
    severity: Severity::Note,
    what: "The script defines a function whose name stands nowhere else in it.",
    effect: "What it does is never done.",
    mend: "Name it where it is to be called (`start_precmd=\"lantern_precmd\"`), or remove it.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr: functions are called by name only",
    examples: &[Example { bad: "#start_precmd=\"lantern_precmd\"", good: "start_precmd=\"lantern_precmd\"" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    if model.family.is_openbsd() {
        return;
    }
    for set in model.sets.iter().filter(|set| set.how == How::Plain && is_hook(model, set.name)) {
        missing(model, set, out);
    }
    commands(model, out);
    // A name that is put together from pieces stands nowhere.
    let pieces = model.open || model.text.contains("${name}_") && pieces(model);
    for function in model.functions.iter().filter(|_| !pieces) {
        let name = &model.text[function.name.clone()];
        let called = model.mentions.count_of(name) > 1;
        if !called {
            let message = format!("nothing calls `{name}`");
            out.push(Finding::new(&UNCALLED, model.at(function.name.clone()), message));
        }
    }
}

/// Whether hooks are named by pieces: `start_cmd="${name}_start"`.
fn pieces(model: &Model<'_>) -> bool {
    model.sets.iter().any(|set| is_hook(model, set.name) && model.text[set.value_span.clone()].contains("name"))
}

fn is_hook(model: &Model<'_>, name: &str) -> bool {
    let hook = name.rsplit_once('_').map(|(_, hook)| hook);
    hook.is_some_and(|hook| matches!(hook, "cmd" | "precmd" | "postcmd"))
        && model.family.hooks.contains_key(hook.unwrap_or(""))
}

fn missing(model: &Model<'_>, set: &Set<'_>, out: &mut Vec<Finding>) {
    if model.open {
        return;
    }
    let value = Value::of(model, set.value, set.value_span.clone());
    let script = read(&value.text);
    let Some(Command::Simple(simple)) = script.body.items.first().and_then(|item| item.first.commands.first()) else {
        return;
    };
    let Some(called) = simple.name(&value.text) else { return };
    let plain = called.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && called.contains('_');
    if !plain || model.function(&called).is_some() {
        return;
    }
    // Nobody misspells one of hundreds.
    let names: Vec<&str> =
        model.functions.iter().take(100).map(|function| &model.text[function.name.clone()]).collect();
    let near =
        did_you_mean(&called, names.iter().copied()).filter(|near| strsim::damerau_levenshtein(near, &called) <= 3);
    let own = model.service.as_ref().is_some_and(|service| called.starts_with(&format!("{service}_")));
    if !own && near.is_none() {
        return;
    }
    let mut message = format!("there is no function `{called}`");
    if let Some(near) = near {
        message = format!("{message}; did you mean `{near}`?");
    }
    let place = simple.words[0].span.clone();
    out.push(Finding::new(&MISSING, model.at(value.place(&place)), message));
}

/// Commands that rc.subr does by itself when they are in `extra_commands`.
const BY_ITSELF: [&str; 3] = ["reload", "status", "poll"];

fn commands(model: &Model<'_>, out: &mut Vec<Finding>) {
    let extra = match model.only_set("extra_commands") {
        Some(set) => {
            let value = Value::of(model, set.value, set.value_span.clone());
            if !value.holes.is_empty() {
                return;
            }
            for word in value.text.split_whitespace() {
                let cmd = format!("{word}_cmd");
                let known = BY_ITSELF.contains(&word) || model.family.actions.iter().any(|action| action == word);
                if known || model.is_set(&cmd) || model.open {
                    continue;
                }
                let start = word.as_ptr() as usize - value.text.as_ptr() as usize;
                let place = model.at(value.place(&(start..start + word.len())));
                out.push(Finding::new(&COMMAND, place, format!("`{word}` has no `{cmd}`")));
            }
            value.text.split_whitespace().map(str::to_owned).collect()
        }
        None if model.is_set("extra_commands") => return,
        None => BTreeSet::new(),
    };
    for name in model.set_names() {
        let Some(command) = name.strip_suffix("_cmd") else { continue };
        let always = ["start", "stop", "restart", "rcvar", "status", "poll"];
        let freebsd = ["enable", "disable", "delete", "enabled", "describe", "extracommands"];
        let known = always.contains(&command) || (model.family.is_freebsd() && freebsd.contains(&command));
        let used = model.uses_of(name).next().is_some() || model.suffix_of(name).is_some();
        if known || extra.contains(command) || used || model.open {
            continue;
        }
        if let Some(set) = model.sets_of(name).find(|set| set.how == How::Plain && set.place.function.is_none()) {
            let message = format!("`{command}` is not in extra_commands");
            out.push(Finding::new(&COMMAND, model.at(set.name_span.clone()), message));
        }
    }
}
