//! The templates inside the program.
use super::dialect::Dialect;

/// Dialect, name and text of every embedded template.
///
/// The names mirror `templates/`; the texts are embedded by `include_str!`, so that no build script is needed.
pub(crate) const TEMPLATES: &[(Dialect, &str, &str)] = &[];
