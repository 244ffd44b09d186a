//! What goes wrong, said so that a person can mend it: where, what, and the next command to type.
mod diagnostic;
mod suggest;

pub use diagnostic::{Diagnostic, Fault, Snippet};
pub use suggest::did_you_mean;
