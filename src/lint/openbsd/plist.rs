//! Packing lists.
use std::ops::Range;
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::package::lines;

/// A packing list, or a fragment of one.
#[derive(Debug)]
pub(super) struct Plist {
    pub(super) source: Arc<Source>,
    pub(super) lines: Vec<Line>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The keyword behind `@`; none for a plain path. Words that only mark the kind of a file, as `@bin`, are keywords too.
    pub(super) keyword: Option<String>,
    /// What follows the keyword, or the path.
    pub(super) rest: String,
    /// The line, without its end.
    pub(super) span: Range<usize>,
}

impl Plist {
    /// Reads a text.
    pub(super) fn read(source: &Arc<Source>) -> Self {
        let lines = lines(&source.text).map(|(text, span)| {
            let text = text.trim_end();
            match text.strip_prefix('@') {
                Some(rest) => {
                    let (keyword, rest) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
                    Line { keyword: Some(keyword.to_owned()), rest: rest.trim().to_owned(), span }
                }
                None => Line { keyword: None, rest: text.to_owned(), span },
            }
        });
        Self { source: Arc::clone(source), lines: lines.collect() }
    }

    /// A place in it.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::text(&self.source, span)
    }

    /// The lines with a keyword.
    pub(super) fn with<'a>(&'a self, keyword: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.keyword.as_deref() == Some(keyword))
    }
}
