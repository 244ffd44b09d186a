//! Text that a dialect cannot hold.
use std::cell::RefCell;
use std::fmt;
use std::io;

use crate::diag::Diagnostic;

/// The text that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The offending literal, or the word of it that is to blame.
    pub text: String,
    /// What the dialect cannot hold, as the end of a sentence that starts with the text.
    pub why: String,
}

impl Refused {
    pub(super) fn new(text: impl Into<String>, why: impl Into<String>) -> Self {
        Self { text: text.into(), why: why.into() }
    }

    /// Refuses control characters other than those in `allowed`; `place` names where the text goes.
    pub(super) fn controls(text: &str, allowed: &[char], place: &str) -> Result<(), Self> {
        match text.chars().find(|c| c.is_control() && !allowed.contains(c)) {
            Some('\n') => Err(Self::new(text, format!("has a line break, which {place} cannot hold"))),
            Some(c) => {
                Err(Self::new(text, format!("has the control character U+{:04X}, which {place} cannot hold", c as u32)))
            }
            None => Ok(()),
        }
    }

    /// As an error about the user's input, which can be downcast to [`Diagnostic`] and to `Refused`. The place in the
    /// recipe is for the caller to add.
    pub(super) fn into_error(self, template: &str) -> anyhow::Error {
        let diagnostic = Diagnostic::input(self.to_string()).note(format!("it was to go into `{template}`"));
        anyhow::Error::new(diagnostic).context(self)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text {:?} {}", self.text, self.why)
    }
}

impl std::error::Error for Refused {}

thread_local! {
    // The template engine turns the errors of filters into strings; this is the way round it. One rendering runs on
    // one thread, and takes what it left behind.
    static LAST: RefCell<Option<Refused>> = const { RefCell::new(None) };
}

/// Keeps the refusal for [`take`] and gives the engine an error to stop at.
pub(super) fn stop(refused: Refused) -> tera::Error {
    let error = tera::Error::message(refused.to_string());
    LAST.with(|last| *last.borrow_mut() = Some(refused));
    error
}

/// As [`stop`], for the escape function.
pub(super) fn stop_io(refused: Refused) -> io::Error {
    let error = io::Error::other(refused.to_string());
    LAST.with(|last| *last.borrow_mut() = Some(refused));
    error
}

/// The refusal that stopped the last rendering on this thread, if one did.
pub(super) fn take() -> Option<Refused> {
    LAST.with(|last| last.borrow_mut().take())
}
