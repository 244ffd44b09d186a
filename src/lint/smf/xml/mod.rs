//! XML with places: a manifest as a tree of owned nodes that know where in the file they stand. The parsing is
//! roxmltree's; what it does not tell (the document type, CDATA sections) is found by a scan of our own.
mod read;
mod scan;
mod tree;

pub(super) use read::{Unreadable, read};
pub(super) use tree::{Element, Gap, Tree};
