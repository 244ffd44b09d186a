//! Quotes.
use super::reader::{Read, Reader, TroubleKind};
use super::tree::Part;

impl Reader<'_> {
    /// A character behind a backslash.
    pub(super) fn escaped(&mut self) -> Part {
        self.at += 1;
        let start = self.at;
        if self.at < self.end {
            self.step();
        }
        Part::Escaped(start..self.at)
    }

    /// `'…'`
    pub(super) fn single(&mut self) -> Read<Part> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start + 1..self.end];
        let Some(length) = rest.iter().position(|byte| *byte == b'\'') else {
            return self.fail(start..start + 1, TroubleKind::Open("'"));
        };
        self.at = start + length + 2;
        Ok(Part::Single(start + 1..start + 1 + length))
    }

    /// `$'…'`
    pub(super) fn dollar_single(&mut self) -> Read<Part> {
        let start = self.at;
        self.at += 2;
        loop {
            match self.peek() {
                None => return self.fail(start..start + 2, TroubleKind::Open("'")),
                Some(b'\'') => {
                    self.at += 1;
                    return Ok(Part::DollarSingle(start..self.at));
                }
                Some(b'\\') => {
                    self.escaped();
                }
                Some(_) => self.step(),
            }
        }
    }

    /// `"…"`
    pub(super) fn double(&mut self) -> Read<Part> {
        let start = self.at;
        self.at += 1;
        let parts = self.deeper(|reader| reader.double_parts(Some(start)))?;
        self.at += 1;
        Ok(Part::Double(parts, start..self.at))
    }

    /// What is between double quotes, or in the lines of a here-document, which no quote ends.
    pub(super) fn double_parts(&mut self, quote: Option<usize>) -> Read<Vec<Part>> {
        let mut parts = Vec::new();
        loop {
            let at = self.at;
            match (self.peek(), quote) {
                (None, Some(start)) => return self.fail(start..start + 1, TroubleKind::Open("\"")),
                (None, None) | (Some(b'"'), Some(_)) => return Ok(parts),
                (Some(b'$'), _) => parts.push(self.dollar(true)?),
                (Some(b'`'), _) => parts.push(self.backquotes(true)?),
                (Some(b'\\'), _) => match self.ahead(1) {
                    Some(b'\n') => self.at += 2,
                    Some(b'$' | b'`' | b'"' | b'\\') => parts.push(self.escaped()),
                    _ => {
                        self.at += 1;
                        parts.push(Part::Literal(at..self.at));
                    }
                },
                (Some(_), _) => {
                    let quoted = quote.is_some();
                    let ends = |byte: u8| matches!(byte, b'$' | b'`' | b'\\') || (quoted && byte == b'"');
                    let rest = &self.text.as_bytes()[at..self.end];
                    self.at += rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
                    parts.push(Part::Literal(at..self.at));
                }
            }
        }
    }
}
