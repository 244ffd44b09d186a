//! What the commands of the install phase put below ${PREFIX}.
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Place;
use crate::lint::pkgsrc::package::Package;

/// What the commands of the install phase make.
#[derive(Default)]
pub(super) struct Installed {
    /// Files below the prefix, with the command that makes each.
    pub(super) files: BTreeMap<String, Place>,
    /// Directories into which something goes whose name is not known.
    pub(super) open_directories: BTreeSet<String>,
    /// There are commands that lint cannot follow: they can make anything.
    pub(super) open: bool,
}

/// Commands that copy files, and directories with `_DIR`.
const INSTALL: &[&str] =
    &["‹INSTALL_PROGRAM›", "‹INSTALL_SCRIPT›", "‹INSTALL_LIB›", "‹INSTALL_DATA›", "‹INSTALL_MAN›", "‹INSTALL_GAME›"];

/// Commands that make no file below the prefix.
const HARMLESS: &[&str] = &["‹CHMOD›", "‹CHOWN›", "‹SED›", "echo", "‹ECHO›", "true", ":", "strip", "${STRIP}"];

impl Installed {
    /// Follows the commands of the targets that install.
    pub(super) fn of(package: &Package, directories: &BTreeSet<String>) -> Self {
        let mut installed = Self::default();
        for reached in &package.program.targets {
            let installs = reached.target.names.iter().any(|(name, _)| name.ends_with("-install") || name == "install");
            if !installs {
                continue;
            }
            for command in &reached.target.commands {
                let place = reached.file.place(command.span.clone());
                match package.program.expand(&command.text, &[]).only() {
                    Some(text) => installed.command(text, &place, directories),
                    // What it comes to is not known, and so not what it makes.
                    None => installed.open = true,
                }
            }
        }
        installed
    }

    fn command(&mut self, text: &str, place: &Place, directories: &BTreeSet<String>) {
        if text.contains(['`', '|', '<', '*', '?']) || text.contains("$(") {
            self.open |= text.contains("‹DESTDIR›") || text.contains("install");
            return;
        }
        for part in text.split([';', '&']).map(str::trim).filter(|part| !part.is_empty()) {
            let part = part.trim_start_matches(['@', '-']);
            let words: Vec<&str> = part.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
            self.words(&words, place, directories);
        }
    }

    fn words(&mut self, words: &[&str], place: &Place, directories: &BTreeSet<String>) {
        let words = match words.split_first() {
            Some((first, rest)) if *first == "‹RUN›" => rest,
            _ => words,
        };
        // ${RUN}${INSTALL} without a blank.
        let Some((first, rest)) = words.split_first() else { return };
        let first = first.strip_prefix("‹RUN›").unwrap_or(first);
        let plain: Vec<&str> = rest.iter().filter(|word| !word.starts_with('-')).copied().collect();
        let copies_files = || rest.iter().all(|word| !word.starts_with('-') || matches!(*word, "-p" | "-f"));
        if INSTALL.contains(&first) || matches!(first, "‹LN›" | "ln") || first == "‹CP›" && copies_files() {
            self.copied(&plain, place, directories);
        } else if first == "‹MV›" {
            // What is renamed below the prefix is there under another name then.
            if let Some(from) = plain.first().and_then(|from| below(from)) {
                self.files.remove(&from);
            }
            self.copied(&plain, place, directories);
        } else if first == "‹RM›" {
            for path in plain.iter().filter_map(|path| below(path)) {
                self.files.remove(&path);
            }
        } else if first.ends_with("_DIR›") || first == "‹MKDIR›" || HARMLESS.contains(&first) {
            // Directories are not listed.
        } else {
            self.open = true;
        }
    }

    fn copied(&mut self, words: &[&str], place: &Place, directories: &BTreeSet<String>) {
        let Some((to, from)) = words.split_last() else { return };
        if from.is_empty() {
            self.open = true;
            return;
        }
        let Some(target) = below(to) else {
            self.open |= to.contains("‹DESTDIR›") && !to.contains("‹VARBASE›") && !to.contains("‹PKG_SYSCONF");
            return;
        };
        let is_directory = from.len() > 1 || to.ends_with('/') || directories.contains(&target);
        for source in from {
            let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or(source);
            if is_directory && (name.contains("..") || name.is_empty()) {
                self.open_directories.insert(target.clone());
                continue;
            }
            let path = if is_directory { joined(&target, name) } else { target.clone() };
            self.files.insert(path, place.clone());
        }
    }
}

fn joined(directory: &str, name: &str) -> String {
    if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") }
}

/// A path below ${DESTDIR}${PREFIX}, as PLIST has it.
pub(super) fn below(path: &str) -> Option<String> {
    let path = path.strip_prefix("‹DESTDIR›").unwrap_or(path).trim_start_matches('/');
    let path = path.strip_prefix("‹PREFIX›")?;
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    Some(parts.join("/").replace("‹PKGMANDIR›", "man").replace("‹PKGINFODIR›", "info"))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn paths_as_in_plist() {
        assert_eq!(below("‹DESTDIR›‹PREFIX›/sbin/x").as_deref(), Some("sbin/x"));
        assert_eq!(below("‹DESTDIR›/‹PREFIX›//‹PKGMANDIR›/man8/").as_deref(), Some("man/man8"));
        assert_eq!(below("‹DESTDIR›‹VARBASE›/db/x"), None);
    }
}
