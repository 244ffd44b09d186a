//! Golden trees: all that is written for made-up servers, in tests/golden. A change of the output shows itself there;
//! `PORTWRIGHT_GOLDEN=write cargo test --test cli golden` takes it over.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Env, servers};

/// Digests and sizes depend on how the test packs its crates.
fn without_digests(name: &str, text: &str) -> String {
    if !name.ends_with("distinfo") {
        return text.to_owned();
    }
    let line = |line: &str| match line.split_once(" = ") {
        Some((what, _)) => format!("{what} = …\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn written(env: &Env) -> BTreeMap<String, String> {
    let ours = |name: &str| ["pkgsrc/", "ports/", "smf/", "rc.d/"].iter().any(|top| name.starts_with(top));
    let files = env.files("").into_iter().filter(|(name, _)| ours(name));
    files.map(|(name, text)| (name.clone(), without_digests(&name, &text))).collect()
}

fn below(top: &Path, dir: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(top, &path, found);
        } else {
            found.insert(path.strip_prefix(top).unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
        }
    }
}

fn rewrite() -> bool {
    std::env::var("PORTWRIGHT_GOLDEN").as_deref() == Ok("write")
}

fn golden(server: fn(&Env), name: &str) {
    let env = Env::new();
    server(&env);
    env.generate(&[&format!("{name}.toml")]);
    let written = written(&env);
    let top: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if rewrite() {
        let _ = fs::remove_dir_all(&top);
        for (name, text) in &written {
            let path = top.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let mut expected = BTreeMap::new();
    below(&top, &top, &mut expected);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&written), names(&expected), "files written for {name}");
    for (file, text) in &expected {
        let difference = similar::TextDiff::from_lines(text.as_str(), &written[file]);
        assert!(*text == written[file], "{file}:\n{}", difference.unified_diff().header("golden", "written"));
    }
}

#[test]
fn a_plain_service() {
    golden(servers::hearth, "hearth");
}

#[test]
fn a_service_with_all_kinds_of_options() {
    golden(servers::quarry, "quarry");
}

#[test]
fn programs_without_a_service() {
    golden(servers::tidbits, "tidbits");
}

#[test]
fn a_member_of_a_workspace() {
    golden(|env| servers::loom(env, "0.9.0"), "loom");
}

#[test]
fn the_answer_for_programs() {
    let env = Env::new();
    servers::quarry(&env);
    let answer = env.generate(&["quarry.toml", "--format", "json", "--out", "out"]).stdout;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/quarry.json");
    if rewrite() {
        fs::write(&path, &answer).unwrap();
    }
    assert_eq!(answer, fs::read_to_string(&path).unwrap(), "a change of the format wants another number in `format`");
}
