//! What a draft is made from.
use std::collections::BTreeSet;

use crate::krate::{Binary, Distribution, Krate};
use crate::profile::Profile;

/// No larger text is looked at, in bytes.
const LARGEST: u64 = 1 << 20;

/// A crate, the crates of the same project that are linked into it, and what the OSes offer.
pub struct Material<'a> {
    /// The crate.
    pub krate: &'a Krate,
    /// Its files with those that are not released: they may tell how it is run.
    pub whole: &'a Distribution,
    /// Crates of the same project in its lock: `NAME-VERSION` and files.
    pub siblings: &'a [(String, Distribution)],
    /// Packages of the crate's own workspace that are linked into the program.
    pub members: &'a BTreeSet<String>,
    /// The OSes that the draft must hold for.
    pub profiles: &'a [Profile],
}

impl<'a> Material<'a> {
    /// The crate's own files.
    pub(super) fn files(&self) -> Files<'a> {
        Files { dist: &self.krate.dist, prefix: String::new() }
    }

    /// The files of the directory that the crate is in, released or not.
    pub(super) fn whole(&self) -> Files<'a> {
        Files { dist: self.whole, prefix: String::new() }
    }

    /// The files of the crates of the same project.
    pub(super) fn siblings(&self) -> impl Iterator<Item = Files<'a>> {
        self.siblings.iter().map(|(name, dist)| Files { dist, prefix: format!("{name}/") })
    }

    /// The Rust sources that end up in these programs: of the package, of linked members of its workspace, and of the
    /// crates of the same project.
    pub(super) fn sources(&self, programs: &[&str]) -> Vec<(Files<'a>, String)> {
        // What is only another program's is not theirs.
        let mains = |ours: bool| {
            let binaries = self.krate.binaries.iter();
            binaries.filter(move |one| programs.contains(&one.name.as_str()) == ours).map(|one| self.main_of(one))
        };
        let ours: Vec<String> = mains(true).collect();
        let others: Vec<String> = mains(false).filter(|main| !ours.contains(main)).collect();
        let own = self.files();
        let dirs = self.member_dirs();
        let belongs = |path: &str| {
            let package = dirs.iter().filter(|(dir, _)| dir.is_empty() || path.starts_with(&format!("{dir}/")));
            package.max_by_key(|(dir, _)| dir.len()).is_some_and(|(_, linked)| *linked)
        };
        let mut found: Vec<(Files<'a>, String)> = Vec::new();
        let another = |path: &str| others.iter().any(|main| path.starts_with(main.as_str()));
        for path in own.paths().filter(|path| is_source(path) && belongs(path) && !another(path)) {
            found.push((own.clone(), path.to_owned()));
        }
        for files in self.siblings() {
            let paths: Vec<String> = files.paths().filter(|path| is_source(path)).map(ToOwned::to_owned).collect();
            found.extend(paths.into_iter().map(|path| (files.clone(), path)));
        }
        found
    }

    /// What is only one program's: the file `src/bin/NAME.rs`, or the directory `src/bin/NAME/`.
    fn main_of(&self, binary: &Binary) -> String {
        let path = format!("{}/{}", self.krate.dir, binary.path);
        let path = path.trim_start_matches('/');
        match path.strip_suffix("main.rs") {
            Some(directory) if !directory.ends_with("src/") && !directory.is_empty() => directory.to_owned(),
            _ => path.to_owned(),
        }
    }

    /// Directories of packages in the distribution, and whether each is linked into the program.
    fn member_dirs(&self) -> Vec<(String, bool)> {
        let own = self.files();
        let manifests = own.paths().filter(|path| *path == "Cargo.toml" || path.ends_with("/Cargo.toml"));
        let mut dirs: Vec<(String, bool)> = manifests
            .map(|path| {
                let dir = path.trim_end_matches("Cargo.toml").trim_end_matches('/').to_owned();
                let linked = dir == self.krate.dir
                    || own
                        .text(path)
                        .and_then(|text| text.parse::<toml::Table>().ok())
                        .and_then(|table| Some(table.get("package")?.get("name")?.as_str()?.to_owned()))
                        .is_some_and(|name| self.members.contains(&name));
                (dir, linked)
            })
            .collect();
        if !dirs.iter().any(|(dir, _)| *dir == self.krate.dir) {
            dirs.push((self.krate.dir.clone(), true));
        }
        dirs
    }
}

/// The files of one distribution.
#[derive(Clone)]
pub(super) struct Files<'a> {
    dist: &'a Distribution,
    prefix: String,
}

impl<'a> Files<'a> {
    pub(super) fn paths(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.dist.files().iter().map(|file| file.path.as_str())
    }

    /// What is in a text file; nothing when it is large, no UTF-8, or not there.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.dist.file(path).filter(|file| file.size <= LARGEST)?;
        self.dist.read_text(path).ok()
    }

    /// The path as a reader is told it: with the crate's name in front when it is another crate's.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// Whether a file only serves tests, benchmarks or the project's own automation.
pub(super) fn is_for_tests(path: &str) -> bool {
    const DIRECTORIES: &[&str] = &[
        "tests",
        "test",
        "benches",
        "bench",
        "fuzz",
        "ci",
        ".github",
        ".gitlab",
        ".forgejo",
        ".circleci",
        "xtask",
        "node_modules",
        "testdata",
        "fixtures",
        "integration-tests",
        "test-data",
        "e2e",
        "vendor",
        "third_party",
    ];
    path.split('/').rev().skip(1).any(|part| DIRECTORIES.contains(&part))
}

fn is_source(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let example = path.split('/').rev().skip(1).any(|part| part == "examples");
    let Some(stem) = name.strip_suffix(".rs") else { return false };
    let tests = ["build", "tests", "test"].contains(&stem) || stem.ends_with("_test") || stem.ends_with("_tests");
    !is_for_tests(path) && !example && !tests
}
