//! Variables that rc.subr does not read.
use std::collections::BTreeSet;

use super::super::facts::families;
use super::super::model::Model;
use super::super::set::How;
use crate::finding::{Example, Finding, Fix, Rule, Severity};

pub(super) static MISSPELT: Rule = Rule {
    code: "PW2017",
    title: "a variable that nobody reads, named almost as one that rc.subr reads",
    severity: Severity::Warning,
    what: "The script sets a variable and never uses it; rc.subr does not read it, but it reads one of nearly the same name.",
    effect: "The setting does nothing: a file that is required is not looked for, a function is not run, an argument is not \
             given.",
    mend: "Write the name as rc.subr reads it; the finding says which.",
    source: "the rc.subr of each system, as listed in rc.subr(8)",
    examples: &[
        Example { bad: "required_file=\"${lantern_config}\"", good: "required_files=\"${lantern_config}\"" },
        Example { bad: "lanterns_chdir:=\"@VARBASE@/db/lantern\"", good: "lantern_chdir:=\"@VARBASE@/db/lantern\"" },
    ],
};

pub(super) static FOREIGN: Rule = Rule {
    code: "PW2018",
    title: "a variable that only another system's rc.subr reads",
    severity: Severity::Warning,
    what: "The script sets a variable that it does not use itself, that this system's rc.subr does not read, and that the \
           rc.subr of another system does.",
    effect: "The setting does nothing here.",
    mend: "Use what this system has for it, or remove the line. NetBSD has no limits and login classes: call `ulimit` in a \
           start_precmd. OpenBSD has daemon, daemon_flags and pexp.",
    source: "the rc.subr of each system, as listed in rc.subr(8)",
    examples: &[
        Example {
            bad: ": ${lantern_chdir:=\"@VARBASE@/db/lantern\"}\n: ${lantern_login_class:=\"daemon\"}",
            good: ": ${lantern_chdir:=\"@VARBASE@/db/lantern\"}",
        },
        Example { bad: "command_args=\"--listen localhost:8080", good: "daemon_flags=\"--listen localhost:8080" },
    ],
};

pub(super) static GROUP: Rule = Rule {
    code: "PW2034",
    title: "the group is used in a chroot only",
    severity: Severity::Note,
    what: "rc.subr reads NAME_group and NAME_groups when there is a NAME_chroot, and the script uses them for nothing else.",
    effect: "The server runs with the groups that su(1) gives: those of its user in the group file and the password file.",
    mend: "Make the group the user's own in the password file, and remove the variable.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command",
    examples: &[Example {
        bad: ": ${lantern_user:=\"@LANTERN_USER@\"}\n: ${lantern_group:=\"@LANTERN_GROUP@\"}\n",
        good: ": ${lantern_user:=\"@LANTERN_USER@\"}\n",
    }],
};

/// Read by people, by nothing else, in scripts of all systems.
const HARMLESS: [&str; 3] = ["desc", "rcvar", "name"];

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    for name in unread(model) {
        let Some(set) = model.sets_of(name).next() else { continue };
        if let Some(good) = nearest(model, name) {
            let message = format!("`{name}` is read by nobody; rc.subr reads `{good}`");
            let mut finding = Finding::new(&MISSPELT, model.at(set.name_span.clone()), message);
            if !model.is_set(&good) && model.sets_of(name).count() == 1 {
                finding = finding.fix(Fix::new(format!("name it `{good}`"), set.name_span.clone(), good));
            }
            out.push(finding);
        } else if let Some(system) = elsewhere(model, name) {
            let message = format!("`{name}` is read by {system}'s rc.subr, not by {}'s", model.family.name);
            out.push(Finding::new(&FOREIGN, model.at(set.name_span.clone()), message));
        }
    }
    group(model, out);
}

/// Variables that the script sets and neither it nor rc.subr uses.
fn unread<'a>(model: &Model<'a>) -> Vec<&'a str> {
    let reads = Reads::of(model);
    let mut found = Vec::new();
    for name in model.set_names() {
        let plain = |set: &super::super::set::Set<'_>| {
            matches!(set.how, How::Plain | How::Default(_)) && !set.exported && set.place.function.is_none()
        };
        // `${x:=y}` is a use of x only when it is not behind the colon; it is one set for each use otherwise.
        let uses = model.uses_of(name).count();
        let defaults = model.sets_of(name).filter(|set| matches!(set.how, How::Default(_))).count();
        let idle = uses == 0 || uses == defaults;
        if idle && model.sets_of(name).all(plain) && !reads.has(model, name) && !mentioned(model, name) {
            found.push(name);
        }
    }
    found
}

/// Whether the name stands elsewhere in the script: in an `eval`, in a list of names, behind `checkyesno` or `export`.
fn mentioned(model: &Model<'_>, name: &str) -> bool {
    model.mentions.count_of(name) > model.sets_of(name).count()
}

/// What rc.subr reads of a script that depends on the script.
struct Reads {
    rcvar: Option<String>,
    /// The extra commands; nothing when they are not known.
    extra: Option<BTreeSet<String>>,
}

impl Reads {
    fn of(model: &Model<'_>) -> Self {
        let extra = if model.is_set("extra_commands") {
            let words = model.constant("extra_commands");
            words.map(|words| words.split_whitespace().map(str::to_owned).collect())
        } else {
            Some(BTreeSet::new())
        };
        Self { rcvar: model.constant("rcvar"), extra }
    }

    /// Its variables, the hooks of all commands, and the service's own.
    fn has(&self, model: &Model<'_>, name: &str) -> bool {
        let family = model.family;
        family.variables.contains_key(name)
            || name.starts_with("rc_")
            || self.hook(model, name)
            || model.suffix_of(name).is_some_and(|suffix| {
                suffix == "enable" || family.suffixes.contains_key(suffix) || suffix.ends_with("_svcj_enable")
            })
            || self.rcvar.as_ref().is_some_and(|rcvar| rcvar == name)
            || model.service.is_none()
                && name.contains('_')
                && !near_global(model, name)
                && !foreign_global(model, name)
    }

    /// Whether a name is a command with `_cmd` or the like behind it.
    fn hook(&self, model: &Model<'_>, name: &str) -> bool {
        model.family.hooks.keys().any(|hook| {
            name.strip_suffix(hook.as_str()).and_then(|rest| rest.strip_suffix('_')).is_some_and(|command| {
                model.family.actions.iter().any(|action| action == command)
                    || self.extra.as_ref().is_none_or(|extra| extra.contains(command))
            })
        })
    }
}

fn near_global(model: &Model<'_>, name: &str) -> bool {
    model.family.variables.keys().any(|good| near(name, good))
}

/// Whether another system's rc.subr reads a variable of just this name.
fn foreign_global(model: &Model<'_>, name: &str) -> bool {
    families().iter().any(|family| *family != *model.family && family.variables.contains_key(name))
}

fn near(name: &str, good: &str) -> bool {
    let allowed = if good.len() >= 8 { 2 } else { 1 };
    let long = good.len() > 4 && name.len().abs_diff(good.len()) <= allowed;
    long && name != good && strsim::damerau_levenshtein(name, good) <= allowed
}

/// The variable of rc.subr with nearly the same name.
fn nearest(model: &Model<'_>, name: &str) -> Option<String> {
    if HARMLESS.contains(&name) || elsewhere(model, name).is_some() {
        return None;
    }
    let family = model.family;
    if let Some(suffix) = model.suffix_of(name) {
        let good = family.suffixes.keys().find(|good| near(suffix, good))?;
        return model.own(good);
    }
    // `frp_user` in a script whose name is frps.
    if let Some(service) = &model.service {
        let other = family.suffixes.keys().find_map(|suffix| {
            let stem = name.strip_suffix(suffix.as_str())?.strip_suffix('_')?;
            let near = service.starts_with(stem) || stem.starts_with(service.as_str()) || near(stem, service);
            (near && stem.len() > 2).then(|| model.own(suffix)).flatten()
        });
        if other.is_some() {
            return other;
        }
    }
    let globals = family.variables.keys().cloned();
    let actions = ["start", "stop", "restart", "reload", "status"];
    let hooks = family.hooks.keys().filter(|hook| !hook.contains("svcj"));
    let hooks = hooks.flat_map(|hook| actions.iter().map(move |action| format!("{action}_{hook}")));
    let mut all: Vec<String> = globals.chain(hooks).filter(|good| near(name, good)).collect();
    all.sort_by_key(|good| strsim::damerau_levenshtein(name, good));
    all.into_iter().next()
}

/// The system whose rc.subr reads the variable.
fn elsewhere(model: &Model<'_>, name: &str) -> Option<&'static str> {
    if HARMLESS.contains(&name) {
        return None;
    }
    families().iter().filter(|family| *family != model.family).find_map(|family| {
        let own = model.suffix_of(name).is_some_and(|suffix| family.suffixes.contains_key(suffix));
        (family.variables.contains_key(name) || own).then_some(family.name.as_str())
    })
}

fn group(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(chroot) = model.own("chroot").filter(|_| !model.family.is_openbsd()) else { return };
    if model.is_set(&chroot) || model.text.contains("_chroot") {
        return;
    }
    for name in ["group", "groups"].iter().filter_map(|suffix| model.own(suffix)) {
        let sets: Vec<_> = model.sets_of(&name).collect();
        let uses = model.uses_of(&name).count();
        let defaults = sets.iter().filter(|set| matches!(set.how, How::Default(_))).count();
        let unset = sets.iter().any(|set| set.how == How::Unset);
        if let Some(set) = sets.first().filter(|_| !unset && uses <= defaults && !mentioned(model, &name)) {
            let message = format!("`{name}` does nothing without a chroot");
            out.push(Finding::new(&GROUP, model.at(set.span.clone()), message));
        }
    }
}
