//! How the server runs.
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// `[service]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Service {
    /// The program and its arguments; the server stays in the foreground and logs to its standard output.
    pub command: Vec<String>,
    /// The user it runs as. The profile says how a user is named and made.
    pub user: String,
    /// Its group; named like the user unless given.
    pub group: Option<String>,
    /// What people call it, at most 59 characters; the package's comment unless given.
    pub summary: Option<String>,
    /// Working directory, `{state}` unless given.
    pub directory: Option<String>,
    /// Addresses it listens on as configured by the sample.
    #[serde(default)]
    pub listen: Vec<String>,
    /// What must be there before it starts.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Its environment. PATH and HOME are set anyway.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// How it is stopped.
    #[serde(default)]
    pub stop: Stop,
    /// The signal on which it reads its configuration again; left out: it does not reload.
    pub reload: Option<String>,
    /// A command that checks the configuration and exits with 0 when it is good.
    #[serde(default)]
    pub configtest: Vec<String>,
    /// When it is started again after it ended by itself, where the service manager can do that.
    #[serde(default)]
    pub restart: Restart,
    /// Whether it starts child processes that do part of the service: they then belong to its health.
    #[serde(default)]
    pub workers: bool,
    /// Open files it needs (soft limit).
    pub open_files: Option<u64>,
    /// Memory it needs to start and run, as `128M` or `4G`.
    pub memory: Option<String>,
    /// Its configuration files.
    #[serde(default)]
    pub config: Vec<Config>,
    /// Directories with its state, made at install. `{state}` itself is always made.
    #[serde(default)]
    pub data: Vec<Data>,
}

/// What must be there before the service starts.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Addresses and routes.
    Network,
    /// Local file systems.
    LocalFilesystems,
    /// Host names can be resolved.
    NameServices,
    /// A `PostgreSQL` server on this host, if there is one.
    Postgresql,
}

/// How the server is stopped.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Stop {
    /// Signal name without `SIG`. With INT or QUIT the server must have a handler of its own: a shell starts programs in
    /// the background with both ignored.
    pub signal: String,
    /// How long it may take to finish, as `60s`.
    pub timeout: String,
}

impl Default for Stop {
    fn default() -> Self {
        Self { signal: "TERM".into(), timeout: "60s".into() }
    }
}

/// When the service is started again after the server ended by itself.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// Always, however often (throttled by the service manager).
    #[default]
    Always,
    /// A few times; then the service is put aside for the admin to look at.
    Limited,
}

/// `[[service.config]]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Its name in placeholders: `{config.main}`.
    pub id: String,
    /// The sample it is made from: a file that `[[build.install]]` puts under `{examples}`.
    pub sample: Option<String>,
    /// A sample kept beside the recipe (path relative to it). `@state@`, `@log@`, `@sysconf@`, `@bin@` and `@data@`
    /// in it become the directories.
    pub template: Option<String>,
    /// Where the server reads it.
    pub path: String,
    /// Octal permissions; without any for others it is owned by root and readable by the service's group.
    #[serde(default = "default_config_mode")]
    pub mode: String,
    /// The server runs without it.
    #[serde(default)]
    pub optional: bool,
}

fn default_config_mode() -> String {
    "0644".into()
}

/// `[[service.data]]`
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Data {
    /// The directory, or with `backup = "sqlite"` the database file.
    pub path: String,
    /// Octal permissions of the directory.
    #[serde(default = "default_data_mode")]
    pub mode: String,
    /// How it is backed up.
    #[serde(default)]
    pub backup: Backup,
}

fn default_data_mode() -> String {
    "0750".into()
}

/// How state is backed up.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Backup {
    /// As files, with the service stopped.
    #[default]
    Files,
    /// As an SQLite database.
    Sqlite,
    /// Not at all: a cache.
    None,
}
