//! How a run ends.
use std::process::ExitCode;

use crate::diag::{Diagnostic, Fault};

/// How a run ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is as it should be.
    Done,
    /// There are findings, or files differ from what would be written.
    Findings,
    /// What there is to look at does not suffice to say.
    Undecided,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::from(0),
            Outcome::Findings => Self::from(1),
            Outcome::Undecided => Self::from(3),
        }
    }
}

/// 2 for what the user gave, 3 for the environment; what is neither said to be is the environment's.
pub(super) fn exit_code(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref::<Diagnostic>().map(|diagnostic| diagnostic.fault) {
        Some(Fault::Input) => ExitCode::from(2),
        Some(Fault::Environment) | None => ExitCode::from(3),
    }
}
