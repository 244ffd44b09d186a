//! Doing it, below the root, through no link.
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::{AsFd, OwnedFd};

use nix::errno::Errno;
use nix::fcntl::{AtFlags, OFlag, openat, renameat};
use nix::sys::stat::{Mode, fchmod, fstatat, mkdirat};
use nix::unistd::{Gid, Uid, UnlinkatFlags, fchown, fsync, symlinkat, unlinkat};

use super::Action;
use super::action::line;
use crate::doctor::root::{Failure, Kind, Root, Stat};

/// Settings files are small; a larger one is none.
const LIMIT: u64 = 1 << 20;
/// With so many copies of a file something is wrong.
const MOST_COPIES: u32 = 1000;

/// Files of which a copy was kept in this run: the copy is of what was there before all of it.
#[derive(Debug, Default)]
pub struct Kept(Vec<String>);

/// Does it; says whether anything changed.
///
/// # Errors
/// Why it is not done; then nothing was changed.
pub fn apply(root: &Root, action: &Action, kept: &mut Kept) -> Result<bool, Failure> {
    match action {
        Action::Link { at, target } => link(root, at, target),
        Action::Directory { path, owner, group, mode } => directory(root, path, owner.1, group.1, *mode),
        Action::Setting { file, variable, value } => setting(root, file, &line(variable, value), kept),
    }
}

/// The directory of `path`, made if it is missing, through no link; and the last name.
fn parent<'p>(root: &Root, path: &'p str) -> Result<(OwnedFd, &'p str), Failure> {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut here = root.find("/")?.open_directory()?;
    let mut so_far = String::new();
    for part in directory.split('/').filter(|part| !part.is_empty()) {
        so_far = format!("{so_far}/{part}");
        if part == ".." {
            return Err(Failure::NotDirectory(so_far));
        }
        here = match open_directory(&here, part) {
            Err(Errno::ENOENT) => {
                mkdirat(here.as_fd(), part, Mode::from_bits_truncate(0o755))
                    .map_err(|errno| Failure::os(&so_far, errno))?;
                open_directory(&here, part).map_err(|errno| Failure::os(&so_far, errno))?
            }
            // A link on the way is the admin's business, not ours.
            Err(Errno::ELOOP | Errno::ENOTDIR | Errno::EMLINK) => return Err(Failure::NotDirectory(so_far)),
            other => other.map_err(|errno| Failure::os(&so_far, errno))?,
        };
    }
    Ok((here, name))
}

fn open_directory(at: &OwnedFd, name: &str) -> Result<OwnedFd, Errno> {
    let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
    openat(at.as_fd(), name, flags, Mode::empty())
}

fn link(root: &Root, at: &str, target: &str) -> Result<bool, Failure> {
    let (directory, name) = parent(root, at)?;
    match nix::fcntl::readlinkat(directory.as_fd(), name) {
        Ok(now) if now.to_str() == Some(target) => return Ok(false),
        // Another link may be taken away; anything else is somebody's file.
        Ok(_) => {
            unlinkat(directory.as_fd(), name, UnlinkatFlags::NoRemoveDir).map_err(|errno| Failure::os(at, errno))?;
        }
        Err(Errno::ENOENT) => {}
        Err(Errno::EINVAL) => {
            let stat = fstatat(directory.as_fd(), name, AtFlags::AT_SYMLINK_NOFOLLOW);
            let kind = stat.map_or(Kind::Other, |stat| Stat::from(stat).kind);
            return Err(Failure::Special(at.to_owned(), kind));
        }
        Err(errno) => return Err(Failure::os(at, errno)),
    }
    symlinkat(target, directory.as_fd(), name).map_err(|errno| Failure::os(at, errno))?;
    Ok(true)
}

fn directory(root: &Root, path: &str, uid: u32, gid: u32, mode: u32) -> Result<bool, Failure> {
    let fail = |errno| Failure::os(path, errno);
    let (directory, name) = parent(root, path)?;
    match mkdirat(directory.as_fd(), name, Mode::from_bits_truncate(0o700)) {
        // What is there already is not touched: its owner and mode are somebody's decision.
        Err(Errno::EEXIST) => return Ok(false),
        other => other.map_err(fail)?,
    }
    let new = open_directory(&directory, name).map_err(fail)?;
    fchown(new.as_fd(), Some(Uid::from_raw(uid)), Some(Gid::from_raw(gid))).map_err(fail)?;
    fchmod(new.as_fd(), mode_bits(mode)).map_err(fail)?;
    Ok(true)
}

fn setting(root: &Root, file: &str, wanted: &str, kept: &mut Kept) -> Result<bool, Failure> {
    let fail = |errno| Failure::os(file, errno);
    let (directory, name) = parent(root, file)?;
    let flags = OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
    let (text, stat) = match fstatat(directory.as_fd(), name, AtFlags::AT_SYMLINK_NOFOLLOW).map(Stat::from) {
        Err(Errno::ENOENT) => (String::new(), None),
        Err(errno) => return Err(fail(errno)),
        Ok(stat) if stat.kind != Kind::File => return Err(Failure::Special(file.to_owned(), stat.kind)),
        Ok(stat) if stat.size > LIMIT => return Err(Failure::TooBig(file.to_owned(), stat.size, LIMIT)),
        Ok(stat) => {
            let mut old = File::from(openat(directory.as_fd(), name, flags, Mode::empty()).map_err(fail)?);
            let mut text = String::new();
            old.read_to_string(&mut text).map_err(|_| Failure::NotText(file.to_owned()))?;
            (text, Some(stat))
        }
    };
    if text.lines().any(|line| line == wanted) {
        return Ok(false);
    }
    if let Some(stat) = stat
        && !kept.0.iter().any(|known| known == file)
    {
        let copy = free_name(&directory, name).map_err(fail)?;
        write(&directory, &copy, &text, Some(stat), file)?;
        kept.0.push(file.to_owned());
    }
    let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    write(&directory, name, &format!("{text}{newline}{wanted}\n"), stat, file)?;
    Ok(true)
}

/// `rc.conf.orig`, or the first of `rc.conf.orig.1` and so on that is not there: a copy of an earlier day stays.
fn free_name(directory: &OwnedFd, name: &str) -> Result<String, Errno> {
    for number in 0..MOST_COPIES {
        let copy = if number == 0 { format!("{name}.orig") } else { format!("{name}.orig.{number}") };
        match fstatat(directory.as_fd(), copy.as_str(), AtFlags::AT_SYMLINK_NOFOLLOW) {
            Err(Errno::ENOENT) => return Ok(copy),
            Err(errno) => return Err(errno),
            Ok(_) => {}
        }
    }
    Err(Errno::EEXIST)
}

/// Writes a file beside and puts it in its place: either the old one or the new one is there.
fn write(directory: &OwnedFd, name: &str, text: &str, like: Option<Stat>, shown: &str) -> Result<(), Failure> {
    let fail = |errno| Failure::os(shown, errno);
    let scratch = format!(".{name}.portwright");
    let flags = OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
    // One that a power failure left.
    let _ = unlinkat(directory.as_fd(), scratch.as_str(), UnlinkatFlags::NoRemoveDir);
    let fd = openat(directory.as_fd(), scratch.as_str(), flags, Mode::from_bits_truncate(0o600)).map_err(fail)?;
    if let Some(stat) = like {
        fchown(fd.as_fd(), Some(Uid::from_raw(stat.uid)), Some(Gid::from_raw(stat.gid))).map_err(fail)?;
    }
    fchmod(fd.as_fd(), mode_bits(like.map_or(0o644, |stat| stat.mode))).map_err(fail)?;
    let mut file = File::from(fd);
    let written = file.write_all(text.as_bytes());
    written.map_err(|error| Failure::os(shown, Errno::from_raw(error.raw_os_error().unwrap_or(0))))?;
    fsync(&file).map_err(fail)?;
    renameat(directory.as_fd(), scratch.as_str(), directory.as_fd(), name).map_err(fail)
}

#[allow(clippy::cast_possible_truncation, reason = "mode_t has 16 bits on some OSes")]
fn mode_bits(mode: u32) -> Mode {
    Mode::from_bits_truncate(mode as nix::libc::mode_t)
}
