//! OpenBSD's `pkg_subst(1)`, which replaces `${NAME}` in scripts, texts and packing lists.
//!
//! It knows no quotes: a name of its list is replaced wherever it stands. `$\{NAME}` comes out as `${NAME}`
//! (`infrastructure/bin/pkg_subst`, `OpenBSD::Subst`).
use super::refused::Refused;
use super::text::{Part, Text};

/// A name to fill in.
pub(super) fn token(name: &str) -> Result<String, Refused> {
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_uppercase()) || !name.chars().all(plain) {
        return Err(Refused::new(name, "is no name of SUBST_VARS"));
    }
    Ok(format!("${{{name}}}"))
}

/// Text that comes out of `pkg_subst` as it is.
pub(super) fn literal(text: &str) -> Result<String, Refused> {
    let begins = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let mut made = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        if c == '$' && rest.strip_prefix("\\{").is_some_and(begins) {
            return Err(Refused::new(text, "has `$\\{`, which pkg_subst(1) makes `${`"));
        }
        made.push(c);
        if c == '$' && rest.strip_prefix('{').is_some_and(begins) {
            made.push('\\');
        }
    }
    Ok(made)
}

/// A whole file that `pkg_subst` fills in.
///
/// # Errors
/// A literal that it would change, or a name that it does not know.
pub fn pkg_subst(text: &Text) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(text) => made.push_str(&literal(text)?),
            Part::Token(name) | Part::Var(name) => made.push_str(&token(name)?),
        }
    }
    // What begins in one part may go on in the next.
    if let Some(at) = made.match_indices("$\\{").map(|(at, _)| at).find(|at| made[..*at].ends_with('$')) {
        return Err(Refused::new(&made[at - 1..at + 3], "would be taken for a name to fill in"));
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::{literal, token};

    #[test]
    fn only_what_looks_like_a_name_is_kept_apart() {
        assert_eq!(literal("${PREFIX}/x $5 ${1} $x $").unwrap(), "$\\{PREFIX}/x $5 ${1} $x $");
        assert!(literal("a $\\{PREFIX}").is_err());
        assert!(token("PREFIX").is_ok() && token("prefix").is_err() && token("").is_err());
    }
}
