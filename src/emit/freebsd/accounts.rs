//! The lines that a port's user and group need in the tree's own lists, which no port directory holds.
use crate::port::{Place, Port};

/// What stands for a number that is still to be picked.
const FREE: &str = "NNN";

/// The line of UIDs and the line of GIDs (ten fields of master.passwd(5), four of group(5)); nothing without a service.
#[must_use]
pub fn account_lines(port: &Port) -> Option<(String, String)> {
    let service = port.service.as_ref().filter(|_| port.release.is_some())?;
    let (user, group) = (&service.user, &service.group);
    let number = |id: Option<u32>| id.map_or_else(|| FREE.to_owned(), |id| id.to_string());
    // Where only one is asked for, both are: a user's own group has its number.
    let uid = number(service.ids.0.or(service.ids.1));
    let gid = number(service.ids.1.or(service.ids.0));
    let home = Place::State.path(&port.profile.paths, &port.name);
    let shell = &port.profile.users.nologin;
    Some((format!("{user}:*:{uid}:{gid}::0:0:{} daemon:{home}:{shell}", port.name), format!("{group}:*:{gid}:")))
}
