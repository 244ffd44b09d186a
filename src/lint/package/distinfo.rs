//! distinfo: what is known of distfiles and patches. All trees write `ALGORITHM (file) = value`; what may stand in it
//! and in which order is each tree's own.
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::lines::lines;
use crate::finding::{Edit, Fix, Place, Source};

/// A distinfo.
#[derive(Debug)]
pub(crate) struct Distinfo {
    pub(crate) source: Arc<Source>,
    pub(crate) lines: Vec<Line>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Nothing.
    Blank(Range<usize>),
    /// `$NetBSD$` and comments.
    Comment(Range<usize>),
    /// `TIMESTAMP = 1760000000`.
    Timestamp(Range<usize>),
    /// `SHA512 (file) = value`.
    Record(Record),
    /// Anything else.
    Unclear(Range<usize>),
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The algorithm, or `SIZE`.
    pub(crate) algorithm: String,
    /// The file, with its directory.
    pub(crate) file: String,
    /// The value, with all that follows it.
    pub(crate) value: String,
    /// Where the file's name is.
    pub(crate) file_span: Range<usize>,
    /// Where the value is.
    pub(crate) value_span: Range<usize>,
    /// The line, without its end.
    pub(crate) span: Range<usize>,
}

impl Distinfo {
    /// Reads a text.
    pub(crate) fn read(source: &Arc<Source>) -> Self {
        let lines = lines(&source.text).map(|(line, span)| read_line(line, span)).collect();
        Self { source: Arc::clone(source), lines }
    }

    /// The lines that are about files, in their order.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.lines.iter().filter_map(|line| match line {
            Line::Record(record) => Some(record),
            _ => None,
        })
    }

    /// The lines by file, each in its order.
    pub(crate) fn by_file(&self) -> BTreeMap<&str, Vec<&Record>> {
        let mut by_file: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
        for record in self.records() {
            by_file.entry(&record.file).or_default().push(record);
        }
        by_file
    }

    /// The files that lack each of the algorithms, in the order of these, with a line about the first such file.
    pub(crate) fn lacking<'a>(&self, algorithms: &[&'a str]) -> Vec<(&'a str, Vec<&str>, &Record)> {
        let by_file = self.by_file();
        let of = |algorithm: &&'a str| {
            let lacks = by_file.iter().filter(|(_, records)| !records.iter().any(|one| one.algorithm == **algorithm));
            let lacks: Vec<_> = lacks.filter_map(|(file, records)| Some((*file, *records.first()?))).collect();
            let first = lacks.first()?.1;
            Some((*algorithm, lacks.into_iter().map(|(file, _)| file).collect(), first))
        };
        algorithms.iter().filter_map(of).collect()
    }

    /// Puts the lines about files into another order.
    pub(crate) fn reordered(&self, what: &str, sorted: &[&Record]) -> Fix {
        let moved = self.records().zip(sorted).filter(|(old, new)| old.span != new.span);
        let edit = |(old, new): (&Record, &&Record)| Edit {
            span: old.span.clone(),
            text: self.source.text[new.span.clone()].to_owned(),
        };
        Fix { what: what.to_owned(), edits: moved.map(edit).collect() }
    }

    /// A place in it.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place::text(&self.source, span)
    }

    /// A line with its end, to be taken out.
    pub(crate) fn whole_line(&self, span: &Range<usize>) -> Range<usize> {
        let end = if self.source.text[span.end..].starts_with('\n') { span.end + 1 } else { span.end };
        span.start..end
    }
}

fn read_line(line: &str, span: Range<usize>) -> Line {
    if line.trim().is_empty() {
        return Line::Blank(span);
    }
    if line.starts_with(['$', '#']) {
        return Line::Comment(span);
    }
    if line.strip_prefix("TIMESTAMP").is_some_and(|rest| rest.trim_start().starts_with('=')) {
        return Line::Timestamp(span);
    }
    record(line, &span).map_or(Line::Unclear(span), Line::Record)
}

fn record(line: &str, span: &Range<usize>) -> Option<Record> {
    let (algorithm, rest) = line.split_once(" (")?;
    let (file, value) = rest.rsplit_once(") = ")?;
    let well = !algorithm.is_empty() && algorithm.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !well || file.is_empty() || value.trim().is_empty() {
        return None;
    }
    let file_start = span.start + algorithm.len() + 2;
    let value_start = file_start + file.len() + 4;
    Some(Record {
        algorithm: algorithm.to_owned(),
        file: file.to_owned(),
        value: value.to_owned(),
        file_span: file_start..file_start + file.len(),
        value_span: value_start..value_start + value.len(),
        span: span.clone(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Distinfo, Line};
    use crate::finding::Source;

    #[test]
    fn lines_of_all_trees() {
        let text = "$NetBSD$\n\nSHA512 (a b.crate) = 00\nSize (a) = 1 bytes\nTIMESTAMP = 5\nnonsense\n";
        let read = Distinfo::read(&Arc::new(Source::new("distinfo", text)));
        assert!(matches!(
            read.lines[..],
            [Line::Comment(_), Line::Blank(_), Line::Record(_), Line::Record(_), Line::Timestamp(_), Line::Unclear(_)]
        ));
        let records: Vec<_> = read.records().collect();
        assert_eq!(&text[records[0].file_span.clone()], "a b.crate");
        assert_eq!(&text[records[1].value_span.clone()], "1 bytes");
    }
}
