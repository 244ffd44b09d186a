//! The few things a tree does to a disk. Links are never followed below the output directory.
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::files::Mode;
use super::path::RelPath;
use crate::diag::Diagnostic;

/// How the names of files begin that are not yet in place.
pub(super) const TEMPORARY: &str = ".portwright-tmp.";

/// An error of the disk, with what was tried.
pub(super) fn failed(what: &str, path: &Path, error: &std::io::Error) -> anyhow::Error {
    let mut diagnostic = Diagnostic::environment(format!("cannot {what} `{}`: {error}", path.display()));
    if error.kind() == ErrorKind::PermissionDenied {
        diagnostic = diagnostic.help("run as the user who owns the directory, or choose another one with `--out`");
    }
    diagnostic.into()
}

/// The bytes of a file; `None` when there is none.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", path, &error)),
    }
}

/// A file below the output directory: its bytes and mode; `None` when there is none.
///
/// Fails when a link, a directory or anything else that is no file stands in the way.
pub(super) fn look(root: &Path, path: &RelPath) -> anyhow::Result<Option<(Vec<u8>, Mode)>> {
    for dir in path.ancestors() {
        match fs::symlink_metadata(root.join(dir)) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(in_the_way(&root.join(dir), "a directory")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("look at", &root.join(dir), &error)),
        }
    }
    let full = path.below(root);
    let found = match fs::symlink_metadata(&full) {
        Ok(found) if found.is_file() => found,
        Ok(_) => return Err(in_the_way(&full, "a file")),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("look at", &full, &error)),
    };
    let mode = if found.permissions().mode() & 0o100 == 0 { Mode::Regular } else { Mode::Executable };
    Ok(read(&full)?.map(|bytes| (bytes, mode)))
}

fn in_the_way(path: &Path, wanted: &str) -> anyhow::Error {
    Diagnostic::input(format!("`{}` is in the way: {wanted} is to be there", path.display()))
        .note("portwright writes neither through symbolic links nor over directories and devices")
        .help(format!("move it away: `mv '{0}' '{0}.old'`", path.display()))
        .into()
}

/// Writes a file beside its place, all of it on the disk; [`NamedTempFile::persist`] then puts it in place at once.
pub(super) fn stage(path: &Path, content: &[u8], mode: Mode) -> anyhow::Result<NamedTempFile> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let bits = if mode == Mode::Executable { 0o777 } else { 0o666 };
    let staged = || {
        let mut file = Builder::new().prefix(TEMPORARY).permissions(Permissions::from_mode(bits)).tempfile_in(dir)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    staged().map_err(|error| failed("write", path, &error))
}

/// Puts a file in place: whoever looks sees the old one or the new one.
pub(super) fn replace(path: &Path, content: &[u8], mode: Mode) -> anyhow::Result<()> {
    stage(path, content, mode)?.persist(path).map_err(|error| failed("write", path, &error.error))?;
    Ok(())
}

/// Makes the names in a directory last through a loss of power.
pub(super) fn sync_dir(dir: &Path) -> anyhow::Result<()> {
    match fs::File::open(dir).and_then(|dir| dir.sync_all()) {
        // Some file systems cannot do this for directories, and say so.
        Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::NotFound) => {
            Err(failed("sync", dir, &error))
        }
        _ => Ok(()),
    }
}

/// Removes what runs that were killed left in a directory.
pub(super) fn sweep(dir: &Path) -> anyhow::Result<()> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read", dir, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed("read", dir, &error))?;
        if is_temporary(&entry.file_name()) {
            fs::remove_file(entry.path()).map_err(|error| failed("remove", &entry.path(), &error))?;
        }
    }
    Ok(())
}

fn is_temporary(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(TEMPORARY))
}
