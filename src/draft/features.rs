//! What the manifest tells about features: which are a person's choice, and what its comments say of them.
use std::collections::{BTreeMap, BTreeSet};

use super::material::Material;
use crate::krate::Krate;

/// A feature as the manifest declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// The comment above or behind it.
    pub(super) comment: Option<String>,
    /// 1-based.
    pub(super) line: usize,
    /// Another feature follows without a comment of its own: the comment may be about all of them.
    shared: bool,
}

impl Declared {
    /// The comment, when it is about this feature alone.
    pub(super) fn own_comment(&self) -> Option<&str> {
        self.comment.as_deref().filter(|_| !self.shared)
    }
}

/// Why a feature is no choice for the person who builds a package.
pub(super) fn unfit(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase().replace('_', "-");
    let parts: Vec<&str> = lower.split('-').collect();
    let has = |words: &[&str]| parts.iter().any(|part| words.contains(part));
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if name.starts_with('_') || lower == "default" || name.contains('/') {
        return Some("internal");
    }
    if has(&[
        "nightly",
        "unstable",
        "test",
        "tests",
        "testing",
        "bench",
        "benches",
        "benchmark",
        "ci",
        "fuzz",
        "fuzzing",
        "docsrs",
        "dev",
        "mock",
        "internal",
    ]) {
        return Some("for development");
    }
    if starts(&[
        "tokio-console",
        "console",
        "dhat",
        "pprof",
        "profil",
        "heap-prof",
        "tracy",
        "deadlock",
        "flame",
        "debug",
        "timing",
        "instrument",
    ]) || has(&["profiling", "pprof", "dhat"])
    {
        return Some("for debugging");
    }
    if has(&["vendored", "bundled", "static", "vendor", "musl", "embedded", "system", "dynamic", "embed"])
        || starts(&["bundled", "vendored", "static"])
    {
        return Some("how libraries are linked, which the package decides");
    }
    if lower.contains("self-update") || lower.contains("selfupdate") || lower.contains("autoupdate") {
        return Some("packages are updated by their own tools");
    }
    if has(&[
        "windows",
        "journald",
        "systemd",
        "sd",
        "macos",
        "linux",
        "android",
        "ios",
        "wasm",
        "wasm32",
        "io-uring",
        "uring",
        "seccomp",
        "landlock",
        "ebpf",
        "winservice",
    ]) || lower.contains("io-uring")
    {
        return Some("for another system");
    }
    if has(&["jemalloc", "mimalloc", "snmalloc", "rpmalloc", "tcmalloc", "jemallocator", "malloc", "allocator"])
        || lower.contains("malloc")
    {
        return Some("an allocator: a matter of the build");
    }
    if [
        "lib",
        "std",
        "alloc",
        "serde",
        "cli",
        "bin",
        "full",
        "all",
        "everything",
        "all-features",
        "derive",
        "minimal",
        "simd",
        "build-binary",
        "portable",
        "openapi",
        "schema",
        "schemars",
        "clap",
        "completions",
        "shell-completions",
        "no-std",
        "docs",
        "doc",
        "client",
        "server",
        "daemon",
        "experimental",
        "default-features",
        "avx2",
        "simd-json",
    ]
    .contains(&lower.as_str())
    {
        return Some("not a choice about the server");
    }
    None
}

/// Features of the manifest's own `[features]`, with comments: those of `Cargo.toml.orig`, which cargo's own rewriting
/// of the manifest drops. `None` for a feature that only cargo infers.
pub(super) fn declared(material: &Material<'_>) -> (String, BTreeMap<String, Declared>) {
    let krate = material.krate;
    let original = format!("{}.orig", krate.manifest_path);
    let files = material.files();
    match files.text(&original) {
        Some(text) => (original, parse(&text)),
        None => (krate.manifest_path.clone(), parse(&krate.manifest_text)),
    }
}

fn parse(text: &str) -> BTreeMap<String, Declared> {
    let mut found = BTreeMap::new();
    let (mut inside, mut depth) = (false, 0_usize);
    let mut comment: Vec<&str> = Vec::new();
    // The feature of the line before, when nothing has come in between.
    let mut before: Option<String> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim();
        if depth == 0 && trimmed.starts_with('[') {
            inside = trimmed.trim_end_matches(|c: char| c != ']') == "[features]";
            comment.clear();
            before = None;
        } else if !inside {
        } else if let Some(words) = trimmed.strip_prefix('#') {
            if depth == 0 {
                before = None;
                comment.push(words.trim_start_matches(['#', '!']).trim());
            }
        } else if trimmed.is_empty() {
            comment.clear();
            before = None;
        } else {
            if depth == 0
                && let Some((key, _)) = trimmed.split_once('=')
            {
                let behind = trimmed.rsplit_once("] #").map(|(_, words)| words.trim());
                let words = if comment.is_empty() { behind.unwrap_or("").to_owned() } else { paragraph(&comment) };
                if let Some(above) = before.take().filter(|_| comment.is_empty() && behind.is_none())
                    && let Some(above) = found.get_mut(&above)
                {
                    let above: &mut Declared = above;
                    above.shared = true;
                }
                let comment = Some(words).filter(|words| !words.is_empty());
                let name = key.trim().trim_matches(['"', '\'']).to_owned();
                before = Some(name.clone()).filter(|_| behind.is_none());
                found.insert(name, Declared { comment, line: number, shared: false });
            }
            comment.clear();
            // Brackets in strings do not occur in names of features.
            let code = trimmed.split(" #").next().unwrap_or(trimmed);
            depth = (depth + code.matches('[').count()).saturating_sub(code.matches(']').count());
        }
    }
    found
}

/// Lines of a comment as one text; a line that begins with a capital letter begins a sentence.
fn paragraph(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            let sentence = line.starts_with(|c: char| c.is_uppercase()) && !text.ends_with(['.', ',', ':', ';']);
            text.push_str(if sentence { ". " } else { " " });
        }
        text.push_str(line);
    }
    text
}

/// Everything that `start` turns on among the crate's own features, itself included.
pub(super) fn closure<'a>(krate: &'a Krate, start: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut all = BTreeSet::new();
    let mut todo: Vec<&str> = start.collect();
    while let Some(name) = todo.pop() {
        if let Some((name, turned_on)) = krate.features.get_key_value(name)
            && all.insert(name.as_str())
        {
            todo.extend(turned_on.iter().map(String::as_str));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{parse, unfit};

    #[test]
    fn comments_belong_to_the_feature_below() {
        let text = "[package]\nname = 'x'\n[features]\n# about all\n\ndefault = [\n  'a', # first\n]\n# Turns on\n# a thing\na = []\nb = [\"dep:b\"] # for b\n\
            [dependencies]\nz = '1'\n";
        let found = parse(text);
        assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["a", "b", "default"]);
        assert_eq!(found["a"].comment.as_deref(), Some("Turns on a thing"));
        assert_eq!((found["b"].comment.as_deref(), found["b"].line), (Some("for b"), 12));
        assert_eq!(found["default"].comment, None);
        let found = parse("[features]\n# Engines\na = []\nb = []\n# one\nc = []\n\nd = []\n");
        assert_eq!(["a", "c"].map(|name| found[name].own_comment()), [None, Some("one")]);
    }

    #[test]
    fn what_is_no_choice() {
        for name in [
            "_x",
            "default",
            "tokio-console",
            "vendored-openssl",
            "bundled-libs",
            "journald",
            "nightly",
            "io_uring",
            "jemalloc",
        ] {
            assert!(unfit(name).is_some(), "{name}");
        }
        for name in ["sqlite", "metrics", "k2v", "tls", "s3", "telemetry-otlp"] {
            assert_eq!(unfit(name), None, "{name}");
        }
    }
}
