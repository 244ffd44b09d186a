//! What a service gets without a port: its rc.d script.
use anyhow::Result;

use super::rc;
use crate::emit::Spelling;
use crate::port::Port;
use crate::tree::{File, Tree};

/// The script, named as it is installed in /usr/local/etc/rc.d.
///
/// # Errors
/// A value that rc.subr cannot carry.
pub fn stand_alone(port: &Port) -> Result<Tree> {
    let mut tree = Tree::new();
    if port.service.is_some() {
        tree.add(port.ident.clone(), File::new(rc::script(port, &Spelling::Resolved(port))?).executable())?;
    }
    Ok(tree)
}
