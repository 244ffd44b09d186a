//! Whether what we write is for a person's eyes.
use std::io::IsTerminal;

/// Whether colours are wanted on a stream: on a terminal, unless `NO_COLOR` is set.
pub(super) fn colours(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
