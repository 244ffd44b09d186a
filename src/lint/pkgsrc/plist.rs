//! PLIST: what a package has.
use std::ops::Range;
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::package::lines;

/// PLIST.
#[derive(Debug)]
pub(super) struct Plist {
    pub(super) source: Arc<Source>,
    pub(super) entries: Vec<Listed>,
    /// Lines with an `@`, but for comments.
    pub(super) directives: Vec<(String, Range<usize>)>,
}

/// A path of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// The path, without the conditions before it.
    pub(super) path: String,
    /// The conditions: `web` of `${PLIST.web}`.
    pub(super) conditions: Vec<String>,
    /// The line, without its end.
    pub(super) span: Range<usize>,
}

impl Plist {
    /// Reads a text.
    pub(super) fn read(source: &Arc<Source>) -> Self {
        let mut plist = Self { source: Arc::clone(source), entries: Vec::new(), directives: Vec::new() };
        for (line, span) in lines(&source.text) {
            let mut rest = line.trim_end();
            let mut conditions = Vec::new();
            while let Some((name, more)) = rest.strip_prefix("${PLIST.").and_then(|more| more.split_once('}')) {
                conditions.push(name.to_owned());
                rest = more;
            }
            if rest.is_empty() || rest.starts_with("@comment") {
                continue;
            }
            if rest.starts_with('@') {
                plist.directives.push((rest.to_owned(), span));
            } else {
                plist.entries.push(Listed { path: rest.to_owned(), conditions, span });
            }
        }
        plist
    }

    /// A place in it.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::text(&self.source, span)
    }
}
