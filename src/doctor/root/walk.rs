//! A path resolved below a root, component by component.
use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::rc::Rc;

use nix::fcntl::{AtFlags, OFlag, openat, readlinkat};
use nix::sys::stat::{Mode, fstat, fstatat};

use super::open::DIRECTORY;
use super::{Failure, Kind, Root, Stat, safe};

/// More links than this on the way are a circle (`SYMLOOP_MAX` and its like are between 8 and 40).
const LINKS: usize = 40;
/// No path on the way has more components.
const COMPONENTS: usize = 4096;

/// Something of a root: what is behind all links.
#[derive(Debug)]
pub struct Found {
    parent: Rc<OwnedFd>,
    name: OsString,
    /// Its path on the host, without links; control characters are written as escapes.
    pub path: String,
    /// What it is.
    pub stat: Stat,
    /// The directories on the way to it, the root first, with their paths.
    pub way: Vec<(String, Stat)>,
    /// The links on the way, with what each says.
    pub links: Vec<(String, String)>,
    /// Its path on the host as it is, for commands.
    pub raw: Vec<u8>,
}

impl Found {
    /// Opens a regular file for reading. What is none is refused without being opened: opening a FIFO or a device can
    /// wait or do something.
    ///
    /// # Errors
    /// It is no regular file, or the OS refuses.
    pub fn open(&self) -> Result<File, Failure> {
        if self.stat.kind != Kind::File {
            return Err(Failure::Special(self.path.clone(), self.stat.kind));
        }
        // Should something else be put there meanwhile, opening does not wait, and what was opened is looked at again.
        let flags = OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_NOCTTY | OFlag::O_CLOEXEC;
        let fd = openat(self.parent.as_fd(), self.name.as_os_str(), flags, Mode::empty())
            .map_err(|errno| Failure::os(&self.path, errno))?;
        let opened = Stat::from(fstat(&fd).map_err(|errno| Failure::os(&self.path, errno))?);
        if opened.kind != Kind::File {
            return Err(Failure::Special(self.path.clone(), opened.kind));
        }
        Ok(File::from(fd))
    }

    /// Opens a directory.
    ///
    /// # Errors
    /// It is none, or the OS refuses.
    pub fn open_directory(&self) -> Result<OwnedFd, Failure> {
        openat(self.parent.as_fd(), self.name.as_os_str(), DIRECTORY | OFlag::O_NOFOLLOW, Mode::empty())
            .map_err(|errno| Failure::os(&self.path, errno))
    }
}

/// A directory on the way.
struct Step {
    fd: Rc<OwnedFd>,
    name: OsString,
    stat: Stat,
}

impl Root {
    /// What is at `path`, behind all links.
    ///
    /// # Errors
    /// It is not there, or cannot be told.
    pub fn find(&self, path: &str) -> Result<Found, Failure> {
        self.walk(path, true)
    }

    /// What is at `path`; a link at its end is not followed.
    ///
    /// # Errors
    /// As [`Root::find`].
    pub fn find_itself(&self, path: &str) -> Result<Found, Failure> {
        self.walk(path, false)
    }

    fn walk(&self, wanted: &str, follow_last: bool) -> Result<Found, Failure> {
        self.in_time(wanted)?;
        let top = Stat::from(fstat(&self.top).map_err(|errno| Failure::os("/", errno))?);
        let top_fd = self.top.try_clone().map_err(|_| Failure::Forbidden("/".to_owned()))?;
        let mut steps = vec![Step { fd: Rc::new(top_fd), name: OsString::new(), stat: top }];
        let mut left: VecDeque<OsString> = components(wanted.as_bytes());
        let mut links: Vec<(String, String)> = Vec::new();
        // For each link, how many components follow it: with more of them left, we are in what the link says.
        let mut behind: Vec<usize> = Vec::new();
        let mut seen = 0;
        while let Some(name) = left.pop_front() {
            seen += 1;
            if seen > COMPONENTS {
                return Err(Failure::Loop(safe(wanted.as_bytes())));
            }
            if name == ".." {
                // Above the root is the root.
                if steps.len() > 1 {
                    steps.pop();
                }
                continue;
            }
            let here = steps.last().map(|step| Rc::clone(&step.fd)).ok_or_else(|| Failure::Absent("/".into()))?;
            let path = shown(&steps, &name);
            let stat = match fstatat(here.as_fd(), name.as_os_str(), AtFlags::AT_SYMLINK_NOFOLLOW) {
                Ok(stat) => Stat::from(stat),
                Err(errno) => {
                    let broken = behind.iter().position(|behind| left.len() >= *behind);
                    return Err(missing(Failure::os(&path, errno), broken.map(|at| &links[at])));
                }
            };
            let last = left.is_empty();
            match stat.kind {
                Kind::Link if !last || follow_last => {
                    let target =
                        readlinkat(here.as_fd(), name.as_os_str()).map_err(|errno| Failure::os(&path, errno))?;
                    let link = links.first().map_or_else(|| path.clone(), |first| first.0.clone());
                    links.push((path, safe(target.as_bytes())));
                    if links.len() > LINKS {
                        return Err(Failure::Loop(link));
                    }
                    behind.push(left.len());
                    if target.as_bytes().starts_with(b"/") {
                        steps.truncate(1);
                    }
                    for part in components(target.as_bytes()).into_iter().rev() {
                        left.push_front(part);
                    }
                    if left.is_empty() {
                        break;
                    }
                }
                Kind::Directory if !last => {
                    let fd = openat(here.as_fd(), name.as_os_str(), DIRECTORY | OFlag::O_NOFOLLOW, Mode::empty())
                        .map_err(|errno| Failure::os(&path, errno))?;
                    steps.push(Step { fd: Rc::new(fd), name, stat });
                }
                _ if !last => return Err(Failure::NotDirectory(path)),
                _ => return Ok(found(&steps, here, name, stat, links)),
            }
        }
        // The path ends in a directory that is already open: `/`, `.` or `..`.
        let step = steps.last().ok_or_else(|| Failure::Absent("/".into()))?;
        let (fd, stat) = (Rc::clone(&step.fd), step.stat);
        Ok(found(&steps, fd, OsString::from("."), stat, links))
    }
}

/// A link whose target is not there leads nowhere; what is missing behind a good link is just missing.
fn missing(failure: Failure, broken: Option<&(String, String)>) -> Failure {
    match (&failure, broken) {
        (Failure::Absent(path), Some((link, target))) => {
            let lost = if target.starts_with('/') { target.clone() } else { format!("{target} ({path})") };
            Failure::Dangling(link.clone(), lost)
        }
        _ => failure,
    }
}

fn found(steps: &[Step], parent: Rc<OwnedFd>, name: OsString, stat: Stat, links: Vec<(String, String)>) -> Found {
    let way = (0..steps.len()).map(|end| (shown(&steps[..=end], OsStr::new(".")), steps[end].stat)).collect();
    let mut raw = Vec::new();
    for step in steps.iter().skip(1) {
        raw.push(b'/');
        raw.extend_from_slice(step.name.as_bytes());
    }
    if name != "." {
        raw.push(b'/');
        raw.extend_from_slice(name.as_bytes());
    }
    if raw.is_empty() {
        raw.push(b'/');
    }
    Found { parent, path: safe(&raw), name, stat, way, links, raw }
}

/// The path of `name` in the last of the directories.
fn shown(steps: &[Step], name: &OsStr) -> String {
    let mut path = Vec::new();
    for part in steps.iter().skip(1).map(|step| step.name.as_os_str()).chain(std::iter::once(name)) {
        if part != "." {
            path.push(b'/');
            path.extend_from_slice(part.as_bytes());
        }
    }
    if path.is_empty() { "/".to_owned() } else { safe(&path) }
}

fn components(path: &[u8]) -> VecDeque<OsString> {
    let parts = path.split(|byte| *byte == b'/').filter(|part| !part.is_empty() && *part != b".");
    parts.map(|part| OsStr::from_bytes(part).to_owned()).collect()
}
