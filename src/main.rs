//! The portwright command.
#![forbid(unsafe_code)]
fn main() {}
