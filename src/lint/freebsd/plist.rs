//! pkg-plist.
use std::ops::Range;
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::package::lines;

/// A packing list.
#[derive(Debug)]
pub(super) struct Plist {
    pub(super) source: Arc<Source>,
    pub(super) lines: Vec<Line>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The keyword behind `@`, without what stands in parentheses.
    pub(super) keyword: Option<String>,
    /// What stands in parentheses behind the keyword.
    pub(super) arguments: Option<String>,
    /// What follows the keyword, or the path.
    pub(super) rest: String,
    /// The line, without its end.
    pub(super) span: Range<usize>,
}

impl Plist {
    /// Reads a text.
    pub(super) fn read(source: &Arc<Source>) -> Self {
        Self { source: Arc::clone(source), lines: lines(&source.text).map(|(text, span)| read(text, span)).collect() }
    }

    /// A place in it.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::text(&self.source, span)
    }
}

fn read(text: &str, span: Range<usize>) -> Line {
    let text = without_conditions(text.trim_end());
    let Some(rest) = text.strip_prefix('@') else {
        return Line { keyword: None, arguments: None, rest: text.to_owned(), span };
    };
    let end = rest.find(|one: char| !(one.is_ascii_alphanumeric() || matches!(one, '-' | '_'))).unwrap_or(rest.len());
    let (keyword, rest) = rest.split_at(end);
    let (arguments, rest) = match rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((arguments, rest)) => (Some(arguments.to_owned()), rest),
        None => (None, rest),
    };
    Line { keyword: Some(keyword.to_owned()), arguments, rest: rest.trim().to_owned(), span }
}

/// `%%OPTION%%` in front of a line makes it one that is there or a comment.
fn without_conditions(text: &str) -> &str {
    let mut rest = text;
    while let Some((name, more)) = rest.strip_prefix("%%").and_then(|inner| inner.split_once("%%")) {
        // A directory is a part of the path.
        let condition = !name.ends_with("DIR") && (more.starts_with('@') || !more.starts_with('/'));
        if !condition || name.is_empty() || more.is_empty() {
            break;
        }
        rest = more;
    }
    rest
}

/// `%%NAME%%` in a text, with where each is.
pub(super) fn variables(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("%%").map(|more| at + more) {
        let name = start + 2;
        let end = text[name..]
            .find(|one: char| !(one.is_ascii_alphanumeric() || matches!(one, '_' | '-')))
            .map_or(text.len(), |more| name + more);
        if end > name && text[end..].starts_with("%%") {
            found.push((&text[name..end], start..end + 2));
            at = end + 2;
        } else {
            at = start + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{read, variables};

    #[test]
    fn lines_of_packing_lists() {
        let line = read("%%DOCS%%@sample(root,%%GROUPS%%,640) %%ETCDIR%%/x.sample", 0..1);
        assert_eq!((line.keyword.as_deref(), line.arguments.as_deref()), (Some("sample"), Some("root,%%GROUPS%%,640")));
        assert_eq!(line.rest, "%%ETCDIR%%/x.sample");
        assert_eq!(read("%%PORTDOCS%%%%DOCSDIR%%/x", 0..1).rest, "%%DOCSDIR%%/x");
        assert_eq!(read("@(www,www,0640) etc/x", 0..1).arguments.as_deref(), Some("www,www,0640"));
    }

    #[test]
    fn names_in_texts() {
        let names: Vec<&str> = variables("%%A%%/%%B_1%% 100%% %%%%C%%").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["A", "B_1", "C"]);
    }
}
