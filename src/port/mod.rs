//! The Port: recipe × crate × profile, resolved. Everything is decided here; emitters write down what it says.
pub mod licence;
mod name;
mod place;
mod text;
pub mod version;

pub use name::{check_account, check_package, identifier};
pub use place::{PLACES, Phrase, Piece, Place, Scope};
pub use text::{COMMENT_MAX, comment, paragraphs};
