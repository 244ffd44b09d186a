//! Values of variables as text and as words.
use std::ops::Range;

/// A word of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it stands, references unexpanded, `\#` read as `#`.
    pub text: String,
    /// Where it is.
    pub span: Range<usize>,
}

/// The text in one line: a backslash at a line's end and the blanks that follow it are one blank, `\#` is `#`.
#[must_use]
pub fn logical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(next) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')) {
            out.push(' ');
            rest = next.trim_start_matches([' ', '\t']);
        } else if let Some(next) = rest.strip_prefix('#') {
            out.push('#');
            rest = next;
        } else {
            out.push('\\');
        }
    }
    out.push_str(rest);
    out
}

/// The words of the value at `span` of `text`: what blanks separate, but those in references and in quotes.
#[must_use]
pub fn words(text: &str, span: &Range<usize>) -> Vec<Word> {
    let value = text.get(span.clone()).unwrap_or_default();
    let mut words = Vec::new();
    let mut start = None;
    let mut depth = 0_usize;
    let mut quote = None;
    let mut at = 0;
    let bytes = value.as_bytes();
    let mut push = |start: &mut Option<usize>, end: usize| {
        if let Some(first) = start.take() {
            let text = logical(&value[first..end]);
            words.push(Word { text, span: span.start + first..span.start + end });
        }
    };
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        let length = match byte {
            b'\\' if next == Some(&b'\n') || (next == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n')) => {
                if depth == 0 {
                    push(&mut start, at);
                }
                if next == Some(&b'\n') { 2 } else { 3 }
            }
            b' ' | b'\t' | b'\n' | b'\r' if depth == 0 && quote.is_none() => {
                push(&mut start, at);
                1
            }
            _ => {
                start = start.or(Some(at));
                match byte {
                    // The character behind a backslash stands for itself.
                    b'\\' if next.is_some_and(u8::is_ascii) => 2,
                    b'$' if matches!(next, Some(b'{' | b'(')) => {
                        depth += 1;
                        2
                    }
                    b'}' | b')' if depth > 0 => {
                        depth -= 1;
                        1
                    }
                    b'"' | b'\'' if depth == 0 => {
                        quote = match quote {
                            Some(open) if open == *byte => None,
                            Some(open) => Some(open),
                            // An apostrophe in prose opens nothing.
                            None => value[at + 1..].contains(char::from(*byte)).then_some(*byte),
                        };
                        1
                    }
                    _ => 1,
                }
            }
        };
        at += length;
    }
    push(&mut start, value.len());
    words
}

#[cfg(test)]
mod tests {
    use super::{logical, words};

    fn split(value: &str) -> Vec<String> {
        let text = format!("X={value}");
        let found = words(&text, &(2..text.len()));
        for word in &found {
            assert_eq!(logical(&text[word.span.clone()]), word.text, "the place is right");
        }
        found.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_of_values() {
        assert_eq!(split("a  b\\\n\tc"), ["a", "b", "c"]);
        assert_eq!(split("${A:S/x y/z/}b c"), ["${A:S/x y/z/}b", "c"]);
        assert_eq!(split("K=\"a b\" 'c d'e"), ["K=\"a b\"", "'c d'e"]);
        assert_eq!(split("it's so"), ["it's", "so"]);
        assert_eq!(split("a\\#b"), ["a#b"]);
        assert_eq!(split("$(A:M* b) ${X.${Y}} z"), ["$(A:M* b)", "${X.${Y}}", "z"]);
        assert_eq!(split(" "), [""; 0]);
        assert_eq!(split("\u{fc}\\\u{fc} b"), ["\u{fc}\\\u{fc}", "b"]);
        assert_eq!(split("a\\"), ["a\\"]);
    }

    #[test]
    fn one_line() {
        assert_eq!(logical("a \\\n\t\tb \\\r\n c\\#d \\e"), "a  b  c#d \\e");
    }
}
