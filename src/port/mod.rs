//! The Port: recipe × crate × profile, resolved. Everything is decided here; emitters write down what it says.
mod about;
pub mod family;
mod files;
mod installs;
pub mod licence;
mod licensing;
mod model;
mod name;
pub mod native;
pub mod options;
mod place;
pub mod programs;
mod release;
mod resolve;
mod samples;
pub mod service;
mod text;
pub mod version;
mod view;

pub use model::*;
pub use name::{check_account, check_package, identifier};
pub use place::{PLACES, Phrase, Piece, Place, Scope};
pub use release::default_native;
pub use resolve::resolve;
pub use samples::check as check_sample;
pub use text::{COMMENT_MAX, comment, paragraphs, size};
pub use view::{CrateView, Features, Linkage, LinkedCrate};
