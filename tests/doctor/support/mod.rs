//! Roots of hosts, built for the tests.
mod elf;
mod fake;
mod hosts;
mod look;
mod root;

pub(crate) use elf::elf;
pub(crate) use fake::Fake;
pub(crate) use hosts::{Family, LANTERN, alone, host};
pub(crate) use look::{Asked, look, not_ok};
pub(crate) use root::{GID, Root, UID};

/// Whether the tests can give files to other users; said aloud when not, and a failure where `CI=true`.
pub(crate) fn able() -> bool {
    let root = nix::unistd::geteuid().is_root();
    let sqlite = which::which("sqlite3").is_ok();
    assert!((root && sqlite) || std::env::var("CI").as_deref() != Ok("true"), "not root or no sqlite3, and CI=true");
    if !root || !sqlite {
        eprintln!("skipped: needs root, to give files to other users, and sqlite3");
    }
    root && sqlite
}
