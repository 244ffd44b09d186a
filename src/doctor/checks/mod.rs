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

/// One of the checks: what looks, and what it looks at when it says nothing more exact.
pub(super) type Look = (fn(&Subject<'_>) -> Checks, &'static str);

/// All checks, in the order in which a person reads them.
pub(super) const ALL: &[Look] = &[
    (option::check, "what the recipe says of its options on this OS"),
    (packages::check, "the package database"),
    (packages::check_files, "the package's list of files"),
    (service::registered, "where the service manager looks"),
    (service::enabled, "what the service manager reads at boot"),
    (service::running, "the service manager"),
    (accounts::user, "/etc/passwd"),
    (accounts::group, "/etc/group"),
    (accounts::home, "/etc/passwd"),
    (programs::server, "what the service's script or manifest runs"),
    (service::path, "the PATH of the service"),
    (programs::check, "the PATH of the service"),
    (version::check, "the package database, and the program itself where it may be run"),
    (libraries::check, "the program's dynamic section"),
    (configs::check, "where the service reads its configuration"),
    (configs::syntax, "the text of the file"),
    (configs::mode, "owner and mode of the file"),
    (settings::check, "the configuration file"),
    (directories::check, "owner and mode of the directory"),
    (space::check, "statvfs(3) of the directory"),
    (file_system::check, "what is mounted"),
    (sqlite::header, "the first 100 bytes of the file"),
    (sqlite::journal, "the header, and the files beside it"),
    (sqlite::integrity, "PRAGMA quick_check, for reading only"),
    (memory::check, "physical memory, caps of the zone, the login class, ulimit"),
    (limits::open_files, "where the service gets its limits from"),
    (listen::low_ports, "the port, and who may listen on it"),
    (listen::check, "bind(2) on the address"),
    (clock::check, "the clock, and when /etc/passwd, /etc/group and /etc were changed"),
];
