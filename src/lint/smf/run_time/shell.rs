//! The words of a method: svc.startd hands it to `/sbin/sh -c "exec …"` (usr/src/cmd/svc/startd/method.c).

/// A part of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word without its quotes.
    Word(String),
    /// `&`, `&&`, `||`, `|`, `;`, `(` or `)`.
    Operator(&'static str),
}

const OPERATORS: [&str; 7] = ["&&", "||", "&", "|", ";", "(", ")"];

/// Splits a command line. Redirections are left out; what the shell or svc.startd would expand stays as it is.
pub(super) fn split(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if rest.is_empty() {
            return pieces;
        }
        if let Some(more) = rest.strip_prefix(['\n', '\r']) {
            pieces.push(Piece::Operator(";"));
            rest = more;
        } else if let Some(more) = redirection(rest) {
            // The word behind it is the file.
            rest = word(more.trim_start_matches([' ', '\t'])).1;
        } else if let Some(operator) = OPERATORS.into_iter().find(|operator| rest.starts_with(operator)) {
            pieces.push(Piece::Operator(operator));
            rest = &rest[operator.len()..];
        } else {
            let (text, more) = word(rest);
            // A character that is neither, so that this ends.
            rest = if more.len() == rest.len() { &rest[rest.chars().next().map_or(1, char::len_utf8)..] } else { more };
            pieces.push(Piece::Word(text));
        }
    }
}

/// Behind `>`, `2>`, `>>`, `<`, `2>&`.
fn redirection(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(">>").or_else(|| rest.strip_prefix('>')).or_else(|| rest.strip_prefix('<'))?;
    Some(rest.strip_prefix('&').unwrap_or(rest))
}

/// A word, and what comes behind it.
fn word(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            ' ' | '\t' | '\n' | '\r' | '&' | '|' | ';' | '(' | ')' | '<' | '>' => break,
            '\'' | '"' | '`' => {
                let end = after.find(c).unwrap_or(after.len());
                out.push_str(&after[..end]);
                rest = after.get(end + 1..).unwrap_or_default();
            }
            '\\' => {
                let escaped = after.chars().next();
                out.extend(escaped);
                rest = &after[escaped.map_or(0, char::len_utf8)..];
            }
            // A token of svc.startd, a placeholder, an expansion: all of it.
            '%' | '$' if after.starts_with(['{', '(']) => {
                let close = if after.starts_with('{') { '}' } else { ')' };
                let end = after.find(close).map_or(after.len(), |end| end + 1);
                out.push(c);
                out.push_str(&after[..end]);
                rest = &after[end..];
            }
            _ => {
                out.push(c);
                rest = after;
            }
        }
    }
    (out, rest)
}

#[cfg(test)]
mod tests {
    use super::{Piece, split};

    fn of(line: &str) -> Vec<String> {
        split(line)
            .into_iter()
            .map(|piece| match piece {
                Piece::Word(word) => word,
                Piece::Operator(operator) => format!("<{operator}>"),
            })
            .collect()
    }

    #[test]
    fn words_and_operators() {
        assert_eq!(of("a 'b c' \"d\"e\\ f"), ["a", "b c", "de f"]);
        assert_eq!(of("a >/dev/null 2>&1 &"), ["a", "<&>"]);
        assert_eq!(of("a&&b||c;d|e&"), ["a", "<&&>", "b", "<||>", "c", "<;>", "d", "<|>", "e", "<&>"]);
        assert_eq!(of("%{a/b c} $(X)/y ${Z}"), ["%{a/b c}", "$(X)/y", "${Z}"]);
        assert_eq!(of("a\nb < c"), ["a", "<;>", "b"]);
        assert_eq!(of("'a"), ["a"]);
        assert_eq!(of("\\"), [""]);
        assert!(of("").is_empty());
    }
}
