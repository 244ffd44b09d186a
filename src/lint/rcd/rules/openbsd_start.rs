//! OpenBSD: how the server is started, found, logged and reloaded.
use super::super::command_line::CommandLine;
use super::super::model::{Call, Model};
use super::super::value::{HOLE, Value};
use crate::diag::did_you_mean;
use crate::finding::{Example, Finding, Fix, Rule, Severity};
use crate::lint::shell::{Span, Word};

pub(super) static RCEXEC: Rule = Rule {
    code: "PW2207",
    title: "${rcexec} is gone",
    severity: Severity::Error,
    what: "rc.subr had a variable rcexec with the su command in it; since 2022 it has the function rc_exec instead.",
    effect: "The variable is empty: what follows is run as root, in rc's class, with rc's environment, or is not found because \
             it was one quoted word.",
    mend: "Write `rc_exec \"${daemon} ${daemon_flags}\"`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.155 to 1.163, rc_exec",
    examples: &[Example {
        bad: "\t${rcexec} \"${daemon} ${daemon_flags} serve\"\n",
        good: "\trc_exec \"${daemon} ${daemon_flags} serve\"\n",
    }],
};

pub(super) static BACKGROUND: Rule = Rule {
    code: "PW2208",
    title: "& instead of rc_bg",
    severity: Severity::Warning,
    what: "The script puts a server into the background that stays in the foreground by itself.",
    effect: "start does not know whether it came up; at boot it is in rc's process group and gets SIGHUP when rc ends.",
    mend: "Set rc_bg=YES and leave the `&` away.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, rc_exec and _rc_wait_for_start; rc.subr(8)",
    examples: &[Example {
        bad: "rc_exec \"${daemon} ${daemon_flags} serve &\"",
        good: "rc_exec \"${daemon} ${daemon_flags} serve\"",
    }],
};

pub(super) static LOGGER: Rule = Rule {
    code: "PW2209",
    title: "a pipe into logger instead of daemon_logger",
    severity: Severity::Warning,
    what: "The script pipes the server's output into logger(1). rc.subr does that by itself when daemon_logger is set.",
    effect: "rcctl(8) cannot change it, the pipeline's status is logger's, so that a failed start looks like a good one.",
    mend: "Set daemon_logger=\"daemon.info\" above `. /etc/rc.d/rc.subr`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, rc_exec; rc.subr(8)",
    examples: &[Example {
        bad: "rc_exec \"${daemon} ${daemon_flags} serve 2>&1 | logger -t lantern\"",
        good: "rc_exec \"${daemon} ${daemon_flags} serve\"",
    }],
};

pub(super) static PATTERN: Rule = Rule {
    code: "PW2210",
    title: "flags that do not match themselves",
    severity: Severity::Error,
    what: "pexp is made of daemon and daemon_flags as they stand, and pgrep(1) reads it as an extended regular expression that \
           has to match the whole command line. There are signs in them that mean something there.",
    effect: "check does not find the server: start says failed although it runs, stop leaves it running, and a second start \
             starts another one.",
    mend: "Set pexp below `. /etc/rc.d/rc.subr`, with those signs escaped or with `.*` for the flags; or put the setting into \
           the server's configuration.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, rc_check and last line; pgrep(1) -x, -f",
    examples: &[Example {
        bad: "daemon_flags=\"--listen [::1]:8080 ",
        good: "daemon_flags=\"--listen localhost:8080 ",
    }],
};

pub(super) static FUNCTION: Rule = Rule {
    code: "PW2212",
    title: "a function that rc.subr does not call",
    severity: Severity::Warning,
    what: "The function is named almost as one that rc.subr calls, and nothing in the script calls it.",
    effect: "What it does is never done.",
    mend: "Name it as rc.subr does: rc_pre, rc_post, rc_configtest, rc_start, rc_stop, rc_check, rc_reload.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163; rc.subr(8)",
    examples: &[Example { bad: "rc_prestart()", good: "rc_pre()" }],
};

pub(super) static DIRECT: Rule = Rule {
    code: "PW2213",
    title: "the server is started without rc_exec",
    severity: Severity::Warning,
    what: "rc_start runs ${daemon} by itself, not through rc_exec.",
    effect: "daemon_user, the login class with its limits and variables, daemon_execdir, daemon_logger and daemon_rtable do \
             nothing: the server runs as root with rc's environment and limits.",
    mend: "Write `rc_exec \"${daemon} ${daemon_flags}\"`.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, rc_exec",
    examples: &[Example {
        bad: "\t${daemon} ${daemon_flags} serve\n",
        good: "\trc_exec \"${daemon} ${daemon_flags} serve\"\n",
    }],
};

pub(super) static RELOAD: Rule = Rule {
    code: "PW2214",
    title: "reload sends a signal that may end the server",
    severity: Severity::Unknown,
    what: "The server is one that stays in the foreground (rc_bg=YES), and the script says nothing about reload: rc.subr \
           offers it, and sends SIGHUP. A program that does not handle SIGHUP ends, so that `rcctl reload` stops the \
           service without a word.",
    effect: "",
    mend: "Set rc_reload=NO, or say with rc_reload_signal=HUP that the server reads its configuration again.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.163, rc_reload; signal(3)",
    examples: &[Example { bad: "rc_bg=YES\n\n", good: "rc_bg=YES\nrc_reload=NO\n\n" }],
};

pub(super) static FACILITY: Rule = Rule {
    code: "PW2215",
    title: "logger does not know the facility or the level",
    severity: Severity::Error,
    what: "daemon_logger is FACILITY.LEVEL, as logger(1) takes it behind -p.",
    effect: "logger ends with `unknown facility name` or the like: the server's output goes into a closed pipe, and SIGPIPE ends \
             it at its first line.",
    mend: "Write `daemon_logger=\"daemon.info\"`.",
    source: "OpenBSD src usr.bin/logger; syslog(3)",
    examples: &[Example { bad: "daemon_logger=\"daemon.inf\"", good: "daemon_logger=\"daemon.info\"" }],
};

/// syslog(3) of OpenBSD; logger(1) knows them by these names (sys/syslog.h).
const FACILITIES: [&str; 20] = [
    "auth", "authpriv", "cron", "daemon", "ftp", "kern", "lpr", "mail", "news", "syslog", "user", "uucp", "local0",
    "local1", "local2", "local3", "local4", "local5", "local6", "local7",
];
const LEVELS: [&str; 11] =
    ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", "error", "panic", "warn"];

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    for one in model.uses_of("rcexec").filter(|_| !model.is_set("rcexec")) {
        let finding = Finding::new(&RCEXEC, model.at(one.span.clone()), "rc.subr has no `rcexec`");
        out.push(finding.fix(Fix::new("call rc_exec", one.span.clone(), "rc_exec")));
    }
    started(model, out);
    pattern(model, out);
    functions(model, out);
    facility(model, out);
    let background = model.sets_of("rc_bg").next().filter(|_| model.constant("rc_bg").as_deref() == Some("YES"));
    if let Some(set) = background
        && !["rc_reload", "rc_reload_signal"].iter().any(|name| model.is_set(name))
        && model.function("rc_reload").is_none()
    {
        out.push(Finding::new(
            &RELOAD,
            model.at(set.span.clone()),
            "whether the server handles SIGHUP is not known; one that does not ends when it is reloaded",
        ));
    }
}

/// What the script's own `rc_start` does.
fn started(model: &Model<'_>, out: &mut Vec<Finding>) {
    let in_start =
        |call: &&Call<'_>| call.place.function.is_some_and(|function| model.text[function.name.clone()] == *"rc_start");
    for call in model.calls.iter().filter(in_start) {
        let through = call.name.as_deref() == Some("rc_exec");
        if through {
            for word in &call.simple.words[1..] {
                executed(model, word, out);
            }
        }
        let first = call.simple.words.first().map(|word| &model.text[word.span.clone()]);
        let direct = first.is_some_and(|first| matches!(first.trim_matches('"'), "${daemon}" | "$daemon"));
        if direct && !call.place.tested {
            let place = model.at(call.simple.span.clone());
            out.push(Finding::new(&DIRECT, place, "the server is not started through rc_exec"));
        }
        if call.place.background && (direct || through) {
            let place = model.at(call.simple.span.clone());
            out.push(Finding::new(&BACKGROUND, place, "the server is put into the background by the script"));
        }
    }
    if let Some(set) = model.only_set("daemon_flags") {
        let value = Value::of(model, set.value, set.value_span.clone());
        signs(model, &value, out);
    }
}

fn executed(model: &Model<'_>, word: &Word, out: &mut Vec<Finding>) {
    signs(model, &Value::word(model, word), out);
}

/// Looks for `&` and `| logger` in a text that a shell gets.
fn signs(model: &Model<'_>, value: &Value, out: &mut Vec<Finding>) {
    let script = crate::lint::shell::read(&value.text);
    for item in script.body.items.iter().filter(|_| script.trouble.is_none()) {
        if let Some(sign) = &item.background {
            let place = model.at(value.place(sign));
            out.push(Finding::new(&BACKGROUND, place, "the server is put into the background by the script"));
        }
        let logged = item.first.pipes.first().filter(|pipe| value.text[pipe.end..].trim_start().starts_with("logger"));
        if let Some(pipe) = logged {
            let place = model.at(value.place(pipe));
            out.push(Finding::new(&LOGGER, place, "the script pipes into logger by itself"));
        }
    }
}

/// Signs of extended regular expressions, by what they do to a text that is to match itself.
fn pattern(model: &Model<'_>, out: &mut Vec<Finding>) {
    if model.is_set("pexp") || model.function("rc_check").is_some() || model.function("rc_start").is_some() {
        return;
    }
    let Some(line) = CommandLine::of(model) else { return };
    let Some((simple, _)) = line.first() else { return };
    for word in &simple.words {
        // rc.subr takes the quotes away before it makes the pattern.
        let Some(text) = word.literal(&line.value.text) else { continue };
        let source = &line.value.text[word.span.clone()];
        if let Some(sign) = sign(&text) {
            let at = source.find(sign).map_or(word.span.start, |at| word.span.start + at);
            let place: Span = line.value.place(&(at..at + sign.len_utf8()));
            let message = format!("`{sign}` means something else to pgrep than itself");
            let message = if text.contains(HOLE) { message } else { format!("{message}, in `{text}`") };
            out.push(Finding::new(&PATTERN, model.at(place), message));
        }
    }
}

/// The first sign that keeps a text from matching itself. A dot and a hyphen do not.
fn sign(text: &str) -> Option<char> {
    text.char_indices()
        .find(|(at, c)| match c {
            '[' | '(' | ')' | '|' | '^' | '$' | '\\' => true,
            '+' | '?' | '*' => *at > 0,
            '{' => text[*at..].contains('}') && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        })
        .map(|(_, c)| c)
}

fn functions(model: &Model<'_>, out: &mut Vec<Finding>) {
    for function in &model.functions {
        let name = &model.text[function.name.clone()];
        let known = model.family.functions.contains_key(name) || !name.starts_with("rc_");
        if known || model.mentions.count_of(name) > 1 {
            continue;
        }
        let good = did_you_mean(name, model.family.functions.keys().map(String::as_str));
        let message = match good {
            Some(good) => format!("rc.subr does not call `{name}`; did you mean `{good}`?"),
            None => format!("rc.subr does not call `{name}`"),
        };
        out.push(Finding::new(&FUNCTION, model.at(function.name.clone()), message));
    }
}

fn facility(model: &Model<'_>, out: &mut Vec<Finding>) {
    let (Some(set), Some(text)) = (model.only_set("daemon_logger"), model.constant("daemon_logger")) else { return };
    if text.is_empty() || text.contains('$') {
        return;
    }
    let good = match text.split_once('.') {
        Some((facility, level)) => FACILITIES.contains(&facility) && LEVELS.contains(&level),
        None => LEVELS.contains(&text.as_str()),
    };
    if !good {
        let message = format!("`{text}` is no facility and level");
        out.push(Finding::new(&FACILITY, model.at(set.value_span.clone()), message));
    }
}
