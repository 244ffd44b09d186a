//! Where a finding is.
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::{Position, Source};

/// Where a finding is.
#[derive(Clone, Debug)]
pub enum Place {
    /// Some bytes of a text.
    Text {
        /// The text.
        source: Arc<Source>,
        /// Which bytes of it.
        span: Range<usize>,
    },
    /// A file or directory as a whole.
    File(Arc<Path>),
    /// A thing of a machine that is no file: a user, a limit, a running service.
    Thing(String),
}

impl Place {
    /// Bytes of a text.
    #[must_use]
    pub fn text(source: &Arc<Source>, span: Range<usize>) -> Self {
        Self::Text { source: Arc::clone(source), span }
    }

    /// The file, when there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Text { source, .. } => Some(&source.path),
            Self::File(path) => Some(path),
            Self::Thing(_) => None,
        }
    }

    /// Where the place begins in its file.
    #[must_use]
    pub fn start(&self) -> Option<Position> {
        match self {
            Self::Text { source, span } => Some(source.position(span.start)),
            Self::File(_) | Self::Thing(_) => None,
        }
    }

    /// Where the place ends in its file: the position behind its last character.
    #[must_use]
    pub fn end(&self) -> Option<Position> {
        match self {
            Self::Text { source, span } => Some(source.position(span.end)),
            Self::File(_) | Self::Thing(_) => None,
        }
    }

    /// `file:line:column`, the file, or the thing's name.
    #[must_use]
    pub fn name(&self) -> String {
        match (self, self.start()) {
            (Self::Thing(name), _) => name.clone(),
            (Self::File(path), _) => path.display().to_string(),
            (Self::Text { source, .. }, Some(at)) => format!("{}:{}:{}", source.path.display(), at.line, at.column),
            (Self::Text { source, .. }, None) => source.path.display().to_string(),
        }
    }
}
