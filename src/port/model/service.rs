//! What runs.
use std::collections::BTreeMap;
use std::time::Duration;

use crate::port::{Link, Phrase};
use crate::recipe::{Backup, Need};

/// What runs.
#[derive(Clone, Debug)]
pub struct Service {
    /// What people call it.
    pub summary: String,
    /// User.
    pub user: String,
    /// Group.
    pub group: String,
    /// Numeric ids, where the recipe asks for them.
    pub ids: (Option<u32>, Option<u32>),
    /// The program.
    pub program: Phrase,
    /// Its arguments.
    pub arguments: Vec<Phrase>,
    /// Working directory.
    pub directory: Phrase,
    /// Environment, without PATH and HOME.
    pub environment: BTreeMap<String, Phrase>,
    /// PATH, in order.
    pub path: Vec<Phrase>,
    /// Links that the service itself makes when it starts, each with its directory: there is no package to make them.
    pub own_links: Vec<(Phrase, Link)>,
    /// What must be there before.
    pub needs: Vec<Need>,
    /// Signal that stops it, without `SIG`.
    pub stop_signal: String,
    /// How long stopping may take.
    pub stop_timeout: Duration,
    /// Signal on which it reloads.
    pub reload: Option<String>,
    /// A command that checks the configuration.
    pub configtest: Vec<Phrase>,
    /// How the service manager watches over it.
    pub model: Model,
    /// Soft limit of open files.
    pub open_files: Option<u64>,
    /// Memory in bytes that it needs, with the options that are on by default.
    pub memory: Option<u64>,
    /// Its configuration files.
    pub configs: Vec<Config>,
    /// Directories that it owns, `{state}` first.
    pub directories: Vec<Directory>,
    /// SQLite databases among its state.
    pub databases: Vec<Phrase>,
    /// Addresses it listens on.
    pub listen: Vec<String>,
    /// What its login class has to give it (OpenBSD).
    pub class: Option<LoginClass>,
}

/// What a login class gives to a service, besides its environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginClass {
    /// Limit of open files, when it is more than services get anyway.
    pub open_files: Option<u64>,
    /// Limit of memory for data in MiB, likewise.
    pub memory: Option<u64>,
    /// The PATH is another than services get anyway.
    pub path: bool,
    /// The open files are more than the whole system may have as it comes.
    pub more_than_system: bool,
}

/// How a service manager that can watch processes watches over the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// The server's own process is the service (SMF: duration `child`).
    Process,
    /// All processes it starts are (SMF: a contract).
    Group,
}

/// A configuration file.
#[derive(Clone, Debug)]
pub struct Config {
    /// Its id.
    pub id: String,
    /// Where the server reads it.
    pub path: Phrase,
    /// The sample, as it is installed.
    pub sample: Option<Phrase>,
    /// Permissions.
    pub mode: u32,
    /// The server runs without it.
    pub optional: bool,
}

impl Config {
    /// Whether it holds secrets: others may not read it.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.mode.trailing_zeros() >= 3
    }
}

/// A directory that the service owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// Where.
    pub path: Phrase,
    /// Permissions.
    pub mode: u32,
    /// How what is in it is backed up.
    pub backup: Backup,
}
