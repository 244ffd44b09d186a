//! OpenBSD's packing lists, as templates for `pkg_create(1)`: a file or an annotation on each line.
use tera::{Kwargs, State, Tera, Value};

use super::filters::escaped;
use super::pkg_subst;
use super::refused::Refused;
use super::text::{Part, Text};

/// A path below the prefix, or a piece of one.
pub(super) fn path(text: &Text) -> Result<String, Refused> {
    let made = pieces(text)?;
    // `@` starts an annotation, `%%` a fragment, `!%%` its opposite; what starts with `/` is not below the prefix.
    if made.is_empty() || made.starts_with(['@', '%', '/', '-']) {
        return Err(Refused::new(made, "is not a path below the prefix, as a packing list wants it"));
    }
    inside(made)
}

/// A path that does not lie below the prefix.
fn absolute(text: &Text) -> Result<String, Refused> {
    let made = pieces(text)?;
    if !made.starts_with("${") && !made.starts_with('/') {
        return Err(Refused::new(made, "is not a whole path"));
    }
    inside(made)
}

fn inside(made: String) -> Result<String, Refused> {
    if made.split('/').any(|part| part == ".." || part == ".") {
        return Err(Refused::new(made, "leads out of its directory"));
    }
    Ok(made)
}

fn pieces(text: &Text) -> Result<String, Refused> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./+,-=~:@%".contains(c);
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                if let Some(c) = literal.chars().find(|c| !plain(*c)) {
                    return Err(Refused::new(
                        literal,
                        format!("has {c:?}, which a path in a packing list cannot hold"),
                    ));
                }
                made.push_str(literal);
            }
            Part::Token(name) | Part::Var(name) => made.push_str(&pkg_subst::token(name)?),
        }
    }
    Ok(made)
}

/// The name of an account, a number, or another piece of an annotation without blanks and colons.
fn word(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c);
    if literal.is_empty() || !literal.chars().all(plain) {
        return Err(Refused::new(literal, "is no plain word, as an annotation of a packing list wants it"));
    }
    Ok(literal)
}

/// The comment of an account: what useradd(8) and a colon-separated line take.
fn gecos(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || " _.+/-".contains(c);
    if !literal.starts_with(|c: char| c.is_ascii_alphanumeric()) || !literal.chars().all(plain) {
        return Err(Refused::new(literal, "is no plain text, as an account's comment has to be"));
    }
    Ok(literal)
}

/// An annotation with its blank, or nothing: our own words.
fn keyword(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    if ["", "@bin ", "@man "].contains(&literal.as_str()) {
        Ok(literal)
    } else {
        Err(Refused::new(literal, "is no annotation"))
    }
}

/// `%%name%%` or `!%%name%%`: the lines of a fragment when the name is defined, or when it is not.
fn fragment(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    let name = literal.strip_prefix('!').unwrap_or(&literal);
    let name = name.strip_prefix("%%").and_then(|name| name.strip_suffix("%%"));
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_none_or(|name| name.is_empty() || !name.chars().all(plain)) {
        return Err(Refused::new(literal, "takes no fragment of a packing list in"));
    }
    Ok(literal)
}

/// A line that a recipe gives to be taken as it stands.
fn verbatim(text: &Text) -> Result<String, Refused> {
    let literal = text.to_string();
    Refused::controls(&literal, &[], "a line of a packing list")?;
    Ok(literal.trim().to_owned())
}

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("absolute", |v: Value, _: Kwargs, _: &State| escaped(&v, absolute));
    tera.register_filter("fragment", |v: Value, _: Kwargs, _: &State| escaped(&v, fragment));
    tera.register_filter("gecos", |v: Value, _: Kwargs, _: &State| escaped(&v, gecos));
    tera.register_filter("keyword", |v: Value, _: Kwargs, _: &State| escaped(&v, keyword));
    tera.register_filter("verbatim", |v: Value, _: Kwargs, _: &State| escaped(&v, verbatim));
    tera.register_filter("word", |v: Value, _: Kwargs, _: &State| escaped(&v, word));
}
