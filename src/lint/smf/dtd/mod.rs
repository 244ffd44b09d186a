//! The grammar of service bundles as data, and documents held against it.
//!
//! It says what `service_bundle.dtd.1` of illumos says (usr/src/cmd/svc/dtd), in types of our own: every content model
//! of that DTD is a sequence of parts whose names occur in one part only, so no automaton is needed.
mod check;
mod elements;
mod grammar;

pub(super) use check::{Violation, Wrong, check};
pub(super) use elements::element;
pub(super) use grammar::{Attribute, Content, Element, Occurs, Part, Presence};
