//! The text that a recipe was read from, and where in it each value stands.
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, Snippet};

/// The way to a value: keys and indices from the top of the recipe, as `option`, `0`, `features`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pointer {
    steps: Vec<String>,
    /// The key is meant, not its value.
    key: bool,
}

impl Pointer {
    /// A pointer from its steps.
    #[must_use]
    pub fn new(steps: &[&dyn fmt::Display]) -> Self {
        Self { steps: steps.iter().map(ToString::to_string).collect(), key: false }
    }

    /// The key of the value.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.key = true;
        self
    }

    /// One step further.
    #[must_use]
    pub fn then(&self, step: impl fmt::Display) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step.to_string());
        Self { steps, key: false }
    }
}

/// A message about the value at a pointer; becomes a [`Diagnostic`] when the text is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Where.
    pub pointer: Pointer,
    /// One line, lower case.
    pub message: String,
    /// Facts.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

impl Located {
    /// A message about the value at `pointer`.
    #[must_use]
    pub fn new(pointer: Pointer, message: impl Into<String>) -> Self {
        Self { pointer, message: message.into(), notes: Vec::new(), help: Vec::new() }
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// A text file and the table in it that is the recipe.
#[derive(Clone, Debug)]
pub struct Source {
    /// As the user named it.
    pub path: PathBuf,
    /// All of it.
    pub text: String,
    /// Keys to the table: empty for `portwright.toml`, `package.metadata.portwright` for a `Cargo.toml`.
    pub root: Vec<&'static str>,
}

impl Source {
    /// The directory that paths in the recipe are relative to.
    #[must_use]
    pub fn directory(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }

    /// The bytes of the value at `pointer`, or of the nearest thing around it that exists.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Range<usize> {
        let Ok(top) = DeTable::parse(&self.text) else { return 0..0 };
        let mut span = top.span();
        let steps = self.root.iter().copied().chain(pointer.steps.iter().map(String::as_str));
        let top = DeValue::Table(top.into_inner());
        let mut value = &top;
        let mut last_key = None;
        for step in steps {
            let (key, next) = match value {
                DeValue::Table(table) => match table.get_key_value(step) {
                    Some((key, next)) => (Some(key.span()), next),
                    None => break,
                },
                DeValue::Array(items) => match step.parse().ok().and_then(|index: usize| items.get(index)) {
                    Some(next) => (None, next),
                    None => break,
                },
                _ => break,
            };
            span = narrow(key.clone(), next);
            last_key = key;
            value = next.get_ref();
        }
        match last_key {
            Some(key) if pointer.key => key,
            _ => span,
        }
    }

    /// The message as an error that points into this text.
    #[must_use]
    pub fn diagnostic(&self, located: Located) -> Diagnostic {
        let span = self.locate(&located.pointer);
        // Whoever reads a single value says both in a sentence: what is wrong, and what to write.
        let (message, way_out) = match located.message.split_once([':', ';']) {
            Some((wrong, rest)) if rest.starts_with(" write ") => (wrong.to_owned(), Some(rest.trim().to_owned())),
            _ => (located.message, None),
        };
        let mut diagnostic = Diagnostic::input(message).at(self.snippet(span, ""));
        diagnostic.notes = located.notes;
        diagnostic.help = way_out.into_iter().chain(located.help).collect();
        diagnostic
    }

    /// A place in this text.
    #[must_use]
    pub fn snippet(&self, span: Range<usize>, label: &str) -> Snippet {
        Snippet { path: self.path.clone(), text: self.text.clone(), span, label: label.to_owned() }
    }
}

/// A table's span reaches over all its lines; its key says more.
fn narrow(key: Option<Range<usize>>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    match (value.get_ref(), key) {
        (DeValue::Table(_) | DeValue::Array(_), Some(key)) => key,
        _ => value.span(),
    }
}
