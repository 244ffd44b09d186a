//! A program looked for as execvp(3) would, in the PATH of the service.
use crate::doctor::Subject;
use crate::doctor::root::{Failure, Found, Kind, Want, denied, safe};

/// Names of a directory that are looked at for similar ones.
const NAMES: usize = 50_000;

/// What looking for a program came to.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// It.
    pub(super) hit: Option<(String, Found)>,
    /// What is there under the name and cannot be run, with why.
    pub(super) obstacles: Vec<String>,
    /// Why some place could not be looked at.
    pub(super) blind: Vec<String>,
}

/// Looks for a program. Without a known user everybody must be able to run it.
pub(super) fn search(subject: &Subject<'_>, path: &[String], name: &str) -> Search {
    let mut search = Search::default();
    for directory in path.iter().filter(|directory| directory.starts_with('/')) {
        let file = format!("{}/{name}", directory.trim_end_matches('/'));
        match subject.host.root.find(&file) {
            Ok(found) => match cannot_run(subject, &found) {
                None => {
                    search.hit = Some((file, found));
                    return search;
                }
                Some(why) => search.obstacles.push(format!("{file}: {why}")),
            },
            // A directory of the PATH that is missing or a file is passed over.
            Err(Failure::Absent(_) | Failure::NotDirectory(_)) => {}
            Err(failure @ (Failure::Dangling(..) | Failure::Loop(_))) => {
                // Of the directory or of the program: only the latter is about this program.
                if subject.host.root.find(directory).is_ok() {
                    search.obstacles.push(format!("{file}: {failure}"));
                }
            }
            Err(failure) => search.blind.push(failure.to_string()),
        }
    }
    search
}

/// Why the service's user cannot run a file.
pub(super) fn cannot_run(subject: &Subject<'_>, found: &Found) -> Option<String> {
    if found.stat.kind != Kind::File {
        return Some(format!("it is {}", found.stat.kind));
    }
    // A user whose number is not known is nobody's friend.
    let (uid, groups) = subject.who().unwrap_or((u32::MAX, &[]));
    let (path, stat) = denied(found, uid, groups, Want::Execute)?;
    Some(format!(
        "{} may not {} {path} (mode {:04o}, owner {}, group {})",
        subject.user_name(),
        if stat.kind == Kind::Directory { "search" } else { "run" },
        stat.mode,
        stat.uid,
        stat.gid
    ))
}

/// The program outside the PATH, and files whose names are nearly its own: `ffmpeg7` for `ffmpeg`, `FFmpeg`, and what the profile says the package
/// installs. Those that can be run, with their paths.
pub(super) fn similar(subject: &Subject<'_>, path: &[String], name: &str) -> Vec<String> {
    let installs = subject.port.programs.iter().find(|program| program.name == name).map(|program| &program.file);
    let near = |other: &str| {
        let rest = other.strip_prefix(name).map(|rest| rest.trim_start_matches(['-', '_']));
        let version =
            rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
        other != name && (version || installs.is_some_and(|file| file == other) || other.eq_ignore_ascii_case(name))
    };
    let bin = crate::port::Place::Bin.path(&subject.port.profile.paths, &subject.port.name);
    let mut directories: Vec<&str> = vec![&bin];
    directories.extend(path.iter().map(String::as_str).filter(|directory| directory.starts_with('/')));
    let mut seen: Vec<String> = Vec::new();
    for directory in directories {
        for entry in subject.host.root.names(directory, NAMES).unwrap_or_default() {
            let Ok(entry) = String::from_utf8(entry) else { continue };
            let file = format!("{directory}/{entry}");
            // The very name, in a directory that is not in the PATH.
            let outside = entry == name && !path.iter().any(|listed| listed == directory);
            if (near(&entry) || outside)
                && entry == safe(entry.as_bytes())
                && subject.host.root.find(&file).is_ok_and(|found| cannot_run(subject, &found).is_none())
                && !seen.contains(&file)
            {
                seen.push(file);
            }
        }
    }
    // The highest version is the one that is meant.
    seen.sort_by(|a, b| {
        let exact = |file: &str| file.rsplit('/').next() == Some(name);
        exact(b).cmp(&exact(a)).then_with(|| crate::port::version::compare(b, a))
    });
    seen
}
