//! Asking an SQLite database, which is not changed by that: not even a lock file is made.
use std::time::Duration;

use super::Host;
use super::root::Found;
use super::run::{Command, Output, Runner};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the sqlite3 of the machine that asks prints. `immutable=1` makes SQLite take no lock and neither read nor make
/// what lies beside the database (sqlite.org/uri.html); what it says counts only while nobody writes, which is looked at
/// afterwards.
pub(super) fn ask(host: &Host<'_>, path: &str, found: &Found, options: &[&str], sql: &str) -> Result<Output, String> {
    let inside = String::from_utf8(found.raw.clone()).map_err(|_| "its path is not UTF-8".to_owned())?;
    let top = host.root.path().display().to_string();
    let real = format!("{}{inside}", top.trim_end_matches('/'));
    // A URI: what means something in one is escaped.
    let escaped: String =
        real.chars().map(|c| if "%?#".contains(c) { format!("%{:02x}", c as u32) } else { c.to_string() }).collect();
    let uri = format!("file:{escaped}?mode=ro&immutable=1");
    let mut argv: Vec<String> =
        ["sqlite3", "-batch", "-readonly", "-init", "/dev/null"].map(ToOwned::to_owned).to_vec();
    argv.extend(options.iter().map(|option| (*option).to_owned()));
    argv.extend([uri, sql.to_owned()]);
    let mut command = Command::new(&argv, &[], PATIENCE).ok_or("there is no command")?;
    command.path = tools(host);
    let runner: &dyn Runner = host.own;
    let output = runner.run(&command)?;
    let again = host.root.find(path).map_err(|failure| failure.to_string())?;
    if again.stat != found.stat {
        return Err("it was written to meanwhile".to_owned());
    }
    Ok(output)
}

/// Rows of a query, with their columns.
pub(super) fn rows(host: &Host<'_>, path: &str, sql: &str) -> Result<Vec<Vec<String>>, String> {
    let found = host.root.find(path).map_err(|failure| failure.to_string())?;
    if host.root.find_itself(&format!("{path}-wal")).is_ok_and(|log| log.stat.size > 0) {
        return Err(format!("transactions in {path}-wal belong to it"));
    }
    let output = ask(host, path, &found, &["-ascii"], sql)?;
    if !output.success() {
        let said = super::root::safe(output.stderr.trim().as_bytes());
        return Err(format!("{path}: {said}"));
    }
    let rows = output.stdout.split('\u{1e}').filter(|row| !row.is_empty());
    Ok(rows.map(|row| row.split('\u{1f}').map(ToOwned::to_owned).collect()).collect())
}

/// A text as SQL writes it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Where the machine that asks has sqlite3.
fn tools(host: &Host<'_>) -> String {
    let mut path = "/sbin:/bin:/usr/sbin:/usr/bin".to_owned();
    for prefix in ["/usr/pkg", "/usr/local", "/opt/local", host.profile.paths.prefix.as_str()] {
        path = format!("{path}:{prefix}/bin");
    }
    path
}
