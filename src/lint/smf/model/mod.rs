//! What svccfg makes of a bundle's elements: services and instances with property groups.
mod bundle;
mod derive;
mod group;
mod method;

pub(crate) use bundle::{Bundle, Kind, instances, owner, restarter, service_of, services};
pub(crate) use derive::pieces;
pub(crate) use group::{Group, Property, Value, composed};
pub(crate) use method::{Context, Method, context_of, methods};
