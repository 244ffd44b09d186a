//! OpenBSD: the order around rc.subr, the shell, the name.
use super::super::model::Model;
use super::super::set::How;
use crate::finding::{Example, Finding, Fix, Rule, Severity};

pub(super) static FILE_NAME: Rule = Rule {
    code: "PW2201",
    title: "a file name that rc.subr refuses",
    severity: Severity::Error,
    what: "The service's name is the name of the script: letters, digits and underscores, not beginning with a digit.",
    effect: "rc.subr ends with `invalid rc.d script name`: the service can be neither started nor enabled.",
    mend: "Name it with underscores: my_server.rc.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, _rc_check_name",
    examples: &[],
};

pub(super) static SHELL: Rule = Rule {
    code: "PW2202",
    title: "the shell is not ksh",
    severity: Severity::Error,
    what: "rc.subr needs ksh, and looks for $KSH_VERSION.",
    effect: "rc.subr ends with `wrong shell, use /bin/ksh`: the service can be neither started nor stopped.",
    mend: "Begin the script with `#!/bin/ksh`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, line 336",
    examples: &[Example { bad: "#!/bin/sh\n\ndaemon=", good: "#!/bin/ksh\n\ndaemon=" }],
};

pub(super) static PEXP: Rule = Rule {
    code: "PW2204",
    title: "pexp is set before rc.subr is read",
    severity: Severity::Error,
    what: "rc.subr sets pexp itself, at its end, from daemon and daemon_flags. What was set before is lost.",
    effect: "The pattern of the script is not used: when the process does not look like its command, check and stop do not \
             find it, and start waits for it until the time is over.",
    mend: "Set pexp below `. /etc/rc.d/rc.subr`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, last line",
    examples: &[Example {
        bad: "pexp=\"candle: main.*\"\n. /etc/rc.d/rc.subr\n",
        good: ". /etc/rc.d/rc.subr\npexp=\"candle: main.*\"\n",
    }],
};

pub(super) static AFTER: Rule = Rule {
    code: "PW2205",
    title: "a variable of the server is set after rc.subr was read",
    severity: Severity::Warning,
    what: "rc.subr takes daemon and the daemon_ variables when it is read: it puts what rc.conf.local says in their place, and \
           makes pexp of them. This one is set below.",
    effect: "What rcctl(8) sets is overwritten. For daemon and daemon_flags pexp is made of the old value, too: check and stop \
             look for a process that there is not.",
    mend: "Set it above `. /etc/rc.d/rc.subr`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, lines 350 to 400",
    examples: &[Example {
        bad: ". /etc/rc.d/rc.subr\n\ndaemon_user=\"_lantern\"\n",
        good: "daemon_user=\"_lantern\"\n\n. /etc/rc.d/rc.subr\n",
    }],
};

pub(super) static CLASS: Rule = Rule {
    code: "PW2206",
    title: "daemon_class cannot be set",
    severity: Severity::Warning,
    what: "rc.subr sets daemon_class itself: the class named as the script, when login.conf has one, or daemon. Then it makes \
           it readonly.",
    effect: "Set above rc.subr it is overwritten; set below it ends the script: `is read only`.",
    mend: "Ship a class in login.conf.d with the script's name, in the file pkg/NAME.login of the port.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, lines 364 and 390",
    examples: &[Example { bad: "daemon_class=\"staff\"\ndaemon_timeout=60\n", good: "daemon_timeout=60\n" }],
};

pub(super) static NO_DAEMON: Rule = Rule {
    code: "PW2211",
    title: "daemon is not set when rc.subr is read",
    severity: Severity::Error,
    what: "rc.subr looks for daemon when it is read.",
    effect: "rc.subr ends with `daemon is not set`: the service can be neither started nor stopped.",
    mend: "Set daemon above `. /etc/rc.d/rc.subr`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, line 337",
    examples: &[Example { bad: "#daemon=", good: "daemon=" }],
};

pub(super) static EXPORT: Rule = Rule {
    code: "PW2203",
    title: "exporting a variable does nothing",
    severity: Severity::Warning,
    what: "rc.subr starts the server through `su -fl`, which discards the environment but for HOME, SHELL, PATH, TERM, LOGNAME \
           and USER, and sets those. The script exports a variable.",
    effect: "The server does not get it. What rc_pre and the script itself run does.",
    mend: "Put it into `setenv` of a login class with the script's name (pkg/NAME.login of the port), into daemon_flags, or \
           into the server's configuration.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, rc_exec; usr.bin/su/su.1",
    examples: &[Example {
        bad: "export LANTERN_OIL=whale\n\ndaemon=\"${TRUEPREFIX}/bin/lantern\"",
        good: "daemon=\"${TRUEPREFIX}/bin/lantern\"",
    }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    file_name(model, out);
    shell(model, out);
    order(model, out);
    for set in model.sets_of("daemon_class") {
        out.push(Finding::new(&CLASS, model.at(set.span.clone()), "rc.subr sets daemon_class itself"));
    }
    export(model, out);
}

fn file_name(model: &Model<'_>, out: &mut Vec<Finding>) {
    let path = &model.source.path;
    let in_port = path.extension().is_some_and(|extension| extension == "rc");
    let name = if in_port { path.file_stem() } else { path.file_name() };
    let Some(name) = name.and_then(|name| name.to_str()) else { return };
    let good = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let other_extension = !in_port && path.extension().is_some();
    if (!good || name.starts_with(|c: char| c.is_ascii_digit())) && !other_extension {
        out.push(Finding::new(&FILE_NAME, model.top(), format!("a script cannot be called `{name}`")));
    }
}

fn shell(model: &Model<'_>, out: &mut Vec<Finding>) {
    let first = model.text.lines().next().unwrap_or_default();
    if let Some(shell) = first.strip_prefix("#!").map(str::trim)
        && !shell.split_whitespace().next().is_some_and(|shell| shell.ends_with("ksh"))
    {
        let finding = Finding::new(&SHELL, model.top(), format!("`{shell}` runs the script"));
        let plain = shell == "/bin/sh";
        let fix = Fix::new("let ksh run it", 0..first.len(), "#!/bin/ksh");
        out.push(if plain { finding.fix(fix) } else { finding });
    }
}

fn order(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(subr) = model.subr else { return };
    let after_run = |at: usize| model.run.is_some_and(|run| at > run);
    for set in model.sets.iter().filter(|set| set.place.function.is_none() && set.how == How::Plain) {
        let before = set.span.start < subr;
        if set.name == "pexp" && before && model.sets_of("pexp").count() == 1 {
            out.push(Finding::new(&PEXP, model.at(set.span.clone()), "rc.subr overwrites pexp"));
        }
        let daemon = set.name == "daemon" || set.name.starts_with("daemon_");
        let known = model.family.variables.contains_key(set.name) && set.name != "daemon_class";
        let adds = model.uses_in(set.name, &set.value_span);
        let pexp_follows = model.sets_of("pexp").any(|pexp| pexp.span.start > set.span.start);
        if daemon && known && !before && !after_run(set.span.start) && !(adds && pexp_follows) {
            let message = format!("`{}` is set after rc.subr has taken it", set.name);
            let finding = Finding::new(&AFTER, model.at(set.span.clone()), message);
            out.push(if set.place.conditional || adds { finding.severity(Severity::Note) } else { finding });
        }
    }
    let set_before = model.sets_of("daemon").any(|set| set.span.start < subr);
    if !set_before && !model.open && model.run.is_some() {
        let call = model.calls.iter().find(|call| call.simple.span.start == subr);
        let place = call.map_or_else(|| model.top(), |call| model.at(call.simple.span.clone()));
        out.push(Finding::new(&NO_DAEMON, place, "`daemon` is not set above this"));
    }
}

fn export(model: &Model<'_>, out: &mut Vec<Finding>) {
    // What is started by hand gets what is exported.
    if model.function("rc_start").is_some() {
        return;
    }
    for call in model.calls_of("export") {
        let top = call.place.function.is_none();
        let in_pre = call.place.function.is_some_and(|function| model.text[function.name.clone()] == *"rc_pre");
        let path = call.simple.words[1..].iter().all(|word| model.text[word.span.clone()].starts_with("PATH"));
        if (top || in_pre) && call.simple.words.len() > 1 && !path {
            let place = model.at(call.simple.span.clone());
            let finding = Finding::new(&EXPORT, place, "the server does not get what is exported here");
            // The script's own functions may need it.
            let others = model.functions.iter().any(|function| model.text[function.name.clone()] != *"rc_pre");
            out.push(if others || in_pre { finding.severity(Severity::Note) } else { finding });
        }
    }
}
