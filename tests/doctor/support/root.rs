//! A directory that stands for a host's `/`.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::PathBuf;

use tempfile::TempDir;

/// The number of the service's user.
pub(crate) const UID: u32 = 1001;
/// The number of its group.
pub(crate) const GID: u32 = 1002;

/// A directory that stands for a host's `/`.
pub(crate) struct Root {
    dir: TempDir,
}

impl Root {
    pub(crate) fn new() -> Self {
        let root = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(root.path()).unwrap();
        fs::set_permissions(root.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        root
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join("root")
    }

    /// A place beside it: outside.
    pub(crate) fn outside(&self) -> PathBuf {
        self.dir.path().join("outside")
    }

    fn at(&self, path: &str) -> PathBuf {
        assert!(path.starts_with('/'), "{path}");
        let at = self.path().join(&path[1..]);
        if let Some(parent) = at.parent() {
            fs::create_dir_all(parent).unwrap();
        }
        at
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let at = self.at(path);
        if at.symlink_metadata().is_ok() {
            self.remove(path);
        }
        fs::write(&at, text).unwrap();
        self.mode(path, 0o644)
    }

    pub(crate) fn append(&self, path: &str, text: &str) -> &Self {
        let before = fs::read_to_string(self.at(path)).unwrap();
        fs::write(self.at(path), before + text).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    pub(crate) fn mode(&self, path: &str, mode: u32) -> &Self {
        fs::set_permissions(self.at(path), fs::Permissions::from_mode(mode)).unwrap();
        self
    }

    /// When it was changed last, in seconds since 1970.
    pub(crate) fn changed(&self, path: &str, seconds: u64) -> &Self {
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        let file = std::fs::File::options().write(true).open(self.at(path)).expect("open");
        file.set_modified(time).expect("change the time");
        self
    }

    pub(crate) fn own(&self, path: &str, uid: u32, gid: u32) -> &Self {
        chown(self.at(path), Some(uid), Some(gid)).unwrap();
        self
    }

    pub(crate) fn dir(&self, path: &str, uid: u32, gid: u32, mode: u32) -> &Self {
        fs::create_dir_all(self.at(path)).unwrap();
        self.own(path, uid, gid).mode(path, mode)
    }

    pub(crate) fn link(&self, path: &str, target: &str) -> &Self {
        if self.at(path).symlink_metadata().is_ok() {
            self.remove(path);
        }
        symlink(target, self.at(path)).unwrap();
        self
    }

    /// A link that the OS itself stumbles over: the name is longer than any.
    pub(crate) fn opaque(&self, path: &str) -> &Self {
        self.link(path, &"x".repeat(300))
    }

    pub(crate) fn fifo(&self, path: &str) -> &Self {
        if self.at(path).symlink_metadata().is_ok() {
            self.remove(path);
        }
        nix::unistd::mkfifo(&self.at(path), nix::sys::stat::Mode::from_bits_truncate(0o644)).unwrap();
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        let at = self.at(path);
        if at.symlink_metadata().unwrap().is_dir() { fs::remove_dir_all(at) } else { fs::remove_file(at) }.unwrap();
        self
    }
}
