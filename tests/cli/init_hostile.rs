//! Whatever a unit file or a Dockerfile holds, the draft made from it is a recipe that every profile can resolve.
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use portwright::draft::{Material, Origin, draft};
use portwright::krate::{Krate, Options, Upstream, open};
use portwright::port::{CrateView, Digests, Distfile, Features, Linkage, resolve};
use portwright::profile::{Profile, Profiles};
use portwright::recipe::{Source, parse};
use proptest::prelude::*;

const MANIFEST: &str = "[package]\nname = \"srv\"\nversion = \"1.2.3\"\nedition = \"2021\"\nlicense = \"ISC\"\n\
    description = \"Small example server\"\n[features]\na = []\n";

fn krate(dir: &std::path::Path, unit: &str, image: &str) -> Krate {
    let write = |path: &str, text: &str| fs::write(dir.join(path), text).unwrap();
    fs::create_dir_all(dir.join("src")).unwrap();
    write("Cargo.toml", MANIFEST);
    write("Cargo.lock", "version = 4\n[[package]]\nname = \"srv\"\nversion = \"1.2.3\"\n");
    write("src/main.rs", "fn main() {}\n");
    write("srv.service", unit);
    write("Dockerfile", image);
    open(&Upstream::Path { dir: dir.to_owned(), package: None }, &Options::default()).unwrap()
}

/// Drafts, parses, and resolves for all profiles; the error of whichever fails.
fn resolved(krate: &Krate, profiles: &[Profile]) -> Result<(), String> {
    let members = BTreeSet::new();
    let whole = krate.dist.unfiltered().map_err(|error| error.to_string())?;
    let material = Material { krate, whole: &whole, siblings: &[], members: &members, profiles };
    let text = draft(&material, &Origin::Path { path: ".".into(), package: None }).text();
    let source = Source { path: "portwright.toml".into(), text: text.clone(), root: Vec::new() };
    let (recipe, source) = parse(source).map_err(|error| format!("{error}\n{text}"))?;
    let digests = Digests { blake2s: String::new(), sha512: String::new(), sha256: String::new(), size: 0 };
    let view = CrateView {
        krate,
        origin: portwright::port::Origin::Path,
        distfile: Distfile { file: "srv.tar.gz".into(), digests },
        crates: Arc::from([]),
        git: Vec::new(),
        timestamp: None,
        linkage: &|_: &Features, _: &str| Ok(Linkage::default()),
        beside: &|_: &str| anyhow::bail!("nothing"),
    };
    for profile in profiles {
        resolve(&recipe, &source, Some(&view), &Arc::new(profile.clone()))
            .map_err(|error| format!("{error}\n{text}"))?;
    }
    Ok(())
}

/// A value as people, and people with bad intentions, write it.
fn value() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "/usr/bin/srv",
        "srv",
        "-c",
        "--config",
        "--config=/etc/srv/a.toml",
        "/etc/srv/b.yml",
        "/var/lib/srv/x",
        "/run/srv",
        "a b",
        "'a b'",
        "\"q",
        "\\",
        "\\\"",
        "$X",
        "${X}",
        "%i",
        "%%",
        "%S/srv",
        "{state}",
        "}",
        "`id`",
        ";",
        "\\;",
        "--",
        "ä",
        "=",
        "A=1",
        "\"B=2 3\"",
        "../..",
        "/etc/../x",
        "-",
        "",
        "0.0.0.0:80",
        "[::]:8080",
        "/bin/sh",
        "env",
        "\u{7f}",
        "#",
        "5min",
        "infinity",
        "99999999999999999999",
        "SIGINT",
        "root",
        "/data",
        "[",
        "[\"srv\", \"-x\"]",
        "8080/tcp",
    ]);
    prop::collection::vec(prop_oneof![8 => word.prop_map(ToOwned::to_owned), 1 => "\\PC{0,12}"], 0..7)
        .prop_map(|words| words.join(" "))
}

fn lines(keys: &'static [&'static str], separator: &'static str) -> impl Strategy<Value = String> {
    let line = (prop::sample::select(keys), value()).prop_map(move |(key, value)| format!("{key}{separator}{value}\n"));
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

const UNIT: &[&str] = &[
    "ExecStart",
    "ExecStart",
    "ExecReload",
    "Environment",
    "Environment",
    "EnvironmentFile",
    "User",
    "Group",
    "WorkingDirectory",
    "StateDirectory",
    "CacheDirectory",
    "LimitNOFILE",
    "KillSignal",
    "TimeoutStopSec",
    "Type",
    "[Unit]\nAfter",
    "[Service]\nX",
    "#",
    ";",
];
const IMAGE: &[&str] = &["FROM", "ENTRYPOINT", "CMD", "ENV", "EXPOSE", "VOLUME", "USER", "RUN", "#"];

#[test]
fn drafts_resolve_whatever_the_files_hold() {
    let profiles = Profiles::new(&[]).unwrap();
    let profiles: Vec<Profile> = profiles.names().map(|name| profiles.get(name).unwrap()).collect();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let dir = tempfile::tempdir().unwrap();
    runner
        .run(&(lines(UNIT, "="), lines(IMAGE, " ")), |(unit, image)| {
            let krate = krate(dir.path(), &format!("[Service]\n{unit}"), &image);
            resolved(&krate, &profiles).map_err(|error| TestCaseError::fail(format!("{error}\n{unit}\n{image}")))
        })
        .unwrap();
}
