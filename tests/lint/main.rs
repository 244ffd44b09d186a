//! Lint as a library: each rule with what it finds and what it leaves alone, judged where possible by others' tools.
mod documents;
mod limits;
mod mutations;
mod packages;
mod places;
mod profiles;
mod rules;
mod run_time;
mod support;
mod vectors;
