//! FreeBSD: what a `start_cmd` disables, the service's own switches.
use super::super::model::Model;
use super::super::set::How;
use super::super::value::Value;
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static START_CMD: Rule = Rule {
    code: "PW2301",
    title: "start_cmd makes rc.subr ignore a variable",
    severity: Severity::Warning,
    what: "With a start_cmd rc.subr evaluates that and returns: it puts together no command line. User, group, chroot, \
           directory, nice level, routing table, login class, limits, prepended command and protection do nothing. (Environment, \
           umask, CPU set and setup are still used.) The script sets one of them and does not use it in its start function.",
    effect: "The server runs as root, in /, in rc's login class and with its limits, whatever rc.conf says.",
    mend: "Use command and command_args, with what has to be done before in a start_precmd; or use the variable in the start \
           function: `su -m ${lantern_user} -c …`, `daemon -u ${lantern_user}`, `limits -C …`.",
    source: "freebsd-src libexec/rc/rc.subr, run_rc_command: `if [ -n \"$_cmd\" ]`",
    examples: &[Example {
        bad: "/usr/sbin/daemon -p",
        good: "cd ${torch_chdir} && /usr/sbin/daemon -u ${torch_user} -p",
    }],
};

pub(super) static ENABLE: Rule = Rule {
    code: "PW2307",
    title: "the switch has no default",
    severity: Severity::Warning,
    what: "rcvar names a variable to which the script gives no default.",
    effect: "As long as rc.conf does not set it, every call prints `WARNING: $lantern_enable is not set properly - see \
             rc.conf(5)`, at every boot, too.",
    mend: "Write `: ${lantern_enable:=\"NO\"}` behind load_rc_config.",
    source: "freebsd-src libexec/rc/rc.subr, checkyesno",
    examples: &[Example { bad: "#: ${lantern_enable:=\"NO\"}", good: ": ${lantern_enable:=\"NO\"}" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    start_cmd(model, out);
    enable(model, out);
}

fn start_cmd(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(start) = model.sets_of("start_cmd").find(|set| set.how == How::Plain) else { return };
    if model.open || model.sets_of("start_cmd").count() > 1 {
        return;
    }
    let value = Value::of(model, start.value, start.value_span.clone());
    for (suffix, why) in &model.family.ignored_by_start_cmd {
        // Flags are for whoever writes the command line; a group needs a chroot anyway.
        let Some(name) = model.own(suffix).filter(|_| !matches!(suffix.as_str(), "flags" | "group" | "groups")) else {
            continue;
        };
        let set = model.sets_of(&name).find(|set| {
            matches!(set.how, How::Plain | How::Default(_)) && set.place.function.is_none() && !set.value.is_empty()
        });
        let Some(set) = set else { continue };
        // Used in the start function, or in one that it may call, or handed to the server in a variable.
        let sets = model.sets.iter().filter(|set| set.name == name).count();
        let in_precmd_only = |place: &crate::lint::shell::Place<'_>| {
            place.function.is_some_and(|function| {
                let function = &model.text[function.name.clone()];
                function.contains("pre") || function.contains("init") || function.contains("setup")
            })
        };
        let used = model.uses_of(&name).filter(|one| !in_precmd_only(&one.place)).count();
        let counted = model.sets_of(&name).filter(|set| matches!(set.how, How::Default(_))).count();
        if used > counted || value.text.contains(name.as_str()) || sets == 0 {
            continue;
        }
        let message = format!("`{name}` does nothing: there is a start_cmd ({why})");
        out.push(
            Finding::new(&START_CMD, model.at(set.span.clone()), message)
                .related(model.at(start.span.clone()), "start_cmd is set here"),
        );
    }
}

fn enable(model: &Model<'_>, out: &mut Vec<Finding>) {
    let (Some(set), Some(rcvar)) = (model.only_set("rcvar"), model.constant("rcvar")) else { return };
    let filled_in = rcvar.is_empty() || rcvar.contains(['%', '@']);
    let given =
        model.is_set(&rcvar) || model.text.contains(&format!("{rcvar}_defval")) || model.text.contains("set_rcvar");
    let by_pieces = model.uses_of("rcvar").next().is_some() || model.text.contains("_enable:=") && model.open;
    if filled_in
        || given
        || model.open
        || by_pieces
        || !model.load.is_some_and(|load| load > set.span.start || load > 0)
    {
        return;
    }
    // The base system's defaults are in /etc/defaults/rc.conf.
    let of_a_package = model.family.prefixes.iter().any(|prefix| model.text.contains(prefix.as_str()));
    if of_a_package {
        let effect = format!(
            "As long as rc.conf does not set it, every call prints `WARNING: ${rcvar} is not set properly - see \
             rc.conf(5)`, at every boot, too."
        );
        out.push(
            Finding::new(&ENABLE, model.at(set.span.clone()), format!("`{rcvar}` has no default"))
                .effect(effect)
                .mend(format!("Write `: ${{{rcvar}:=\"NO\"}}` behind load_rc_config.")),
        );
    }
}
