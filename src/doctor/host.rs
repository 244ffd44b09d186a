//! The host that is looked at, and the commands that may be asked on it.
use std::time::Duration;

use super::root::Root;
use super::run::{Command, Output, Runner};
use crate::profile::Profile;

/// How long a command of the OS may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// The host that is looked at.
#[derive(Clone, Copy)]
pub struct Host<'a> {
    /// Its file system.
    pub root: &'a Root,
    /// What runs commands on it; nothing when it does not run.
    pub runner: Option<&'a dyn Runner>,
    /// What runs commands of the machine that asks.
    pub own: &'a dyn Runner,
    /// Programs found in the root may be run.
    pub run_programs: bool,
    /// Its OS.
    pub profile: &'a Profile,
    /// Memory in bytes that the person who asks says it has.
    pub memory: Option<u64>,
    /// Whose PATH it is that commands are typed in, for telling what is only there.
    pub callers_path: Option<&'a str>,
    /// Seconds since 1970 by the clock.
    pub now: Option<i64>,
}

impl Host<'_> {
    /// Whether the host itself runs, so that its commands answer.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.runner.is_some()
    }

    /// Asks a command of the OS; nothing when the host does not run or its OS has no such command.
    #[must_use]
    pub fn command(&self, argv: &[String], values: &[(&str, &str)]) -> Option<Result<Output, String>> {
        let runner = self.runner?;
        let command = Command::new(argv, values, PATIENCE)?;
        Some(runner.run(&command))
    }
}
