//! Comments in a script that allow findings.
use std::sync::Arc;

use crate::finding::Source;
use crate::lint::shell::{Script, Span};
use crate::lint::{Judged, allowance};

/// Reads the comments. One before the first command, or one that stands behind something on its line, is about the whole
/// file or that line; any other about what follows it, up to the end of that command.
pub(super) fn allowed(source: &Arc<Source>, script: &Script, judged: &mut Judged) {
    let text = source.text.as_str();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for item in &script.body.items {
        spans(&item.first.commands, &mut ends);
        for (_, pipeline) in &item.rest {
            spans(&pipeline.commands, &mut ends);
        }
    }
    let first = ends.iter().map(|(start, _)| *start).min().unwrap_or(text.len());
    for comment in &script.comments {
        let inner = text[comment.clone()].trim_start_matches('#');
        if !inner.contains("portwright:") {
            continue;
        }
        let span = comment.end - inner.len()..comment.end;
        let scope = scope(text, comment, first, &ends);
        match allowance(source, inner, &span, scope) {
            Some(Ok(allowance)) => judged.allowances.push(allowance),
            Some(Err(finding)) => judged.findings.push(finding),
            None => {}
        }
    }
}

fn spans(commands: &[crate::lint::shell::Command], ends: &mut Vec<(usize, usize)>) {
    use crate::lint::shell::Command;
    for command in commands {
        let span = match command {
            Command::Simple(simple) => &simple.span,
            Command::Compound(compound) => &compound.span,
            Command::Function(function) => &function.span,
        };
        ends.push((span.start, span.end));
    }
}

fn scope(text: &str, comment: &Span, first: usize, ends: &[(usize, usize)]) -> Span {
    let line = text[..comment.start].rfind('\n').map_or(0, |end| end + 1);
    if !text[line..comment.start].trim().is_empty() {
        return line..comment.start;
    }
    if comment.start < first {
        return 0..text.len();
    }
    let inside = ends.iter().any(|(start, end)| *start < comment.start && comment.end <= *end);
    let after = text[comment.end..].lines().skip(1).find(|line| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    });
    let Some(after) = after else { return comment.end..text.len() };
    let start = after.as_ptr() as usize - text.as_ptr() as usize;
    let end = start + after.len();
    // Inside a function or an `if` the next line is meant; outside, the whole of the next command.
    let whole = ends.iter().filter(|(at, _)| !inside && (start..end).contains(at)).map(|(_, end)| *end).max();
    start..whole.unwrap_or(end).max(end)
}
