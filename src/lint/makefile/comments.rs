//! Comments of a makefile that are for us.
use std::ops::Range;

use super::Makefile;
use super::statement::{Statement, each};
use crate::finding::Finding;
use crate::lint::{Allowance, allowance};

/// The comments of a makefile that allow findings, and findings about those that try in vain.
///
/// A comment behind something is about that line; one on a line of its own about what follows it; one that an empty
/// line separates from what follows, at the head of the file, about the whole file.
#[must_use]
pub fn allowances(makefile: &Makefile) -> (Vec<Allowance>, Vec<Finding>) {
    let mut good = Vec::new();
    let mut bad = Vec::new();
    for span in &makefile.comments {
        let Some(text) = makefile.text(span).strip_prefix('#') else { continue };
        if !text.contains("portwright:") {
            continue;
        }
        let scope = scope(makefile, span);
        match allowance(&makefile.source, text, &(span.start + 1..span.end), scope) {
            Some(Ok(one)) => good.push(one),
            Some(Err(finding)) => bad.push(finding),
            None => {}
        }
    }
    (good, bad)
}

fn scope(makefile: &Makefile, comment: &Range<usize>) -> Range<usize> {
    let text = &makefile.source.text;
    let line = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    if !text[line..comment.start].trim().is_empty() {
        return line..comment.end;
    }
    let head = makefile.statements.first().map_or(text.len(), |first| span_of(first).start);
    let after = text[comment.end..].trim_start_matches(['\r', ' ', '\t']);
    if comment.end < head
        && after.strip_prefix('\n').is_some_and(|rest| rest.trim_start_matches('\r').starts_with('\n'))
    {
        return 0..text.len();
    }
    let mut next: Option<Range<usize>> = None;
    each(&makefile.statements, &mut |statement, _| {
        let span = span_of(statement);
        if span.start >= comment.end && next.as_ref().is_none_or(|one| span.start < one.start) {
            next = Some(span);
        }
    });
    next.unwrap_or(comment.end..text.len())
}

fn span_of(statement: &Statement) -> Range<usize> {
    match statement {
        Statement::Assign(one) => one.span.clone(),
        Statement::Include(one) => one.span.clone(),
        Statement::For(one) => one.span.clone(),
        Statement::Target(one) => one.span.clone(),
        Statement::If(branches) => {
            let start = branches.first().map_or(0, |branch| branch.line.start);
            let last = branches.last();
            let end = last.map_or(start, |branch| {
                branch.body.iter().map(|one| span_of(one).end).fold(branch.line.end, usize::max)
            });
            start..end
        }
        Statement::Undef(_) => usize::MAX..usize::MAX,
    }
}
