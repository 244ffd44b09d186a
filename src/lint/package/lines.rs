//! The lines of a text with their places.
use std::ops::Range;

/// The lines of a text, each with where it is, without its end.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
}

/// The lines of a text, each with where it is, without its end.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    Lines { text, at: 0 }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').unwrap_or(rest.len());
        let span = self.at..self.at + length;
        self.at = span.end + 1;
        Some((&rest[..length], span))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_of_lines() {
        let found: Vec<_> = super::lines("a\n\nbc").collect();
        assert_eq!(found, [("a", 0..1), ("", 2..2), ("bc", 3..5)]);
        assert_eq!(super::lines("a\n").count(), 1);
    }
}
