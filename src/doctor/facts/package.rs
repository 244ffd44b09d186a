//! Installed packages, as a database of packing lists has them (pkgsrc's and OpenBSD's `+CONTENTS`).
use std::ops::ControlFlow;

use crate::doctor::Host;
use crate::doctor::root::{Failure, safe};

/// Bytes of a packing list that are read.
pub const LIST: u64 = 32 << 20;
/// Packages that are looked at.
const PACKAGES: usize = 20_000;

/// An installed package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Name and version.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its directory in the database.
    pub directory: String,
}

/// The installed package `name`; nothing when there is none.
///
/// # Errors
/// The database cannot be read, or is none of packing lists.
pub fn installed(host: &Host<'_>, name: &str) -> Result<Option<Installed>, String> {
    let facts = &host.profile.host;
    if !facts.packing_lists {
        return Err("the package database of this OS is read by its own tools only".to_owned());
    }
    let mut looked = Vec::new();
    for directory in &facts.packages {
        let directory = directory.replace("{prefix}", &host.profile.paths.prefix);
        match host.root.names(&directory, PACKAGES) {
            Ok(names) => return Ok(names.iter().find_map(|entry| package(&directory, &safe(entry), name))),
            Err(failure) if failure.is_absent() => looked.push(directory),
            Err(failure) => return Err(failure.to_string()),
        }
    }
    Err(format!("there is no package database: {}", looked.join(", ")))
}

/// `name-1.2`, or `name-1.2-flavour`: the version begins at the last hyphen before a digit.
fn package(directory: &str, entry: &str, name: &str) -> Option<Installed> {
    let version = entry.strip_prefix(name)?.strip_prefix('-')?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| Installed {
        name: entry.to_owned(),
        version: version.to_owned(),
        directory: format!("{directory}/{entry}"),
    })
}

impl Installed {
    /// What `+BUILD_INFO` says of a variable (pkgsrc).
    ///
    /// # Errors
    /// It cannot be read.
    pub fn build_info(&self, host: &Host<'_>, variable: &str) -> Result<Option<String>, Failure> {
        let mut found = None;
        let read = host.root.lines(&format!("{}/+BUILD_INFO", self.directory), 1 << 20, |line| {
            let line = safe(line);
            match line.split_once('=') {
                Some((name, value)) if name == variable => {
                    found = Some(value.to_owned());
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        });
        match read {
            Err(failure) if failure.is_absent() => Ok(None),
            other => other.map(|()| found),
        }
    }
}
