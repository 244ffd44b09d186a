//! The root itself, and what is known of one of its files.
use std::fmt;
use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::Instant;

use nix::dir::Dir;
use nix::fcntl::{OFlag, open};
use nix::sys::stat::{FileStat, Mode, SFlag};
use nix::sys::statvfs::fstatvfs;

use super::{Failure, safe};

/// What a name in a directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Link,
    /// A FIFO.
    Fifo,
    /// A socket.
    Socket,
    /// A device.
    Device,
    /// Something that only this OS has.
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file",
            Self::Directory => "a directory",
            Self::Link => "a link",
            Self::Fifo => "a FIFO",
            Self::Socket => "a socket",
            Self::Device => "a device",
            Self::Other => "neither file nor directory",
        })
    }
}

/// What is known of a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// What it is.
    pub kind: Kind,
    /// Permission bits with set-id and sticky.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Bytes.
    pub size: u64,
    /// Device and inode: the same file has the same.
    pub id: (u64, u64),
    /// Seconds and nanoseconds of the last change of its content.
    pub modified: (i64, i64),
}

#[allow(clippy::useless_conversion, clippy::unnecessary_cast, reason = "the types differ from OS to OS")]
impl From<FileStat> for Stat {
    fn from(stat: FileStat) -> Self {
        #[cfg(target_os = "netbsd")]
        let nanoseconds = stat.st_mtimensec;
        #[cfg(not(target_os = "netbsd"))]
        let nanoseconds = stat.st_mtime_nsec;
        let format = SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT;
        let kind = match format {
            SFlag::S_IFREG => Kind::File,
            SFlag::S_IFDIR => Kind::Directory,
            SFlag::S_IFLNK => Kind::Link,
            SFlag::S_IFIFO => Kind::Fifo,
            SFlag::S_IFSOCK => Kind::Socket,
            SFlag::S_IFCHR | SFlag::S_IFBLK => Kind::Device,
            _ => Kind::Other,
        };
        Self {
            kind,
            mode: u32::from(stat.st_mode) & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            id: (stat.st_dev as u64, stat.st_ino as u64),
            modified: (i64::from(stat.st_mtime), nanoseconds as i64),
        }
    }
}

/// Room on a file system, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// What users other than root may still write.
    pub free: u64,
    /// All of it.
    pub total: u64,
    /// Whether it is mounted for reading only.
    pub read_only: bool,
}

/// A host's file system. Every path is resolved below one directory, and links are followed as if that directory were
/// the host's `/`: nothing outside it is ever opened.
#[derive(Debug)]
pub struct Root {
    pub(super) top: OwnedFd,
    path: PathBuf,
    until: Option<Instant>,
}

/// Directories are opened so; a link in their place is refused.
pub(super) const DIRECTORY: OFlag = OFlag::O_RDONLY.union(OFlag::O_DIRECTORY).union(OFlag::O_CLOEXEC);

impl Root {
    /// The file system below `dir`; `/` for the live one.
    ///
    /// # Errors
    /// It is no directory that can be opened.
    pub fn open(dir: &Path) -> Result<Self, Failure> {
        let name = safe(dir.as_os_str().as_encoded_bytes());
        // The user's own path may lead through links; what is below may not lead out.
        let path = dir.canonicalize().map_err(|error| Failure::os(&name, errno(&error)))?;
        let top = open(&path, DIRECTORY, Mode::empty()).map_err(|errno| Failure::os(&name, errno))?;
        Ok(Self { top, path, until: None })
    }

    /// The same, looked at until then only: whoever made it may have made it so that looking never ends.
    #[must_use]
    pub fn until(self, until: Instant) -> Self {
        Self { until: Some(until), ..self }
    }

    /// Whether there is time left.
    ///
    /// # Errors
    /// There is none.
    pub fn in_time(&self, path: &str) -> Result<(), Failure> {
        if self.until.is_some_and(|until| Instant::now() >= until) {
            return Err(Failure::Late(safe(path.as_bytes())));
        }
        Ok(())
    }

    /// Where it is on the machine that asks, without links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file system is the machine's own.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.path == Path::new("/")
    }

    /// The names in a directory, sorted, at most `limit` of them.
    ///
    /// # Errors
    /// It cannot be opened, or holds more names.
    pub fn names(&self, path: &str, limit: usize) -> Result<Vec<Vec<u8>>, Failure> {
        let found = self.find(path)?;
        let fd = found.open_directory()?;
        let mut dir = Dir::from_fd(fd).map_err(|errno| Failure::os(path, errno))?;
        let mut names = Vec::new();
        for entry in dir.iter() {
            let entry = entry.map_err(|errno| Failure::os(path, errno))?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            if names.len() % 1024 == 1023 {
                self.in_time(path)?;
            }
            if names.len() == limit {
                return Err(Failure::TooBig(format!("the list of {path}"), limit as u64 + 1, limit as u64));
            }
            names.push(name.to_vec());
        }
        names.sort();
        Ok(names)
    }

    /// Room on the file system that a directory is on.
    ///
    /// # Errors
    /// The directory cannot be opened.
    #[allow(clippy::useless_conversion, reason = "the types differ from OS to OS")]
    pub fn space(&self, path: &str) -> Result<Space, Failure> {
        let fd = File::from(self.find(path)?.open_directory()?);
        let stat = fstatvfs(&fd).map_err(|errno| Failure::os(path, errno))?;
        let unit = u64::from(stat.fragment_size());
        Ok(Space {
            free: u64::from(stat.blocks_available()).saturating_mul(unit),
            total: u64::from(stat.blocks()).saturating_mul(unit),
            read_only: stat.flags().contains(nix::sys::statvfs::FsFlags::ST_RDONLY),
        })
    }
}

fn errno(error: &std::io::Error) -> nix::errno::Errno {
    nix::errno::Errno::from_raw(error.raw_os_error().unwrap_or(0))
}
