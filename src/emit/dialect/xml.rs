//! XML: SMF manifests. Values stand in attributes in double quotes, or in text.
use std::fmt::Write as _;

use tera::{Kwargs, State, Tera, Value};

use super::engine::Form;
use super::filters::{escaped, joined};
use super::guard::{At, mark, marked};
use super::refused::Refused;
use super::sh;
use super::text::{Part, Text};

/// An attribute's value, or text whose white space counts: a reader would fold raw line breaks and tabs.
pub(super) fn attribute(text: &Text, form: Form) -> Result<String, Refused> {
    all_parts(text, form, &['\n', '\t', '\r'])
}

/// Prose between tags: line breaks and tabs stay as they are.
fn prose(text: &Text, form: Form) -> Result<String, Refused> {
    all_parts(text, form, &['\r'])
}

fn all_parts(text: &Text, form: Form, as_reference: &[char]) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => push_literal(&mut made, literal, form, as_reference)?,
            Part::Token(name) => made.push_str(&sh::token(name, form)?),
            Part::Var(name) => return Err(Refused::new(name, "is a variable, which only an exec string can hold")),
        }
    }
    Ok(made)
}

/// Whether XML 1.0 has the character at all.
fn exists(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn push_literal(made: &mut String, literal: &str, form: Form, as_reference: &[char]) -> Result<(), Refused> {
    for c in literal.chars() {
        match c {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            '\'' => made.push_str("&apos;"),
            '@' if form == Form::Package => made.push(mark(At::Xml)),
            c if !exists(c) => {
                return Err(Refused::new(
                    literal,
                    format!("has the character U+{:04X}, which XML does not know", c as u32),
                ));
            }
            // Writing to a string cannot fail.
            c if as_reference.contains(&c) || ('\u{7f}'..='\u{9f}').contains(&c) => {
                let _ = write!(made, "&#{};", c as u32);
            }
            c => made.push(c),
        }
    }
    Ok(())
}

/// One word of an SMF exec string, which startd expands (`%`) and hands to `/sbin/sh -c "exec …"`.
fn smf_exec(text: &Text, form: Form) -> Result<String, Refused> {
    if text.is_empty() {
        return Ok("&apos;&apos;".to_owned());
    }
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                Refused::controls(literal, &['\n', '\t'], "an exec string")?;
                let mut quoted = sh::quoted(literal);
                // A whole exec string such as `:kill` is no command.
                if quoted.starts_with(':') {
                    quoted = format!("'{quoted}'");
                }
                push_literal(&mut made, &quoted.replace('%', "%%"), form, &['\n', '\t', '\r'])?;
            }
            Part::Token(name) => made.push_str(&sh::token(name, form)?),
            Part::Var(name) => {
                // startd quotes what it puts in for the shell, so that it must not stand in quotes.
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | ',' | ':' | '.');
                if name.is_empty() || !name.chars().all(plain) {
                    return Err(Refused::new(name, "is no name of an SMF property"));
                }
                made.extend(["%{", name, "}"]);
            }
        }
    }
    Ok(made)
}

/// Text for the inside of a comment.
fn comment(text: &Text, form: Form) -> Result<String, Refused> {
    let text = text.to_string();
    if let Some(c) = text.chars().find(|c| !exists(*c)) {
        return Err(Refused::new(text, format!("has the character U+{:04X}, which XML does not know", c as u32)));
    }
    let mut made = String::new();
    for c in text.chars() {
        if c == '-' && made.ends_with('-') {
            made.push(' ');
        }
        made.push(c);
    }
    if made.ends_with('-') {
        made.push(' ');
    }
    Ok(if form == Form::Package { marked(&made, At::Comment, form) } else { made })
}

pub(super) fn register(tera: &mut Tera, form: Form) {
    tera.register_filter("prose", move |v: Value, _: Kwargs, _: &State| escaped(&v, |t| prose(t, form)));
    tera.register_filter("smf_exec", move |v: Value, _: Kwargs, _: &State| joined(&v, " ", |t| smf_exec(t, form)));
    tera.register_filter("comment", move |v: Value, _: Kwargs, _: &State| escaped(&v, |t| comment(t, form)));
}
