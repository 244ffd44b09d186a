//! A makefile as it was read.
use std::ops::Range;
use std::sync::Arc;

use super::read::Unclear;
use super::statement::{Assign, Include, Statement, Target, each};
use crate::finding::{Place, Source};

/// A makefile as it was read.
#[derive(Clone, Debug)]
pub struct Makefile {
    /// Its text.
    pub source: Arc<Source>,
    /// What it says, in its order.
    pub statements: Vec<Statement>,
    /// Its comments, each without the line's end.
    pub comments: Vec<Range<usize>>,
    /// What BSD make does not understand.
    pub unclear: Vec<Unclear>,
}

impl Makefile {
    /// A place in it.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::text(&self.source, span)
    }

    /// What stands there.
    #[must_use]
    pub fn text(&self, span: &Range<usize>) -> &str {
        self.source.text.get(span.clone()).unwrap_or_default()
    }

    /// All assignments, and whether each is in a conditional or a loop.
    #[must_use]
    pub fn assignments(&self) -> Vec<(&Assign, bool)> {
        let mut found = Vec::new();
        each(&self.statements, &mut |statement, inside| {
            if let Statement::Assign(assign) = statement {
                found.push((assign, inside));
            }
        });
        found
    }

    /// All inclusions, and whether each is in a conditional or a loop.
    #[must_use]
    pub fn includes(&self) -> Vec<(&Include, bool)> {
        let mut found = Vec::new();
        each(&self.statements, &mut |statement, inside| {
            if let Statement::Include(include) = statement {
                found.push((include, inside));
            }
        });
        found
    }

    /// All targets, and whether each is in a conditional or a loop.
    #[must_use]
    pub fn targets(&self) -> Vec<(&Target, bool)> {
        let mut found = Vec::new();
        each(&self.statements, &mut |statement, inside| {
            if let Statement::Target(target) = statement {
                found.push((target, inside));
            }
        });
        found
    }
}
