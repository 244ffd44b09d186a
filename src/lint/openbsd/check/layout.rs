//! The files of a port (portcheck: `check_port_dir`, `check_pkg_dir`, `check_patches_dir`, `check_files_dir`).
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Fix, Place, Severity, Source};
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::{Out, lines};

pub(super) fn check(package: &Package, out: &mut Out) {
    for (name, source) in &package.directory.files {
        place(name, source, out);
        // Patches of patches/ and files of files/ may speak of it; portcheck looks at all of them.
        tag(name, source, out);
        executable(source, out);
    }
    directories(package, out);
    included(package, out);
    complete(package, out);
}

/// Directories with nothing in them, and those that a port does not have.
fn directories(package: &Package, out: &mut Out) {
    for name in ["files", "patches", "pkg"] {
        let path = package.directory.path.join(name);
        if std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_none()) {
            out.say(&rules::EMPTY_DIRECTORY, Place::File(Arc::from(path.as_path())), "there is nothing in it");
        }
    }
    let mut said = BTreeSet::new();
    for (name, source) in &package.directory.files {
        let Some((directory, _)) = name.split_once('/') else { continue };
        // patches-1.2 and the like belong to ports that are built in several versions.
        let known = ["files", "patches", "pkg"].iter().any(|one| {
            directory.strip_prefix(one).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', '_']))
        });
        if !known && said.insert(directory) {
            let message = format!("a port has no directory `{directory}`");
            out.say(&rules::EXTRA_FILE, Place::text(source, 0..0), message);
        }
    }
}

/// Whether a file has its place; what is not known of a subdirectory is left to whoever made it.
fn place(name: &str, source: &Arc<Source>, out: &mut Out) {
    let at = || Place::text(source, 0..0);
    let matches =
        |name: &str, stem: &str| name.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    match name.split_once('/') {
        None => {
            let known = ["Makefile", "Makefile.inc", "distinfo", "crates.inc", "modules.inc"].contains(&name);
            if !known && name.strip_suffix(".port.mk").is_none() {
                out.say(&rules::EXTRA_FILE, at(), format!("a port has no file `{name}`"));
            }
        }
        Some(("pkg", file)) => {
            let known = ["DESCR", "PLIST", "README", "MESSAGE", "UNMESSAGE"].iter().any(|stem| matches(file, stem));
            if file.starts_with("PFRAG.shared") {
                out.say(&rules::PFRAG_SHARED, at(), format!("`{file}` belongs into PLIST"));
            }
            let ends = [".rc", ".login"].iter().any(|end| file.ends_with(end));
            if !known && !file.starts_with("PFRAG.") && !ends {
                out.say(&rules::EXTRA_FILE, at(), format!("pkg/ has no file `{file}`"));
            }
        }
        Some((directory, file)) if directory == "patches" || directory.starts_with("patches-") => {
            if !file.starts_with("patch-") || file.strip_suffix(".orig").is_some() {
                out.say(&rules::PATCH_NAME, at(), format!("`{file}` is not applied"));
            }
            if source.text.is_empty() {
                out.say(&rules::PATCH_EMPTY, at(), "the patch is empty");
            }
            if let Some(crlf) = source.text.find("\r\n") {
                out.say(&rules::DOS, Place::text(source, crlf..crlf + 1), "the line ends in CR LF");
            }
        }
        Some(_) => {}
    }
}

fn tag(name: &str, source: &Arc<Source>, out: &mut Out) {
    // Of what a port brings along as files/crates.inc or so, the text alone is looked at.
    let found = lines(&source.text).find_map(|(line, span)| {
        let start = line.find("$OpenBSD")?;
        let length = line[start + 1..].find('$')? + 2;
        Some((line, span.clone(), span.start + start..span.start + start + length))
    });
    let Some((line, span, at)) = found else { return };
    let comment = line.trim_start().trim_start_matches("@comment").trim_start().trim_start_matches(['#', '!', ' ']);
    let alone = comment.starts_with("$OpenBSD") && comment.ends_with('$');
    let message = format!("`{name}` has an RCS tag");
    out.say_with(&rules::RCS_TAG, Place::text(source, at), message, |finding| {
        // In a patch the line is part of a hunk.
        if alone && !name.starts_with("patches") {
            finding.fix(Fix::new(
                "take out the line with the tag",
                span.start..(span.end + 1).min(source.text.len()),
                "",
            ))
        } else {
            finding
        }
    });
}

/// An execute bit of a file that is on the disk.
fn executable(source: &Arc<Source>, out: &mut Out) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(&source.path).map_or(0, |meta| meta.permissions().mode());
    if mode & 0o111 != 0 {
        out.say(&rules::EXECUTABLE, Place::File(Arc::from(source.path.as_path())), format!("mode {:o}", mode & 0o777));
    }
}

fn included(package: &Package, out: &mut Out) {
    let Some(makefile) = package.directory.get("Makefile") else { return };
    for name in ["crates.inc", "modules.inc"] {
        let line = format!(".include \"{name}\"");
        if package.directory.get(name).is_some() && !makefile.text.lines().any(|one| one == line) {
            // In other words it is read all the same; portcheck wants these.
            let read = package.program.files.iter().any(|file| file.source.path.ends_with(name));
            let message = format!("the Makefile has no line `{line}`");
            out.say_with(&rules::NOT_INCLUDED, package.directory.place_of("Makefile"), message, |finding| {
                if !read {
                    return finding;
                }
                finding.severity(Severity::Note).effect("None for the build; portcheck and scripts look for this line.")
            });
        }
    }
}

fn complete(package: &Package, out: &mut Out) {
    // A port without a file of its own in pkg/ takes those of a directory above.
    let has = |start: &str| package.directory.below("pkg").any(|(name, _)| name.starts_with(start));
    let own = |name: &str| {
        ["PKGDIR", "CHECKSUM_FILE"].contains(&name) || ["DESCR", "PLIST"].iter().any(|start| name.starts_with(start))
    };
    // Of several packages made by a loop above, each has its files where the loop says.
    let elsewhere = package.program.names().any(own) || !package.program.unnamed.is_empty();
    let any = package.directory.below("pkg").next().is_some();
    if elsewhere || package.program.open || !any {
        return;
    }
    for start in ["DESCR", "PLIST"] {
        if !has(start) {
            out.say(&rules::NO_PKG, package.directory.place(), format!("there is no pkg/{start}"));
        }
    }
    if package.distinfo.is_none() && package.cargo {
        out.say(&rules::NO_PKG, package.directory.place(), "there is no distinfo");
    }
}
