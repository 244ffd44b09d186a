//! login.conf(5): the classes that services run in.
//!
//! What src `lib/libc/gen/login_cap.c` and `getcap.c` do to `setenv`: the value ends at a colon that nothing can quote, is
//! cut at commas without a backslash in front, and each piece is expanded: `~` and `$` stand for the user's directory and
//! name, `^x` for a control character, `\c` for a colon, `\n` and `\t` for what they say, `\` and any other character for
//! that character.
use tera::{Kwargs, State, Tera, Value};

use super::filters::{escaped, joined};
use super::refused::Refused;
use super::text::Text;

const PLACE: &str = "a login class";

/// The value of an environment variable.
pub(super) fn value(text: &Text) -> Result<String, Refused> {
    let literal = literal(text)?;
    Refused::controls(literal, &['\n', '\t'], PLACE)?;
    // A backslash in front of the comma that ends the value would make that comma part of it.
    if literal.ends_with('\\') {
        return Err(Refused::new(literal, "ends in a backslash, which a value in a login class cannot"));
    }
    let mut made = String::new();
    for c in literal.chars() {
        match c {
            ':' => made.push_str("\\c"),
            '\n' => made.push_str("\\n"),
            '\t' => made.push_str("\\t"),
            ',' | '\\' | '~' | '$' | '^' => made.extend(['\\', c]),
            c => made.push(c),
        }
    }
    Ok(made)
}

/// The name of a class, of a variable, or a limit.
fn name(text: &Text) -> Result<String, Refused> {
    let literal = literal(text)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if literal.is_empty() || !literal.chars().all(plain) {
        return Err(Refused::new(literal, "is no name for a login class"));
    }
    Ok(literal.to_owned())
}

/// A directory of `path`.
fn directory(text: &Text) -> Result<String, Refused> {
    let literal = literal(text)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_.+-".contains(c);
    if !literal.starts_with('/') || !literal.chars().all(plain) {
        return Err(Refused::new(literal, "is no plain directory, as the path of a login class wants it"));
    }
    Ok(literal.to_owned())
}

/// Text for behind `# `.
fn comment(text: &Text) -> Result<String, Refused> {
    let literal = literal(text)?;
    Refused::controls(literal, &['\n'], PLACE)?;
    // A record goes on behind a backslash, a comment too.
    let lines = literal.split('\n').map(|line| line.trim_end_matches(|c: char| c == '\\' || c.is_whitespace()));
    Ok(lines.collect::<Vec<_>>().join("\n# ").replace("# \n", "#\n"))
}

fn literal(text: &Text) -> Result<&str, Refused> {
    text.as_literal()
        .ok_or_else(|| Refused::new(text.to_string(), "has a name to fill in, which nothing fills in in a login class"))
}

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("name", |v: Value, _: Kwargs, _: &State| escaped(&v, name));
    tera.register_filter("directories", |v: Value, _: Kwargs, _: &State| joined(&v, " ", directory));
    tera.register_filter("comment", |v: Value, _: Kwargs, _: &State| escaped(&v, comment));
}
