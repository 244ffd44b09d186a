//! Addresses that the server listens on.
use std::io::ErrorKind;
use std::net::{TcpListener, ToSocketAddrs as _};

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::rules::{LISTEN, LOW_PORT};

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
    subject.met.privileges.as_ref().is_some_and(|privileges| {
        privileges.split(',').map(str::trim).any(|one| one == "net_privaddr" || one == "all" || one == "zone")
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
        Err(error) if error.kind() == ErrorKind::AddrInUse => taken(subject, address, resolved.port()),
        Err(error) if error.kind() == ErrorKind::AddrNotAvailable => {
            Check::new(&LISTEN, Status::Bad, at(), "this host has no such address").next("ifconfig -a")
        }
        Err(error) => Check::new(&LISTEN, Status::Unknown, at(), format!("whether it is free is not known: {error}")),
    }
}

/// Somebody listens there: the service itself, or somebody else.
fn taken(subject: &Subject<'_>, address: &str, port: u16) -> Check {
    let at = || thing(address);
    let Some(pid) = super::service::pid(subject) else {
        let check = Check::new(&LISTEN, Status::Bad, at(), "it is taken, and the service does not run");
        return match holders(subject, port) {
            Ok(holders) => holders.iter().fold(check, |check, line| check.looked(line.clone())),
            Err(_) => check,
        }
        .next(by_hand(subject, port));
    };
    match holders(subject, port) {
        Err(why) => {
            let message =
                format!("it is taken and the service runs as {pid}; whether that holds it is not known: {why}");
            Check::new(&LISTEN, Status::Unknown, at(), message).next(by_hand(subject, port))
        }
        Ok(holders) if holders.is_empty() => {
            let message = format!("it is taken and the service runs as {pid}; who holds it is not shown");
            Check::new(&LISTEN, Status::Unknown, at(), message).next(by_hand(subject, port))
        }
        Ok(holders) => match holders.iter().find(|line| is_service(line, &pid, subject.user_name())) {
            Some(line) => Check::new(&LISTEN, Status::Ok, at(), format!("the service itself, {pid}, holds it"))
                .looked(line.clone()),
            None => {
                Check::new(&LISTEN, Status::Bad, at(), format!("not the service, {pid}, but somebody else holds it"))
                    .looked(holders[0].clone())
                    .next(by_hand(subject, port))
            }
        },
    }
}

fn by_hand(subject: &Subject<'_>, port: u16) -> String {
    let command = &subject.host.profile.host.commands.listeners;
    if command.is_empty() {
        format!("netstat -an | grep {port}")
    } else {
        format!("{} | grep {port}", command.join(" "))
    }
}

/// The lines of what listens on a port, as the OS's own command prints them.
fn holders(subject: &Subject<'_>, port: u16) -> Result<Vec<String>, String> {
    let command = &subject.host.profile.host.commands.listeners;
    let output = subject.host.command(command, &[]).ok_or("this OS has no command for it")??;
    if !output.success() {
        return Err(format!("`{}` ends with an error", command.join(" ")));
    }
    Ok(output.stdout.lines().filter(|line| listens(line, port)).map(ToOwned::to_owned).collect())
}

/// Whether a line is of a socket that listens on the port: its first address (`127.0.0.1:8080`, `*.8080`) is the local
/// one, and a connection's other end has a number of its own.
fn listens(line: &str, port: u16) -> bool {
    let number = |word: &str| {
        word.rsplit_once([':', '.']).and_then(|(host, port)| {
            let is_host = host.ends_with(['*', ']']) || host.contains(['.', ':']);
            is_host.then(|| port.parse::<u16>().ok()).flatten()
        })
    };
    let mut numbers = line.split_whitespace().map(number);
    let local = numbers.find_map(|number| number);
    local == Some(port) && numbers.all(|number| number.is_none()) && !line.contains("<--") && !line.contains("-->")
}

/// Whether a line names the service's process or its user: workers have numbers of their own.
fn is_service(line: &str, pid: &str, user: &str) -> bool {
    let number = pid.rsplit(' ').next().unwrap_or(pid);
    let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || ",()\"=".contains(c)).collect();
    words.contains(&number) || (user != "root" && words.contains(&user))
}

#[cfg(test)]
mod tests {
    use super::{is_service, listens};

    #[test]
    fn lines_of_who_listens() {
        for line in [
            "lantern  lantern    1234  5  tcp    127.0.0.1.8420        *.*",
            "lantern  lantern    1234  5  tcp4   127.0.0.1:8420        *:*",
            "_lantern lantern    1234    5* internet stream tcp 0x0 127.0.0.1:8420",
            "127.0.0.1.8420  *.*  lantern   1234 lantern  0  0 128000  0 LISTEN",
            "LISTEN 0 128 127.0.0.1:8420 0.0.0.0:* users:((\"lantern\",pid=1234,fd=3))",
            "LISTEN 0 128 [::1]:8420 [::]:* users:((\"lantern\",pid=1234,fd=3))",
        ] {
            assert!(listens(line, 8420), "{line}");
            assert!(!listens(line, 842), "{line}");
            assert!(is_service(line, "process 1234", "nobody"), "{line}");
            assert!(!is_service(line, "process 123", "nobody"), "{line}");
        }
        assert!(!listens("me curl 7 5 tcp 127.0.0.1.60000 127.0.0.1.8420", 8420));
        assert!(!listens("me curl 7 5 internet stream tcp 0x0 127.0.0.1:8420 <-- 127.0.0.1:9", 8420));
        assert!(is_service("lantern x 9 5 tcp 127.0.0.1.8420 *.*", "svc:/site/lantern:default", "lantern"));
    }
}
