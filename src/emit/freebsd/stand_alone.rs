//! The service without a port.
use anyhow::Result;

use crate::port::Port;
use crate::tree::Tree;

/// The script, and what else the service needs, by file name; nothing without a service.
///
/// # Errors
/// A value that one of the files cannot hold.
pub fn stand_alone(_port: &Port) -> Result<Tree> {
    Ok(Tree::new())
}
