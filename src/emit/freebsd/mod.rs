//! FreeBSD: ports, and services without one.
mod package;
mod stand_alone;

pub use package::emit;
pub use stand_alone::stand_alone;
