//! The files of the port.
use anyhow::Result;

use crate::port::Port;
use crate::tree::Tree;

/// The port of a server, below `CATEGORY/NAME`; nothing for a service-only recipe.
///
/// # Errors
/// A value that one of the files cannot hold.
pub fn emit(_port: &Port) -> Result<Tree> {
    Ok(Tree::new())
}
