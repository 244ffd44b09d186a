//! What has to run before a service.
use crate::port::{Port, Service};
use crate::recipe::Need;

/// The order in which rc(8) starts services of packages; the base system's are all there before.
pub(super) struct Order {
    /// In what case the admin has to see to it.
    pub(super) why: &'static str,
    /// The command.
    pub(super) command: String,
}

/// Nothing when the service needs none that a package brings.
pub(super) fn order(port: &Port, service: &Service) -> Option<Order> {
    // databases/postgresql: pkg/postgresql.rc. rcctl(8): `order` moves services to the front of pkg_scripts.
    service.needs.contains(&Need::Postgresql).then(|| Order {
        why: "If its database is a PostgreSQL server on this host, that has to be started before it",
        command: format!("rcctl order postgresql {}", port.ident),
    })
}
