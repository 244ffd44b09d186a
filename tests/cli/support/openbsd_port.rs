//! A generated port of OpenBSD, asked by bmake with a stand-in for the framework.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Env, judge};

const FRAMEWORK: &str = include_str!("../../data/openbsd/bsd.port.mk");

/// A port and what reads it.
pub(crate) struct Port {
    bmake: PathBuf,
    framework: PathBuf,
    directory: PathBuf,
}

impl Port {
    /// The port in `directory` of the working directory; nothing without bmake.
    pub(crate) fn of(env: &Env, directory: &str) -> Option<Self> {
        let bmake = judge("bmake")?;
        env.write("framework/bsd.port.mk", FRAMEWORK);
        Some(Self { bmake, framework: env.work().join("framework"), directory: env.work().join(directory) })
    }

    fn bmake(&self, flavor: &str) -> Command {
        let mut command = Command::new(&self.bmake);
        command.current_dir(&self.directory).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LC_ALL", "C").arg("-r").arg("-m").arg(&self.framework).arg(format!("FLAVOR={flavor}"));
        command
    }

    /// What an expression is with a flavor.
    pub(crate) fn ask(&self, flavor: &str, expression: &str) -> String {
        let output = self.bmake(flavor).args(["-V", expression]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{expression} with `{flavor}`: {said}");
        String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Unpacks an archive with empty files for its binaries, and installs from it; the files below the prefix.
    pub(crate) fn install(&self, flavor: &str, archive: &Path, binaries: &[&str]) -> BTreeSet<String> {
        for directory in ["work", "fake"] {
            let _ = fs::remove_dir_all(self.directory.join(directory));
        }
        let target = PathBuf::from(self.ask(flavor, "${MODCARGO_TARGET_DIR}")).join("release");
        fs::create_dir_all(&target).unwrap();
        for binary in binaries {
            fs::write(target.join(binary), "").unwrap();
        }
        let unpacked = Command::new("tar").arg("xzf").arg(archive).current_dir(self.directory.join("work")).status();
        assert!(unpacked.unwrap().success());
        let source = PathBuf::from(self.ask(flavor, "${WRKSRC}"));
        assert!(source.is_dir(), "{} is not in the archive", source.display());
        self.make(flavor, "stand-in");
        let prefix = self.prefix(flavor);
        let mut found = BTreeSet::new();
        files(&prefix, &prefix, &mut found);
        found
    }

    /// Makes a target.
    pub(crate) fn make(&self, flavor: &str, target: &str) {
        let output = self.bmake(flavor).arg(target).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }

    /// Where [`Port::install`] puts the prefix.
    pub(crate) fn prefix(&self, flavor: &str) -> PathBuf {
        PathBuf::from(self.ask(flavor, "${PREFIX}"))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.directory.join("pkg").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The lines of the packing list with its fragments, as `pkg_create(1)` puts them together.
    pub(crate) fn plist(&self, flavor: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let defined: Vec<&str> = flavor.split(' ').collect();
        let arguments = self.ask(flavor, "${PKG_ARGS}");
        for line in self.read("PLIST").lines() {
            let wanted = !line.starts_with('!');
            let Some(name) = line.trim_start_matches('!').strip_prefix("%%").and_then(|rest| rest.strip_suffix("%%"))
            else {
                lines.push(line.to_owned());
                continue;
            };
            let on = defined.contains(&name) || arguments.split(' ').any(|word| word == format!("-D{name}=1"));
            let fragment = if wanted { format!("PFRAG.{name}") } else { format!("PFRAG.no-{name}") };
            let fragment = self.read(&fragment);
            if on == wanted {
                lines.extend(fragment.lines().map(ToOwned::to_owned));
            }
        }
        lines
    }

    /// The files below the prefix that the packing list has and the port itself installs; the framework sees to README,
    /// script and login class, which must be in `pkg/`.
    pub(crate) fn listed(&self, flavor: &str) -> BTreeSet<String> {
        let plist = self.plist(flavor);
        let mut listed = BTreeSet::new();
        for line in &plist {
            let path = line.trim_start_matches("@bin ").trim_start_matches("@man ");
            if let Some(script) = line.strip_prefix("@rcscript ${RCDIR}/") {
                self.read(&format!("{script}.rc"));
            } else if path == "share/doc/pkg-readmes/${PKGSTEM}" {
                self.read("README");
            } else if let Some(class) = path.strip_prefix("share/examples/login.conf.d/") {
                self.read(&format!("{class}.login"));
            } else if !path.starts_with('@') && !path.ends_with('/') {
                assert!(listed.insert(path.to_owned()), "{path} is listed twice");
            }
        }
        for path in listed.iter().filter(|path| path.starts_with("share/") && path.matches('/').count() > 2) {
            let directory = path.rsplit_once('/').unwrap().0.to_owned() + "/";
            assert!(plist.contains(&directory), "{directory} of {path} is not listed");
        }
        listed
    }
}

fn files(top: &Path, dir: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(top, &path, found);
        } else {
            found.insert(path.strip_prefix(top).unwrap().display().to_string());
        }
    }
}
