//! The portwright command.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    portwright::cli::run(std::env::args_os())
}
