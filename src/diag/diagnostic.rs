//! One error or warning, with its place in the user's file and the ways out.
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet as Drawn};

/// Whose fault it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The recipe, a profile, the crate or the command line: exit code 2.
    Input,
    /// Network, missing tool, disk, permissions: exit code 3.
    Environment,
}

/// A place in a text that the user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The file, as the user named it.
    pub path: PathBuf,
    /// The whole text of the file.
    pub text: String,
    /// The offending bytes of `text`.
    pub span: Range<usize>,
    /// What is wrong there, in a few words.
    pub label: String,
}

/// An error that says what was tried, where, and what to do next.
///
/// It travels inside [`anyhow::Error`]; the command line draws it and takes the exit code from [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whose fault it is.
    pub fault: Fault,
    /// One line, lower case, no full stop.
    pub message: String,
    /// Where, when there is a text to point at. Boxed: most results carry no error.
    pub snippet: Option<Box<Snippet>>,
    /// Facts that explain the message, one line each.
    pub notes: Vec<String>,
    /// What to do: the next command to type or the line to write.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error in what the user gave.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(Fault::Input, message.into())
    }

    /// An error of the machine or the network.
    #[must_use]
    pub fn environment(message: impl Into<String>) -> Self {
        Self::new(Fault::Environment, message.into())
    }

    fn new(fault: Fault, message: String) -> Self {
        Self { fault, message, snippet: None, notes: Vec::new(), help: Vec::new() }
    }

    /// Points at a place in the user's text.
    #[must_use]
    pub fn at(mut self, snippet: Snippet) -> Self {
        self.snippet = Some(Box::new(snippet));
        self
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

    /// 1-based line and column (in characters) of the place pointed at.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        let snippet = self.snippet.as_ref()?;
        let before = snippet.text.get(..snippet.span.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }

    /// The error drawn for a person, with colours when `colour` is set.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let path = self.snippet.as_ref().map(|snippet| snippet.path.display().to_string());
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()));
        if let (Some(snippet), Some(path)) = (&self.snippet, &path) {
            group = group.element(
                Drawn::source(snippet.text.as_str())
                    .path(path.as_str())
                    .annotation(AnnotationKind::Primary.span(snippet.span.clone()).label(snippet.label.as_str())),
            );
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        for help in &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostic {}
