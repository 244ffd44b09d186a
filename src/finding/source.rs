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
    /// Where its lines begin.
    lines: Vec<usize>,
}

impl Source {
    /// A text with a name.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: path.into(), text, lines }
    }

    /// The position of a byte.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }

    /// The lines that a span touches, without the last line's end, and the number of the first.
    #[must_use]
    pub fn lines_of(&self, span: &Range<usize>) -> (usize, Range<usize>) {
        let first = self.lines.partition_point(|start| *start <= span.start);
        let start = self.lines.get(first - 1).copied().unwrap_or(0);
        let last = span.end.max(span.start + 1).min(self.text.len());
        let end = self.text.get(last.saturating_sub(1)..).and_then(|rest| rest.find('\n'));
        (first, start..end.map_or(self.text.len(), |more| last.saturating_sub(1) + more))
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
    fn a_text_without_anything() {
        let source = Source::new("x", "");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.lines_of(&(0..0)), (1, 0..0));
    }
}
