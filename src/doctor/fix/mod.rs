//! What `--fix` does: little, said before it is done, and never through a link out of the root.
mod action;
mod apply;

pub use action::Action;
pub use apply::{Kept, apply};
