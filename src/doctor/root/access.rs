//! What a user may do with a file, by its mode and owner.
use super::{Found, Stat};

/// What somebody wants to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Read it.
    Read,
    /// Write it; in a directory, make files.
    Write,
    /// Run it; a directory, search it.
    Execute,
}

impl Want {
    const fn bit(self) -> u32 {
        match self {
            Self::Read => 4,
            Self::Write => 2,
            Self::Execute => 1,
        }
    }
}

/// Whether the mode lets a user with these groups do it (access(2) without what is particular to a file system: access
/// control lists are not looked at).
fn allows(stat: &Stat, uid: u32, gids: &[u32], want: Want) -> bool {
    if uid == 0 {
        return want != Want::Execute || stat.kind == super::Kind::Directory || stat.mode & 0o111 != 0;
    }
    let shift = if stat.uid == uid {
        6
    } else if gids.contains(&stat.gid) {
        3
    } else {
        0
    };
    (stat.mode >> shift) & want.bit() != 0
}

/// What keeps a user from doing it: the file itself or a directory on the way; nothing when nothing does.
#[must_use]
pub fn denied(found: &Found, uid: u32, gids: &[u32], want: Want) -> Option<(String, Stat)> {
    let closed = found.way.iter().find(|(_, stat)| !allows(stat, uid, gids, Want::Execute));
    if let Some((path, stat)) = closed {
        return Some((path.clone(), *stat));
    }
    (!allows(&found.stat, uid, gids, want)).then(|| (found.path.clone(), found.stat))
}
