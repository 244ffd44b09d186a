//! One run at a time in an output directory.
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag};
use tempfile::TempPath;

use super::disk::{failed, stage};
use super::files::Mode;
use super::record::RECORD;

/// The lock on an output directory, held on its record; let go when dropped or when the process ends.
///
/// The record is replaced while the lock is held. So that no other run can slip in, the new file is locked before it
/// takes its place, and whoever waited for the old one sees that it is no longer there, and tries again.
pub(super) struct Lock {
    // `None` where the file system has no locks (some NFS): then the last writer wins, and files are still whole.
    held: Option<Flock<File>>,
}

impl Lock {
    /// Waits for other runs to end. The record is made, empty, when there is none.
    pub(super) fn take(root: &Path) -> anyhow::Result<Self> {
        let path = root.join(RECORD);
        let wrong = |error: &std::io::Error| failed("lock", &path, error);
        loop {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                // A link would lead out of the directory, and never be the file that we hold.
                .custom_flags(OFlag::O_NOFOLLOW.bits())
                .open(&path)
                .map_err(|error| wrong(&error))?;
            let Some(held) = lock(file).map_err(|error| wrong(&error))? else { return Ok(Self { held: None }) };
            let ours = held.metadata().map_err(|error| wrong(&error))?;
            match fs::symlink_metadata(&path) {
                Ok(there) if (there.dev(), there.ino()) == (ours.dev(), ours.ino()) => {
                    return Ok(Self { held: Some(held) });
                }
                // Replaced while we waited.
                _ => {}
            }
        }
    }

    /// Replaces the record, without a moment in which the directory is not locked.
    pub(super) fn write_record(&mut self, root: &Path, content: &[u8]) -> anyhow::Result<()> {
        let path = root.join(RECORD);
        let (file, staged): (File, TempPath) = stage(&path, content, Mode::Regular)?.into_parts();
        let held = lock(file).map_err(|error| failed("lock", &path, &error))?;
        staged.persist(&path).map_err(|error| failed("write", &path, &error.error))?;
        // The old lock goes with the old file.
        drop(std::mem::replace(&mut self.held, held));
        Ok(())
    }
}

fn lock(mut file: File) -> std::io::Result<Option<Flock<File>>> {
    loop {
        match Flock::lock(file, FlockArg::LockExclusive) {
            Ok(held) => return Ok(Some(held)),
            Err((again, Errno::EINTR)) => file = again,
            Err((_, Errno::EOPNOTSUPP | Errno::ENOLCK | Errno::ENOSYS)) => return Ok(None),
            Err((_, error)) => return Err(error.into()),
        }
    }
}
