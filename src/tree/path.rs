//! Paths inside a tree.
use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::record::RECORD;
use crate::diag::Diagnostic;

/// A path below the output directory: relative, `/` between the parts, nothing that leads out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RelPath(String);

impl RelPath {
    /// Checks a path.
    ///
    /// Fails with an input [`Diagnostic`] when it is empty, absolute, has a part `.` or `..` or an empty one, has a
    /// control character, or is one of portwright's own names (`.portwright…`).
    pub fn new(path: impl Into<String>) -> anyhow::Result<Self> {
        let path = path.into();
        let wrong = |why: &str| Err(Diagnostic::input(format!("the path {path:?} {why}")).into());
        if path.is_empty() || path.starts_with('/') {
            return wrong("is not relative to the output directory");
        }
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return wrong("has an empty part, `.` or `..`");
        }
        if path.chars().any(char::is_control) {
            return wrong("has a control character");
        }
        if path.split('/').any(|part| part.starts_with(RECORD)) {
            return wrong("is a name that portwright keeps for itself");
        }
        Ok(Self(path))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below `root`.
    #[must_use]
    pub fn below(&self, root: &Path) -> PathBuf {
        root.join(&self.0)
    }

    /// The directories above it, outermost first.
    pub(super) fn ancestors(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// Whether the path lies inside the directory `dir`.
    #[must_use]
    pub fn is_inside(&self, dir: &Self) -> bool {
        self.0.strip_prefix(&dir.0).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::RelPath;

    #[test]
    fn nothing_leads_out() {
        for bad in
            ["", "/etc/passwd", "..", "a/../b", "a//b", "a/", "./a", "a\nb", ".portwright", "a/.portwright-tmp.x"]
        {
            assert!(RelPath::new(bad).is_err(), "{bad:?}");
        }
        assert_eq!(RelPath::new("a/b c/ü").unwrap().ancestors().collect::<Vec<_>>(), ["a", "a/b c"]);
    }

    #[test]
    fn inside() {
        let dir = RelPath::new("a/b").unwrap();
        assert!(RelPath::new("a/b/c").unwrap().is_inside(&dir));
        assert!(!RelPath::new("a/bc").unwrap().is_inside(&dir));
        assert!(!dir.is_inside(&dir));
    }
}
