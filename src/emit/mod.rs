//! From a resolved port to files: one module per output, and the dialects they are written in.
pub mod dialect;
mod templates;
