//! What sets variables.
use crate::lint::shell::{Operator, Part, Place, Simple, Span, Word};

/// How a variable gets its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// `x=y`
    Plain,
    /// `x+=y`, an array
    Other,
    /// `${x:=y}`; whether an empty value counts as none.
    Default(bool),
    /// `local x=y`
    Local,
    /// `unset x`
    Unset,
    /// By a command that is not looked into: `read`, `eval`, `for`, `getopts`, `setvar`.
    Unknown,
}

/// A variable gets a value.
#[derive(Clone, Debug)]
pub(super) struct Set<'a> {
    pub(super) name: &'a str,
    pub(super) name_span: Span,
    pub(super) how: How,
    /// What it is made of.
    pub(super) value: &'a [Part],
    pub(super) value_span: Span,
    pub(super) span: Span,
    pub(super) place: Place<'a>,
    /// Whether it is exported, too.
    pub(super) exported: bool,
}

impl Set<'_> {
    /// Whether it happens each time, once, in the script itself.
    pub(super) fn is_certain(&self) -> bool {
        let place = &self.place;
        place.function.is_none() && !place.conditional && !place.subshell && !place.repeated
    }
}

/// What a simple command sets.
pub(super) fn sets<'a>(text: &'a str, simple: &'a Simple, place: Place<'a>) -> Vec<Set<'a>> {
    let mut found = Vec::new();
    let name = simple.name(text);
    let name = name.as_deref();
    // Assignments before a command are for that command only.
    let only = !simple.words.is_empty();
    for one in simple.assignments.iter().filter(|_| !only) {
        let how = if one.append || one.array.is_some() { How::Other } else { How::Plain };
        found.push(Set {
            name: &text[one.name.clone()],
            name_span: one.name.clone(),
            how,
            value: &one.value.parts,
            value_span: one.value.span.clone(),
            span: one.span.clone(),
            place,
            exported: false,
        });
    }
    match name {
        Some("export" | "readonly" | "local" | "typeset" | "declare") => {
            for word in &simple.words[1..] {
                found.extend(declared(text, word, place, name == Some("local"), name == Some("export")));
            }
        }
        Some("unset" | "read" | "getopts" | "setvar") => {
            let how = if name == Some("unset") { How::Unset } else { How::Unknown };
            for word in &simple.words[1..] {
                if let [Part::Literal(span)] = word.parts.as_slice()
                    && !text[span.clone()].starts_with('-')
                {
                    found.push(bare(text, span.clone(), how, place));
                }
            }
        }
        _ => {}
    }
    for word in crate::lint::shell::words(simple) {
        crate::lint::shell::parts(&word.parts, &mut |part| {
            if let Part::Parameter(parameter) = part
                && let Operator::Assign(colon) = parameter.operator
            {
                let start = parameter.argument.first().map_or(parameter.span.end - 1, |part| outer(part).start);
                found.push(Set {
                    name: &text[parameter.name.clone()],
                    name_span: parameter.name.clone(),
                    how: How::Default(colon),
                    value: &parameter.argument,
                    value_span: start..parameter.span.end - 1,
                    span: parameter.span.clone(),
                    place,
                    exported: false,
                });
            }
        });
    }
    found
}

fn outer(part: &Part) -> Span {
    match part {
        Part::Single(span) => span.start - 1..span.end + 1,
        Part::Escaped(span) => span.start - 1..span.end,
        other => other.span(),
    }
}

fn bare<'a>(text: &'a str, span: Span, how: How, place: Place<'a>) -> Set<'a> {
    Set {
        name: &text[span.clone()],
        name_span: span.clone(),
        how,
        value: &[],
        value_span: span.end..span.end,
        span,
        place,
        exported: false,
    }
}

/// `x=y` as a word of `export` and the like, or a name alone.
fn declared<'a>(text: &'a str, word: &'a Word, place: Place<'a>, local: bool, exported: bool) -> Option<Set<'a>> {
    let Some(Part::Literal(first)) = word.parts.first() else { return None };
    let literal = &text[first.clone()];
    let (name, _) = literal.split_once('=')?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    let value_start = first.start + name.len() + 1;
    // The first part holds the name, too: a value that is more than one literal is not taken apart.
    let value: &[Part] = if value_start == first.end { &word.parts[1..] } else { &word.parts };
    let whole = value_start == first.end;
    Some(Set {
        name: &text[first.start..first.start + name.len()],
        name_span: first.start..first.start + name.len(),
        how: if local {
            How::Local
        } else if whole {
            How::Plain
        } else {
            How::Other
        },
        value: if whole { value } else { &[] },
        value_span: value_start..word.span.end,
        span: word.span.clone(),
        place,
        exported,
    })
}
