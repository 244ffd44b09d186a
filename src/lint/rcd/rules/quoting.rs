//! Expansions whose quotes matter.
use super::super::model::{Call, Model};
use super::super::set::How;
use crate::finding::{Example, Finding, Fix, Rule, Severity};
use crate::lint::shell::{Operator, Part, Word};

pub(super) static TEST: Rule = Rule {
    code: "PW2022",
    title: "a test of an expansion without quotes",
    severity: Severity::Warning,
    what: "`[ -n $x ]`, `[ $x = y ]` and the like, where the expansion is not quoted and may be empty.",
    effect: "When it is empty nothing is left of it: `[ -n ]` is true, so the branch for a value that is there is taken when \
             none is; `[ = y ]` is an error that is printed at boot, and counts as false. A value with a blank is an error, \
             too.",
    mend: "Put the expansion into double quotes.",
    source: "POSIX XCU test: with one argument, true when it is not empty",
    examples: &[Example { bad: "[ -n ${rc_pid} ]", good: "[ -n \"${rc_pid}\" ]" }],
};

pub(super) static REMOVE: Rule = Rule {
    code: "PW2023",
    title: "rm -r below a directory whose name may be empty",
    severity: Severity::Warning,
    what: "`rm -rf ${dir}/*` with a variable to which the script gives no value, or not each time.",
    effect: "With an empty variable this removes what is in the root directory, as root.",
    mend: "Write `${dir:?}`, which ends the script when there is no value.",
    source: "POSIX XCU 2.6.2, Parameter Expansion",
    examples: &[Example { bad: "rm -rf \"${lantern_tmp}/old\"", good: "rm -rf \"${lantern_tmp:?}/old\"" }],
};

pub(super) fn check(model: &Model<'_>, out: &mut Vec<Finding>) {
    for call in &model.calls {
        match call.name.as_deref() {
            Some("[" | "test" | "@TEST@" | "/bin/test") => test(model, call, out),
            Some("rm" | "/bin/rm" | "@RM@") => remove(model, call, out),
            _ => {}
        }
    }
}

/// Whether a variable has a value each time.
fn never_empty(model: &Model<'_>, name: &str) -> bool {
    if matches!(name, "0" | "$" | "?" | "#" | "!" | "HOME" | "PATH" | "name") {
        return true;
    }
    let one = |set: &super::super::set::Set<'_>| {
        let literal = |part: &Part| match part {
            Part::Literal(_) => true,
            Part::Single(span) => !span.is_empty(),
            Part::Double(inner, _) => inner.iter().any(|part| matches!(part, Part::Literal(_))),
            _ => false,
        };
        set.value.iter().any(literal)
    };
    let mut sets = model.sets_of(name).peekable();
    let certain = model.sets_of(name).any(|set| {
        set.place.function.is_none()
            && !set.place.conditional
            && (set.how == How::Plain || set.how == How::Default(true))
    });
    sets.peek().is_some() && certain && sets.all(|set| set.how != How::Unset && set.how != How::Unknown && one(set))
}

/// The expansion that is all of a word and not quoted, when it may be empty; what it is.
fn bare(model: &Model<'_>, word: &Word) -> Option<String> {
    let [part] = word.parts.as_slice() else { return None };
    match part {
        Part::Parameter(parameter) => {
            let name = &model.text[parameter.name.clone()];
            let number = matches!(parameter.operator, Operator::Length | Operator::Complain(true));
            let known = match parameter.operator {
                Operator::Default(true) | Operator::Assign(true) => !parameter.argument.is_empty(),
                Operator::None => never_empty(model, name),
                _ => false,
            };
            (!number && !known).then(|| format!("`{}`", &model.text[parameter.span.clone()]))
        }
        Part::Command(..) => Some("the output of a command".to_owned()),
        _ => None,
    }
}

fn test(model: &Model<'_>, call: &Call<'_>, out: &mut Vec<Finding>) {
    let words = &call.simple.words;
    let text = |at: usize| words.get(at).map(|word| &model.text[word.span.clone()]);
    for (at, word) in words.iter().enumerate().skip(1) {
        let before = text(at - 1).unwrap_or_default();
        let after = text(at + 1).unwrap_or_default();
        // An empty number is an error with quotes, too.
        let binary = ["=", "!=", "=="];
        let first = at == 1 || matches!(before, "!" | "(" | "-a" | "-o");
        let length = before == "-n" && (at == 2 || matches!(text(at - 2), Some("!" | "(" | "-a" | "-o")));
        let Some(what) = bare(model, word).filter(|_| length || (first && binary.contains(&after))) else { continue };
        let message = if length {
            format!("{what} is not quoted: this is true when it is empty")
        } else {
            format!("{what} is not quoted: this is an error when it is empty")
        };
        let quoted = format!("\"{}\"", &model.text[word.span.clone()]);
        let mut finding = Finding::new(&TEST, model.at(word.span.clone()), message);
        if !quoted[1..quoted.len() - 1].contains('"') {
            finding = finding.fix(Fix::new("quote it", word.span.clone(), quoted));
        }
        out.push(if length { finding } else { finding.severity(Severity::Note) });
    }
}

fn remove(model: &Model<'_>, call: &Call<'_>, out: &mut Vec<Finding>) {
    let recursive = call.simple.words[1..].iter().any(|word| {
        let text = &model.text[word.span.clone()];
        text.starts_with('-') && text.contains(['r', 'R'])
    });
    for word in call.simple.words[1..].iter().filter(|_| recursive) {
        let flat: Vec<&Part> = match word.parts.as_slice() {
            [Part::Double(inner, _), rest @ ..] => inner.iter().chain(rest).collect(),
            parts => parts.iter().collect(),
        };
        let [Part::Parameter(parameter), Part::Literal(rest), ..] = flat.as_slice() else { continue };
        let name = &model.text[parameter.name.clone()];
        let below = model.text[rest.clone()].starts_with('/');
        if below && parameter.operator == Operator::None && !never_empty(model, name) && !tested(model, call, name) {
            let message = format!("`{name}` may be empty");
            out.push(Finding::new(&REMOVE, model.at(word.span.clone()), message));
        }
    }
}

/// Whether the script looks at the variable before: in a condition, or with a list of names to go through.
fn tested(model: &Model<'_>, call: &Call<'_>, name: &str) -> bool {
    let start = call.simple.span.start;
    let looked_at = model.uses_of(name).any(|one| one.place.tested && one.span.start < start);
    let listed = model.sets_of(name).any(|set| set.how == How::Unknown);
    let here = |set: &super::super::set::Set<'_>| {
        let same = set.place.function.map(|one| one.span.start) == call.place.function.map(|one| one.span.start);
        let before = !set.place.conditional && set.span.start < start;
        same && before && model.text[set.value_span.clone()].trim_matches('"').starts_with(['/', '@', '%', '.'])
    };
    looked_at || listed || model.sets_of(name).any(here) || name.bytes().all(|byte| byte.is_ascii_digit())
}
