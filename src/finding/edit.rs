//! Changes of a text that mend a finding.
use std::ops::Range;

/// Some bytes of a text and what comes in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes.
    pub span: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

/// Edits of one text that belong together, and what they do in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What they do.
    pub what: String,
    /// All of them, or none.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// One edit.
    #[must_use]
    pub fn new(what: impl Into<String>, span: Range<usize>, text: impl Into<String>) -> Self {
        Self { what: what.into(), edits: vec![Edit { span, text: text.into() }] }
    }
}

/// The text with as many of the fixes as do not touch each other, and how many those are. The first one wins; whoever
/// runs this again on the result gets the others.
#[must_use]
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        let touches = |edit: &Edit| {
            taken.iter().any(|other| edit.span.start <= other.span.end && other.span.start <= edit.span.end)
        };
        let fits = |edit: &Edit| text.get(edit.span.clone()).is_some();
        if fix.edits.iter().all(|edit| fits(edit) && !touches(edit)) {
            taken.extend(&fix.edits);
            applied += 1;
        }
    }
    taken.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        // Edits of one fix may touch each other only by mistake; then the text between them is empty.
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, applied)
}

#[cfg(test)]
mod tests {
    use super::{Fix, apply};

    #[test]
    fn fixes_that_touch_wait() {
        let fixes = [Fix::new("a", 0..3, "ONE"), Fix::new("b", 2..5, "x"), Fix::new("c", 8..13, "")];
        assert_eq!(apply("one two three", &fixes), ("ONE two ".to_owned(), 2));
    }

    #[test]
    fn a_fix_beyond_the_text_is_none() {
        assert_eq!(apply("ab", &[Fix::new("a", 1..9, "")]), ("ab".to_owned(), 0));
    }
}
