//! The service without a port.
use anyhow::Result;

use super::order::order;
use super::spelling::Spelling;
use super::{login, rc};
use crate::emit::{options_said, preparations};
use crate::port::{Port, Service};
use crate::tree::{File, Tree};

/// The script and its login class, by file name; nothing without a service.
///
/// # Errors
/// A value that one of the files cannot hold.
pub fn stand_alone(port: &Port) -> Result<Tree> {
    let mut tree = Tree::new();
    let Some(service) = &port.service else { return Ok(tree) };
    let facts = &port.profile.service;
    let class = match &facts.class {
        Some(class) => login::class(
            port,
            vec![format!("Limits and environment of {0}: install as {1}/{0}.", port.ident, class.directory)],
        )?,
        None => None,
    };
    let script = rc::script(port, service, Spelling::Resolved, head(port, service, class.is_some()))?;
    tree.add(port.ident.clone(), File::new(script).executable())?;
    if let Some(class) = class {
        tree.add(format!("login.conf.d/{}", port.ident), File::new(class))?;
    }
    Ok(tree)
}

/// What the script says of itself; a package has its README.
fn head(port: &Port, service: &Service, class: bool) -> Vec<String> {
    let facts = &port.profile.service;
    let ident = &port.ident;
    let mut head = vec![format!("{}: {}", port.name, port.about.comment)];
    if let Some(rc_d) = &facts.rc_d {
        head.push(format!("Install as {rc_d}/{ident} (mode 0555), then: rcctl enable {ident} && rcctl start {ident}"));
    }
    if let Some(facts) = facts.class.as_ref().filter(|_| class) {
        head.push(format!("Its login class is login.conf.d/{ident}: install it as {}/{ident}.", facts.directory));
    }
    if let Some(order) = order(port, service) {
        head.push(format!("{}: {}", order.why, order.command));
    }
    head.extend(preparations(port, service, false));
    if let Some(memory) = service.memory {
        head.push(format!("Needs {} of memory.", crate::port::size(memory)));
    }
    head.extend(options_said(port));
    head
}
