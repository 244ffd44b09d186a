//! What svc.startd and the shell make of a method's text.
use super::kill::{Word, keyword};
use super::service::Run;
use super::shell::{Piece, split};
use crate::diag::did_you_mean;
use crate::lint::smf::check::{Out, short};
use crate::lint::smf::model::Method;
use crate::lint::smf::rules::{EXEC_CANNOT, KILL_MALFORMED, NEVER_REACHED, TOKEN};
use crate::lint::smf::value::has_placeholder;

/// Words of the shell that are no programs.
const NO_PROGRAMS: [&str; 20] = [
    "if", "for", "while", "until", "case", "select", "function", "{", "!", "[[", "((", ".", "source", "eval", "exec",
    "export", "set", "unset", "trap", "shift",
];

pub(super) fn check(run: &Run<'_>, out: &mut Out) {
    for method in run.methods.iter().filter(|method| matches!(method.name(), "start" | "stop" | "refresh")) {
        let raw = method.element.value("exec");
        match keyword(raw) {
            Some(Word::Malformed) => {
                let message = format!("`{}` is neither `:true` nor `:kill -SIGNAL`", short(raw));
                out.say(&KILL_MALFORMED, method.exec_span(), message);
            }
            Some(Word::True | Word::Kill(_)) => {}
            None => {
                command(*method, out);
                tokens(run, *method, out);
            }
        }
    }
}

fn command(method: Method<'_>, out: &mut Out) {
    let pieces = split(method.exec());
    let cannot = match pieces.first() {
        Some(Piece::Operator("(")) => Some("a bracket".to_owned()),
        Some(Piece::Word(word)) if NO_PROGRAMS.contains(&word.as_str()) => Some(format!("`{word}`")),
        Some(Piece::Word(word)) if is_assignment(word) => Some(format!("the assignment `{}`", short(word))),
        _ => None,
    };
    if let Some(what) = cannot {
        let message = format!("the method begins with {what}, and the shell is told to execute that as a program");
        out.say(&EXEC_CANNOT, method.exec_span(), message);
        return;
    }
    // In a pipeline, and with an ampersand, the shell makes processes of its own.
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Operator(operator) => Some(*operator),
        Piece::Word(_) => None,
    });
    if let Some(operator @ ("&&" | "||" | ";")) = first {
        let behind = pieces.iter().skip_while(|piece| **piece != Piece::Operator(operator)).nth(1);
        // A semicolon at the end has nothing behind it.
        if let Some(Piece::Word(next)) = behind {
            let message = format!("`{}` behind `{operator}` is never reached", short(next));
            out.say(&NEVER_REACHED, method.exec_span(), message);
        }
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// `%` and what is behind it (usr/src/cmd/svc/startd/expand.c).
fn tokens(run: &Run<'_>, method: Method<'_>, out: &mut Out) {
    let exec = method.element.value("exec");
    let mut rest = exec;
    while let Some(at) = rest.find('%') {
        let token = &rest[at + 1..];
        match token.chars().next() {
            // One at the end is dropped.
            None => return,
            Some('%' | 'r' | 'm' | 's' | 'i' | 'f') => rest = &token[1..],
            Some('{') => {
                let Some(end) = token.find('}') else {
                    out.say(&TOKEN, method.exec_span(), format!("`%{}` has no closing brace", short(token)));
                    return;
                };
                property(run, method, &token[1..end], out);
                rest = &token[end + 1..];
            }
            Some(other) => {
                // A placeholder `%%NAME%%` is none of svc.startd's.
                out.say(&TOKEN, method.exec_span(), format!("`%{other}` is no token"));
                return;
            }
        }
    }
}

fn property(run: &Run<'_>, method: Method<'_>, inside: &str, out: &mut Out) {
    let name = inside.strip_suffix([',', ':']).unwrap_or(inside);
    // Of another service, or named by the build: not here to look at.
    if name.contains(":properties") || has_placeholder(name) {
        return;
    }
    let (group, property) = name.split_once('/').unwrap_or(("application", name));
    let known: Vec<String> = run
        .groups
        .iter()
        .flat_map(|one| one.properties.iter().map(move |property| format!("{}/{}", one.name, property.name)))
        .collect();
    let wanted = format!("{group}/{property}");
    // svc.startd itself writes into these.
    if known.contains(&wanted) || matches!(group, "restarter" | "general") {
        return;
    }
    let message = format!("`%{{{}}}`: the manifest has no property `{wanted}`", short(inside));
    out.say_with(&TOKEN, method.exec_span(), message, |finding| {
        match did_you_mean(&wanted, known.iter().map(String::as_str)) {
            Some(near) => finding.mend(format!("did you mean `{near}`?")),
            None => finding,
        }
    });
}
