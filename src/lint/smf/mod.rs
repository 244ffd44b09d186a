//! SMF manifests, profiles and archives: what svccfg refuses, and what fails only when svc.startd runs it.
mod check;
mod cycle;
mod dtd;
mod model;
mod pattern;
mod rule_set;
mod rules;
mod run_time;
mod set;
pub mod value;
mod xml;

pub use rule_set::Smf;
