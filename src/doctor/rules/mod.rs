//! The doctor's checks, each with its code: one table, from which `explain` and the documentation are made.
mod files;
mod machine;
mod programs;
mod service;

pub use files::*;
pub use machine::*;
pub use programs::*;
pub use service::*;

use crate::finding::Rule;

/// All of them, by code.
pub static RULES: &[&Rule] = &[
    &PROGRAM,
    &VERSION,
    &SERVER,
    &LIBRARIES,
    &USER,
    &GROUP,
    &HOME,
    &CONFIG,
    &CONFIG_SYNTAX,
    &CONFIG_MODE,
    &SETTING,
    &DIRECTORY,
    &SPACE,
    &FILE_SYSTEM,
    &LISTEN,
    &LOW_PORT,
    &MEMORY,
    &OPEN_FILES,
    &REGISTERED,
    &ENABLED,
    &RUNNING,
    &PATH,
    &CLOCK,
    &OPTION,
    &SQLITE,
    &JOURNAL,
    &INTEGRITY,
    &PACKAGE,
    &PACKAGE_FILES,
];
