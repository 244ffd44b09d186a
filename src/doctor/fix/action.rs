//! Things that are safe to do.
use std::fmt;

/// Something that is safe to do: it takes nothing away, and doing it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A link under the name that the server looks for, in a directory of the service's own.
    Link {
        /// The link.
        at: String,
        /// What it says.
        target: String,
    },
    /// A directory that is missing.
    Directory {
        /// The directory.
        path: String,
        /// Its owner's name and number.
        owner: (String, u32),
        /// Its group's name and number.
        group: (String, u32),
        /// Its permissions.
        mode: u32,
    },
    /// A line at the end of a file of settings, of which a copy is kept.
    Setting {
        /// The file.
        file: String,
        /// The variable.
        variable: String,
        /// Its value; only characters that mean nothing to a shell, and blanks.
        value: String,
    },
}

impl Action {
    /// The same as a command to type as root.
    #[must_use]
    pub fn command(&self) -> String {
        match self {
            Self::Link { at, target } => {
                let directory = at.rsplit_once('/').map_or("/", |(directory, _)| directory);
                format!("mkdir -p {directory} && ln -s {target} {at}")
            }
            Self::Directory { path, owner, group, mode } => {
                format!("mkdir -p {path} && chown {}:{} {path} && chmod {mode:04o} {path}", owner.0, group.0)
            }
            Self::Setting { file, variable, value } => format!("echo '{}' >>{file}", line(variable, value)),
        }
    }
}

/// The line of a setting.
pub(super) fn line(variable: &str, value: &str) -> String {
    if value.contains(' ') { format!("{variable}=\"{value}\"") } else { format!("{variable}={value}") }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link { at, target } => write!(f, "link {at} -> {target}"),
            Self::Directory { path, owner, group, mode } => {
                write!(f, "make {path} ({}:{}, {mode:04o})", owner.0, group.0)
            }
            Self::Setting { file, variable, value } => write!(f, "add {} to {file}", line(variable, value)),
        }
    }
}
