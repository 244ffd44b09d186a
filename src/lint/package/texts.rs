//! What texts of all trees have in common: blanks at the end of lines, the last line's end, long lines.
use std::ops::Range;
use std::sync::Arc;

use super::lines::lines;
use crate::finding::{Edit, Fix, Place, Rule, Source};
use crate::lint::package::Out;

/// Blanks at the end of lines; one finding for a file.
pub(crate) fn trailing(source: &Arc<Source>, rule: &'static Rule, out: &mut Out) {
    let spans: Vec<Range<usize>> = lines(&source.text)
        .filter_map(|(line, span)| {
            let kept = line.trim_end_matches([' ', '\t', '\u{b}', '\u{c}']).len();
            (kept < line.len()).then_some(span.start + kept..span.end)
        })
        .collect();
    let Some(first) = spans.first() else { return };
    let message = match spans.len() {
        1 => "a line ends in blanks".to_owned(),
        count => format!("{count} lines end in blanks"),
    };
    let edits = spans.iter().map(|span| Edit { span: span.clone(), text: String::new() }).collect();
    let fix = Fix { what: "take out blanks at the ends of lines".to_owned(), edits };
    out.say_with(rule, Place::text(source, first.clone()), message, |finding| finding.fix(fix));
}

/// A last line without its end.
pub(crate) fn unended(source: &Arc<Source>, rule: &'static Rule, out: &mut Out) {
    if source.text.is_empty() || source.text.ends_with('\n') {
        return;
    }
    let end = source.text.len();
    let start = source.text.rfind('\n').map_or(0, |at| at + 1);
    let fix = Fix::new("end the last line", end..end, "\n");
    out.say_with(rule, Place::text(source, start..end), "the last line has no end", |finding| finding.fix(fix));
}

/// Lines with more than so many characters that have a blank, at which they could be broken; one finding for a file.
pub(crate) fn long(source: &Arc<Source>, most: usize, rule: &'static Rule, out: &mut Out) {
    let is_long = |line: &str| line.len() > most && line.chars().count() > most && line.contains([' ', '\t']);
    let spans: Vec<Range<usize>> =
        lines(&source.text).filter(|(line, _)| is_long(line)).map(|(_, span)| span).collect();
    let Some(first) = spans.first() else { return };
    let message = match spans.len() {
        1 => format!("a line has more than {most} characters"),
        count => format!("{count} lines have more than {most} characters"),
    };
    out.say(rule, Place::text(source, first.clone()), message);
}
