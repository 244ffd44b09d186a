//! The command that rc.subr starts, taken apart.
use std::borrow::Cow;

use super::facts::{Wrapper, programs};
use super::model::Model;
use super::value::{HOLE, Value};
use crate::lint::shell::{Command, Script, Simple, Span, read};

/// The command that rc.subr starts.
#[derive(Debug)]
pub(super) struct CommandLine {
    /// Its text, as rc.subr evaluates it.
    pub(super) value: Value,
    /// The same, read by a shell.
    pub(super) script: Script,
    /// Where the arguments begin that the script gives.
    pub(super) args: usize,
    /// Where the flags are that rc.conf may give.
    flags: Option<usize>,
}

/// A program that runs another one, with its options.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) wrapper: &'static Wrapper,
    pub(super) name: &'static str,
    /// Where its name stands in the line.
    pub(super) place: Span,
    /// Its options: the letter, and where the argument or the letter stands in the line.
    pub(super) options: Vec<(char, Span)>,
    /// Whether there may be others.
    pub(super) unsure: bool,
}

/// What is run in the end, and through which programs.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) steps: Vec<Step>,
    /// The program, its place in the line, when there is one.
    pub(super) program: Option<Span>,
    /// Its arguments.
    pub(super) arguments: Vec<Span>,
}

impl CommandLine {
    /// What `start` runs when the script does not say otherwise.
    pub(super) fn of(model: &Model<'_>) -> Option<Self> {
        let openbsd = model.family.is_openbsd();
        let (command, arguments) = if openbsd { ("daemon", "daemon_flags") } else { ("command", "command_args") };
        let mut value = Value::variable(model, command)?;
        let span = model.only_set(command)?.value_span.clone();
        let mut flags = None;
        if !openbsd {
            value.text(" ", span.clone());
            flags = Some(value.text.len());
            value.hole(&model.own("flags").unwrap_or_else(|| "flags".to_owned()), span.clone());
        }
        value.text(" ", span.clone());
        let args = value.text.len();
        match Value::variable(model, arguments) {
            Some(more) => value.append(&more),
            None if model.is_set(arguments) => value.hole(arguments, span),
            None => {}
        }
        let script = read(&value.text);
        script.trouble.is_none().then_some(Self { value, script, args, flags })
    }

    /// The first command of the line, and whether more are piped behind it.
    pub(super) fn first(&self) -> Option<(&Simple, bool)> {
        let pipeline = &self.script.body.items.first()?.first;
        match pipeline.commands.first()? {
            Command::Simple(simple) => Some((simple, pipeline.commands.len() > 1)),
            _ => None,
        }
    }

    /// The `&` behind the first command.
    pub(super) fn background(&self) -> Option<Span> {
        self.script.body.items.first()?.background.clone()
    }

    /// What is run in the end.
    pub(super) fn run(&self) -> Run {
        self.first().map(|(simple, _)| run(&self.value.text, simple, self.flags)).unwrap_or_default()
    }

    /// The step through a program with that name.
    pub(super) fn step(&self, name: &str) -> Option<Step> {
        self.run().steps.into_iter().find(|step| step.name == name)
    }
}

impl Step {
    /// The argument of an option, or the option itself.
    pub(super) fn option(&self, letters: &str) -> Option<&Span> {
        self.options.iter().find(|(letter, _)| letters.contains(*letter)).map(|(_, span)| span)
    }
}

/// What a simple command runs in the end. The word at `flags` is left out: rc.conf may give it, and mostly does not.
pub(super) fn run(text: &str, simple: &Simple, flags: Option<usize>) -> Run {
    let mut run = Run::default();
    let words: Vec<(Span, Cow<'_, str>)> = simple
        .words
        .iter()
        .filter(|word| flags != Some(word.span.start))
        .map(|word| (word.span.clone(), word.literal(text).unwrap_or_else(|| Cow::Borrowed(&text[word.span.clone()]))))
        .collect();
    let mut at = 0;
    while let Some((span, word)) = words.get(at) {
        let Some((name, wrapper)) = programs().wrapper.get_key_value(base(word).as_ref()) else {
            run.program = Some(span.clone());
            run.arguments = words[at + 1..].iter().map(|(span, _)| span.clone()).collect();
            return run;
        };
        let mut step = Step { wrapper, name, place: span.clone(), options: Vec::new(), unsure: false };
        at = options(&words, at + 1, &mut step);
        if wrapper.assignments {
            while words.get(at).is_some_and(|(_, word)| word.contains('=')) {
                at += 1;
            }
        }
        if wrapper.user == "first" {
            if let Some((span, _)) = words.get(at) {
                step.options.push(('\0', span.clone()));
            }
            at += usize::from(wrapper.words == 0);
        }
        at += wrapper.words;
        let inner = !wrapper.command_option.is_empty();
        run.steps.push(step);
        if inner {
            return run;
        }
    }
    run
}

/// The name of a program; of a tool of pkgsrc, too: `@SU@`.
fn base(word: &str) -> Cow<'_, str> {
    let tool = word.strip_prefix('@').and_then(|rest| rest.strip_suffix('@'));
    let base = word.rsplit('/').next().unwrap_or_default();
    tool.map_or(Cow::Borrowed(base), |tool| Cow::Owned(tool.to_ascii_lowercase()))
}

/// Reads the options of a program; where they end.
fn options(words: &[(Span, Cow<'_, str>)], mut at: usize, step: &mut Step) -> usize {
    // su(1) takes its options behind the user, too.
    let anywhere = !step.wrapper.command_option.is_empty();
    while let Some((span, word)) = words.get(at) {
        if *word == "--" {
            return at + 1;
        }
        if word.starts_with(HOLE) && word.chars().count() == 1 && words.len() > at + 1 {
            // A variable with more words behind it: flags of the administrator, or of the script.
            step.unsure = true;
            at += 1;
            continue;
        }
        let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            if anywhere && words[at..].iter().any(|(_, word)| word.starts_with('-')) {
                step.options.push(('\0', span.clone()));
                at += 1;
                continue;
            }
            return at;
        };
        at += 1;
        if let Some(long) = letters.strip_prefix('-') {
            let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let Some(letter) = step.wrapper.long.get(name).and_then(|letter| letter.chars().next()) else {
                step.unsure = true;
                continue;
            };
            let takes = step.wrapper.takes.contains(letter) && value.is_none();
            let place = if takes { words.get(at).map_or(span, |(span, _)| span) } else { span };
            step.options.push((letter, place.clone()));
            at += usize::from(takes);
            continue;
        }
        for (index, letter) in letters.char_indices() {
            if !step.wrapper.takes.contains(letter) {
                step.options.push((letter, span.clone()));
                continue;
            }
            let attached = index + letter.len_utf8() < letters.len();
            let place = if attached { Some(span) } else { words.get(at).map(|(span, _)| span) };
            if let Some(place) = place {
                step.options.push((letter, place.clone()));
            }
            at += usize::from(!attached);
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::lint::shell::{Command, read};

    fn of(text: &str) -> (String, Vec<(String, String)>) {
        let script = read(text);
        let Command::Simple(simple) = &script.body.items[0].first.commands[0] else { panic!("{text}") };
        let run = run(text, simple, None);
        let program = run.program.map(|span| text[span].to_owned()).unwrap_or_default();
        let options = run.steps.iter().flat_map(|step| {
            step.options.iter().map(|(letter, span)| (format!("{}{letter}", step.name), text[span.clone()].to_owned()))
        });
        (program, options.collect())
    }

    fn pair(one: &str, other: &str) -> (String, String) {
        (one.to_owned(), other.to_owned())
    }

    #[test]
    fn through_programs_that_run_programs() {
        let (program, options) = of("/usr/sbin/daemon -cf -p /p --user=me -R5 --title x env A=b /bin/server -p no");
        assert_eq!(program, "/bin/server");
        let wanted = [
            pair("daemonc", "-cf"),
            pair("daemonf", "-cf"),
            pair("daemonp", "/p"),
            pair("daemonu", "--user=me"),
            pair("daemonR", "-R5"),
            pair("daemont", "x"),
        ];
        assert_eq!(options, wanted);
        let (program, options) = of("su -m lamp -c 'lantern --config x'");
        assert_eq!(
            (program.as_str(), options),
            ("", vec![pair("sum", "-m"), pair("su\0", "lamp"), pair("suc", "'lantern --config x'"),])
        );
        assert_eq!(of("setuidgid lamp lantern").0, "lantern");
        assert_eq!(of("nice -n 5 nohup lantern -n").0, "lantern");
    }
}
