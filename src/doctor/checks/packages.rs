//! The package that the server came with.
use std::io::Read as _;
use std::ops::ControlFlow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use sha2::Sha256;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::facts::package::LIST;
use crate::doctor::root::{Failure, Kind, safe};
use crate::doctor::rules::{PACKAGE, PACKAGE_FILES};
use crate::krate::to_hex;

use super::Checks;
use super::programs::install;

/// Bytes of all files of a package that are hashed: what is behind is not looked at, and said so.
const BYTES: u64 = 1 << 30;

/// Whether it is installed.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let name = &subject.port.name;
    let absent = || {
        Check::new(&PACKAGE, Status::Warn, thing(name), format!("the package {name} is not installed"))
            .next(install(subject, name))
    };
    let check = match &subject.package {
        Ok(Some(package)) => {
            Check::new(&PACKAGE, Status::Ok, file(&package.directory), format!("{} is installed", package.name))
        }
        Ok(None) => absent(),
        Err(why) => {
            let command = &subject.host.profile.host.commands.package_installed;
            match subject.host.command(command, &[("{package}", name)]) {
                Some(Ok(output)) if output.success() => {
                    Check::new(&PACKAGE, Status::Ok, thing(name), "it is installed").looked(command.join(" "))
                }
                Some(Ok(_)) => absent(),
                Some(Err(why)) => Check::new(&PACKAGE, Status::Unknown, thing(name), why),
                None => Check::new(
                    &PACKAGE,
                    Status::Unknown,
                    thing(name),
                    format!("whether the package is installed is not known: {why}"),
                ),
            }
        }
    };
    vec![check]
}

/// Whether its files are intact.
pub(super) fn check_files(subject: &Subject<'_>) -> Checks {
    let name = &subject.port.name;
    let Ok(Some(package)) = &subject.package else {
        let command = &subject.host.profile.host.commands.package_check;
        let asked = (&subject.package, subject.host.command(command, &[("{package}", name)]));
        let (Err(_), Some(output)) = asked else { return Vec::new() };
        return vec![match output {
            Ok(output) if output.success() => {
                Check::new(&PACKAGE_FILES, Status::Ok, thing(name), "its files are intact")
            }
            Ok(output) => {
                let said =
                    safe(output.stdout.lines().chain(output.stderr.lines()).next().unwrap_or_default().as_bytes());
                Check::new(&PACKAGE_FILES, Status::Bad, thing(name), said).next(install(subject, name))
            }
            Err(why) => Check::new(&PACKAGE_FILES, Status::Unknown, thing(name), why),
        }];
    };
    let list = format!("{}/+CONTENTS", package.directory);
    let mut reader = Reader::default();
    let read = subject.host.root.lines(&list, LIST, |line| {
        reader.line(subject, &safe(line));
        if reader.problems.len() > 20 || reader.bytes > BYTES {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    if let Err(failure) = read {
        return vec![Check::new(&PACKAGE_FILES, Status::Unknown, file(&list), failure.to_string())];
    }
    let Reader { problems, unknown, files, bytes, .. } = reader;
    let check = if let Some(first) = problems.first() {
        let more = if problems.len() > 1 { format!(", and {} more", problems.len() - 1) } else { String::new() };
        Check::new(&PACKAGE_FILES, Status::Bad, thing(&package.name), format!("{first}{more}"))
            .next(install(subject, name))
    } else if let Some(why) = unknown {
        Check::new(&PACKAGE_FILES, Status::Unknown, thing(&package.name), why)
    } else if bytes > BYTES {
        Check::new(&PACKAGE_FILES, Status::Unknown, thing(&package.name), "it has more than a gigabyte of files")
    } else {
        Check::new(
            &PACKAGE_FILES,
            Status::Ok,
            thing(&package.name),
            format!("{files} files are as they were installed"),
        )
    };
    vec![check.looked(list)]
}

/// Reads a packing list: a file, then what is said of it.
#[derive(Default)]
struct Reader {
    directory: String,
    file: Option<String>,
    ignore: bool,
    files: usize,
    bytes: u64,
    problems: Vec<String>,
    unknown: Option<String>,
}

impl Reader {
    fn line(&mut self, subject: &Subject<'_>, line: &str) {
        if let Some(directory) = line.strip_prefix("@cwd ") {
            directory.trim_end_matches('/').clone_into(&mut self.directory);
        } else if line == "@ignore" {
            self.ignore = true;
        } else if let Some(sum) = line.strip_prefix("@comment MD5:") {
            self.compare(subject, |bytes| to_hex(&Md5::digest(bytes)), sum);
        } else if let Some(sum) = line.strip_prefix("@sha ") {
            self.compare(subject, |bytes| STANDARD.encode(Sha256::digest(bytes)), sum);
        } else if let Some(target) = line.strip_prefix("@comment Symlink:") {
            self.link(subject, target);
        } else if !line.starts_with('@') && !line.is_empty() {
            self.file = (!std::mem::take(&mut self.ignore) && !line.starts_with('+'))
                .then(|| format!("{}/{line}", self.directory));
        }
    }

    fn compare(&mut self, subject: &Subject<'_>, digest: impl Fn(&[u8]) -> String, sum: &str) {
        let Some(path) = self.file.take() else { return };
        let found = match subject.host.root.find(&path) {
            Ok(found) => found,
            Err(failure) if failure.is_absent() => return self.problems.push(failure.to_string()),
            Err(failure) => return self.unknown = Some(failure.to_string()),
        };
        self.bytes += found.stat.size;
        if self.bytes > BYTES {
            return;
        }
        let mut bytes = Vec::new();
        match found.open().map(|file| file.take(BYTES).read_to_end(&mut bytes)) {
            Ok(Ok(_)) if digest(&bytes) == sum => self.files += 1,
            Ok(Ok(_)) => self.problems.push(format!("{path} is not the file that was installed")),
            Ok(Err(error)) => self.unknown = Some(format!("{path}: {error}")),
            Err(failure @ Failure::Special(..)) => self.problems.push(failure.to_string()),
            Err(failure) => self.unknown = Some(failure.to_string()),
        }
    }

    fn link(&mut self, subject: &Subject<'_>, target: &str) {
        let Some(path) = self.file.take() else { return };
        match subject.host.root.find_itself(&path) {
            Ok(found) if found.stat.kind != Kind::Link => {
                self.problems.push(format!("{path} is {}, not a link", found.stat.kind));
            }
            Ok(_) => self.files += 1,
            Err(failure) if failure.is_absent() => {
                self.problems.push(format!("the link {path} to {target} is not there"));
            }
            Err(failure) => self.unknown = Some(failure.to_string()),
        }
    }
}
