//! Why something of a root cannot be told.
use std::fmt;

use nix::errno::Errno;

use super::Kind;

/// Why something of a root cannot be told. Only [`Failure::Absent`] is itself an answer; all others mean *unknown*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It is not there: the first component that is missing.
    Absent(String),
    /// A link on the way leads nowhere: the link, and where it points.
    Dangling(String, String),
    /// A link on the way leads to itself sooner or later.
    Loop(String),
    /// Something on the way is no directory.
    NotDirectory(String),
    /// The one who asks may not look there.
    Forbidden(String),
    /// It is no regular file, and nothing else is opened.
    Special(String, Kind),
    /// It is larger than what is read of such a file: bytes there, bytes allowed.
    TooBig(String, u64, u64),
    /// It is not text.
    NotText(String),
    /// The time for looking was over.
    Late(String),
    /// The OS says something else.
    Os(String, Errno),
}

impl Failure {
    /// Whether it says that the thing is not there, which is an answer.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent(_))
    }

    /// What the OS said about `path`.
    #[must_use]
    pub fn os(path: &str, errno: Errno) -> Self {
        match errno {
            Errno::ENOENT => Self::Absent(path.to_owned()),
            Errno::EACCES | Errno::EPERM => Self::Forbidden(path.to_owned()),
            Errno::ENOTDIR => Self::NotDirectory(path.to_owned()),
            Errno::ELOOP => Self::Loop(path.to_owned()),
            _ => Self::Os(path.to_owned(), errno),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(path) => write!(f, "{path} is not there"),
            Self::Dangling(link, target) => write!(f, "the link {link} points to {target}, which is not there"),
            Self::Loop(path) => write!(f, "the link {path} leads in a circle"),
            Self::NotDirectory(path) => write!(f, "{path} is not a directory"),
            Self::Forbidden(path) => write!(f, "you may not look at {path}"),
            Self::Special(path, kind) => write!(f, "{path} is {kind}, which is not opened"),
            Self::TooBig(path, size, limit) => {
                write!(f, "{path} has {size} bytes; more than {limit} of such a file are not read")
            }
            Self::NotText(path) => write!(f, "{path} is not text"),
            Self::Late(path) => write!(f, "no time was left to look at {path}: other things took it"),
            Self::Os(path, errno) => write!(f, "{path}: {}", errno.desc()),
        }
    }
}

impl std::error::Error for Failure {}

/// Bytes from a host in one line: what could move a terminal's cursor is written as an escape.
#[must_use]
pub fn safe(bytes: &[u8]) -> String {
    let mut text = String::new();
    for c in String::from_utf8_lossy(bytes).chars() {
        // Besides controls: characters that turn the direction of a line round.
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn one_line_whatever_it_is() {
        assert_eq!(safe(b"a\nb\x1b[31m\xff"), "a\\nb\\u{1b}[31m\u{fffd}");
        assert_eq!(safe("\u{202e}x".as_bytes()), "\\u{202e}x");
    }
}
