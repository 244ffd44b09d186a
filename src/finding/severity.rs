//! How bad a finding is.
use std::fmt;

use serde::Serialize;

/// How bad it is; decides, together with `--strict`, the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The OS refuses it, or it cannot work.
    Error,
    /// It is accepted and goes wrong at run time.
    Warning,
    /// Obsolete, odd or better said otherwise; nothing breaks.
    Note,
    /// What is there does not suffice to decide; never counted as good.
    Unknown,
}

impl Severity {
    /// All, the worst first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Note, Self::Unknown];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
