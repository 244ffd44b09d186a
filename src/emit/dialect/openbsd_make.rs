//! OpenBSD's make(1): the value of an assignment in a port's Makefile.
//!
//! What src `usr.bin/make/{lowparse,parsevar}.c` does to a value: blanks before it go, those behind it stay; a `#` that no
//! backslash precedes ends it, `\#` is a `#`; two backslashes are two backslashes, and a `#` behind them ends the value; a
//! backslash at the end joins lines; `$` is expanded. There is nothing that means nothing, so what another make would keep
//! apart with an empty expression is refused.
use tera::{Kwargs, State, Tera, Value};

use super::filters::{escaped, joined};
use super::make;
use super::openbsd_format::{HARD_BREAK, SOFT_BREAK};
use super::refused::Refused;
use super::text::{Part, Text};

const PLACE: &str = "a port's Makefile";
/// Of a comment, behind `# `.
const COMMENT_WIDTH: usize = 76;

/// A value whose dollars and number signs are the value's own.
pub(super) fn value(text: &Text) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                Refused::controls(literal, &[], PLACE)?;
                push_literal(&mut made, literal)?;
            }
            Part::Token(name) | Part::Var(name) => made.push_str(&make::reference(name)?),
        }
    }
    if made.starts_with(' ') || made.ends_with(' ') {
        return Err(Refused::new(made, "starts or ends with a blank, which a port's Makefile does not keep"));
    }
    if made.ends_with('\\') {
        return Err(Refused::new(made, "ends in a backslash, which joins two lines of a Makefile"));
    }
    Ok(made)
}

fn push_literal(made: &mut String, literal: &str) -> Result<(), Refused> {
    for c in literal.chars() {
        match c {
            '$' => made.push_str("$$"),
            '#' if made.ends_with('\\') => {
                return Err(Refused::new(literal, "has `\\#`, which OpenBSD's make takes for `#`"));
            }
            '#' => made.push_str("\\#"),
            c => made.push(c),
        }
    }
    Ok(())
}

/// One word of a command in a variable that make hands to the shell.
fn shell(text: &Text) -> Result<String, Refused> {
    let wrong = std::cell::Cell::new(false);
    let word = make::shell_word(text, &|quoted| {
        let mut made = String::new();
        wrong.set(wrong.get() | push_literal(&mut made, quoted).is_err());
        made
    })?;
    if wrong.get() || word.ends_with('\\') {
        return Err(Refused::new(text.to_string(), "has a backslash where OpenBSD's make would take it away"));
    }
    Ok(word)
}

/// Text for behind `# `, wrapped: portcheck complains of long lines.
fn comment(text: &Text) -> Result<String, Refused> {
    let text = text.to_string();
    Refused::controls(&text, &['\n'], "a comment")?;
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > COMMENT_WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
        lines.push(line);
    }
    // Make continues a comment at a backslash.
    let closed = lines.into_iter().map(|line| if line.ends_with('\\') { line + "." } else { line });
    Ok(closed.collect::<Vec<_>>().join("\n# ").replace("# \n", "#\n"))
}

/// As [`comment`], on one line.
fn remark(text: &Text) -> Result<String, Refused> {
    let text = text.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    Refused::controls(&text, &[], "a comment")?;
    Ok(if text.ends_with('\\') { text + "." } else { text })
}

/// A flag of `MODCARGO_RUSTFLAGS`, which devel/cargo puts between double quotes and cargo cuts at blanks.
fn rustflag(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    Refused::controls(&literal, &[], PLACE)?;
    if literal.is_empty() || literal.contains(' ') {
        return Err(Refused::new(literal, "is no flag without blanks, at which cargo cuts RUSTFLAGS"));
    }
    let quoted: String =
        literal.chars().flat_map(|c| "\\\"`$".contains(c).then_some('\\').into_iter().chain([c])).collect();
    let mut made = String::new();
    push_literal(&mut made, &quoted)?;
    if made.ends_with('\\') {
        return Err(Refused::new(literal, "ends in a backslash, which joins two lines of a Makefile"));
    }
    Ok(made)
}

/// A feature of `MODCARGO_FEATURES`, which devel/cargo puts between single quotes.
fn feature(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-+./?".contains(c);
    if literal.is_empty() || !literal.chars().all(plain) {
        return Err(Refused::new(literal, "is no plain name of a feature"));
    }
    Ok(literal)
}

/// A dependency: a pkgpath(7), maybe with the versions that do (packages-specs(7)).
fn depend(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-+./,<>=".contains(c);
    if !literal.starts_with(|c: char| c.is_ascii_alphanumeric()) || !literal.chars().all(plain) {
        return Err(Refused::new(literal, "is no dependency of a port"));
    }
    Ok(literal)
}

pub(super) fn register(tera: &mut Tera) {
    make::register_common(tera);
    tera.register_filter("comment", |v: Value, _: Kwargs, _: &State| escaped(&v, comment));
    // In crates.inc a licence stands behind a value, on one line.
    tera.register_filter("remark", |v: Value, _: Kwargs, _: &State| escaped(&v, remark));
    tera.register_filter("shell", |v: Value, _: Kwargs, _: &State| escaped(&v, shell));
    tera.register_filter("words", |v: Value, _: Kwargs, _: &State| {
        joined(&v, SOFT_BREAK.encode_utf8(&mut [0; 4]), shell)
    });
    tera.register_filter("depends", |v: Value, _: Kwargs, _: &State| {
        joined(&v, HARD_BREAK.encode_utf8(&mut [0; 4]), depend)
    });
    tera.register_filter("rustflags", |v: Value, _: Kwargs, _: &State| {
        joined(&v, SOFT_BREAK.encode_utf8(&mut [0; 4]), rustflag)
    });
    tera.register_filter("features", |v: Value, _: Kwargs, _: &State| {
        joined(&v, SOFT_BREAK.encode_utf8(&mut [0; 4]), feature)
    });
    tera.register_filter("recipe_words", |v: Value, _: Kwargs, _: &State| {
        joined(&v, SOFT_BREAK.encode_utf8(&mut [0; 4]), make::recipe)
    });
    tera.register_filter("exprs", |v: Value, _: Kwargs, _: &State| {
        joined(&v, SOFT_BREAK.encode_utf8(&mut [0; 4]), make::expression)
    });
}
