//! Installed packages, as a database of packing lists has them (pkgsrc's and OpenBSD's `+CONTENTS`).
use std::ops::ControlFlow;

use crate::doctor::Host;
use crate::doctor::root::safe;
use crate::doctor::sqlite_ask::{quoted, rows};

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
    /// Its directory in the database, or the database.
    pub directory: String,
    /// The database is FreeBSD's.
    pub in_sqlite: bool,
}

/// The installed package `name`; nothing when there is none.
///
/// # Errors
/// The database cannot be read, or is none of packing lists.
pub fn installed(host: &Host<'_>, name: &str) -> Result<Option<Installed>, String> {
    let facts = &host.profile.host;
    if let Some(database) = &facts.package_database {
        return registered(host, database, name);
    }
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
        in_sqlite: false,
    })
}

/// As FreeBSD's pkg(8) has it (libpkg/pkgdb.c, `packages`).
fn registered(host: &Host<'_>, database: &str, name: &str) -> Result<Option<Installed>, String> {
    let sql = format!("SELECT version FROM packages WHERE name = {}", quoted(name));
    let rows = rows(host, database, &sql)?;
    Ok(rows.into_iter().find_map(|row| row.into_iter().next()).map(|version| Installed {
        name: format!("{name}-{version}"),
        version,
        directory: database.to_owned(),
        in_sqlite: true,
    }))
}

impl Installed {
    /// Whether a file, without links on the way, is on the package's list.
    ///
    /// # Errors
    /// The list cannot be read.
    pub fn has_file(&self, host: &Host<'_>, file: &str) -> Result<bool, String> {
        if self.in_sqlite {
            let sql = format!("SELECT path FROM files WHERE path = {} AND {}", quoted(file), self.is_its());
            return Ok(!rows(host, &self.directory, &sql)?.is_empty());
        }
        let (mut directory, mut has) = (String::new(), false);
        let list = format!("{}/+CONTENTS", self.directory);
        let read = host.root.lines(&list, LIST, |line| {
            if let Some(cwd) = line.strip_prefix(b"@cwd ") {
                safe(cwd).trim_end_matches('/').clone_into(&mut directory);
            } else if file.strip_prefix(directory.as_str()).and_then(|rest| rest.strip_prefix('/')).map(str::as_bytes)
                == Some(line)
            {
                has = true;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        read.map(|()| has).map_err(|failure| failure.to_string())
    }

    /// The condition of SQL for what belongs to it.
    fn is_its(&self) -> String {
        let name = self.name.strip_suffix(&format!("-{}", self.version)).unwrap_or(&self.name);
        format!("package_id IN (SELECT id FROM packages WHERE name = {})", quoted(name))
    }

    /// Its files with their checksums, where the database is SQLite.
    ///
    /// # Errors
    /// It cannot be asked.
    pub fn files(&self, host: &Host<'_>) -> Result<Vec<Vec<String>>, String> {
        rows(host, &self.directory, &format!("SELECT path, sha256 FROM files WHERE {} ORDER BY path", self.is_its()))
    }

    /// The build options that are on: `PKG_OPTIONS` of `+BUILD_INFO` (pkgsrc), or `pkg_option` (FreeBSD). Nothing where
    /// the package does not say.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn options(&self, host: &Host<'_>) -> Result<Option<String>, String> {
        if self.in_sqlite {
            let sql = format!(
                "SELECT option FROM pkg_option JOIN option USING (option_id) WHERE value IN ('on', 'true') AND {}",
                self.is_its()
            );
            let on: Vec<String> = rows(host, &self.directory, &sql)?.into_iter().flatten().collect();
            return Ok(Some(on.join(" ")));
        }
        let mut found = None;
        let read = host.root.lines(&format!("{}/+BUILD_INFO", self.directory), 1 << 20, |line| {
            let line = safe(line);
            match line.strip_prefix("PKG_OPTIONS=") {
                Some(value) => {
                    found = Some(value.to_owned());
                    ControlFlow::Break(())
                }
                None => ControlFlow::Continue(()),
            }
        });
        match read {
            Err(failure) if failure.is_absent() => Ok(None),
            Err(failure) => Err(failure.to_string()),
            Ok(()) => Ok(found),
        }
    }

    /// The flavours in its name: `nowasm` of `gotosocial-0.20.0-nowasm` (OpenBSD).
    pub fn flavours(&self) -> impl Iterator<Item = &str> {
        self.version.split('-').skip(1)
    }
}
