//! A finding drawn for a person.
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Finding, Place, Severity, Source};

/// Longer lines than this are not shown: nobody reads them, and drawing megabytes takes seconds.
const LONGEST_LINE: usize = 2000;
/// Of a place that spans lines, the first is shown.
const LONGEST_SPAN: usize = 400;

/// The finding drawn with its line, what happens at run time and how to mend it; with colours when `colour` is set.
#[must_use]
pub fn human(finding: &Finding, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
        Severity::Unknown => Level::INFO.with_name("unknown"),
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.rule.code);
    let places: Vec<(&Place, &str)> = std::iter::once((&finding.place, ""))
        .chain(finding.related.iter().map(|related| (&related.place, related.what.as_str())))
        .collect();
    let names: Vec<String> = places.iter().map(|(place, _)| file(place)).collect();
    let mut group = Group::with_title(title);
    for (at, ((place, what), name)) in places.iter().zip(&names).enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match shown(place) {
            Some((line, text, span)) => {
                let mut mark = kind.span(span);
                if !what.is_empty() {
                    mark = mark.label(*what);
                }
                group.element(Snippet::source(text).line_start(line).path(name.as_str()).fold(true).annotation(mark))
            }
            None => group.element(Level::INFO.with_name("in").message(place.name())),
        };
    }
    // The effect of what could not be decided is said in the message.
    if !finding.effect.is_empty() {
        group = group.element(Level::NOTE.with_name("at run time").message(finding.effect.as_ref()));
    }
    if !finding.mend.is_empty() {
        let how = if finding.fix.is_some() { "mend (--fix does it)" } else { "mend" };
        group = group.element(Level::HELP.with_name(how).message(finding.mend.as_ref()));
    }
    renderer.render(&[group])
}

fn file(place: &Place) -> String {
    place.path().map(|path| path.display().to_string()).unwrap_or_default()
}

/// The lines of a place, the number of the first, and the place in them.
fn shown(place: &Place) -> Option<(usize, &str, Range<usize>)> {
    let Place::Text { source, span } = place else { return None };
    let span = first_line(source, span);
    let (line, lines) = source.lines_of(&span);
    let text = source.text.get(lines.clone())?;
    (text.len() <= LONGEST_LINE && !text.is_empty())
        .then(|| (line, text, span.start - lines.start..span.end.min(lines.end) - lines.start))
}

/// The span, or its first line when it is long.
fn first_line(source: &Source, span: &Range<usize>) -> Range<usize> {
    let text = source.text.get(span.clone()).unwrap_or_default();
    match text.find('\n') {
        Some(end) if text.len() > LONGEST_SPAN || text.matches('\n').count() > 2 => span.start..span.start + end,
        _ => span.clone(),
    }
}
