//! The type of the file system under a database.
use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file};
use crate::doctor::rules::FILE_SYSTEM;

use super::Checks;

/// Bytes of a table of file systems that are read.
const LIMIT: u64 = 1 << 20;

/// Each database's.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    subject.service.databases.iter().filter_map(|one| database(subject, &subject.path_of(one))).collect()
}

fn database(subject: &Subject<'_>, path: &str) -> Option<Check> {
    let (directory, _) = path.rsplit_once('/')?;
    // Behind links: that is where the file is.
    let real = subject.host.root.find(directory).ok()?.path;
    let mounts = match mounted(subject) {
        Ok(None) => return None,
        Ok(Some(mounts)) => mounts,
        Err(why) => {
            let message = format!("the type of its file system is not known: {why}");
            return Some(Check::new(&FILE_SYSTEM, Status::Unknown, file(path), message).next("mount"));
        }
    };
    let inside = |mount: &str| mount == "/" || real == mount || real.starts_with(&format!("{mount}/"));
    let under = mounts.iter().filter(|(mount, _)| inside(mount)).max_by_key(|(mount, _)| mount.len());
    Some(match under {
        None => Check::new(&FILE_SYSTEM, Status::Unknown, file(path), "no file system is known that it would be on")
            .next("mount"),
        Some((mount, kind)) if subject.host.profile.host.weak_locking.contains(kind) => Check::new(
            &FILE_SYSTEM,
            Status::Warn,
            file(path),
            format!("it is on {mount}, of type {kind}, where locks are known to fail"),
        )
        .next("move the database to a local file system"),
        Some((mount, kind)) => {
            Check::new(&FILE_SYSTEM, Status::Ok, file(path), format!("it is on {mount}, of type {kind}"))
        }
    })
}

/// Mount points with their types: what is mounted on the live host, what is mounted at boot in a root. Nothing where
/// neither is to be had: a zone's root has no such table, its file systems are the machine's.
fn mounted(subject: &Subject<'_>) -> Result<Option<Vec<(String, String)>>, String> {
    let facts = &subject.host.profile.host;
    if let Some(output) = subject.host.command(&facts.commands.mounts, &[]) {
        let output = output?;
        return Ok(Some(output.stdout.lines().filter_map(mount_line).collect()));
    }
    for table in &facts.fstab {
        match subject.host.root.text(table, LIMIT) {
            Ok(text) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
                let row = |line: &str| {
                    let words: Vec<&str> = line.split_whitespace().collect();
                    Some(((*words.get(facts.fstab_mount)?).to_owned(), (*words.get(facts.fstab_type)?).to_owned()))
                };
                return Ok(Some(lines.filter_map(row).collect()));
            }
            Err(failure) if failure.is_absent() => {}
            Err(failure) => return Err(failure.to_string()),
        }
    }
    Ok(None)
}

/// `/dev/wd0a on / type ffs (local)`, or `/dev/ada0p2 on / (ufs, local)`.
fn mount_line(line: &str) -> Option<(String, String)> {
    let (_, rest) = line.split_once(" on ")?;
    if let Some((mount, rest)) = rest.split_once(" type ") {
        return Some((mount.to_owned(), rest.split_whitespace().next()?.to_owned()));
    }
    let (mount, rest) = rest.split_once(" (")?;
    Some((mount.to_owned(), rest.split([',', ')']).next()?.to_owned()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_of_mount() {
        let pair = |mount: &str, kind: &str| Some((mount.to_owned(), kind.to_owned()));
        assert_eq!(super::mount_line("/dev/wd0a on / type ffs (log, local)"), pair("/", "ffs"));
        assert_eq!(super::mount_line("zroot/var on /var (zfs, local, noatime)"), pair("/var", "zfs"));
        assert_eq!(super::mount_line("rpool/x on /data type zfs read/write/setuid"), pair("/data", "zfs"));
        assert_eq!(super::mount_line("nonsense"), None);
    }
}
