//! Gzipped tar archives from strangers: listed and read without ever being unpacked.
//!
//! Names that would leave the directory make the whole archive suspect; links are left out, as nothing in a
//! distribution that portwright reads has to be one.
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Component, Path};

use flate2::read::GzDecoder;
use tar::Archive;

use super::distribution::{DistFile, LARGEST_FILE, unreadable};
use super::names::printable;
use crate::diag::Diagnostic;

/// More than this after decompression is a bomb, in bytes.
const LARGEST_TOTAL: u64 = 1 << 30;
/// No source distribution has more members.
const MOST_MEMBERS: usize = 500_000;
/// Files up to this size stay in memory, so that the few that matter are not decompressed twice, in bytes.
const SMALL_FILE: u64 = 256 << 10;
/// All of them together, in bytes.
const SMALL_TOTAL: u64 = 16 << 20;

/// What is in an archive.
#[derive(Debug)]
pub(super) struct Listing {
    /// Sorted by path.
    pub(super) files: Vec<DistFile>,
    /// What is in the small ones, by path.
    pub(super) small: BTreeMap<String, Vec<u8>>,
}

/// Lists the regular files under the archive's one top directory; `path` is only named in errors.
pub(super) fn list(bytes: &[u8], path: &Path, top: Option<&str>) -> anyhow::Result<Listing> {
    let mut files = BTreeMap::new();
    let mut small = BTreeMap::new();
    let (mut kept, mut total) = (0_u64, 0_u64);
    walk(bytes, path, top, |member, content| {
        let Member { name, executable, size, modified } = member;
        total = total.saturating_add(size);
        if total > LARGEST_TOTAL || files.len() >= MOST_MEMBERS {
            return Err(suspect(path, "it grows beyond 1 GiB or half a million files when unpacked"));
        }
        small.remove(&name);
        if size <= SMALL_FILE && kept.saturating_add(size) <= SMALL_TOTAL {
            kept += size;
            small.insert(name.clone(), content_of(content, SMALL_FILE, path)?);
        }
        files.insert(name.clone(), DistFile { path: name, executable, size, modified });
        Ok(())
    })?;
    if files.is_empty() {
        return Err(suspect(path, "there are no files in it"));
    }
    Ok(Listing { files: files.into_values().collect(), small })
}

/// Reads one file of an archive on disk.
pub(super) fn read(archive: &Path, wanted: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = fs::read(archive).map_err(|error| unreadable(archive, &error))?;
    let mut found = None;
    walk(&bytes, archive, None, |member, content| {
        if member.name == wanted {
            found = Some(content_of(content, LARGEST_FILE, archive)?);
        }
        Ok(())
    })?;
    found.ok_or_else(|| suspect(archive, &format!("`{wanted}` was in it a moment ago and is not there now")))
}

/// Reads the first member of that full name, looking no further; `path` is only named in errors.
pub(super) fn find(bytes: &[u8], path: &Path, wanted: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let mut archive = Archive::new(GzDecoder::new(bytes).take(LARGEST_TOTAL));
    for entry in archive.entries().map_err(|error| broken(path, &error))? {
        let mut entry = entry.map_err(|error| broken(path, &error))?;
        if entry.header().entry_type().is_file() && *entry.path_bytes() == *wanted.as_bytes() {
            return content_of(&mut entry, LARGEST_FILE, path).map(Some);
        }
    }
    Ok(None)
}

fn content_of(content: &mut dyn Read, limit: u64, path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut data = Vec::new();
    content.take(limit).read_to_end(&mut data).map_err(|error| broken(path, &error))?;
    Ok(data)
}

/// What an archive says of a regular file.
struct Member {
    name: String,
    executable: bool,
    size: u64,
    modified: Option<u64>,
}

/// Calls `visit` with every regular file and its content.
fn walk(
    bytes: &[u8],
    path: &Path,
    top: Option<&str>,
    mut visit: impl FnMut(Member, &mut dyn Read) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    // Room for the headers and padding of small files beside what they hold.
    let mut archive = Archive::new(GzDecoder::new(bytes).take(LARGEST_TOTAL * 2));
    let mut top = top.map(str::to_owned);
    for entry in archive.entries().map_err(|error| broken(path, &error))? {
        let mut entry = entry.map_err(|error| broken(path, &error))?;
        let kind = entry.header().entry_type();
        if !(kind.is_file() || kind.is_contiguous()) {
            continue;
        }
        let Ok(name) = String::from_utf8(entry.path_bytes().into_owned()) else { continue };
        let name = inside(&name, &mut top)
            .ok_or_else(|| suspect(path, &format!("it holds the path `{}`", printable(&name))))?;
        let executable = entry.header().mode().is_ok_and(|mode| mode & 0o111 != 0);
        let modified = entry.header().mtime().ok();
        let member = Member { name, executable, size: entry.size(), modified };
        visit(member, &mut entry)?;
    }
    Ok(())
}

/// The name below the top directory, which the first file decides when it is not known; `None` when it is elsewhere.
fn inside(name: &str, top: &mut Option<String>) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            _ => return None,
        }
    }
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() || top.get_or_insert_with(|| (*first).to_owned()) != first {
        return None;
    }
    Some(rest.join("/"))
}

fn suspect(path: &Path, why: &str) -> anyhow::Error {
    Diagnostic::input(format!("`{}` is not a source archive to be trusted", path.display())).note(why).into()
}

fn broken(path: &Path, error: &std::io::Error) -> anyhow::Error {
    Diagnostic::environment(format!("`{}` is broken", path.display()))
        .note(error.to_string())
        .help(format!("remove it and run again, it is fetched anew: `rm '{}'`", path.display()))
        .into()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::list;
    use crate::krate::fixture::{Member, tarball};

    #[test]
    fn regular_files_sorted_and_without_the_top_directory() {
        let bytes =
            tarball(&[Member::file("x-1/src/main.rs", "fn main() {}"), Member::executable("x-1/run.sh", "#!/bin/sh")]);
        let listing = list(&bytes, Path::new("x"), Some("x-1")).expect("list");
        let seen: Vec<_> = listing.files.iter().map(|file| (file.path.as_str(), file.executable, file.size)).collect();
        assert_eq!(seen, [("run.sh", true, 9), ("src/main.rs", false, 12)]);
        assert_eq!(listing.small["run.sh"], b"#!/bin/sh");
    }

    #[test]
    fn names_that_leave_the_directory_are_refused_and_links_left_out() {
        for bad in ["x-1/../../etc/passwd", "/etc/passwd", "y-1/file", "file", "../x"] {
            let bytes = tarball(&[Member::file("x-1/a", "a"), Member::file(bad, "b")]);
            assert!(list(&bytes, Path::new("x"), Some("x-1")).is_err(), "{bad}");
        }
        let bytes = tarball(&[Member::file("x-1/a", "a"), Member::link("x-1/b", "/etc/passwd")]);
        assert_eq!(list(&bytes, Path::new("x"), None).expect("list").files.len(), 1);
    }

    #[test]
    fn sizes_that_lie_and_noise_are_errors() {
        let bytes = tarball(&[Member::lying("x-1/a", u64::MAX / 2)]);
        assert!(list(&bytes, Path::new("x"), None).is_err());
        for noise in [&b"not gzip"[..], &[], &[0x1f, 0x8b, 8, 0]] {
            assert!(list(noise, Path::new("x"), None).is_err());
        }
        let whole = tarball(&[Member::file("x-1/a", &"a".repeat(5000))]);
        assert!(list(&whole[..whole.len() / 2], Path::new("x"), None).is_err());
    }
}
