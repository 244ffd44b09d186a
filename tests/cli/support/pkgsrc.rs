//! Just as much of a pkgsrc tree as bmake needs to evaluate a generated package: stand-ins (tests/data/mk) and empty
//! files for all else that the package includes.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Env, judge};

const STAND_INS: [(&str, &str); 5] = [
    ("mk/bsd.prefs.mk", include_str!("../../data/mk/bsd.prefs.mk")),
    ("mk/bsd.options.mk", include_str!("../../data/mk/bsd.options.mk")),
    ("mk/bsd.pkg.mk", include_str!("../../data/mk/bsd.pkg.mk")),
    ("lang/rust/cargo.mk", include_str!("../../data/mk/cargo.mk")),
    ("mk/README", include_str!("../../data/mk/README")),
];

/// A generated package, ready to be asked by bmake.
pub(crate) struct Package {
    bmake: PathBuf,
    directory: PathBuf,
}

impl Package {
    /// The package in `directory` (`pkgsrc/CATEGORY/NAME`) of the working directory; nothing without bmake.
    pub(crate) fn of(env: &Env, directory: &str) -> Option<Self> {
        let bmake = judge("bmake")?;
        let directory = env.work().join(directory);
        let top = directory.parent().unwrap().parent().unwrap();
        for (path, text) in STAND_INS {
            write(&top.join(path), text);
        }
        for file in ["Makefile", "options.mk"] {
            let text = fs::read_to_string(directory.join(file)).unwrap_or_default();
            for include in text.lines().filter_map(included).filter(|path| path.starts_with("../../")) {
                let path = top.join(include.trim_start_matches("../../"));
                if !path.exists() {
                    write(&path, "");
                }
            }
        }
        Some(Self { bmake, directory })
    }

    /// bmake on the package, on an OS and with assignments.
    pub(crate) fn bmake(&self, opsys: &str, assignments: &[&str]) -> Command {
        let mut command = Command::new(&self.bmake);
        command.current_dir(&self.directory).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        // -r: Debian's sys.mk reads a file options.mk by itself.
        command.env("LC_ALL", "C").arg("-r").arg(format!("OPSYS={opsys}")).args(assignments);
        command
    }

    /// What an expression is on an OS, or what bmake complains of.
    pub(crate) fn ask(&self, opsys: &str, assignments: &[&str], expression: &str) -> Result<String, String> {
        let output = self.bmake(opsys, assignments).args(["-V", expression]).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() && complaint.is_empty() { Ok(text) } else { Err(complaint + &text) }
    }

    /// The words of a variable on an OS.
    pub(crate) fn words(&self, opsys: &str, assignments: &[&str], variable: &str) -> Vec<String> {
        let answer = self.ask(opsys, assignments, &format!("${{{variable}}}"));
        let answer = answer.unwrap_or_else(|complaint| panic!("{opsys} {assignments:?} {variable}: {complaint}"));
        answer.split_whitespace().map(ToOwned::to_owned).collect()
    }

    /// Unpacks `krate` with empty files for its binaries, and goes through the phases up to installation. The files
    /// below the prefix, sorted.
    pub(crate) fn install(&self, opsys: &str, assignments: &[&str], krate: &Path, binaries: &[&str]) -> Vec<String> {
        let work = self.directory.join("work");
        let _ = fs::remove_dir_all(&work);
        fs::create_dir_all(&work).unwrap();
        let unpacked = Command::new("tar").arg("xzf").arg(krate).current_dir(&work).status().unwrap();
        assert!(unpacked.success());
        let source = self.source(opsys);
        // As the real extract phase: a directory of another name stops the build.
        assert!(source.is_dir(), "{} is not in the archive", source.display());
        for binary in binaries {
            write(&source.join("target/release").join(binary), "#!/bin/sh\n");
        }
        let output = self.bmake(opsys, assignments).arg("stand-in").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let prefix = self.installed(opsys);
        let mut found = Vec::new();
        files(&prefix, &prefix, &mut found);
        found.sort();
        found
    }

    /// Where the build takes place.
    pub(crate) fn source(&self, opsys: &str) -> PathBuf {
        PathBuf::from(self.ask(opsys, &[], "${WRKSRC}").unwrap())
    }

    /// Where [`Package::install`] puts the prefix.
    pub(crate) fn installed(&self, opsys: &str) -> PathBuf {
        PathBuf::from(self.ask(opsys, &[], "${DESTDIR}${PREFIX}").unwrap())
    }

    /// The paths of PLIST, with the conditions that bmake knows evaluated.
    pub(crate) fn plist(&self, opsys: &str, assignments: &[&str]) -> Vec<String> {
        let text = fs::read_to_string(self.directory.join("PLIST")).unwrap();
        let mut paths = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('@')) {
            let Some((condition, path)) = line.strip_prefix("${PLIST.").and_then(|rest| rest.split_once('}')) else {
                paths.push(line.to_owned());
                continue;
            };
            assert!(self.words(opsys, assignments, "PLIST_VARS").contains(&condition.to_owned()), "{line}");
            if self.ask(opsys, assignments, &format!("${{PLIST.{condition}}}")).unwrap() == "yes" {
                paths.push(path.to_owned());
            }
        }
        paths
    }
}

fn included(line: &str) -> Option<&str> {
    line.trim_start_matches('.').trim_start().strip_prefix("include \"")?.strip_suffix('"')
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn files(top: &Path, dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            files(top, &path, found);
        } else {
            found.push(path.strip_prefix(top).unwrap().display().to_string());
        }
    }
}

/// Names between at signs, sorted.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let name = |part: &&str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let mut names: Vec<String> = text.split('@').filter(name).map(ToOwned::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

/// A file of a package as pkgsrc or a ports tree installs it: each name between at signs or doubled percent signs is filled
/// in with something plausible.
pub(crate) fn as_installed(text: &str) -> String {
    let names = ["PREFIX", "LOCALBASE", "ETCDIR", "DATADIR", "DOCSDIR", "EXAMPLESDIR"];
    let text = names.iter().fold(text.to_owned(), |text, name| text.replace(&format!("%%{name}%%"), "/some/where"));
    tokens(&text).iter().fold(text.clone(), |text, token| {
        let value = match token.as_str() {
            "SMF_PREFIX" => "pkgsrc",
            "SMF_NAME" => "server",
            "RCD_SCRIPTS_SHELL" => "/bin/sh",
            token if token.ends_with("_USER") || token.ends_with("_GROUP") => "nobody",
            _ => "/some/where",
        };
        text.replace(&format!("@{token}@"), value)
    })
}
