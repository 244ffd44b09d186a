//! Programs of packages, and the PATH in which they are not.
use super::super::command_line::CommandLine;
use super::super::facts::programs;
use super::super::model::Model;
use super::super::set::How;
use super::super::value::Value;
use crate::finding::{Example, Finding, Rule, Severity};

pub(super) static BY_NAME: Rule = Rule {
    code: "PW2025",
    title: "a package's program is called by name",
    severity: Severity::Warning,
    what: "The script calls a program that comes from a package by its name alone. At boot, and from service(8), PATH is \
           /sbin:/bin:/usr/sbin:/usr/bin.",
    effect: "It works from an administrator's shell and not at boot: the shell does not find the program, and the script \
             goes on without it.",
    mend: "Write the whole path, with @PREFIX@ (pkgsrc), %%LOCALBASE%% (FreeBSD) or ${LOCALBASE} (OpenBSD) before it.",
    source: "etc/rc of NetBSD and OpenBSD, libexec/rc/rc of FreeBSD; usr.sbin/service of NetBSD and FreeBSD",
    examples: &[
        Example {
            bad: "\tpython3 @PREFIX@/libexec/lantern/check.py\n",
            good: "\t@PREFIX@/bin/python3 @PREFIX@/libexec/lantern/check.py\n",
        },
        Example {
            bad: "\tpython3.12 @PREFIX@/libexec/lantern/check.py\n",
            good: "\t@PREFIX@/bin/python3 @PREFIX@/libexec/lantern/check.py\n",
        },
    ],
};

pub(super) static SERVICE_PATH: Rule = Rule {
    code: "PW2026",
    title: "the server runs programs of packages, and its PATH has no directory of packages",
    severity: Severity::Warning,
    what: "The server is known to run programs by name, or its package depends on such programs at run time; and the script \
           gives it no PATH. rc gives it /sbin:/bin:/usr/sbin:/usr/bin.",
    effect: "The server does not find them: what needs them fails, often long after the start, and only when it was started \
             at boot or by service(8) and not from an administrator's shell.",
    mend: "Set NAME_env with a PATH that holds the packages' directories.",
    source: "etc/rc and usr.sbin/service/service of NetBSD; libexec/rc/rc and usr.sbin/service/service.sh of FreeBSD",
    examples: &[Example {
        bad: "HOME=@VARBASE@/db/gotosocial\"",
        good: "HOME=@VARBASE@/db/gotosocial PATH=@PREFIX@/bin:/usr/bin:/bin\"",
    }],
};

pub(super) static NO_FILE: Rule = Rule {
    code: "PW2037",
    title: "command is a name and not a file",
    severity: Severity::Error,
    what: "rc.subr tests whether `command` can be executed, as a file: it looks for a name without a directory where the \
           script was called, not along PATH.",
    effect: "start ends with `run_rc_command: cannot run lantern`: the service does not start.",
    mend: "Write the whole path of the program.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command: start",
    examples: &[Example { bad: "command=\"lantern\"\n", good: "command=\"@PREFIX@/bin/lantern\"\n" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    by_name(model, out);
    if !model.family.is_openbsd() {
        no_file(model, out);
        service_path(model, out);
    }
}

fn no_file(model: &Model<'_>, out: &mut Vec<Finding>) {
    // `NAME_program` comes instead of it; what is filled in later may be a path.
    if model.is_set("start_cmd") || model.may_set_own("program") || model.open {
        return;
    }
    for set in model.sets_of("command").filter(|set| set.place.function.is_none()) {
        let value = Value::of(model, set.value, set.value_span.clone());
        let name = value.text.as_str();
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte));
        if set.how == How::Plain && plain && !name.is_empty() && value.holes.is_empty() {
            let prefix = model.family.prefixes.first().map_or("", String::as_str);
            let message = format!("`{name}` is looked for as a file where the script is called");
            let finding = Finding::new(&NO_FILE, model.at(set.value_span.clone()), message);
            out.push(finding.mend(format!("Write the whole path, such as `{prefix}/bin/{name}`.")));
        }
    }
}

/// Whether the script sets PATH for itself.
fn sets_path(model: &Model<'_>) -> bool {
    model.sets_of("PATH").any(|set| set.place.function.is_none())
}

fn by_name(model: &Model<'_>, out: &mut Vec<Finding>) {
    if sets_path(model) {
        return;
    }
    for call in &model.calls {
        let Some(name) = call.name.as_deref() else { continue };
        if name.contains('/') || model.function(name).is_some() {
            continue;
        }
        let path_here = call.simple.assignments.iter().any(|one| model.text[one.name.clone()] == *"PATH");
        let in_function = model.sets_of("PATH").any(|set| set.span.start < call.simple.span.start);
        // `python3.12` and `ffmpeg7` are from packages, too.
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let packaged = programs().packaged.get(name).or_else(|| programs().packaged.get(bare));
        let system = packaged.is_some_and(|systems| !model.family.has_in_base(systems));
        if path_here || in_function || !(system || is_of_this_package(model, name)) {
            continue;
        }
        let prefix = model.family.prefixes.first().map_or("", String::as_str);
        let message = format!("`{name}` is not in the PATH of the boot");
        out.push(
            Finding::new(&BY_NAME, model.at(call.simple.words[0].span.clone()), message)
                .mend(format!("Write the whole path, such as `{prefix}/bin/{name}`.")),
        );
    }
}

/// Whether the script names a program of a package with the same name by its whole path.
fn is_of_this_package(model: &Model<'_>, name: &str) -> bool {
    // Names of programs that both a package and the system may have say nothing.
    if name.len() < 4
        || ["install", "daemon", "logger", "mkdir", "chown", "kill", "test", "echo", "sleep"].contains(&name)
    {
        return false;
    }
    model.mentions.names_program(name)
}

fn service_path(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(service) = &model.service else { return };
    let line = CommandLine::of(model);
    let run = line.as_ref().map(CommandLine::run).unwrap_or_default();
    let program = run
        .program
        .as_ref()
        .zip(line.as_ref())
        .map(|(span, line)| line.value.text[span.clone()].rsplit('/').next().unwrap_or_default().to_owned());
    let known = program.iter().chain([service]).find_map(|name| programs().servers.get(name.as_str()));
    let package = model.package.map(|package| package.programs.as_slice()).unwrap_or_default();
    let needs: &[String] = match known {
        Some(known) => known,
        None if !package.is_empty() => package,
        None => return,
    };
    // daemon(8) takes the PATH of the user's login class, which has the packages' directories.
    let by_class = run.steps.iter().any(|step| step.name == "daemon" && step.option("u").is_some());
    let file = model.may_set_own("env_file");
    let in_text = model
        .text
        .match_indices("PATH=")
        .any(|(at, _)| !model.script.comments.iter().any(|comment| comment.contains(&at)));
    if by_class || file || in_text || sets_path(model) || !model.is_set("command") && !model.is_set("start_cmd") {
        return;
    }
    let place = model.sets_of("command").chain(model.sets_of("start_cmd")).next().map(|set| set.span.clone());
    let list = needs.join(", ");
    let message = match known {
        Some(_) => format!("the server runs {list}, and gets the PATH of the boot"),
        None => format!("the package depends on {list}, and its server gets the PATH of the boot"),
    };
    let mend = format!(
        "Write `: ${{{service}_env:=\"PATH={}\"}}` behind load_rc_config; the programs have to be there under the names by \
         which the server calls them.",
        model.family.package_path
    );
    let place = place.map_or_else(|| model.top(), |span| model.at(span));
    let finding = Finding::new(&SERVICE_PATH, place, message).mend(mend);
    // The package may need the program for something else.
    out.push(if known.is_some() { finding } else { finding.severity(Severity::Note) });
}
