//! The checks. Each says something about everything it looks at; what it cannot decide is unknown.
mod accounts;
mod clock;
mod configs;
mod directories;
mod file_system;
mod find_program;
mod libraries;
mod limits;
mod listen;
mod memory;
mod option;
mod packages;
mod programs;
mod service;
mod settings;
mod space;
mod sqlite;
mod version;

use super::{Check, Subject};

/// What a check has seen.
pub(super) type Checks = Vec<Check>;

/// All checks, in the order in which a person reads them.
pub(super) const ALL: &[fn(&Subject<'_>) -> Checks] = &[
    option::check,
    packages::check,
    packages::check_files,
    service::registered,
    service::enabled,
    service::running,
    accounts::user,
    accounts::group,
    accounts::home,
    programs::server,
    service::path,
    programs::check,
    version::check,
    libraries::check,
    configs::check,
    configs::syntax,
    configs::mode,
    settings::check,
    directories::check,
    space::check,
    file_system::check,
    sqlite::header,
    sqlite::journal,
    sqlite::integrity,
    memory::check,
    limits::open_files,
    listen::low_ports,
    listen::check,
    clock::check,
];
