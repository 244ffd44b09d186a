//! The Port: recipe × crate × profile, resolved. Everything is decided here; emitters write down what it says.
pub mod licence;
mod model;
mod name;
pub mod options;
mod place;
pub mod programs;
pub mod service;
mod text;
pub mod version;

pub use model::*;
pub use name::{check_account, check_package, identifier};
pub use place::{PLACES, Phrase, Piece, Place, Scope};
pub use text::{COMMENT_MAX, comment, paragraphs};
