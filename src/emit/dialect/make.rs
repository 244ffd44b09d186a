//! BSD make: the value of an assignment, as in pkgsrc's and ports' Makefiles.
//!
//! What bmake does to a value: it drops blanks at both ends, ends it at a `#` that no backslash precedes (and drops
//! that one backslash, whatever stands before it), joins lines at a backslash that ends the line, and expands `$`.
//! `${:U}`, the empty default of a variable without a name, is the neutral element that keeps these apart.
use tera::{Kwargs, State, Tera, Value};

use super::filters::{escaped, joined};
use super::make_format::{HARD_BREAK, SOFT_BREAK};
use super::refused::Refused;
use super::sh;
use super::text::{Part, Text};

const PLACE: &str = "a makefile";
const NOTHING: &str = "${:U}";

/// A value whose dollars and numbers signs are the value's own.
pub(super) fn value(text: &Text) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                Refused::controls(literal, &[], PLACE)?;
                push_literal(&mut made, literal);
            }
            Part::Token(name) | Part::Var(name) => made.push_str(&reference(name)?),
        }
    }
    if made.starts_with(' ') {
        made.insert_str(0, NOTHING);
    }
    if made.ends_with([' ', '\\']) {
        made.push_str(NOTHING);
    }
    Ok(made)
}

fn push_literal(made: &mut String, literal: &str) {
    for c in literal.chars() {
        match c {
            '$' => made.push_str("$$"),
            '#' => {
                // An even number of backslashes would leave the `#` bare.
                if made.len() - made.trim_end_matches('\\').len() > 0 {
                    made.push_str(NOTHING);
                }
                made.push_str("\\#");
            }
            c => made.push(c),
        }
    }
}

/// One word of a command in a variable that make hands to the shell.
fn shell(text: &Text) -> Result<String, Refused> {
    shell_word(text, &|quoted| {
        let mut made = String::new();
        push_literal(&mut made, quoted);
        made
    })
}

/// One word of a command in a recipe line, where make knows no comments.
pub(super) fn recipe(text: &Text) -> Result<String, Refused> {
    shell_word(text, &|quoted| quoted.replace('$', "$$"))
}

pub(super) fn shell_word(text: &Text, for_make: &dyn Fn(&str) -> String) -> Result<String, Refused> {
    if text.is_empty() {
        return Ok("''".to_owned());
    }
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                Refused::controls(literal, &[], PLACE)?;
                made.push_str(&for_make(&sh::quoted(literal)));
            }
            Part::Token(name) | Part::Var(name) => made.push_str(&reference(name)?),
        }
    }
    Ok(made)
}

pub(super) fn reference(name: &str) -> Result<String, Refused> {
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')) {
        return Err(Refused::new(name, "is no name of a make variable"));
    }
    Ok(format!("${{{name}}}"))
}

/// Text inside a modifier such as `:S,a,b,` or `:=value`: what no modifier gives a meaning.
fn modword(text: &Text) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '+' | '~' | '-');
                if let Some(c) = literal.chars().find(|c| !plain(*c)) {
                    return Err(Refused::new(literal, format!("has {c:?}, which a modifier of make cannot hold")));
                }
                made.push_str(literal);
            }
            Part::Token(name) | Part::Var(name) => made.push_str(&reference(name)?),
        }
    }
    Ok(made)
}

/// An expression that is written in make's own language: a profile's, never a user's or a crate's.
pub(super) fn expression(text: &Text) -> Result<String, Refused> {
    let Some(literal) = text.as_literal() else { return value(text) };
    Refused::controls(literal, &[], PLACE)?;
    let mut depth = 0_i32;
    for c in literal.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth < 0 {
            break;
        }
    }
    let bare_dollar = literal.match_indices('$').any(|(at, _)| !literal[at + 1..].starts_with(['{', '$', ',']));
    if depth != 0 || bare_dollar || literal.contains('#') || literal.ends_with('\\') {
        return Err(Refused::new(literal, "is no complete expression of make"));
    }
    Ok(literal.to_owned())
}

/// Lines that a recipe gives to be taken as they stand.
fn verbatim(text: &Text) -> Result<String, Refused> {
    let text = text.to_string();
    Refused::controls(&text, &['\n', '\t'], PLACE)?;
    Ok(text.trim_end().to_owned())
}

/// Text for behind `# `; further lines get their own `# `.
fn comment(text: &Text) -> Result<String, Refused> {
    let text = text.to_string();
    Refused::controls(&text, &['\n'], "a comment")?;
    let lines = text.split('\n').map(|line| {
        let line = line.trim_end();
        // Make continues a comment at a backslash.
        if line.ends_with('\\') { format!("{line}.") } else { line.to_owned() }
    });
    Ok(lines.collect::<Vec<_>>().join("\n# ").replace("# \n", "#\n"))
}

pub(super) fn register(tera: &mut Tera) {
    register_common(tera);
    tera.register_filter("shell", |v: Value, _: Kwargs, _: &State| escaped(&v, shell));
    tera.register_filter("words", |v: Value, _: Kwargs, _: &State| {
        joined(&v, SOFT_BREAK.encode_utf8(&mut [0; 4]), shell)
    });
    tera.register_filter("lines", |v: Value, _: Kwargs, _: &State| {
        joined(&v, HARD_BREAK.encode_utf8(&mut [0; 4]), shell)
    });
}

/// Filters in which no make differs from another.
pub(super) fn register_common(tera: &mut Tera) {
    tera.register_filter("recipe", |v: Value, _: Kwargs, _: &State| escaped(&v, recipe));
    tera.register_filter("modword", |v: Value, _: Kwargs, _: &State| escaped(&v, modword));
    tera.register_filter("expr", |v: Value, _: Kwargs, _: &State| escaped(&v, expression));
    tera.register_filter("values", |v: Value, _: Kwargs, _: &State| {
        joined(&v, HARD_BREAK.encode_utf8(&mut [0; 4]), value)
    });
    tera.register_filter("expr_lines", |v: Value, _: Kwargs, _: &State| {
        joined(&v, HARD_BREAK.encode_utf8(&mut [0; 4]), expression)
    });
    tera.register_filter("verbatim", |v: Value, _: Kwargs, _: &State| escaped(&v, verbatim));
    tera.register_filter("comment", |v: Value, _: Kwargs, _: &State| escaped(&v, comment));
}
