//! Text that is partly ours: literals to escape, and names that the target fills in later.
use std::fmt;

use serde::{Serialize, Serializer};

/// One piece of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Text to escape: it comes out at the far end exactly as it is here.
    Literal(String),
    /// A name that the packaging system fills in: `@NAME@` in the scripts and manifests of a pkgsrc package,
    /// `${NAME}` in make and PLIST.
    Token(String),
    /// A name that the service fills in when it runs: `${name}` in sh, `%{name}` in an SMF exec string.
    Var(String),
}

/// A path or an argument made of literals, tokens and variables; literals are escaped, the others are not.
///
/// ```
/// use portwright::emit::dialect::{Dialect, Engine, Form, Text};
/// let path = Text::token("PREFIX").lit("/sbin/pict-rs");
/// let make = Engine::with_templates(Dialect::Make, Form::Package, &[("t", "X=\t{{ path }}")]).unwrap();
/// let context = std::collections::BTreeMap::from([("path", path)]);
/// assert_eq!(make.render("t", &context).unwrap(), "X=\t${PREFIX}/sbin/pict-rs\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Vec<Part>);

// How parts travel through the template engine, which knows strings only. Literals that hold one of these
// characters are stuffed with LITERALLY, so that no text of a user can pose as a token.
const TOKEN_START: char = '\u{2}';
const VAR_START: char = '\u{3}';
const END: char = '\u{e}';
const LITERALLY: char = '\u{10}';

impl Text {
    /// The empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A text that starts with a token; see [`Part::Token`].
    #[must_use]
    pub fn token(name: impl Into<String>) -> Self {
        Self::new().tok(name)
    }

    /// A text that starts with a variable; see [`Part::Var`].
    #[must_use]
    pub fn variable(name: impl Into<String>) -> Self {
        Self::new().var(name)
    }

    /// Appends a literal.
    #[must_use]
    pub fn lit(mut self, literal: impl Into<String>) -> Self {
        self.push(Part::Literal(literal.into()));
        self
    }

    /// Appends a token.
    #[must_use]
    pub fn tok(mut self, name: impl Into<String>) -> Self {
        self.push(Part::Token(name.into()));
        self
    }

    /// Appends a variable.
    #[must_use]
    pub fn var(mut self, name: impl Into<String>) -> Self {
        self.push(Part::Var(name.into()));
        self
    }

    /// Appends the parts of another text.
    #[must_use]
    pub fn text(mut self, other: &Self) -> Self {
        for part in &other.0 {
            self.push(part.clone());
        }
        self
    }

    /// Appends a part; neighbouring literals become one, empty ones vanish.
    pub fn push(&mut self, part: Part) {
        match (self.0.last_mut(), part) {
            (_, Part::Literal(new)) if new.is_empty() => {}
            (Some(Part::Literal(old)), Part::Literal(new)) => old.push_str(&new),
            (_, part) => self.0.push(part),
        }
    }

    /// The parts, in order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text itself when it is all literal.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with tokens and variables replaced by what `fill` gives; `None` leaves a part as it is.
    #[must_use]
    pub fn fill<'a>(&self, fill: impl Fn(&Part) -> Option<&'a str>) -> Self {
        let mut filled = Self::new();
        for part in &self.0 {
            let is_literal = matches!(part, Part::Literal(_));
            match (is_literal, fill(part)) {
                (false, Some(value)) => filled.push(Part::Literal(value.to_owned())),
                _ => filled.push(part.clone()),
            }
        }
        filled
    }

    /// The string that carries this text through the template engine.
    pub(super) fn encode(&self) -> String {
        let mut encoded = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(text) => encoded.push_str(&stuff(text)),
                Part::Token(name) => encoded.extend([TOKEN_START.to_string(), stuff(name), END.to_string()]),
                Part::Var(name) => encoded.extend([VAR_START.to_string(), stuff(name), END.to_string()]),
            }
        }
        encoded
    }

    /// The reverse of [`Text::encode`]. Total: a template filter may have cut a part in two, then the rest is literal.
    pub(super) fn decode(encoded: &str) -> Self {
        let mut text = Self::new();
        let mut current = String::new();
        let mut chars = encoded.chars();
        while let Some(c) = chars.next() {
            match c {
                LITERALLY => current.extend(chars.next()),
                TOKEN_START | VAR_START => {
                    text.push(Part::Literal(std::mem::take(&mut current)));
                    let mut name = String::new();
                    while let Some(c) = chars.next().filter(|c| *c != END) {
                        name.extend(if c == LITERALLY { chars.next() } else { Some(c) });
                    }
                    text.push(if c == TOKEN_START { Part::Token(name) } else { Part::Var(name) });
                }
                c => current.push(c),
            }
        }
        text.push(Part::Literal(current));
        text
    }
}

/// A user's string made safe to travel as a literal.
pub(super) fn stuff(literal: &str) -> String {
    let mut stuffed = String::with_capacity(literal.len());
    for c in literal.chars() {
        if [TOKEN_START, VAR_START, END, LITERALLY].contains(&c) {
            stuffed.push(LITERALLY);
        }
        stuffed.push(c);
    }
    stuffed
}

impl From<&str> for Text {
    fn from(literal: &str) -> Self {
        Self::new().lit(literal)
    }
}

impl From<String> for Text {
    fn from(literal: String) -> Self {
        Self::new().lit(literal)
    }
}

/// For messages: tokens as `@NAME@`, variables as `${name}`.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            match part {
                Part::Literal(text) => f.write_str(text)?,
                Part::Token(name) => write!(f, "@{name}@")?,
                Part::Var(name) => write!(f, "${{{name}}}")?,
            }
        }
        Ok(())
    }
}

/// As bytes: nothing else in a template's context is serialised so, which tells a `Text` from a string of a user.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.encode().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Text};

    #[test]
    fn encoding_is_reversible_and_cannot_be_forged() {
        let text = Text::token("PREFIX").lit("/x\u{2}EVIL\u{e}\u{10}").var("cfg").lit("y");
        assert_eq!(Text::decode(&text.encode()), text);
        let forged = super::stuff("\u{2}PREFIX\u{e}");
        assert_eq!(Text::decode(&forged).as_literal(), Some("\u{2}PREFIX\u{e}"));
    }

    #[test]
    fn fill_leaves_literals_alone() {
        let text = Text::token("PREFIX").lit("PREFIX").var("v");
        let filled = text.fill(|part| (*part == Part::Token("PREFIX".into())).then_some("/usr/pkg"));
        assert_eq!(filled, Text::from("/usr/pkgPREFIX").var("v"));
    }
}
