//! The package that the server came with.
use std::io::Read as _;
use std::ops::ControlFlow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha2::Sha256;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::facts::package::LIST;
use crate::doctor::root::{Failure, Found, Kind, safe};
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
                Some(Ok(output)) if output.status == Some(1) => absent(),
                Some(Ok(output)) => Check::new(
                    &PACKAGE,
                    Status::Unknown,
                    thing(name),
                    format!("`{}` ended with {}", command.join(" ").replace("{package}", name), output.end()),
                ),
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
                match said.as_str() {
                    "" => Check::new(
                        &PACKAGE_FILES,
                        Status::Unknown,
                        thing(name),
                        format!("`{}` fails and says nothing", command.join(" ").replace("{package}", name)),
                    ),
                    _ => Check::new(&PACKAGE_FILES, Status::Bad, thing(name), said).next(install(subject, name)),
                }
            }
            Err(why) => Check::new(&PACKAGE_FILES, Status::Unknown, thing(name), why),
        }];
    };
    let (list, read, reader) = if package.in_sqlite {
        let mut reader = Reader::default();
        let read = package.files(&subject.host).map(|files| files.iter().for_each(|row| reader.row(subject, row)));
        (package.directory.clone(), read, reader)
    } else {
        let list = format!("{}/+CONTENTS", package.directory);
        let (read, reader) = by_list(subject, &list);
        (list, read, reader)
    };
    if let Err(why) = read {
        let check = Check::new(&PACKAGE_FILES, Status::Unknown, file(&list), why).looked(&list);
        return vec![check.next(format!("ls -l {list}"))];
    }
    let Reader { problems, unknown, files, bytes, .. } = reader;
    let check = if let Some(first) = problems.first() {
        let more = if problems.len() > 1 { format!(", and {} more", problems.len() - 1) } else { String::new() };
        Check::new(&PACKAGE_FILES, Status::Bad, thing(&package.name), format!("{first}{more}"))
            .next(install(subject, name))
    } else if let Some(why) = unknown {
        Check::new(&PACKAGE_FILES, Status::Unknown, thing(&package.name), why)
    } else if files == 0 {
        let why = "its list names no file with a checksum";
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

/// By a packing list, until there are problems enough.
fn by_list(subject: &Subject<'_>, list: &str) -> (Result<(), String>, Reader) {
    let mut reader = Reader::default();
    let read = subject.host.root.lines(list, LIST, |line| {
        reader.line(subject, &safe(line));
        if reader.problems.len() > 20 || reader.bytes > BYTES || reader.unknown.is_some() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    (read.map_err(|failure| failure.to_string()), reader)
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
            self.compare::<Md5>(subject, to_hex, sum);
        } else if let Some(sum) = line.strip_prefix("@sha ") {
            self.compare::<Sha256>(subject, |bytes| STANDARD.encode(bytes), sum);
        } else if let Some(target) = line.strip_prefix("@comment Symlink:") {
            self.link(subject, target);
        } else if !line.starts_with('@') && !line.is_empty() {
            self.file = (!std::mem::take(&mut self.ignore) && !line.starts_with('+'))
                .then(|| format!("{}/{line}", self.directory));
        }
    }

    /// A row of FreeBSD's table: a path, and `1$` with a SHA-256 behind it, which older ones leave out.
    fn row(&mut self, subject: &Subject<'_>, row: &[String]) {
        let [path, sum] = row else { return };
        let sum = sum.strip_prefix("1$").unwrap_or(sum);
        match subject.host.root.find_itself(path) {
            // Of a link there is no sum that says more than its being there.
            Ok(found) if found.stat.kind == Kind::Link => self.files += 1,
            Ok(_) if sum.len() == 64 => {
                self.file = Some(path.clone());
                self.compare::<Sha256>(subject, to_hex, sum);
            }
            Ok(_) => self.files += 1,
            Err(failure) if failure.is_absent() => self.problems.push(failure.to_string()),
            Err(failure) => self.unknown = Some(failure.to_string()),
        }
    }

    fn compare<D: md5::Digest>(&mut self, subject: &Subject<'_>, written: impl Fn(&[u8]) -> String, sum: &str) {
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
        match digest::<D>(subject, &found) {
            Ok(digest) if written(&digest) == sum => self.files += 1,
            Ok(_) => self.problems.push(format!("{path} is not the file that was installed")),
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

/// The digest of a file, read piece by piece: a file of a root may have holes as large as it likes.
fn digest<D: md5::Digest>(subject: &Subject<'_>, found: &Found) -> Result<Vec<u8>, Failure> {
    let mut file = found.open()?.take(BYTES);
    let mut digest = D::new();
    let mut piece = vec![0; 256 * 1024];
    loop {
        subject.host.root.in_time(&found.path)?;
        match file.read(&mut piece) {
            Ok(0) => return Ok(digest.finalize().to_vec()),
            Ok(read) => digest.update(&piece[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Err(Failure::os(&found.path, nix::errno::Errno::from_raw(error.raw_os_error().unwrap_or(0))));
            }
        }
    }
}
