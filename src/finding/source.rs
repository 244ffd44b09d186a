//! A text that is judged, and places in it as lines and columns.
use std::ops::Range;
use std::path::PathBuf;

/// Line and column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A file as it was read.
#[derive(Debug)]
pub struct Source {
    /// As the user named it, or as found below what the user named.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Where the first byte stood that is none of the text's encoding, if there was one.
    pub wrong_byte: Option<usize>,
    /// Where its lines begin.
    lines: Vec<usize>,
    /// How many characters begin before each chunk of [`CHUNK`] bytes: a line can be as long as the text.
    chunks: Vec<usize>,
}

const CHUNK: usize = 1024;

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    // All bytes of UTF-8 but those that continue a character.
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

impl Source {
    /// A text with a name.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let chunks = text
            .as_bytes()
            .chunks(CHUNK)
            .map(|chunk| {
                let first = before;
                before += characters(chunk);
                first
            })
            .collect();
        Self { path: path.into(), text, wrong_byte: None, lines, chunks }
    }

    /// The same, read from bytes of which one was wrong.
    #[must_use]
    pub fn with_wrong_byte(self, wrong_byte: Option<usize>) -> Self {
        Self { wrong_byte, ..self }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let chunk = (offset / CHUNK).min(self.chunks.len().saturating_sub(1));
        let counted = self.chunks.get(chunk).copied().unwrap_or(0);
        counted + characters(&self.text.as_bytes()[chunk * CHUNK..offset])
    }

    /// The position of a byte.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// The lines that a span touches, without the last line's end, and the number of the first.
    #[must_use]
    pub fn lines_of(&self, span: &Range<usize>) -> (usize, Range<usize>) {
        let first = self.lines.partition_point(|start| *start <= span.start);
        let start = self.lines.get(first - 1).copied().unwrap_or(0);
        let last = span.end.max(span.start + 1).min(self.text.len());
        let end = self.text.get(last.saturating_sub(1)..).and_then(|rest| rest.find('\n'));
        // At the end of the text there may be nothing left of the line.
        (first, start..end.map_or(self.text.len(), |more| last.saturating_sub(1) + more).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, Source};

    #[test]
    fn places_in_a_text() {
        let source = Source::new("x", "one\nzwö tree\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(4), Position { line: 2, column: 1 });
        assert_eq!(source.position(9), Position { line: 2, column: 5 });
        assert_eq!(source.position(14), Position { line: 3, column: 1 });
        assert_eq!(source.lines_of(&(5..6)), (2, 4..13));
        assert_eq!(source.lines_of(&(0..6)), (1, 0..13));
        assert_eq!(source.lines_of(&(3..3)), (1, 0..3));
        assert_eq!(source.lines_of(&(14..14)), (3, 14..14));
    }

    #[test]
    fn columns_of_a_long_line() {
        let source = Source::new("x", format!("a\n{}b", "ü".repeat(5000)));
        assert_eq!(source.position(2 + 2 * 5000), Position { line: 2, column: 5001 });
        assert_eq!(source.position(2 + 2 * 511), Position { line: 2, column: 512 });
        assert_eq!(source.position(1 << 20), Position { line: 2, column: 5002 });
    }

    #[test]
    fn a_text_without_anything() {
        let source = Source::new("x", "");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.lines_of(&(0..0)), (1, 0..0));
    }
}
