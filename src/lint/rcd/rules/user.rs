//! Whose rights the server has.
use super::super::command_line::{CommandLine, Run};
use super::super::facts::programs;
use super::super::model::Model;
use super::super::set::How;
use super::super::value::Value;
use crate::finding::{Example, Finding, Rule, Severity};
use crate::lint::shell::Span;

pub(super) static ROOT: Rule = Rule {
    code: "PW2027",
    title: "the server runs as root, though there is a user for it",
    severity: Severity::Warning,
    what: "The package makes a user, or the script gives files to one, and nothing starts the server as that user: no \
           NAME_user (daemon_user in OpenBSD), no option of daemon(8) or daemonize, no su. The server stays in the \
           foreground and is put into the background by the script, as programs are that do not change their user by \
           themselves. Servers that are known to change it (nginx, dovecot and the like) are left out.",
    effect: "Whoever finds a hole in the server has the whole system. What it writes belongs to root, so that it cannot read \
             it when it is started as its user one day.",
    mend: "`: ${lantern_user:=\"lantern\"}` behind load_rc_config; in OpenBSD `daemon_user=\"_lantern\"`. Give it what it \
           writes to: data, log and pid file.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command: su -m; OpenBSD src \
             etc/rc.d/rc.subr, rc_exec: daemon_user is root by default",
    examples: &[Example {
        bad: "#: ${lantern_user:=\"@LANTERN_USER@\"}",
        good: ": ${lantern_user:=\"@LANTERN_USER@\"}",
    }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    let Some(line) = CommandLine::of(model) else { return };
    let run = line.run();
    if !stays_in_foreground(model, &line, &run) || model.is_set("start_cmd") || model.function("rc_start").is_some() {
        return;
    }
    let name = run.program.as_ref().map(|span| line.value.text[span.clone()].rsplit('/').next().unwrap_or_default());
    if name.is_some_and(|name| programs().drops_root.programs.iter().any(|one| one == name)) {
        return;
    }
    let Some((user, place)) = user(model) else { return };
    let named = match model.own("user") {
        Some(name) if model.is_set(&name) => has_value(model, &name),
        _ => model.may_set_own("user"),
    };
    let openbsd = model.family.is_openbsd() && (has_value(model, "daemon_user"));
    let by_option = run.steps.iter().any(|step| {
        let first = step.wrapper.user == "first";
        first || step.unsure && !step.wrapper.user.is_empty() || step.option(&step.wrapper.user).is_some()
    });
    if named || openbsd || by_option || speaks_of_user(&line, &user) {
        return;
    }
    let program = run.program.map_or_else(
        || model.sets_of("command").next().map(|set| set.value_span.clone()),
        |span| Some(line.value.place(&span)),
    );
    let span = program.unwrap_or(0..0);
    let (variable, mend) = match (&model.service, model.family.is_openbsd()) {
        (_, true) => {
            ("daemon_user".to_owned(), format!("Set daemon_user=\"{user}\" above the line that reads rc.subr."))
        }
        (Some(service), false) => (
            format!("{service}_user"),
            format!(
                "Write `: ${{{service}_user:=\"{user}\"}}` behind load_rc_config, and give that user what the server \
                     writes to: data, log and pid file."
            ),
        ),
        (None, false) => return,
    };
    let mut finding =
        Finding::new(&ROOT, model.at(span), format!("the server runs as root: `{variable}` is not set")).mend(mend);
    if let Some(place) = place {
        finding = finding.related(model.at(place), format!("the user is `{user}`"));
    }
    out.push(finding);
}

/// Whether something else puts the server into the background: that is done to programs that do not do it themselves.
fn stays_in_foreground(model: &Model<'_>, line: &CommandLine, run: &Run) -> bool {
    let background = line.background().is_some();
    let detached = run.steps.iter().any(|step| step.wrapper.detaches);
    let rc_bg = model.family.is_openbsd() && model.constant("rc_bg").as_deref() == Some("YES");
    background || detached || rc_bg
}

/// Whether a variable may hold something when rc.subr looks at it.
fn has_value(model: &Model<'_>, name: &str) -> bool {
    let empty = |set: &super::super::set::Set<'_>| {
        let value = Value::of(model, set.value, set.value_span.clone());
        value.text.is_empty() || value.text == "root"
    };
    let mut sets: Vec<_> = model.sets_of(name).collect();
    // What is unset at last is as if it had never been there.
    sets.sort_by_key(|set| set.span.start);
    match sets.last() {
        None => false,
        Some(last) if last.how == How::Unset => false,
        Some(_) => sets.iter().any(|set| !empty(set)),
    }
}

/// The user that there is for the server, and where it stands in the script.
fn user(model: &Model<'_>) -> Option<(String, Option<Span>)> {
    let in_script = model.calls.iter().find_map(|call| {
        let words = &call.simple.words;
        let name = call.name.as_deref()?.trim_matches('@').rsplit('/').next()?.to_ascii_lowercase();
        let word = match name.as_str() {
            "chown" => words.iter().skip(1).find(|word| !model.text[word.span.clone()].starts_with('-'))?,
            "install" => {
                let at = words.iter().position(|word| model.text[word.span.clone()] == *"-o")?;
                words.get(at + 1)?
            }
            _ => return None,
        };
        let text = Value::word(model, word).text;
        let user = text.split([':', '.']).next().unwrap_or_default();
        // A variable's value is not known; a name that is filled in later is one.
        let known = !user.is_empty() && !user.contains(super::super::value::HOLE) && !matches!(user, "root" | "0");
        known.then(|| (user.to_owned(), Some(word.span.clone())))
    });
    in_script.or_else(|| model.package.and_then(|package| package.users.first()).map(|user| (user.clone(), None)))
}

/// Whether the command line names the user, in whatever option the server has for it.
fn speaks_of_user(line: &CommandLine, user: &str) -> bool {
    let bare = user.trim_matches(['@', '%', '_', '$', '{', '}']);
    let text = line.value.text.as_str();
    let options = ["--user", "-user", "--uid", "--setuid", "--run-as", "--chuid", "user=", "USER="];
    // A name that is filled in later stands for nothing else; another may be part of a path.
    let token = user.contains(['@', '%', '{']) && text.contains(user);
    let word = |word: &str| word.trim_matches('"') == user || (bare.len() > 3 && word.trim_matches('"') == bare);
    token
        || text[line.args..].split([' ', '=', ':', '\t']).any(word)
        || options.iter().any(|option| text.contains(option))
        || line
            .value
            .holes
            .iter()
            .any(|hole| hole.name.to_ascii_lowercase().contains("user") || hole.name.ends_with("uid"))
}
