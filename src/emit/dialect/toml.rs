//! TOML: sample configurations.
use std::fmt::Write as _;

use tera::{Kwargs, State, Tera, Value};

use super::filters::{escaped, joined};
use super::refused::Refused;
use super::text::Text;

/// A basic string with its quotes. Every text has one.
pub(super) fn string(text: &Text) -> Result<String, Refused> {
    Ok(format!("\"{}\"", inside(text)?))
}

/// The inside of a basic string.
fn inside(text: &Text) -> Result<String, Refused> {
    let Some(literal) = text.as_literal() else {
        return Err(Refused::new(text.to_string(), "has a name to fill in, which nothing fills in in a TOML file"));
    };
    let mut made = String::new();
    for c in literal.chars() {
        match c {
            '"' => made.push_str("\\\""),
            '\\' => made.push_str("\\\\"),
            '\n' => made.push_str("\\n"),
            '\t' => made.push_str("\\t"),
            '\r' => made.push_str("\\r"),
            // Writing to a string cannot fail.
            c if c.is_control() => {
                let _ = write!(made, "\\u{:04X}", c as u32);
            }
            c => made.push(c),
        }
    }
    Ok(made)
}

/// Text for behind `# `; further lines get their own `# `.
fn comment(text: &Text) -> Result<String, Refused> {
    let text = text.to_string();
    Refused::controls(&text, &['\n', '\t'], "a comment")?;
    let lines: Vec<_> = text.split('\n').map(str::trim_end).collect();
    Ok(lines.join("\n# ").replace("# \n", "#\n"))
}

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("inside", |v: Value, _: Kwargs, _: &State| escaped(&v, inside));
    tera.register_filter("items", |v: Value, _: Kwargs, _: &State| joined(&v, ", ", string));
    tera.register_filter("comment", |v: Value, _: Kwargs, _: &State| escaped(&v, comment));
}
