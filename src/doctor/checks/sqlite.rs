//! SQLite databases, never changed: not even a lock file is made.
use std::io::Read as _;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::root::{Found, Kind, safe};
use crate::doctor::rules::{INTEGRITY, JOURNAL, SQLITE};
use crate::doctor::sqlite::{Header, LENGTH, header as parse};
use crate::doctor::sqlite_ask::ask;

use super::Checks;

/// The magic number at the beginning of a rollback journal that is to be played back.
const HOT: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// What a database comes to.
enum Looked {
    /// It was not made yet.
    Absent,
    /// It has a header.
    Database(Header, Box<Found>),
    /// It is none.
    Bad(String),
    /// That is not known.
    Unknown(String),
}

fn look(subject: &Subject<'_>, path: &str) -> Looked {
    let found = match subject.host.root.find(path) {
        Ok(found) => found,
        Err(failure) if failure.is_absent() => return Looked::Absent,
        Err(failure) => return Looked::Unknown(failure.to_string()),
    };
    if found.stat.kind != Kind::File {
        return Looked::Bad(format!("it is {}", found.stat.kind));
    }
    if found.stat.size == 0 {
        // SQLite takes an empty file for a new database.
        return Looked::Absent;
    }
    let mut bytes = Vec::new();
    let read = found.open().map(|file| file.take(LENGTH as u64).read_to_end(&mut bytes));
    match read {
        Err(failure) => Looked::Unknown(failure.to_string()),
        Ok(Err(error)) => Looked::Unknown(error.to_string()),
        Ok(Ok(_)) => match parse(&bytes) {
            None => Looked::Bad("it does not begin as an SQLite database".to_owned()),
            Some(header) => Looked::Database(header, Box::new(found)),
        },
    }
}

fn each(subject: &Subject<'_>, check: impl Fn(&str, Looked) -> Option<Check>) -> Checks {
    let paths = subject.service.databases.iter().map(|one| subject.path_of(one));
    paths.filter_map(|path| check(&path, look(subject, &path))).collect()
}

/// Header and size.
pub(super) fn header(subject: &Subject<'_>) -> Checks {
    each(subject, |path, looked| {
        Some(match looked {
            Looked::Absent => {
                Check::new(&SQLITE, Status::Ok, file(path), "there is no database yet: the server makes it")
            }
            Looked::Bad(why) => Check::new(&SQLITE, Status::Bad, file(path), why).next(format!("file {path}")),
            Looked::Unknown(why) => Check::new(&SQLITE, Status::Unknown, file(path), why),
            Looked::Database(header, found) => {
                let size = found.stat.size;
                match header.pages {
                    Some(pages) if pages * header.page > size => {
                        let message = format!(
                            "it is cut off: {pages} pages of {} bytes should be there, and {size} bytes are",
                            header.page
                        );
                        Check::new(&SQLITE, Status::Bad, file(path), message).next(format!("sqlite3 {path} .recover"))
                    }
                    _ => Check::new(&SQLITE, Status::Ok, file(path), format!("an SQLite database of {size} bytes")),
                }
            }
        })
    })
}

/// What lies beside it.
pub(super) fn journal(subject: &Subject<'_>) -> Checks {
    each(subject, |path, looked| {
        let Looked::Database(header, _) = looked else { return None };
        let truncate = subject
            .chosen
            .iter()
            .flat_map(|option| &option.settings)
            .find(|setting| setting.key.ends_with("journal-mode") && !setting.value.eq_ignore_ascii_case("WAL"));
        if let Some(setting) = truncate.filter(|_| header.wal) {
            let message = format!("it is in write-ahead mode, and the option in use needs {}", setting.value);
            return Some(
                Check::new(&JOURNAL, Status::Bad, file(path), message)
                    .next(format!("sqlite3 {path} 'PRAGMA journal_mode=DELETE'    # with the service stopped")),
            );
        }
        for end in ["-wal", "-shm", "-journal"] {
            let beside = format!("{path}{end}");
            let found = match subject.host.root.find_itself(&beside) {
                Err(failure) if failure.is_absent() => continue,
                Err(failure) => return Some(Check::new(&JOURNAL, Status::Unknown, file(&beside), failure.to_string())),
                Ok(found) => found,
            };
            if found.stat.kind != Kind::File {
                return Some(
                    Check::new(&JOURNAL, Status::Bad, file(&beside), format!("it is {}", found.stat.kind))
                        .next(format!("ls -l {beside}")),
                );
            }
            match subject.who() {
                Some((uid, _)) if uid != 0 && found.stat.uid != uid => {
                    let message = format!(
                        "it belongs to {}, and keeps {} out of the database",
                        found.stat.uid,
                        subject.user_name()
                    );
                    return Some(
                        Check::new(&JOURNAL, Status::Bad, file(&beside), message)
                            .next(format!("chown {} {beside}", subject.user_name())),
                    );
                }
                None => {
                    return Some(Check::new(
                        &JOURNAL,
                        Status::Unknown,
                        file(&beside),
                        "whether it belongs to the service is not known: its user is not",
                    ));
                }
                _ => {}
            }
            let open = (end == "-wal" && found.stat.size > 32) || (end == "-journal" && is_hot(&found));
            if open && !runs(subject) {
                let message = format!("{} bytes of transactions are not in the database yet", found.stat.size);
                return Some(
                    Check::new(&JOURNAL, Status::Warn, file(&beside), message)
                        .next("start and stop the service once before the file is copied"),
                );
            }
        }
        Some(Check::new(
            &JOURNAL,
            Status::Ok,
            file(path),
            if header.wal { "write-ahead mode" } else { "rollback mode" },
        ))
    })
}

fn is_hot(found: &Found) -> bool {
    let mut bytes = Vec::new();
    found.open().is_ok_and(|file| file.take(8).read_to_end(&mut bytes).is_ok()) && bytes == HOT
}

fn runs(subject: &Subject<'_>) -> bool {
    subject.host.is_live() && super::service::pid(subject).is_some()
}

/// `PRAGMA quick_check`.
pub(super) fn integrity(subject: &Subject<'_>) -> Checks {
    each(subject, |path, looked| {
        let Looked::Database(header, found) = looked else { return None };
        let by_hand = format!("sqlite3 -readonly {path} 'PRAGMA quick_check'");
        let check = match quick_check(subject, path, header, &found) {
            Ok(None) => Check::new(&INTEGRITY, Status::Ok, file(path), "quick_check finds nothing"),
            Ok(Some(what)) => Check::new(&INTEGRITY, Status::Bad, file(path), format!("quick_check says: {what}"))
                .next(format!("sqlite3 {path} .recover")),
            Err(why) => {
                let message = format!("whether it is intact is not known: {why}");
                Check::new(&INTEGRITY, Status::Unknown, file(path), message).next(by_hand)
            }
        };
        Some(check)
    })
}

/// What `quick_check` finds.
fn quick_check(subject: &Subject<'_>, path: &str, header: Header, found: &Found) -> Result<Option<String>, String> {
    for end in ["-wal", "-journal"] {
        if let Ok(beside) = subject.host.root.find_itself(&format!("{path}{end}"))
            && beside.stat.size > 0
            && (end == "-wal" || beside.stat.kind != Kind::File || is_hot(&beside))
        {
            return Err(format!("transactions in {path}{end} belong to it; start and stop the service once"));
        }
    }
    if runs(subject) && header.wal {
        return Err("the server writes to it; stop the service first".to_owned());
    }
    let output = ask(&subject.host, path, found, &[], "PRAGMA quick_check(1);")?;
    let text = safe(output.stdout.trim().as_bytes());
    match (output.success(), text.as_str()) {
        (true, "ok") => Ok(None),
        (_, "") => {
            let said = safe(output.stderr.trim().as_bytes());
            // The library's own words for a file that it cannot make sense of.
            if said.contains("malformed") || said.contains("not a database") { Ok(Some(said)) } else { Err(said) }
        }
        (_, _) => Ok(Some(text)),
    }
}
