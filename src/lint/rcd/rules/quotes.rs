//! Quotes on their way through su(1).
use super::super::command_line::CommandLine;
use super::super::model::Model;
use crate::finding::{Example, Finding, Rule, Severity};
use crate::lint::shell::{Part, Span};

pub(super) static QUOTES: Rule = Rule {
    code: "PW2030",
    title: "quotes that are gone when the server gets its arguments",
    severity: Severity::Warning,
    what: "With NAME_user, rc.subr runs `su -m USER -c 'sh -c \"COMMAND FLAGS ARGS\"'`. Quotes in command_args end those \
           quotes, and what was between them has a blank or a sign that means something to the shell.",
    effect: "What follows the blank is no longer part of the command: sh(1) takes it for its own arguments, and the server \
             starts without it, or su(1) refuses.",
    mend: "Give the server a file of settings instead, or a script of one line that holds the quotes. A value without blanks \
           needs no quotes.",
    source: "NetBSD src etc/rc.subr and freebsd-src libexec/rc/rc.subr, run_rc_command: _doit",
    examples: &[Example {
        bad: "command_args=\"--title 'The Lantern' --config ${lantern_config}",
        good: "command_args=\"--title Lantern --config ${lantern_config}",
    }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    if model.family.is_openbsd() || model.is_set("start_cmd") {
        return;
    }
    let (Some(line), Some(user)) = (CommandLine::of(model), model.own("user")) else { return };
    let last = model.sets_of(&user).last().map(|set| set.how);
    if last.is_none() || last == Some(super::super::set::How::Unset) {
        return;
    }
    let Some((simple, _)) = line.first() else { return };
    for word in &simple.words {
        for part in &word.parts {
            let span = match part {
                Part::Single(span) => span.start - 1..span.end + 1,
                Part::Double(_, span) => span.clone(),
                _ => continue,
            };
            if span.start >= line.args && breaks(&line.value.text, &span) {
                let place = line.value.place(&span);
                let message = format!("`{}` comes apart on its way through su", &model.text[place.clone()]);
                out.push(Finding::new(&QUOTES, model.at(place), message));
            }
        }
    }
}

/// Whether it matters that the quotes are gone.
fn breaks(text: &str, span: &Span) -> bool {
    text[span.start + 1..span.end - 1].contains([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')', '*', '$'])
}
