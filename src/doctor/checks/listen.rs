//! Addresses that the server listens on.
use std::io::ErrorKind;
use std::net::{TcpListener, ToSocketAddrs as _};

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::rules::{LISTEN, LOW_PORT};
use crate::profile::Manager;

use super::Checks;

/// The port at the end of an address.
fn port(address: &str) -> Option<u16> {
    address.rsplit_once(':')?.1.parse().ok()
}

/// Whether the service may have its ports.
pub(super) fn low_ports(subject: &Subject<'_>) -> Checks {
    let first_free = subject.host.profile.host.first_free_port.unwrap_or(1024);
    let low = subject.service.listen.iter().filter_map(|address| Some((address, port(address)?)));
    low.map(|(address, port)| {
        let at = || thing(address);
        if port >= first_free || port == 0 {
            return Check::new(&LOW_PORT, Status::Ok, at(), format!("everybody may listen on port {port}"));
        }
        match subject.who() {
            None => {
                let message = format!("port {port} is root's, and which user the service runs as is not known");
                Check::new(&LOW_PORT, Status::Unknown, at(), message)
            }
            Some((0, _)) => Check::new(&LOW_PORT, Status::Ok, at(), "root may listen there"),
            Some(_) if has_privilege(subject) => {
                Check::new(&LOW_PORT, Status::Ok, at(), "the manifest gives net_privaddr")
            }
            Some(_) => {
                let message = format!(
                    "{} may not listen on port {port}: those below {first_free} are root's",
                    subject.user_name()
                );
                Check::new(&LOW_PORT, Status::Bad, at(), message)
                    .next("configure a high port, and forward to it from the proxy or packet filter")
            }
        }
    })
    .collect()
}

fn has_privilege(subject: &Subject<'_>) -> bool {
    subject.port.profile.service.manager == Manager::Smf
        && subject.met.definition.as_ref().is_ok_and(|manifest| {
            subject.host.root.text(manifest, 1 << 20).is_ok_and(|text| text.contains("net_privaddr"))
        })
}

/// Whether the addresses are free, or held by the service itself.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    if !subject.host.is_live() {
        return Vec::new();
    }
    subject.service.listen.iter().map(|address| one(subject, address)).collect()
}

fn one(subject: &Subject<'_>, address: &str) -> Check {
    let at = || thing(address);
    let resolved = match address.to_socket_addrs() {
        Ok(mut addresses) => addresses.next(),
        Err(error) => {
            return Check::new(&LISTEN, Status::Unknown, at(), format!("it is no address of this host: {error}"));
        }
    };
    let Some(resolved) = resolved else {
        return Check::new(&LISTEN, Status::Unknown, at(), "it stands for no address");
    };
    match TcpListener::bind(resolved) {
        Ok(_) => Check::new(&LISTEN, Status::Ok, at(), "it is free"),
        Err(error) if error.kind() == ErrorKind::AddrInUse => match super::service::pid(subject) {
            Some(pid) => Check::new(&LISTEN, Status::Ok, at(), format!("it is taken, and the service runs as {pid}")),
            None => Check::new(&LISTEN, Status::Bad, at(), "it is taken, and the service does not run")
                .next(format!("netstat -an | grep {}", address.rsplit(':').next().unwrap_or_default())),
        },
        Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
            Check::new(&LISTEN, Status::Bad, at(), "this host has no such address").next("ifconfig -a")
        }
        Err(error) => Check::new(&LISTEN, Status::Unknown, at(), format!("whether it is free is not known: {error}")),
    }
}
