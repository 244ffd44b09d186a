//! Words.
use super::reader::{Read, Reader, TroubleKind};
use super::tree::{Part, Word};

/// What ends a word when it is not quoted.
pub(super) fn ends_word(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'|' | b'&' | b';' | b'<' | b'>' | b'(' | b')')
}

/// What ends a run of characters that stand for themselves.
fn special(byte: u8) -> bool {
    ends_word(byte) || matches!(byte, b'\\' | b'\'' | b'"' | b'$' | b'`')
}

impl Reader<'_> {
    /// A word; nothing when none begins here.
    pub(super) fn word(&mut self) -> Read<Option<Word>> {
        let start = self.at;
        let mut parts = Vec::new();
        while let Some(byte) = self.peek() {
            if ends_word(byte) && !self.process(byte, &parts) {
                break;
            }
            parts.push(self.word_part(start)?);
        }
        // Continued lines at the end belong to the blanks behind the word.
        parts.retain(|part| !matches!(part, Part::Literal(span) if span.is_empty()));
        let word = Word { parts, span: start..self.at };
        Ok((!word.parts.is_empty()).then_some(word))
    }

    /// Whether `<(` or `>(` begins here.
    fn process(&self, byte: u8, parts: &[Part]) -> bool {
        parts.is_empty() && matches!(byte, b'<' | b'>') && self.ahead(1) == Some(b'(')
    }

    fn word_part(&mut self, start: usize) -> Read<Part> {
        let at = self.at;
        match self.peek() {
            Some(b'\\') if self.ahead(1) == Some(b'\n') => {
                self.at += 2;
                Ok(Part::Literal(at..at))
            }
            Some(b'\\') => Ok(self.escaped()),
            Some(b'\'') => self.single(),
            Some(b'"') => self.double(),
            Some(b'$') => self.dollar(false),
            Some(b'`') => self.backquotes(false),
            Some(b'<' | b'>') => {
                self.at += 1;
                self.parentheses(at).map(Part::Process)
            }
            _ => self.characters(start),
        }
    }

    /// Characters that stand for themselves, or the pattern that the last of them begins.
    fn characters(&mut self, start: usize) -> Read<Part> {
        let at = self.at;
        while let Some(byte) = self.peek() {
            if special(byte) {
                break;
            }
            let begins_pattern = matches!(byte, b'@' | b'+' | b'?' | b'*' | b'!') && self.ahead(1) == Some(b'(');
            // `!(` at the beginning of a word is the reserved word before a subshell.
            if begins_pattern && !(byte == b'!' && self.at == start) {
                if self.at > at {
                    break;
                }
                self.at += 1;
                return self.parentheses(at).map(Part::Pattern);
            }
            self.step();
        }
        Ok(Part::Literal(at..self.at))
    }

    /// What is between parentheses, in which words, quotes and parentheses are looked over.
    fn parentheses(&mut self, start: usize) -> Read<super::Span> {
        self.deeper(|reader| {
            reader.at += 1;
            loop {
                match reader.peek() {
                    None => return reader.fail(start..reader.at, TroubleKind::Open(")")),
                    Some(b')') => {
                        reader.at += 1;
                        return Ok(start..reader.at);
                    }
                    Some(b'(') => {
                        let inner = reader.at;
                        reader.parentheses(inner)?;
                    }
                    Some(b'\\' | b'\'' | b'"' | b'$' | b'`') => {
                        reader.word_part(reader.at)?;
                    }
                    Some(_) => reader.step(),
                }
            }
        })
    }
}
