//! Licence conditions of pkgsrc: names, `AND`, `OR`, parentheses (`pkgtools/pkg_install` files/lib/license.c).
use std::ops::Range;

/// A word or a sign of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
}

/// Takes a condition apart.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        let ends = character.is_whitespace() || matches!(character, '(' | ')' | '\\');
        if ends {
            if let Some(first) = start.take() {
                found.push(Token { text: &text[first..at], span: first..at });
            }
            if matches!(character, '(' | ')') {
                found.push(Token { text: &text[at..=at], span: at..at + 1 });
            }
        } else {
            start = start.or(Some(at));
        }
    }
    found
}

/// What is wrong with the form of a condition.
pub(super) fn unfit(tokens: &[Token<'_>]) -> Option<(String, Range<usize>)> {
    let mut at = 0;
    let whole = tokens.first().map_or(0..0, |first| first.span.start..tokens.last().map_or(0, |last| last.span.end));
    match level(tokens, &mut at, 0) {
        Err((message, span)) => Some((message, span.unwrap_or(whole))),
        Ok(()) if at < tokens.len() => {
            Some((format!("`{}` has no place here", tokens[at].text), tokens[at].span.clone()))
        }
        Ok(()) => None,
    }
}

type Unfit = (String, Option<Range<usize>>);

fn level(tokens: &[Token<'_>], at: &mut usize, depth: usize) -> Result<(), Unfit> {
    if depth > 16 {
        return Err(("parentheses are nested too deeply".to_owned(), None));
    }
    let mut joined: Option<&str> = None;
    loop {
        match tokens.get(*at) {
            Some(Token { text: "(", span }) => {
                *at += 1;
                level(tokens, at, depth + 1)?;
                if tokens.get(*at).is_none_or(|token| token.text != ")") {
                    return Err(("a parenthesis is not closed".to_owned(), Some(span.clone())));
                }
                *at += 1;
            }
            Some(token) if matches!(token.text, "AND" | "OR" | ")") => {
                return Err((format!("a licence is missing before `{}`", token.text), Some(token.span.clone())));
            }
            Some(_) => *at += 1,
            None => return Err(("a licence is missing at the end".to_owned(), None)),
        }
        match tokens.get(*at) {
            Some(token) if matches!(token.text, "AND" | "OR") => {
                if joined.is_some_and(|before| before != token.text) {
                    let message = "AND and OR are mixed without parentheses".to_owned();
                    return Err((message, Some(token.span.clone())));
                }
                joined = Some(token.text);
                *at += 1;
            }
            Some(Token { text: ")", .. }) | None => return Ok(()),
            Some(token) => {
                let message = format!("AND or OR is missing before `{}`", token.text);
                return Err((message, Some(token.span.clone())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{tokens, unfit};

    #[test]
    fn conditions() {
        let wrong = |text: &str| unfit(&tokens(text)).map(|(message, _)| message);
        assert_eq!(wrong("mit"), None);
        assert_eq!(wrong("(apache-2.0 OR mit) AND isc"), None);
        assert_eq!(wrong("mit OR apache-2.0 AND isc").as_deref(), Some("AND and OR are mixed without parentheses"));
        assert_eq!(wrong("mit apache-2.0").as_deref(), Some("AND or OR is missing before `apache-2.0`"));
        assert_eq!(wrong("mit OR").as_deref(), Some("a licence is missing at the end"));
        assert_eq!(wrong("(mit").as_deref(), Some("a parenthesis is not closed"));
        assert_eq!(wrong("mit)").as_deref(), Some("`)` has no place here"));
        assert_eq!(wrong("OR mit").as_deref(), Some("a licence is missing before `OR`"));
        assert!(wrong(&"(".repeat(100)).is_some());
    }
}
