//! portwright turns a Rust server crate, a short recipe and per-OS profiles into packages and services
//! that feel native on NetBSD, illumos, OpenBSD and FreeBSD.
//!
//! Data flows one way: recipe + crate + profile → [`port`] → [`emit`] → [`tree`] → disk. An emitter only
//! writes down what the port says; nothing touches the disk but [`tree`] at the end.
#![forbid(unsafe_code)]

pub mod cli;
pub mod diag;
pub mod doctor;
pub mod draft;
pub mod emit;
pub mod finding;
pub mod krate;
pub mod lint;
pub mod port;
pub mod profile;
pub mod recipe;
pub mod tree;
