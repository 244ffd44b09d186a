//! What a package's own files say about the service: its users, and the programs that it depends on.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::facts::programs;
use crate::finding::Source;

/// What is known of a package.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// Its directory.
    pub(super) directory: PathBuf,
    /// Users that it makes, as its files name them.
    pub(super) users: Vec<String>,
    /// Programs that the server runs, by name.
    pub(super) programs: Vec<String>,
}

/// Whether a file is one of those that are looked into.
pub(super) fn is_part(path: &Path, text: &str) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match name {
        "Makefile" | "Makefile.common" => {
            text.lines().any(|line| line.starts_with("RCD_SCRIPT") || line.starts_with("USE_RC_SUBR"))
        }
        _ if name.starts_with("PLIST") => text.contains("@rcscript"),
        _ => false,
    }
}

/// The packages that these files belong to.
pub(super) fn packages(files: &[Arc<Source>]) -> Vec<Package> {
    let mut packages: Vec<Package> = Vec::new();
    for file in files.iter().filter(|file| is_part(&file.path, &file.text)) {
        let directory = directory(&file.path);
        let at = packages.iter().position(|one| one.directory == directory).unwrap_or_else(|| {
            packages.push(Package { directory, ..Package::default() });
            packages.len() - 1
        });
        packages[at].read(&file.path, &file.text);
    }
    packages
}

/// The directory of the package that a file belongs to: files/ and pkg/ are inside it.
pub(super) fn directory(path: &Path) -> PathBuf {
    let parent = path.parent().unwrap_or(Path::new(""));
    let inside = ["files", "pkg"].iter().any(|name| parent.file_name().is_some_and(|last| last == *name));
    if inside { parent.parent().unwrap_or(parent).to_owned() } else { parent.to_owned() }
}

impl Package {
    fn read(&mut self, path: &Path, text: &str) {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("PLIST")) {
            for line in text.lines() {
                if let Some(user) = line.strip_prefix("@newuser ") {
                    self.users.extend(user.split(':').next().map(str::to_owned));
                }
            }
            return;
        }
        for (name, value) in assignments(text) {
            match name.as_str() {
                "PKG_USERS" | "USERS" => {
                    let users = value.split_whitespace().map(|user| user.split(':').next().unwrap_or(user).to_owned());
                    self.users.extend(users);
                }
                "DEPENDS" => self.tools(value.split_whitespace().map(|word| word.split(['-', '>', '<', ':']))),
                "RUN_DEPENDS" => {
                    self.tools(value.split_whitespace().map(|word| word.split([':', '>'])));
                }
                _ => {}
            }
        }
    }

    /// Takes the programs of packages; a name may hold the sign that ends it, so the longest that is known counts.
    fn tools<'a, W: Iterator<Item = &'a str>>(&mut self, words: impl Iterator<Item = W>) {
        for word in words {
            let parts: Vec<&str> = word.collect();
            for end in (1..=parts.len()).rev() {
                let name = parts[..end].join("-");
                if let Some(program) = programs().tools.get(&name) {
                    self.programs.push(program.clone());
                    break;
                }
            }
        }
    }
}

/// The assignments of a makefile, lines joined, comments and conditions not looked at.
fn assignments(text: &str) -> Vec<(String, String)> {
    let joined = text.replace("\\\n", " ");
    let one = |line: &str| {
        if line.starts_with(['\t', '#', '.']) {
            return None;
        }
        let (name, value) = line.split_once('=')?;
        let name = name.trim().trim_end_matches(['+', '?', ':', '!']).trim();
        let value = value.split(" #").next().unwrap_or(value);
        (!name.is_empty() && !name.contains(char::is_whitespace)).then(|| (name.to_owned(), value.trim().to_owned()))
    };
    joined.lines().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::{directory, packages};
    use crate::finding::Source;

    #[test]
    fn users_and_programs() {
        let pkgsrc = "RCD_SCRIPTS=\tlantern\nPKG_USERS=\t${LANTERN_USER}:${LANTERN_GROUP}\nDEPENDS+=\tffmpeg7-[0-9]*:../../multimedia/ffmpeg7\nDEPENDS+=\tp5-Image-ExifTool>=12:../x\n";
        let port =
            "USE_RC_SUBR=\tlantern\nUSERS=\tlantern\nRUN_DEPENDS=\tffmpeg:multimedia/ffmpeg \\\n\tgit>0:devel/git\n";
        let plist = "@newgroup _lantern:900\n@newuser _lantern:900:900::lantern:/nonexistent:/sbin/nologin\n@rcscript ${RCDIR}/lantern\n";
        let files = [("a/Makefile", pkgsrc), ("b/Makefile", port), ("c/pkg/PLIST", plist)];
        let files = files.map(|(path, text)| Arc::new(Source::new(path, text)));
        let found = packages(&files);
        let of = |at: usize| (found[at].users.join(" "), found[at].programs.join(" "));
        assert_eq!(of(0), ("${LANTERN_USER}".to_owned(), "ffmpeg exiftool".to_owned()));
        assert_eq!(of(1), ("lantern".to_owned(), "ffmpeg git".to_owned()));
        assert_eq!(of(2), ("_lantern".to_owned(), String::new()));
        assert_eq!(found[2].directory, Path::new("c"));
        assert_eq!(directory(Path::new("b/files/lantern.in")), Path::new("b"));
    }
}
