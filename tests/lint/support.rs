//! Samples, and what lint says of a text.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use portwright::finding::{Finding, Severity, Source};
use portwright::lint::judge;

/// The directory of the samples.
pub(crate) fn samples_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/smf/samples")
}

/// All samples by name.
pub(crate) fn samples() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = std::fs::read_dir(samples_dir())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() >= 9);
    found
}

/// One sample.
pub(crate) fn sample(name: &str) -> String {
    std::fs::read_to_string(samples_dir().join(name)).unwrap()
}

/// What lint finds in a text.
pub(crate) fn findings(text: &str) -> Vec<Finding> {
    judge(&[Arc::new(Source::new("manifest.xml", text))]).findings
}

/// Codes with severities, without those that say that something is unknown.
pub(crate) fn codes(text: &str) -> Vec<(&'static str, Severity)> {
    let known = findings(text).into_iter().filter(|finding| finding.severity != Severity::Unknown);
    known.map(|finding| (finding.rule.code, finding.severity)).collect()
}

/// The findings as lines.
pub(crate) fn lines(text: &str) -> Vec<String> {
    findings(text)
        .iter()
        .map(|one| {
            let at = one.place.start().unwrap();
            format!("{} {} {}:{} {}", one.rule.code, one.severity, at.line, at.column, one.message)
        })
        .collect()
}

/// A sample with one change, which must be one.
pub(crate) fn changed(name: &str, from: &str, to: &str) -> String {
    let text = sample(name);
    assert!(text.contains(from), "`{from}` is not in {name}");
    text.replacen(from, to, 1)
}

/// The DTD's verdict by xmllint: whether a text follows it. Nothing, said aloud, without xmllint; with `CI=true` it must
/// be there.
pub(crate) fn follows_dtd(text: &str) -> Option<bool> {
    let Ok(xmllint) = which::which("xmllint") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "xmllint not found, and CI=true");
        eprintln!("skipped: xmllint not found");
        return None;
    };
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("manifest.xml");
    std::fs::write(&file, text).unwrap();
    let dtd = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/smf/service_bundle.dtd.1");
    let output = Command::new(xmllint).args(["--noout", "--nonet", "--dtdvalid"]).arg(dtd).arg(file).output().unwrap();
    match output.status.code() {
        Some(0) => Some(true),
        // 1: not well formed, 3: does not follow the DTD.
        Some(1 | 3) => Some(false),
        other => panic!("xmllint ended with {other:?}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}
