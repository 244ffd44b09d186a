//! SMF manifests: illumos' own DTD and the rules that svccfg and svc.startd add to it.
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Env, as_installed, has_extension, judge, servers};

/// The DTD's verdict: what xmllint complains of.
fn against_dtd(manifest: &str) -> Option<String> {
    let xmllint = judge("xmllint")?;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("manifest.xml");
    std::fs::write(&file, manifest).unwrap();
    let dtd = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/smf/service_bundle.dtd.1");
    let output = Command::new(xmllint).args(["--noout", "--nonet", "--dtdvalid"]).arg(dtd).arg(file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() { String::new() } else { format!("{}: {said}", output.status) })
}

fn judged(name: &str, manifest: &str) {
    if let Some(complaint) = against_dtd(manifest) {
        assert_eq!(complaint, "", "{name}");
    }
    let env = Env::new();
    env.write("as-written.xml", manifest).write("as-installed.xml", &as_installed(manifest));
    let ran = env.run(&["lint", "--strict", "as-written.xml", "as-installed.xml"]);
    // Whether a server catches a signal is for whoever wrote the recipe to know.
    let decided = ran.stdout.lines().filter(|line| !line.starts_with("unknown[PW1109]")).count();
    assert!(ran.status == 0 && decided == 0, "{name}\n{ran}");
    own(name, manifest);
}

/// What we ask of our own manifests beyond lint: HOME is not set by svc.startd, and nothing runs as root.
fn own(name: &str, manifest: &str) {
    for wanted in [
        "<envvar name=\"HOME\" value=\"",
        "<envvar name=\"PATH\" value=\"",
        "<method_credential user=\"",
        "working_directory=\"",
    ] {
        assert!(manifest.contains(wanted), "{name}: no {wanted}");
    }
    assert!(!manifest.contains("user=\"root\""), "{name}");
}

#[test]
fn generated_manifests_are_valid() {
    let env = Env::new();
    servers::hearth(&env);
    servers::quarry(&env);
    env.generate(&["hearth.toml", "quarry.toml"]);
    let mut judged_files = 0;
    for (name, text) in env.files("").iter().filter(|(name, _)| has_extension(name, "xml")) {
        judged(name, text);
        judged_files += 1;
    }
    assert_eq!(judged_files, 4, "two servers, each in its package and by itself");
}

#[test]
fn manifests_of_the_gallery_are_valid() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for below in ["smf", "pkgsrc"] {
        for path in manifests_below(&top.join(below)) {
            judged(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn manifests_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(manifests_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_dtd_finds_its_offenders() {
    let env = Env::new();
    servers::hearth(&env);
    env.generate(&["hearth.toml", "--target", "smf"]);
    let good = env.read("smf/hearth.xml");
    for (from, to) in [
        ("<stability value=\"Unstable\"/>", "<stability value=\"Committed\"/>"),
        ("grouping=\"require_all\" ", ""),
        ("<method_context", "<stability value=\"Stable\"/><method_context"),
    ] {
        assert!(good.contains(from), "{from}");
        let Some(complaint) = against_dtd(&good.replacen(from, to, 1)) else { return };
        assert_ne!(complaint, "", "{from} => {to}");
    }
}
