//! Running cargo, with the user's own configuration and nobody else's.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::names::printable;
use super::opened::Krate;
use super::upstream::Options;
use crate::diag::Diagnostic;

/// As many lines of what cargo says are repeated in an error.
const SHOWN_LINES: usize = 20;

/// cargo, started in an empty directory or in a [`Stub`].
#[derive(Debug)]
pub(super) struct Cargo {
    program: PathBuf,
    home: Option<PathBuf>,
    offline: bool,
}

impl Cargo {
    pub(super) fn find(opts: &Options<'_>) -> anyhow::Result<Self> {
        let program = which::which("cargo").map_err(|_| {
            Diagnostic::environment("cargo is not in the PATH")
                .note("portwright lets cargo resolve and download crates")
                .help("install rust: from the system's packages, or with rustup")
        })?;
        Ok(Self { program, home: opts.cargo_home.clone(), offline: opts.offline })
    }

    /// The command; mirrors, proxies and credentials come from the user's environment and configuration.
    fn command(&self, dir: &Path, args: &[String]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).current_dir(dir).stdin(Stdio::null()).env("CARGO_TERM_COLOR", "never");
        if self.offline {
            command.arg("--offline");
        }
        if let Some(home) = &self.home {
            command.env("CARGO_HOME", home);
        }
        command
    }

    /// Runs cargo and returns its standard output.
    pub(super) fn run(&self, dir: &Path, args: &[String]) -> anyhow::Result<String> {
        // The rest is portwright's own choice of output.
        let shown = args.iter().take(2).fold("cargo".to_owned(), |shown, arg| format!("{shown} {arg}"));
        let output = self
            .command(dir, args)
            .output()
            .map_err(|error| Diagnostic::environment(format!("cannot start `{shown}`")).note(error.to_string()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<_> = stderr.lines().filter(|line| !line.trim().is_empty()).collect();
        let from = lines.len().saturating_sub(SHOWN_LINES);
        let diagnostic = Diagnostic::environment(format!("`{}` failed ({})", printable(&shown), output.status));
        Err(lines.iter().skip(from).fold(diagnostic, |diagnostic, line| diagnostic.note(printable(line))).into())
    }
}

/// A temporary directory for cargo to run in. It is in portwright's cache rather than in the shared `/tmp`, where
/// another user could leave a `.cargo/config.toml` above it.
pub(super) fn work_dir(opts: &Options<'_>) -> anyhow::Result<TempDir> {
    let cache = opts.cache_dir()?;
    fs::create_dir_all(&cache)
        .and_then(|()| tempfile::Builder::new().prefix("cargo-").tempdir_in(&cache))
        .map_err(|error| unwritable(&cache, &error))
}

/// The error for a place that cannot be written to.
pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> anyhow::Error {
    Diagnostic::environment(format!("cannot write to `{}`", path.display()))
        .note(error.to_string())
        .help("set XDG_CACHE_HOME to a directory that can be written to")
        .into()
}

/// A project with the crate's manifests, its lock and empty source files.
///
/// cargo resolves it just as the crate. What cargo would obey beyond manifests is not there: `.cargo/config.toml` (may
/// name programs to run), `rust-toolchain.toml` (may make rustup install another one), build scripts.
#[derive(Debug)]
pub(super) struct Stub {
    _dir: TempDir,
    /// Where the package's manifest is.
    pub(super) package: PathBuf,
}

impl Stub {
    pub(super) fn new(krate: &Krate, opts: &Options<'_>) -> anyhow::Result<Self> {
        let dir = work_dir(opts)?;
        let top = dir.path();
        for file in krate.dist.files() {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            if name == "Cargo.toml" {
                let mut text = krate.dist.read_text(&file.path).unwrap_or_default();
                if file.path == krate.manifest_path && krate.dir.is_empty() && !has_workspace(&text) {
                    // Else cargo looks for a workspace in the directories above.
                    text.push_str("\n[workspace]\n");
                }
                write(top, &file.path, text.as_bytes())?;
            } else if Path::new(name).extension().is_some_and(|extension| extension == "rs") {
                // cargo infers targets from the files that are there.
                write(top, &file.path, b"")?;
            }
        }
        write(top, "Cargo.lock", krate.lock.text.as_bytes())?;
        let package = if krate.dir.is_empty() { top.to_owned() } else { top.join(&krate.dir) };
        Ok(Self { _dir: dir, package })
    }
}

fn has_workspace(text: &str) -> bool {
    // A manifest that does not parse is left as it is; cargo will say what is wrong.
    text.parse::<toml::Table>().map_or(true, |table| {
        let named = table.get("package").and_then(|package| package.get("workspace"));
        table.contains_key("workspace") || named.is_some()
    })
}

fn write(top: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let path = top.join(path);
    let parent = path.parent().unwrap_or(top);
    fs::create_dir_all(parent).and_then(|()| fs::write(&path, bytes)).map_err(|error| unwritable(&path, &error))
}
