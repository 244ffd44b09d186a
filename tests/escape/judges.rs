//! The tools that judge, when the machine has them.
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a tool is. A missing one is said loudly, and fails the test where `CI=true` promises that all are there.
pub(crate) fn judge(name: &str) -> Option<PathBuf> {
    if let Ok(path) = which::which(name) {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{name} not found, and CI=true");
    eprintln!("skipped: {name} not found");
    None
}

/// The shells of this machine; `sh` is always one.
pub(crate) fn shells() -> Vec<PathBuf> {
    ["sh", "dash", "bash", "mksh", "ksh"].iter().filter_map(|name| judge(name)).collect()
}

/// What a command printed. It must not fail, nor complain, and its directory must hold what it held before: a text
/// that was run as a command would have left a file.
pub(crate) fn output(command: &mut Command, dir: &Path) -> Vec<u8> {
    let before = names(dir);
    let out = command.current_dir(dir).env("LC_ALL", "C").output().unwrap();
    let complaint = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && complaint.is_empty(), "{command:?}: {}: {complaint}", out.status);
    assert_eq!(names(dir), before, "{command:?} made files");
    out.stdout
}

fn names(dir: &Path) -> Vec<std::ffi::OsString> {
    let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

/// Splits what `printf '%s\0'` printed.
pub(crate) fn split_nul(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut parts: Vec<_> = text.split('\0').map(str::to_owned).collect();
    assert_eq!(parts.pop().as_deref(), Some(""), "output ends in NUL");
    parts
}
