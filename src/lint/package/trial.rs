//! Packages for tests: a made-up one, clean, and one change that makes a rule speak.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Finding, Source, apply};
use crate::lint::{Around, RuleSet};

/// A change of one file: `(code, file, what stands there, what comes in its place)`. With nothing in the third place the
/// fourth is added at the end; a file that is changed to nothing at all is gone.
pub(crate) type Case<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The files of a package that does not exist.
pub(crate) struct Trial {
    pub(crate) files: BTreeMap<String, String>,
}

impl Trial {
    /// Reads `tests/data/lint/…`.
    pub(crate) fn read(directory: &str) -> Self {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lint").join(directory);
        let mut files = BTreeMap::new();
        let mut todo = vec![top.clone()];
        while let Some(directory) = todo.pop() {
            for entry in std::fs::read_dir(&directory).expect("a directory") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    todo.push(path);
                } else {
                    let name = path.strip_prefix(&top).expect("below").to_str().expect("UTF-8").to_owned();
                    files.insert(name, std::fs::read_to_string(&path).expect("text"));
                }
            }
        }
        Self { files }
    }

    /// The same with one change.
    pub(crate) fn with(&self, file: &str, from: &str, to: &str) -> Self {
        let mut files = self.files.clone();
        let text = files.get(file).cloned().unwrap_or_default();
        let changed = if from.is_empty() {
            format!("{text}{to}")
        } else {
            assert!(text.contains(from), "{file} has no {from:?}");
            text.replacen(from, to, 1)
        };
        if changed.is_empty() {
            files.remove(file)
        } else {
            files.insert(file.to_owned(), changed)
        };
        Self { files }
    }

    /// The same without a file.
    pub(crate) fn without(&self, file: &str) -> Self {
        let mut files = self.files.clone();
        files.remove(file).expect("the file is there");
        Self { files }
    }

    /// What a rule set finds in it.
    pub(crate) fn judged(&self, set: &dyn RuleSet, around: &Around) -> Vec<Finding> {
        let sources: Vec<Arc<Source>> = self
            .files
            .iter()
            .map(|(name, text)| Arc::new(Source::new(PathBuf::from("net/acme").join(name), text.as_str())))
            .collect();
        set.judge_around(&sources, around).findings
    }
}

/// What is found, a line each.
pub(crate) fn told(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|one| format!("{} {}: {}", one.rule.code, one.place.name(), one.message));
    lines.collect::<Vec<_>>().join("\n")
}

/// Each case is found where it is made and nowhere else, and nothing is found without it.
pub(crate) fn cases(set: &dyn RuleSet, trial: &Trial, around: &Around, cases: &[Case<'_>]) {
    let clean = trial.judged(set, around);
    for (code, file, from, to) in cases {
        assert!(clean.iter().all(|one| one.rule.code != *code), "{code} in the clean package:\n{}", told(&clean));
        let found = trial.with(file, from, to).judged(set, around);
        assert!(found.iter().any(|one| one.rule.code == *code), "{code} is not found: {to:?}\n{}", told(&found));
    }
}

/// Changes after which a rule that might speak has to be silent: all is well, or nothing is known.
pub(crate) fn silent(set: &dyn RuleSet, trial: &Trial, cases: &[Case<'_>]) {
    for (code, file, from, to) in cases {
        let found = trial.with(file, from, to).judged(set, &Around::default());
        assert!(found.iter().all(|one| one.rule.code != *code), "{code} is found: {to:?}\n{}", told(&found));
    }
}

/// A lock of a program `acme` with these crates of the registry; the one called `git` is from a repository.
pub(crate) fn lock(crates: &[(&str, &str)], git: &str) -> String {
    const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let list = crates.iter().map(|(name, _)| format!(" \"{name}\",\n")).collect::<Vec<_>>().concat();
    let mut text =
        format!("version = 4\n[[package]]\nname = \"acme\"\nversion = \"1.0.0-rc.1\"\ndependencies = [\n{list}]\n");
    for (name, version) in crates {
        let source = if *name == git {
            format!("git+https://example.org/{name}#0123456789abcdef0123456789abcdef01234567\"\n")
        } else {
            format!("{INDEX}\"\nchecksum = \"{}\"\n", "0".repeat(64))
        };
        text = format!("{text}[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}");
    }
    text
}

/// A rule speaks of a package.
pub(crate) fn speaks(set: &dyn RuleSet, trial: &Trial, around: &Around, code: &str) {
    let found = trial.judged(set, around);
    assert!(found.iter().any(|one| one.rule.code == code), "{code}: {}", told(&found));
}

/// A port with the lock of its crates at hand: nothing is found; and then the codes for a crate that the port lacks, for
/// one that the lock has not, and for one, libc, that is from a repository.
pub(crate) fn against_lock(set: &dyn RuleSet, trial: &Trial, crates: &[(&str, &str)], codes: [&str; 3]) {
    let judged = |crates: &[(&str, &str)], git: &str| {
        let dir = tempfile::tempdir().expect("tempdir");
        let path = dir.path().join("Cargo.lock");
        std::fs::write(&path, lock(crates, git)).expect("write");
        trial.judged(set, &Around { lock: Some(path), ..Around::default() })
    };
    assert!(judged(crates, "").is_empty(), "{}", told(&judged(crates, "")));
    let mut more = crates.to_vec();
    more.push(("new", "1.0.0"));
    for (code, found) in codes.iter().zip([judged(&more, ""), judged(&crates[1..], ""), judged(crates, "libc")]) {
        assert!(found.iter().any(|one| one.rule.code == *code), "{code}: {}", told(&found));
    }
}

/// These are the codes of a set, and the set has them in order.
pub(crate) fn are_all(set: &dyn RuleSet, codes: &BTreeSet<&str>) {
    let all: Vec<&str> = set.rules().iter().map(|rule| rule.code).collect();
    assert!(all.is_sorted());
    assert_eq!(*codes, all.into_iter().collect());
}

/// The fixes of these codes take away what they are about, and bring nothing new.
pub(crate) fn fixes(set: &dyn RuleSet, trial: &Trial, cases: &[Case<'_>], codes: &[&str]) {
    for (code, file, from, to) in cases.iter().filter(|case| codes.contains(&case.0)) {
        let changed = trial.with(file, from, to);
        let found = changed.judged(set, &Around::default());
        let finding = found.iter().find(|one| one.rule.code == *code && one.fix.is_some());
        let finding = finding.unwrap_or_else(|| panic!("{code} has no fix\n{}", told(&found)));
        let name = finding.place.path().expect("a file").strip_prefix("net/acme").expect("of the package");
        let name = name.to_str().expect("UTF-8");
        let (text, count) = apply(&changed.files[name], finding.fix.iter());
        assert_eq!(count, 1, "{code}");
        let mut files = changed.files.clone();
        files.insert(name.to_owned(), text);
        let after = Trial { files }.judged(set, &Around::default());
        assert!(after.iter().all(|one| one.rule.code != *code), "{code} is still there\n{}", told(&after));
        assert!(after.len() < found.len(), "{code}: {}", told(&after));
    }
}
