//! The files of a crate that lies in a directory.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::distribution::{DistFile, unreadable};
use crate::diag::Diagnostic;

/// Deeper trees are not a crate's.
const DEEPEST: usize = 64;

/// What would be released: what git knows or would add, else everything but `target/` and what starts with `.git`.
/// Sorted by path; names that are not UTF-8 and links that lead outside are left out.
pub(super) fn list(dir: &Path) -> anyhow::Result<Vec<DistFile>> {
    let top = dir.canonicalize().map_err(|error| unreadable(dir, &error))?;
    let names = match git_files(&top) {
        Some(names) => names,
        None => walk(&top)?,
    };
    let mut files: Vec<_> = names.into_iter().filter_map(|name| describe(&top, name)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup();
    if files.is_empty() {
        return Err(Diagnostic::input(format!("there are no files in `{}`", dir.display())).into());
    }
    Ok(files)
}

fn describe(top: &Path, name: String) -> Option<DistFile> {
    let full = top.join(&name);
    // Follows links, as `cargo package` does, but not out of the crate.
    let meta = fs::metadata(&full).ok().filter(fs::Metadata::is_file)?;
    full.canonicalize().ok().filter(|real| real.starts_with(top))?;
    Some(DistFile { path: name, executable: is_executable(&meta), size: meta.len(), modified: None })
}

#[cfg(unix)]
fn is_executable(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    meta.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}

/// `None` when the directory is not the top of a git checkout, or git is not there.
fn git_files(top: &Path) -> Option<Vec<String>> {
    if !top.ancestors().any(|dir| dir.join(".git").exists()) {
        return None;
    }
    let output = Command::new("git")
        // A checkout's own configuration may name programs; listing files must not start them.
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .arg("-C")
        .arg(top)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let names: Vec<_> = names.filter_map(|name| String::from_utf8(name.to_vec()).ok()).collect();
    // A crate in a directory that its surrounding checkout ignores has no files there, but is one.
    (output.status.success() && names.iter().any(|name| name == "Cargo.toml")).then_some(names)
}

fn walk(top: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut todo = vec![(PathBuf::new(), 0)];
    while let Some((relative, depth)) = todo.pop() {
        let dir = top.join(&relative);
        for entry in fs::read_dir(&dir).map_err(|error| unreadable(&dir, &error))? {
            let entry = entry.map_err(|error| unreadable(&dir, &error))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type().map_err(|error| unreadable(&dir, &error))?;
            let path = relative.join(&name);
            if kind.is_dir() {
                let built = name == "target" && entry.path().join("CACHEDIR.TAG").exists();
                if name != ".git" && !built && !(depth == 0 && name == "target") && depth < DEEPEST {
                    todo.push((path, depth + 1));
                }
            } else if let Some(path) = path.to_str() {
                names.push(path.to_owned());
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::krate::fixture::write_tree;

    #[test]
    fn neither_build_results_nor_links_to_elsewhere() {
        let dir = tempfile::tempdir().expect("tempdir");
        write_tree(
            dir.path(),
            &[("Cargo.toml", ""), ("src/main.rs", ""), ("target/debug/x", ""), (".git/config", ""), ("a/target/x", "")],
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/etc/passwd", dir.path().join("leak")).expect("link");
            std::os::unix::fs::symlink("Cargo.toml", dir.path().join("same")).expect("link");
        }
        let paths: Vec<_> = list(dir.path()).expect("list").into_iter().map(|file| file.path).collect();
        assert_eq!(paths, ["Cargo.toml", "a/target/x", "same", "src/main.rs"]);
    }
}
