//! A directory of its own for each test, and the built program run in it.
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{Crate, archive};

/// When the commits of tags were made, in seconds since 1970.
pub(crate) const TAGGED: u64 = 1_750_000_000;

/// A directory with a home, a cargo home and a place to work in; nothing of the user's is read or written.
pub(crate) struct Env {
    dir: TempDir,
}

/// What a run of portwright did.
pub(crate) struct Ran {
    /// Exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Env {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("work")).unwrap();
        fs::create_dir_all(dir.path().join("home")).unwrap();
        Self { dir }
    }

    /// The directory that portwright is started in.
    pub(crate) fn work(&self) -> PathBuf {
        self.dir.path().join("work")
    }

    /// cargo's home.
    pub(crate) fn cargo_home(&self) -> PathBuf {
        self.dir.path().join("cargo")
    }

    /// Puts a release into cargo's cache.
    pub(crate) fn publish(&self, krate: &Crate) -> &Self {
        krate.publish(&self.cargo_home());
        self
    }

    /// Where portwright keeps archives of tags, by owner.
    pub(crate) fn archives(&self) -> PathBuf {
        self.dir.path().join("cache/portwright/distfiles")
    }

    /// Puts the archive of a tag, whose commit is of [`TAGGED`], into portwright's cache, as if it had been downloaded.
    pub(crate) fn archive(&self, owner: &str, stem: &str, files: &[(&str, &str)]) {
        let dir = self.archives().join(owner);
        fs::create_dir_all(&dir).unwrap();
        let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        fs::write(dir.join(format!("{stem}.tar.gz")), archive(stem, &files, TAGGED)).unwrap();
    }

    /// Writes a file of the working directory.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.work().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Reads a file of the working directory.
    pub(crate) fn read(&self, path: &str) -> String {
        let path = self.work().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The files below a directory of the working directory with their contents, by name; without portwright's record.
    pub(crate) fn files(&self, below: &str) -> Vec<(String, String)> {
        let top = self.work().join(below);
        let mut found = Vec::new();
        collect(&top, &top, &mut found);
        found.sort();
        found
    }

    /// The program, in the working directory, with no environment but what is needed to find cargo.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
        command.args(args).current_dir(self.work()).env_clear();
        // The cargo that runs the test goes first: in front of rustup's, which would take as long again to find it.
        let cargo = std::env::var_os("CARGO").map(PathBuf::from);
        let first = cargo.as_deref().and_then(Path::parent).map(Path::to_owned);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(first.into_iter().chain(std::env::split_paths(&path))).unwrap();
        command.env("PATH", path);
        command.env("HOME", self.dir.path().join("home")).env("XDG_CACHE_HOME", self.dir.path().join("cache"));
        command.env("CARGO_HOME", self.cargo_home()).env("LANG", "C");
        // The cargo in PATH may be rustup's, which looks for its toolchains at home.
        let at_home =
            || std::env::var_os("HOME").map(|home| Path::new(&home).join(".rustup")).filter(|path| path.is_dir());
        if let Some(rustup) = std::env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(at_home) {
            command.env("RUSTUP_HOME", rustup);
        }
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.finish(&self.command(args).output().unwrap())
    }

    /// What a run did, with the test's own directory written as `[DIR]`.
    pub(crate) fn finish(&self, output: &Output) -> Ran {
        let dir = self.dir.path().display().to_string();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&dir, "[DIR]");
        Ran { status: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// Runs `generate --offline` with these arguments, which must succeed.
    pub(crate) fn generate(&self, args: &[&str]) -> Ran {
        let ran = self.run(&[&["generate", "--offline"], args].concat());
        assert_eq!(ran.status, 0, "{ran}");
        ran
    }
}

/// Whether a file's name ends so.
pub(crate) fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

fn collect(top: &Path, dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(top, &path, found);
        } else if !path.file_name().unwrap().to_string_lossy().starts_with(".portwright") {
            let name = path.strip_prefix(top).unwrap().display().to_string();
            found.push((name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()));
        }
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}\n--- stdout\n{}--- stderr\n{}", self.status, self.stdout, self.stderr)
    }
}
