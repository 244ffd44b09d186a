//! The files of a port, and the form of its patches (portlint: the walk over the directory, `checkpatch`).
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::package::{Out, unended};

/// How names end of what editors and patch(1) leave behind.
const LEFT_OVER: &[&str] = &[".orig", ".rej", ".bak", "~"];

pub(super) fn check(package: &Package, out: &mut Out) {
    for (name, source) in &package.directory.files {
        let file = name.rsplit('/').next().unwrap_or(name);
        if let Some(message) = out_of_place(file, source) {
            out.say(&rules::FILE, Place::File(Arc::from(source.path.as_path())), message);
        } else if name.strip_prefix("files/").is_some_and(|file| file.starts_with("patch-")) {
            patch(source, out);
        }
    }
}

fn out_of_place(file: &str, source: &Source) -> Option<String> {
    let plain = |one: char| one.is_ascii_alphanumeric() || "-_.+".contains(one);
    let mode = std::fs::metadata(&source.path).map_or(0, |meta| meta.permissions().mode());
    if source.text.is_empty() {
        Some("the file is empty".to_owned())
    } else if LEFT_OVER.iter().any(|end| file.ends_with(end)) {
        Some("an editor or patch(1) has left it behind".to_owned())
    } else if let Some(other) = file.chars().find(|one| !plain(*one)) {
        Some(format!("`{other}` cannot be part of its name"))
    } else if mode & 0o111 != 0 {
        Some(format!("mode {:o}", mode & 0o777))
    } else {
        None
    }
}

fn patch(source: &Arc<Source>, out: &mut Out) {
    if let Some(at) = source.text.find("\r\n") {
        out.say(&rules::PATCH, Place::text(source, at..at + 1), "the line ends in CR LF");
    }
    unended(source, &rules::PATCH, out);
}
