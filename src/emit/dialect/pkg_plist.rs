//! pkg-plist: the list of a FreeBSD port's files, one a line, some behind a keyword with arguments.
//!
//! pkg(8) splits a line at blanks, and the arguments of `@keyword(owner,group,mode)` at commas; a line that starts with
//! `@` is a keyword, `%%NAME%%` is replaced by sed before (pkg docs/pkg-create.8, bsd.port.mk `PLIST_SUB`).
use super::refused::Refused;
use super::text::{Part, Text};

/// A path, or one argument of a keyword. Tokens become `%%NAME%%`.
pub(super) fn word(text: &Text) -> Result<String, Refused> {
    let mut made = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => {
                if let Some(c) = literal.chars().find(|c| !is_plain(*c)) {
                    return Err(Refused::new(literal, format!("has {c:?}, which a word of a pkg-plist cannot hold")));
                }
                made.push_str(literal);
            }
            Part::Token(name) if !name.is_empty() && name.chars().all(in_name) => made.extend(["%%", name, "%%"]),
            Part::Token(name) | Part::Var(name) => return Err(Refused::new(name, "is no name for PLIST_SUB")),
        }
    }
    if made.starts_with(['@', '-']) || made.is_empty() {
        return Err(Refused::new(made, "is no word that a line of a pkg-plist can start with"));
    }
    if made.split('/').any(|part| part == "..") {
        return Err(Refused::new(made, "leads out of its directory"));
    }
    Ok(made)
}

// No blank, comma or parenthesis, which the keywords' syntax takes; no `%`, which begins a name; nothing of the shell's.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '+' | '-' | '=' | '~' | ':' | '@')
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
