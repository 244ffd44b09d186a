//! UCL, as far as pkg-message has it: arrays, objects, strings, texts between `<<EOM` and `EOM` (libucl, `ucl_parser.c`).
use std::ops::Range;

/// Deeper than this, a text is no message.
const DEEPEST: usize = 32;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// `[ … ]`
    Array(Vec<Value>),
    /// `{ key: value … }`, with where each key is.
    Object(Vec<(String, Range<usize>, Value)>),
    /// Anything else, with where it is.
    Text(String, Range<usize>),
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Whether a text between delimiters has no end.
    pub(super) unended: bool,
    /// What is wrong.
    pub(super) message: String,
    /// Where.
    pub(super) span: Range<usize>,
}

/// Reads a text that begins with `[` or `{`.
///
/// # Errors
/// The first thing that libucl would not take.
pub(super) fn read(text: &str) -> Result<Value, Wrong> {
    let mut reader = Reader { text, at: 0 };
    reader.blanks()?;
    let value = reader.value(0)?;
    reader.blanks()?;
    if reader.at < text.len() {
        return Err(reader.wrong("nothing may follow the closing bracket"));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn wrong(&self, message: impl Into<String>) -> Wrong {
        let length = self.peek().map_or(0, char::len_utf8);
        Wrong { unended: false, message: message.into(), span: self.at..self.at + length }
    }

    /// Blanks and comments.
    fn blanks(&mut self) -> Result<(), Wrong> {
        loop {
            let rest = self.rest();
            let more = rest.trim_start();
            self.at += rest.len() - more.len();
            if more.starts_with('#') {
                self.at += more.find('\n').unwrap_or(more.len());
            } else if more.starts_with("/*") {
                let Some(end) = more.find("*/") else { return Err(self.wrong("the comment is not closed")) };
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    /// What separates values: commas, semicolons, line ends.
    fn separators(&mut self) -> Result<(), Wrong> {
        loop {
            self.blanks()?;
            if !self.rest().starts_with([',', ';']) {
                return Ok(());
            }
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Wrong> {
        if depth > DEEPEST {
            return Err(self.wrong("brackets are nested too deeply"));
        }
        match self.peek() {
            Some('[') => self.array(depth),
            Some('{') => self.object(depth),
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some(_) if self.rest().starts_with("<<") => self.heredoc(),
            Some(_) => self.bare(),
            None => Err(self.wrong("a value is missing at the end")),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Wrong> {
        let open = self.at;
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.separators()?;
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    return Ok(Value::Array(values));
                }
                Some('}') => return Err(self.wrong("`}` closes nothing here")),
                Some(_) => values.push(self.value(depth + 1)?),
                None => {
                    let message = "the bracket is not closed".to_owned();
                    return Err(Wrong { unended: false, message, span: open..open + 1 });
                }
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Wrong> {
        let open = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.separators()?;
            match self.peek() {
                Some('}') => {
                    self.at += 1;
                    return Ok(Value::Object(entries));
                }
                Some(']') => return Err(self.wrong("`]` closes nothing here")),
                Some(_) => entries.push(self.entry(depth)?),
                None => {
                    let message = "the brace is not closed".to_owned();
                    return Err(Wrong { unended: false, message, span: open..open + 1 });
                }
            }
        }
    }

    fn entry(&mut self, depth: usize) -> Result<(String, Range<usize>, Value), Wrong> {
        let start = self.at;
        let key = if let Some(quote @ ('"' | '\'')) = self.peek() {
            match self.quoted(quote)? {
                Value::Text(key, _) => key,
                _ => String::new(),
            }
        } else {
            let rest = self.rest();
            let end = rest
                .find(|one: char| !(one.is_alphanumeric() || matches!(one, '_' | '-' | '.' | '/')))
                .unwrap_or(rest.len());
            if end == 0 {
                return Err(self.wrong("a key is missing here"));
            }
            self.at += end;
            rest[..end].to_owned()
        };
        let span = start..self.at;
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        self.at += blanks;
        if self.rest().starts_with([':', '=']) {
            self.at += 1;
        } else if blanks == 0 && !self.rest().starts_with(['{', '[']) {
            return Err(self.wrong("`:` is missing behind the key"));
        }
        self.blanks()?;
        if self.rest().starts_with(['}', ']', ',', ';']) || self.rest().is_empty() {
            return Err(self.wrong(format!("`{key}` has no value")));
        }
        Ok((key, span, self.value(depth + 1)?))
    }

    fn quoted(&mut self, quote: char) -> Result<Value, Wrong> {
        let open = self.at;
        let mut escaped = false;
        let mut out = String::new();
        for (at, one) in self.text[open + 1..].char_indices() {
            if escaped {
                escaped = false;
                out.push(one);
            } else if one == '\\' {
                escaped = true;
            } else if one == quote {
                self.at = open + 1 + at + 1;
                return Ok(Value::Text(out, open..self.at));
            } else {
                out.push(one);
            }
        }
        Err(Wrong { unended: true, message: "the quotation is not closed".to_owned(), span: open..open + 1 })
    }

    /// `<<EOM`, lines, and a line that is `EOM`. The delimiter is capital letters, with nothing behind it.
    fn heredoc(&mut self) -> Result<Value, Wrong> {
        let open = self.at;
        let rest = &self.text[open + 2..];
        let length = rest.find(|one: char| !one.is_ascii_uppercase()).unwrap_or(rest.len());
        let delimiter = &rest[..length];
        let first_line = open..open + 2 + length;
        if delimiter.is_empty() || !rest[length..].starts_with('\n') {
            let message = "a delimiter is capital letters, with nothing behind them".to_owned();
            return Err(Wrong { unended: false, message, span: first_line });
        }
        let body = open + 2 + length + 1;
        let mut at = body;
        while at < self.text.len() {
            let line_end = self.text[at..].find('\n').map_or(self.text.len(), |more| at + more);
            let line = &self.text[at..line_end];
            if line.strip_prefix(delimiter).is_some_and(|behind| behind.is_empty() || behind.starts_with([';', ','])) {
                self.at = at + length;
                return Ok(Value::Text(self.text[body..at].trim_end_matches('\n').to_owned(), open..self.at));
            }
            at = line_end + 1;
        }
        Err(Wrong { unended: true, message: format!("no line is `{delimiter}`"), span: first_line })
    }

    fn bare(&mut self) -> Result<Value, Wrong> {
        let rest = self.rest();
        let end = rest.find(['\n', ',', ';', '}', ']', '#', '{', '[']).unwrap_or(rest.len());
        let text = rest[..end].trim_end();
        if text.is_empty() {
            return Err(self.wrong("a value is missing here"));
        }
        let span = self.at..self.at + text.len();
        self.at += end;
        Ok(Value::Text(text.to_owned(), span))
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, read};

    #[test]
    fn messages() {
        let text = "[\n{ type: install\n  message: <<EOM\nHello\n[x]\nEOM\n}\n{ type = \"upgrade\"; message = 'a b', maximum_version: 1.0 }\n]\n";
        let Value::Array(values) = read(text).expect("a message") else { panic!("an array") };
        let Value::Object(entries) = &values[0] else { panic!("an object") };
        assert_eq!(entries[0].0, "type");
        assert_eq!(&text[entries[1].1.clone()], "message");
        assert!(matches!(&entries[1].2, Value::Text(text, _) if text == "Hello\n[x]"));
        assert_eq!(values.len(), 2);
        assert!(read("[ { type install; message \"x\" } ] # end").is_ok());
        assert!(read("[ { a: { b: 1 } } ]").is_ok());
    }

    #[test]
    fn what_libucl_does_not_take() {
        let wrong = |text: &str| read(text).expect_err(text);
        assert!(wrong("[{ message: <<EOM\nHello\n}\n]\n").unended);
        assert!(wrong("[{ message: <<EOM\nHello\n EOM\n}\n]\n").unended, "the delimiter stands alone on its line");
        assert!(!wrong("[{ message: <<eom\nHello\neom\n}]").unended);
        assert!(wrong("[{ message: \"Hello }]").unended);
        for text in ["[", "[{", "[{]", "[{ : x }]", "[{ type }]", "[] x", "[{ type: }]", "", "[ /* "] {
            assert!(!wrong(text).unended, "{text}");
        }
        assert!(read(&"[".repeat(100)).is_err());
    }
}
