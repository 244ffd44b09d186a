//! PLIST: the list of a package's files.
use super::refused::Refused;
use super::text::{Part, Text};

/// A path below the prefix, or a piece of one. Tokens become `${NAME}` (`PLIST_SUBST`).
pub(super) fn path(text: &Text) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                if let Some(c) = literal.chars().find(|c| !is_plain(*c)) {
                    return Err(Refused::new(literal, format!("has {c:?}, which a path in a PLIST cannot hold")));
                }
                made.push_str(literal);
            }
            Part::Token(name) if !name.is_empty() && name.chars().all(in_name) => made.extend(["${", name, "}"]),
            Part::Token(name) | Part::Var(name) => return Err(Refused::new(name, "is no name for PLIST_SUBST")),
        }
    }
    if made.starts_with(['@', '/', '-']) || made.is_empty() {
        return Err(Refused::new(made, "is not a path below the prefix, as a PLIST wants it"));
    }
    if made.split('/').any(|part| part == "..") {
        return Err(Refused::new(made, "leads out of the prefix"));
    }
    Ok(made)
}

// `$` starts a substitution, and pkg_install's and make's scripts hand the paths to a shell in places.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '+' | ',' | '-' | '=' | '~' | ':' | '@' | '%')
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}
