//! Where a crate comes from, and under which conditions it may be looked for.
use std::path::PathBuf;

use super::progress::{Progress, Silent};
use crate::diag::Diagnostic;

/// Where the server's source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upstream {
    /// A release in cargo's default registry.
    Registry {
        /// The crate's name.
        name: String,
        /// The exact version; without one the newest release that was not yanked.
        version: Option<String>,
    },
    /// A directory: a crate, a workspace, or a member of one.
    Path {
        /// The directory.
        dir: PathBuf,
        /// Which package of the workspace; needed only when there are several with binaries.
        package: Option<String>,
    },
    /// The archive that GitHub makes of a tag.
    Github {
        /// The account.
        owner: String,
        /// The repository.
        repo: String,
        /// The tag, as it is there (with its `v`).
        tag: String,
        /// Which package of the workspace; needed only when there are several with binaries.
        package: Option<String>,
    },
}

/// What opening a crate may do, and where it keeps things.
#[derive(Clone)]
pub struct Options<'a> {
    /// Never touch the network.
    pub offline: bool,
    /// Told about long steps.
    pub progress: &'a dyn Progress,
    /// Where downloads, digests and dependency trees are kept; `None` is `$XDG_CACHE_HOME/portwright`, or else
    /// `~/.cache/portwright`.
    pub cache_dir: Option<PathBuf>,
    /// cargo's home; `None` is `$CARGO_HOME`, or else `~/.cargo`.
    pub cargo_home: Option<PathBuf>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { offline: false, progress: &Silent, cache_dir: None, cargo_home: None }
    }
}

impl Options<'_> {
    /// The directory for everything that may be thrown away.
    pub fn cache_dir(&self) -> anyhow::Result<PathBuf> {
        let from_env = || {
            absolute_env("XDG_CACHE_HOME")
                .or_else(|| absolute_env("HOME").map(|home| home.join(".cache")))
                .map(|cache| cache.join("portwright"))
        };
        self.cache_dir.clone().or_else(from_env).ok_or_else(|| {
            Diagnostic::environment("no directory for the cache")
                .note("neither XDG_CACHE_HOME nor HOME is set to an absolute path")
                .help("set HOME and run again")
                .into()
        })
    }
}

/// An environment variable that names a directory; relative ones are ignored, as the XDG specification asks.
pub(crate) fn absolute_env(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}
