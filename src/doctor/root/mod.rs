//! A host's file system, live or below a directory, seen without ever leaving it.
mod access;
mod failure;
mod open;
mod read;
mod walk;

pub use access::{Want, denied};
pub use failure::{Failure, safe};
pub use open::{Kind, Root, Space, Stat};
pub use walk::Found;
