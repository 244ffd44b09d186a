//! What lint may look at beside the files that it is given.
use std::path::PathBuf;

/// What lint may look at beside the files that it is given.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The `Cargo.lock` of what is packaged.
    pub lock: Option<PathBuf>,
    /// Directories with distfiles.
    pub distfiles: Vec<PathBuf>,
    /// cargo's cache may be looked at.
    pub cargo_home: bool,
    /// The package is not in its tree yet.
    pub new: bool,
}
