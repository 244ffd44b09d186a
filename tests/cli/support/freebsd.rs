//! Just as much of FreeBSD's ports tree as bmake needs to evaluate a generated port and to install from it: a stand-in
//! (tests/data/freebsd).
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Env, judge};

const PORT_MK: &str = include_str!("../../data/freebsd/bsd.port.mk");

/// A generated port, ready to be asked by bmake.
pub(crate) struct FreebsdPort {
    bmake: PathBuf,
    directory: PathBuf,
    mk: PathBuf,
}

/// What is in the stage directory, by the port's own account.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Staged {
    /// Files, absolute.
    pub(crate) files: Vec<String>,
    /// Directories that the port lists.
    pub(crate) directories: Vec<String>,
}

impl FreebsdPort {
    /// The port in `directory` (`ports/freebsd/CATEGORY/NAME`) of the working directory; nothing without bmake.
    pub(crate) fn of(env: &Env, directory: &str) -> Option<Self> {
        let bmake = judge("bmake")?;
        let mk = env.work().join("mk");
        fs::create_dir_all(&mk).unwrap();
        fs::write(mk.join("bsd.port.mk"), PORT_MK).unwrap();
        Some(Self { bmake, directory: env.work().join(directory), mk })
    }

    /// bmake on the port, with assignments.
    pub(crate) fn bmake(&self, assignments: &[&str]) -> Command {
        let mut command = Command::new(&self.bmake);
        command.current_dir(&self.directory).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LC_ALL", "C").arg("-r").arg("-m").arg(&self.mk).args(assignments);
        command
    }

    /// What an expression is, or what bmake complains of.
    pub(crate) fn ask(&self, assignments: &[&str], expression: &str) -> Result<String, String> {
        let output = self.bmake(assignments).args(["-V", expression]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() && complaint.is_empty() { Ok(text) } else { Err(complaint + &text) }
    }

    /// The words of a variable, with single blanks between them.
    pub(crate) fn words(&self, assignments: &[&str], variable: &str) -> String {
        let answer = self.ask(assignments, &format!("${{{variable}}}"));
        let answer = answer.unwrap_or_else(|complaint| panic!("{assignments:?} {variable}: {complaint}"));
        answer.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Unpacks `archive`, goes through the phases up to installation, and tells what is there then.
    pub(crate) fn stage(&self, assignments: &[&str], archive: &Path, binaries: &[&str]) -> Staged {
        let work = self.directory.join("work");
        let _ = fs::remove_dir_all(&work);
        for binary in binaries {
            write(&work.join("programs").join(binary), "#!/bin/sh\n");
        }
        let unpacked = Command::new("tar").arg("xzf").arg(archive).current_dir(&work).status().unwrap();
        assert!(unpacked.success());
        let source = PathBuf::from(self.words(assignments, "WRKSRC"));
        assert!(source.is_dir(), "{} is not in the archive", source.display());
        let output = self.bmake(assignments).arg("stand-in").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let mut files = Vec::new();
        files_below(&self.staged(""), &self.staged(""), &mut files);
        files.sort();
        let mut directories: Vec<String> = self.listed(assignments).directories;
        directories.retain(|directory| self.staged(directory.trim_start_matches('/')).is_dir());
        Staged { files, directories }
    }

    /// A file of the stage directory.
    pub(crate) fn staged(&self, path: &str) -> PathBuf {
        self.directory.join("work/stage").join(path)
    }

    /// A file that `SUB_FILES` has made.
    pub(crate) fn filled_in(&self, name: &str) -> String {
        fs::read_to_string(self.directory.join("work").join(name)).unwrap()
    }

    /// What pkg-plist and the variables that stand for a part of it list, with the options taken into account.
    pub(crate) fn listed(&self, assignments: &[&str]) -> Staged {
        let options = self.words(assignments, "PORT_OPTIONS");
        let on = |option: &str| options.split(' ').any(|word| word == option);
        let mut listed = Staged { files: Vec::new(), directories: Vec::new() };
        let plist = fs::read_to_string(self.directory.join("pkg-plist")).unwrap_or_default();
        let short = self.words(assignments, "PLIST_FILES");
        for line in plist.lines().chain(short.split_whitespace()) {
            let Some(line) = self.with_names(assignments, line, &on) else { continue };
            let (keyword, path) = match line.strip_prefix('@').and_then(|rest| rest.split_once(' ')) {
                Some((keyword, path)) => (keyword.split('(').next().unwrap_or(keyword), path),
                None => ("", line.as_str()),
            };
            let path = path.split(' ').next().unwrap_or(path).trim_end_matches(".gz");
            let absolute = if path.starts_with('/') { path.to_owned() } else { format!("/usr/local/{path}") };
            match keyword {
                "" | "sample" => listed.files.push(absolute),
                "dir" => listed.directories.push(absolute),
                other => panic!("@{other} is no keyword that the ports tree has"),
            }
        }
        for (option, variable, place) in [("DOCS", "PORTDOCS", "doc"), ("EXAMPLES", "PORTEXAMPLES", "examples")] {
            let names = self.words(assignments, variable);
            let port = self.words(assignments, "PORTNAME");
            let files = names.split_whitespace().map(|name| format!("/usr/local/share/{place}/{port}/{name}"));
            listed.files.extend(files.filter(|_| on(option)));
        }
        listed.files.sort();
        listed
    }

    /// A line of pkg-plist with its names filled in; nothing when its option is off.
    fn with_names(&self, assignments: &[&str], line: &str, on: &impl Fn(&str) -> bool) -> Option<String> {
        let mut filled = String::new();
        for (index, part) in line.split("%%").enumerate() {
            if index % 2 == 0 {
                filled.push_str(part);
            } else if ["ETCDIR", "DATADIR", "DOCSDIR", "EXAMPLESDIR", "PREFIX"].contains(&part) {
                filled.push_str(&self.words(assignments, part));
            } else if !on(part) {
                return None;
            }
        }
        Some(filled)
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn files_below(top: &Path, dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            files_below(top, &path, found);
        } else {
            found.push(format!("/{}", path.strip_prefix(top).unwrap().display()));
        }
    }
}
