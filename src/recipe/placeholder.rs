//! `{state}/files`: places that the profile fills in.

/// A piece of a text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands.
    Literal(String),
    /// The name between the braces.
    Placeholder(String),
}

/// Splits a text at its placeholders. `{{` and `}}` stand for the braces themselves.
///
/// # Errors
/// A sentence about a brace without its partner.
pub fn split(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if let Some(doubled) = after.strip_prefix(brace) {
            literal.push_str(brace);
            rest = doubled;
            continue;
        }
        let Some(end) = after.find('}').filter(|_| brace == "{") else {
            return Err(format!("a `{brace}` without its partner; write `{brace}{brace}` for the character itself"));
        };
        let name = &after[..end];
        let plain = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte));
        if !plain {
            return Err(format!("`{{{name}}}` is not a placeholder; write `{{{{` for the brace itself"));
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut literal)));
        }
        parts.push(Part::Placeholder(name.to_owned()));
        rest = &after[end + 1..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        assert_eq!(
            split("{state}/x{{y}}").unwrap(),
            [Part::Placeholder("state".into()), Part::Literal("/x{y}".into())]
        );
        assert_eq!(split("").unwrap(), []);
        for wrong in ["{state", "state}", "{}", "{a b}", "{ state }"] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }
}
