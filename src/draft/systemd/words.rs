//! Quoting and escapes within a value, as systemd.syntax(7) has them.
use std::iter::Peekable;
use std::str::Chars;

/// Splits a value at blanks that are not quoted; quotes are taken off, C escapes are turned into what they stand for.
///
/// Nothing when a quote is not closed or an escape is none.
pub(in crate::draft) fn split(value: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut chars = value.chars().peekable();
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        if chars.peek().is_none() {
            return Some(words);
        }
        words.push(word(&mut chars)?);
    }
}

fn word(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut word = String::new();
    let mut quote: Option<char> = None;
    while let Some(&c) = chars.peek() {
        if quote.is_none() && c.is_whitespace() {
            break;
        }
        chars.next();
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (_, '\\') => word.push(escape(chars)?),
            (_, c) => word.push(c),
        }
    }
    quote.is_none().then_some(word)
}

fn escape(chars: &mut Peekable<Chars<'_>>) -> Option<char> {
    Some(match chars.next()? {
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        's' => ' ',
        c @ ('\\' | '"' | '\'' | ';' | '$' | '%') => c,
        'x' => number(chars, 16, 2)?,
        'u' => number(chars, 16, 4)?,
        'U' => number(chars, 16, 8)?,
        c @ '0'..='7' => {
            let rest = [chars.next()?.to_digit(8)?, chars.next()?.to_digit(8)?];
            character(c.to_digit(8)? * 64 + rest[0] * 8 + rest[1])?
        }
        _ => return None,
    })
}

fn number(chars: &mut Peekable<Chars<'_>>, radix: u32, digits: usize) -> Option<char> {
    let mut value: u32 = 0;
    for _ in 0..digits {
        value = value.checked_mul(radix)?.checked_add(chars.next()?.to_digit(radix)?)?;
    }
    character(value)
}

/// systemd refuses NUL as well.
fn character(value: u32) -> Option<char> {
    char::from_u32(value).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn quotes_and_escapes() {
        let words = |text: &str| split(text).map(|words| words.join("|"));
        assert_eq!(words(r#"a "b c" 'd "e'"#).as_deref(), Some(r#"a|b c|d "e"#));
        assert_eq!(words(r#""A=x y" B=1 "C="#), None, "an open quote");
        assert_eq!(words(r"a\sb \x41\102\u0043 \\").as_deref(), Some("a b|ABC|\\"));
        assert_eq!(words(r#"x"y z"w "" "#).as_deref(), Some("xy zw|"));
        for wrong in [r"\", r"\q", r"\x4", r"\x00", r"\000", "'", r"\UFFFFFFFF", r"\8"] {
            assert_eq!(words(wrong), None, "{wrong}");
        }
        assert_eq!(words("  ").as_deref(), Some(""));
    }
}
