//! Whether the script can be read at all.
use super::super::model::Model;
use crate::finding::{Example, Finding, Rule, Severity};
use crate::lint::shell::TroubleKind;

pub(super) static SYNTAX: Rule = Rule {
    code: "PW2001",
    title: "no shell can read the script",
    severity: Severity::Error,
    what: "A quote, a parenthesis or a word like `if` is never closed, or something stands where no shell has it.",
    effect: "The shell ends the script with a syntax error before it has done anything: the service cannot be started, \
             stopped or asked for. At boot FreeBSD and NetBSD read it into a subshell of rc; the boot goes on without it.",
    mend: "Close it, or remove what should not be there; `sh -n` says the same.",
    source: "POSIX XCU 2, Shell Command Language",
    examples: &[Example { bad: "lantern_precmd {\n", good: "lantern_precmd()\n{\n" }],
};

pub(super) static UNREAD: Rule = Rule {
    code: "PW2002",
    title: "the script could not be judged",
    severity: Severity::Unknown,
    what: "The script is longer than a person writes one, nested more deeply, or uses a form in which shells differ. Only \
           its first comments were looked at.",
    effect: "",
    mend: "Write that part more plainly to have the script judged.",
    source: "portwright",
    examples: &[Example { bad: "lantern_day=$((date; echo) | head -n 1)", good: "lantern_day=$(date | head -n 1)" }],
};

pub(super) static FAMILY: Rule = Rule {
    code: "PW2003",
    title: "the system could not be told",
    severity: Severity::Unknown,
    what: "The script is for rc.subr, and nothing in it says for which system: no @PREFIX@, no %%PREFIX%%, no \
           /etc/rc.d/rc.subr, no NAME_enable. Their rc.subr differ in what they read.",
    effect: "",
    mend: "A line with `$NetBSD$`, `$FreeBSD$` or `$OpenBSD$` in a comment says it.",
    source: "portwright",
    examples: &[Example { bad: "#\n# PROVIDE: mould", good: "# $NetBSD$\n#\n# PROVIDE: mould" }],
};

/// What keeps a script from being judged; whether there is something.
pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) -> bool {
    let Some(trouble) = &model.script.trouble else { return false };
    let place = model.at(trouble.span.clone());
    match trouble.kind {
        TroubleKind::Open(close) => {
            let what = &model.text[trouble.span.clone()];
            let message = if what == close {
                format!("this `{what}` opens what is never closed")
            } else {
                format!("`{what}` is never closed by `{close}`")
            };
            out.push(Finding::new(&SYNTAX, place, message));
        }
        TroubleKind::Unexpected => {
            let what = &model.text[trouble.span.clone()];
            let message = if what.trim().is_empty() {
                "something is missing here".to_owned()
            } else {
                format!("no shell has `{what}` here")
            };
            out.push(Finding::new(&SYNTAX, place, message));
        }
        TroubleKind::Unclear => {
            out.push(Finding::new(&UNREAD, place, "from here on the script was not read"));
        }
    }
    true
}
