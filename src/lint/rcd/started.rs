//! Whom and what a script of NetBSD's kind starts: for those who judge its package as a whole.
use std::sync::Arc;

use super::command_line::{CommandLine, Run, run};
use super::facts::{netbsd, programs};
use super::header::header;
use super::model::{LONGEST, Model};
use super::set::How;
use super::value::{HOLE, Value};
use crate::finding::Source;
use crate::lint::shell::{Command, Simple, Span, read};

/// How far variables are looked into that hold variables.
const DEEPEST: usize = 4;

/// Who and what is started.
#[derive(Debug, Default)]
pub(in crate::lint) struct Started {
    /// As whom, as it is written, and where; `root` when nobody is named; nothing when that is not known.
    pub(in crate::lint) user: Option<(String, Span)>,
    /// The program, and where it is written; nothing when that is not known.
    pub(in crate::lint) program: Option<(String, Span)>,
    /// The comments of the script.
    pub(in crate::lint) comments: Vec<Span>,
}

/// Who and what a script starts.
pub(in crate::lint) fn of_script(source: &Arc<Source>) -> Started {
    if source.text.len() > LONGEST {
        return Started::default();
    }
    let script = read(&source.text);
    let header = header(&source.text);
    let model = Model::new(source, &script, &header, netbsd(), None);
    let line = CommandLine::of(&model);
    let user = user(&model, line.as_ref());
    // A command of its own can start anything.
    let program = line.as_ref().filter(|line| !model.is_set("start_cmd") || !line.run().steps.is_empty());
    let program = program.and_then(|line| {
        let (program, span) = program_of(&line.value.text, &line.run())?;
        Some((program, line.value.place(&span)))
    });
    Started { user, program, comments: script.comments.clone() }
}

/// Who and what a command line starts, such as the `exec` of a method; places are those in the line.
pub(in crate::lint) fn of_command(line: &str) -> Started {
    let script = read(line);
    let first = script.body.items.first().and_then(|item| item.first.commands.first());
    let Some(Command::Simple(simple)) = first else { return Started::default() };
    let run = run(line, simple, None);
    let user = match account(line, &run) {
        Named::By(span) => Some((argument(line, &span), span)),
        Named::Unclear => None,
        Named::Nowhere => Some(("root".to_owned(), 0..0)),
    };
    let program = program_of(line, &run).filter(|(path, _)| path.contains("bin/"));
    Started { user, program, comments: Vec::new() }
}

/// Whether a command line names the account of the server.
enum Named {
    By(Span),
    Unclear,
    Nowhere,
}

fn account(text: &str, run: &Run) -> Named {
    for step in run.steps.iter().filter(|step| !step.wrapper.user.is_empty()) {
        let letter = if step.wrapper.user == "first" { "\0" } else { step.wrapper.user.as_str() };
        match step.option(letter) {
            Some(span) => return Named::By(span.clone()),
            None if step.unsure => return Named::Unclear,
            None => {}
        }
    }
    // Servers that change to it by themselves.
    let of_server = run.arguments.iter().enumerate().find_map(|(at, span)| match &text[span.clone()] {
        "-u" | "--user" => run.arguments.get(at + 1).cloned(),
        word => word.starts_with("--user=").then(|| span.clone()),
    });
    of_server.map_or(Named::Nowhere, Named::By)
}

/// The argument in a word that is one, or holds one behind its option.
fn argument(text: &str, span: &Span) -> String {
    let word = text[span.clone()].trim_matches(['"', '\'']);
    let bare = match word.strip_prefix("--").and_then(|long| long.split_once('=')) {
        Some((_, value)) => value,
        None => word.strip_prefix("-u").unwrap_or(word),
    };
    bare.trim_matches(['"', '\'']).to_owned()
}

fn user(model: &Model<'_>, line: Option<&CommandLine>) -> Option<(String, Span)> {
    let own = model.own("user")?;
    if let Some(set) = model.sets_of(&own).find(|set| set.how != How::Unset) {
        return Some((first_value(model, &own, 0)?, set.value_span.clone()));
    }
    match line.map_or(Named::Nowhere, |line| account(&line.value.text, &line.run())) {
        Named::By(span) => {
            let value = &line?.value;
            return Some((settled(model, value, &span, 0)?, value.place(&span)));
        }
        Named::Unclear => return None,
        Named::Nowhere => {}
    }
    if model.is_set("start_cmd") {
        let (simple, span) = model.calls.iter().find_map(|call| switches(model, call.simple))?;
        let value = simple.words.iter().find(|word| word.span == span).map(|word| Value::word(model, word))?;
        return Some((settled(model, &value, &(0..value.text.len()), 0)?, span));
    }
    // Flags may tell the server, and a file that is read may set anything.
    let flags = model.own("flags")?;
    let tells =
        model.sets_of(&flags).any(|set| ["-u", "user"].iter().any(|word| model.text[set.span.clone()].contains(word)));
    if tells || model.open {
        return None;
    }
    Some(("root".to_owned(), model.sets_of("command").next()?.value_span.clone()))
}

/// A part of a value; a variable in its place is what the script gives it first, which rc.conf may change.
fn settled(model: &Model<'_>, value: &Value, part: &Span, depth: usize) -> Option<String> {
    let text = argument(&value.text, part);
    match text.strip_prefix(HOLE) {
        None => (!text.contains(HOLE)).then_some(text),
        Some("") => first_value(model, value.names_in(part).next()?, depth + 1),
        Some(_) => None,
    }
}

fn first_value(model: &Model<'_>, name: &str, depth: usize) -> Option<String> {
    let set = model.sets_of(name).find(|set| matches!(set.how, How::Plain | How::Default(_)))?;
    let value = Value::of(model, set.value, set.value_span.clone());
    (depth < DEEPEST).then(|| settled(model, &value, &(0..value.text.len()), depth)).flatten()
}

/// A command of the script that starts something as somebody else.
fn switches<'a>(model: &Model<'_>, simple: &'a Simple) -> Option<(&'a Simple, Span)> {
    let run = run(model.text, simple, None);
    let named = run.steps.iter().any(|step| !step.wrapper.user.is_empty());
    match account(model.text, &run) {
        Named::By(span) if named => Some((simple, span)),
        _ => None,
    }
}

/// The program that a line runs: also one that is told to another, as in `sh -c`.
fn program_of(text: &str, run: &Run) -> Option<(String, Span)> {
    let clean = |span: &Span| text[span.clone()].trim_matches(['"', '\'']).replace("@LOCALBASE@", "@PREFIX@");
    let other = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        programs().wrapper.contains_key(name) || matches!(name, "sh" | "ksh" | "logger")
    };
    let direct = run.program.as_ref().filter(|span| !other(&clean(span)));
    let (program, span) = match direct {
        Some(span) => (clean(span), span.clone()),
        None => below_prefix(text).into_iter().find(|(path, _)| path.contains("bin/") && !other(path))?,
    };
    (program.starts_with("@PREFIX@") && !program.contains([HOLE, '$'])).then_some((program, span))
}

/// Paths below `@PREFIX@` in a text, `@LOCALBASE@` taken for the same.
fn below_prefix(text: &str) -> Vec<(String, Span)> {
    let mut found: Vec<(String, Span)> = Vec::new();
    for start in ["@PREFIX@/", "@LOCALBASE@/"] {
        for (at, _) in text.match_indices(start) {
            let end = text[at..]
                .find(|one: char| one.is_whitespace() || matches!(one, '"' | '\'' | ';' | '&' | ')' | ':' | '<' | '>'));
            let end = end.map_or(text.len(), |more| at + more);
            found.push((format!("@PREFIX@/{}", &text[at + start.len()..end]), at..end));
        }
    }
    found.sort_by_key(|(_, span)| span.start);
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{of_command, of_script};
    use crate::finding::Source;

    fn told(started: super::Started) -> (String, String) {
        let text = |told: Option<(String, _)>| told.map_or_else(|| "?".to_owned(), |(text, _)| text);
        (text(started.user), text(started.program))
    }

    fn script(lines: &str) -> (String, String) {
        let text = format!("#!@RCD_SCRIPTS_SHELL@\n. /etc/rc.subr\nname=\"lamp\"\n{lines}\nrun_rc_command \"$1\"\n");
        told(of_script(&Arc::new(Source::new("files/lamp.sh", text))))
    }

    fn pair(user: &str, program: &str) -> (String, String) {
        (user.to_owned(), program.to_owned())
    }

    #[test]
    fn scripts() {
        let command = "command=\"@PREFIX@/bin/lantern\"";
        let lantern = "@PREFIX@/bin/lantern";
        assert_eq!(script(command), pair("root", lantern));
        assert_eq!(script("command=@LOCALBASE@/bin/lantern"), pair("root", lantern));
        assert_eq!(script(&format!("{command}\n: ${{lamp_user:=\"@LAMP_USER@\"}}")), pair("@LAMP_USER@", lantern));
        assert_eq!(script(&format!("# lamp_user=x\n{command}\n${{name}}_user=x")), pair("root", lantern));
        assert_eq!(script(&format!("{command}\nlamp_user='lamp'; export HOME")), pair("lamp", lantern));
        assert_eq!(script(&format!("{command}\nlamp_user=$(id -un)")), pair("?", lantern));
        assert_eq!(script(&format!("{command}\n. @PKG_SYSCONFDIR@/lamp.conf")), pair("?", lantern));
        let of_rc_conf = format!("{command}\n: ${{lamp_runas:=lamp}}\ncommand_args=\"-u ${{lamp_runas}}\"");
        assert_eq!(script(&of_rc_conf), pair("lamp", lantern));
        let daemonize = "command=/usr/sbin/daemonize\ncommand_args=\"-u lamp \\\n  @PREFIX@/bin/lantern -c x\"";
        assert_eq!(script(daemonize), pair("lamp", lantern));
        let own = format!("{command}\ncommand_args=\"-u lamp\"");
        assert_eq!(script(&own), pair("lamp", lantern));
        let hook = format!("{command}\nlit=lamp\nstart_cmd=lamp_start\nlamp_start() {{\n\tsu -m $lit -c \"x\"\n}}");
        assert_eq!(script(&hook), pair("lamp", "?"));
        // This is for systems without rc.subr, which looks at lamp_user only.
        let aside = format!("{command}\nlight_user=lamp\nwithout() {{\n\t@SU@ -m $light_user -c $command\n}}");
        assert_eq!(script(&aside), pair("root", lantern));
        let by_tool = hook.replace("su -m", "@SU@ -m");
        assert_eq!(script(&by_tool), pair("lamp", "?"));
        let flags = format!("{command}\nlamp_flags=\"${{lamp_flags:- -u lamp}}\"");
        assert_eq!(script(&flags), pair("?", lantern));
        assert_eq!(script(&flags.replace("-u lamp", "-b")), pair("root", lantern));
        let unknown = format!("{command}\nstart_cmd=lamp_start\nlamp_start() {{\n\t$command &\n}}");
        assert_eq!(script(&unknown), pair("?", "?"));
        let shell = "command=/bin/sh\ncommand_args=\"-c '@PREFIX@/bin/lantern 2>&1 | logger &'\"";
        assert_eq!(script(shell), pair("root", lantern));
    }

    #[test]
    fn commands() {
        let lantern = "@PREFIX@/bin/lantern";
        assert_eq!(told(of_command("@PREFIX@/bin/lantern -c x &")), pair("root", lantern));
        assert_eq!(told(of_command("su -m lamp -c '@PREFIX@/bin/lantern -c x'")), pair("lamp", lantern));
        assert_eq!(told(of_command("@PREFIX@/bin/lantern --user=lamp")), pair("lamp", lantern));
        assert_eq!(told(of_command("@PREFIX@/bin/lantern -u %{config/user}")), pair("%{config/user}", lantern));
        assert_eq!(told(of_command("@PREFIX@/@SMF_METHOD_FILE.lamp@ start")), pair("root", "?"));
        assert_eq!(told(of_command(":true")), pair("root", "?"));
    }
}
