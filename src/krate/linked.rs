//! What ends up in the program, and what only helps to build it.
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use semver::Version;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::cargo::{Cargo, Stub};
use super::fetch::ensure;
use super::linked_cache;
use super::lock::{LockedPackage, LockedSource};
use super::names::printable;
use super::opened::Krate;
use super::package_facts::{Facts, facts_of_crate, facts_of_member, facts_of_unpacked};
use super::tree_output::{self, Node};
use super::upstream::Options;
use crate::diag::{Diagnostic, did_you_mean};

/// Which features are on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FeatureChoice {
    /// Leave the default features out.
    pub no_default: bool,
    /// These on top; the order does not matter.
    pub features: BTreeSet<String>,
}

/// The dependencies of a crate for one target and choice of features; dev-dependencies are not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Linked into the program, the crate itself included; sorted by name and version.
    pub normal: Vec<LinkedPackage>,
    /// Run while building: procedural macros, build scripts' dependencies, and what these need; sorted by name and
    /// version. A package can be in both lists, with different features.
    pub build: Vec<LinkedPackage>,
}

/// One package of the dependency tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedPackage {
    /// The crate's name.
    pub name: String,
    /// The exact version.
    pub version: Version,
    /// The `license` field as written: a stranger's text.
    pub license: Option<String>,
    /// The `license-file` field as written.
    pub license_file: Option<String>,
    /// The native library that the crate claims to link (`links`).
    pub links: Option<String>,
    /// The oldest rust that builds it, as in its manifest.
    pub rust_version: Option<String>,
    /// Features that are on, sorted.
    pub features: Vec<String>,
    /// Names of the crates that its build script uses directly, sorted: `cc`, `cmake`, `bindgen`, `pkg-config`, …
    pub build_uses: Vec<String>,
}

impl Linked {
    /// The packages of that name that are linked into the program.
    pub fn find<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a LinkedPackage> {
        self.normal.iter().filter(move |package| package.name == name)
    }
}

/// What is linked into the crate's programs with these features on that target (a triple that rustc knows; its standard
/// library need not be installed).
///
/// cargo decides, as for a build: `cargo tree --locked`, in a project that has the crate's manifests and no code. The
/// answer is kept in the cache, so that the next run needs no cargo. Which binaries are built makes no difference but
/// for their required features; add [`super::Binary::required_features`] to the choice.
pub fn linked(krate: &Krate, choice: &FeatureChoice, target: &str, opts: &Options<'_>) -> anyhow::Result<Linked> {
    check_features(krate, choice)?;
    check_target(target)?;
    let key = linked_cache::key(krate, choice, target);
    if let Some(linked) = linked_cache::load(opts, &key) {
        return Ok(linked);
    }
    let stub = Stub::new(krate, opts)?;
    let cargo = Cargo::find(opts)?;
    opts.progress.start(&format!("cargo tree for {target}"), 0);
    let output = cargo.run(&stub.package, &tree_arguments(choice, target));
    opts.progress.finish();
    let nodes = tree_output::parse(&output.map_err(|error| explain(error, krate, opts))?)?;
    let facts = gather(krate, &nodes, &cargo, &stub, opts)?;
    let linked = Linked { normal: list(&nodes, &facts, false), build: list(&nodes, &facts, true) };
    linked_cache::store(opts, &key, &linked)?;
    Ok(linked)
}

fn tree_arguments(choice: &FeatureChoice, target: &str) -> Vec<String> {
    // ASCII and indented: the only layout that marks build-dependencies.
    let fixed = ["tree", "--locked", "--edges", "normal,build", "--charset", "ascii", "--prefix", "indent", "--quiet"];
    let mut args: Vec<String> = fixed.into_iter().map(str::to_owned).collect();
    args.extend(["--format".to_owned(), tree_output::FORMAT.to_owned(), "--target".to_owned(), target.to_owned()]);
    if choice.no_default {
        args.push("--no-default-features".to_owned());
    }
    if !choice.features.is_empty() {
        let list: Vec<_> = choice.features.iter().map(String::as_str).collect();
        args.push(format!("--features={}", list.join(",")));
    }
    args
}

fn check_features(krate: &Krate, choice: &FeatureChoice) -> anyhow::Result<()> {
    // `helper/fast` turns on a feature of a dependency; cargo knows whether there is one.
    let unknown =
        choice.features.iter().find(|feature| !feature.contains('/') && !krate.features.contains_key(*feature));
    let Some(feature) = unknown else { return Ok(()) };
    let diagnostic = Diagnostic::input(format!("`{}` has no feature `{}`", krate.name, printable(feature)));
    let names = krate.features.keys().map(String::as_str);
    let diagnostic = match did_you_mean(feature, names.clone()) {
        Some(near) => diagnostic.help(format!("did you mean `{}`?", printable(near))),
        None => diagnostic,
    };
    Err(diagnostic.note(printable(&format!("it has {}", names.collect::<Vec<_>>().join(", ")))).into())
}

fn check_target(target: &str) -> anyhow::Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !target.is_empty() && !target.starts_with(['-', '.']) && !target.contains(".json") && target.chars().all(plain) {
        return Ok(());
    }
    Err(Diagnostic::input(format!("`{}` is not a target triple", printable(target)))
        .help("list them: `rustc --print target-list`")
        .into())
}

/// Adds to cargo's own words what portwright knows about their cause.
fn explain(error: anyhow::Error, krate: &Krate, opts: &Options<'_>) -> anyhow::Error {
    let mut diagnostic = match error.downcast::<Diagnostic>() {
        Ok(diagnostic) => diagnostic,
        Err(error) => return error,
    };
    let git = |package: &LockedPackage| match &package.source {
        LockedSource::Git { url, .. } => Some(url.clone()),
        _ => None,
    };
    if let Some(url) = krate.lock.packages.iter().find_map(git) {
        diagnostic =
            diagnostic.note(printable(&format!("the lock has crates from git, which cargo must clone: {url}")));
    }
    if opts.offline {
        diagnostic = diagnostic.help("what is missing is downloaded without --offline");
    }
    diagnostic.into()
}

type FactsOf = BTreeMap<(String, Version), Facts>;

/// Licence and `links` of every package of the tree, from manifests whose checksums were verified.
fn gather(krate: &Krate, nodes: &[Node], cargo: &Cargo, stub: &Stub, opts: &Options<'_>) -> anyhow::Result<FactsOf> {
    let keys: BTreeSet<_> = nodes.iter().map(|node| (node.name.clone(), node.version.clone())).collect();
    let locked: Vec<_> = keys.iter().filter_map(|(name, version)| krate.lock.find(name, version)).collect();
    let released: Vec<_> = locked.iter().copied().filter(|package| package.is_registry()).collect();
    let files = ensure(krate, &released, opts)?;
    let mut facts = released
        .par_iter()
        .zip(&files)
        .map(|(package, file)| Ok(((package.name.clone(), package.version.clone()), facts_of_crate(package, file)?)))
        .collect::<anyhow::Result<FactsOf>>()?;
    if locked.iter().any(|package| matches!(package.source, LockedSource::Git { .. })) {
        // cargo has cloned them for the tree; only its own answer says where.
        let args = ["metadata", "--locked", "--format-version=1"].map(str::to_owned);
        for (key, fact) in facts_of_unpacked(&cargo.run(&stub.package, &args)?)? {
            facts.entry(key).or_insert(fact);
        }
    }
    for (name, version) in keys {
        if krate.lock.find(&name, &version).is_none_or(|package| package.source == LockedSource::Path) {
            let fact = facts_of_member(krate, &name);
            facts.entry((name, version)).or_insert(fact);
        }
    }
    Ok(facts)
}

/// One side of the tree; a package that occurs with several sets of features has all of them.
fn list(nodes: &[Node], facts: &FactsOf, build: bool) -> Vec<LinkedPackage> {
    let mut packages: BTreeMap<(String, Version), (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for node in nodes.iter().filter(|node| node.build == build) {
        let (features, uses) = packages.entry((node.name.clone(), node.version.clone())).or_default();
        features.extend(node.features.iter().cloned());
        uses.extend(node.build_uses.iter().cloned());
    }
    packages
        .into_iter()
        .map(|((name, version), (features, uses))| {
            let fact = facts.get(&(name.clone(), version.clone())).cloned().unwrap_or_default();
            LinkedPackage {
                name,
                version,
                license: fact.license,
                license_file: fact.license_file,
                links: fact.links,
                rust_version: fact.rust_version,
                features: features.into_iter().collect(),
                build_uses: uses.into_iter().collect(),
            }
        })
        .collect()
}

/// A short digest of everything in `parts`, unambiguous about where each ends.
pub(super) fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{FeatureChoice, linked};
    use crate::diag::Diagnostic;
    use crate::krate::fixture::write_tree;
    use crate::krate::{Krate, Options, Upstream, open};

    const TARGET: &str = "x86_64-unknown-illumos";

    /// A workspace whose own files would start programs if cargo saw them.
    fn workspace(dir: &std::path::Path) -> Krate {
        let member = |name: &str, rest: &str| {
            format!("[package]\nname='{name}'\nversion='0.1.0'\nedition='2021'\nlicense.workspace=true\n{rest}")
        };
        let server = member(
            "server",
            "[features]\ndefault=['fast']\nfast=[]\nextra=['dep:extra']\n[dependencies]\nhelper={path='../helper'}\n\
             extra={path='../extra',optional=true}\n[target.'cfg(target_os=\"netbsd\")'.dependencies]\n\
             bsd={path='../bsd'}\n[dev-dependencies]\ntesting={path='../testing'}\n",
        );
        let lock: String = ["bsd", "derive", "extra", "generator", "helper", "server", "testing"]
            .map(|name| {
                let dependencies = match name {
                    "server" => "dependencies = [\"bsd\", \"extra\", \"helper\", \"testing\"]\n",
                    "helper" => "dependencies = [\"derive\", \"generator\"]\n",
                    _ => "",
                };
                format!("[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\n{dependencies}\n")
            })
            .concat();
        let helper =
            "[dependencies]\nderive={path='../derive'}\n[build-dependencies]\ngenerator={path='../generator'}\n";
        let files = [
            (
                "Cargo.toml",
                "[workspace]\nresolver='2'\nmembers=['crates/*']\n[workspace.package]\nlicense='ISC'\n".into(),
            ),
            ("Cargo.lock", format!("version = 4\n{lock}")),
            (".cargo/config.toml", "[build]\nrustc = '/nonexistent/rustc'\n".into()),
            ("rust-toolchain.toml", "[toolchain]\nchannel = 'nonexistent'\n".into()),
            ("crates/server/Cargo.toml", server),
            ("crates/server/src/main.rs", String::new()),
            ("crates/helper/Cargo.toml", member("helper", helper)),
            ("crates/helper/src/lib.rs", String::new()),
            ("crates/helper/build.rs", "fn main() { panic!() }".into()),
            ("crates/derive/Cargo.toml", member("derive", "[lib]\nproc-macro=true\n")),
            ("crates/derive/src/lib.rs", String::new()),
            ("crates/extra/Cargo.toml", member("extra", "")),
            ("crates/extra/src/lib.rs", String::new()),
            ("crates/bsd/Cargo.toml", member("bsd", "")),
            ("crates/bsd/src/lib.rs", String::new()),
            ("crates/testing/Cargo.toml", member("testing", "")),
            ("crates/testing/src/lib.rs", String::new()),
            ("crates/generator/Cargo.toml", member("generator", "")),
            ("crates/generator/src/lib.rs", String::new()),
        ];
        write_tree(dir, &files.each_ref().map(|(path, text)| (*path, text.as_str())));
        open(&Upstream::Path { dir: dir.into(), package: None }, &Options::default()).expect("open")
    }

    #[test]
    fn cargo_decides_without_seeing_the_crates_configuration() {
        let dir = tempfile::tempdir().expect("tempdir");
        let krate = workspace(&dir.path().join("work"));
        let opts = Options { offline: true, cache_dir: Some(dir.path().join("cache")), ..Options::default() };
        let names = |choice: &FeatureChoice, target: &str| {
            let linked = linked(&krate, choice, target, &opts).expect("linked");
            let name = |package: &super::LinkedPackage| package.name.clone();
            (linked.normal.iter().map(name).collect::<Vec<_>>(), linked.build.iter().map(name).collect::<Vec<_>>())
        };
        let plain = FeatureChoice::default();
        let build = ["derive", "generator"].map(str::to_owned).to_vec();
        assert_eq!(names(&plain, TARGET), (["helper", "server"].map(str::to_owned).to_vec(), build.clone()));
        assert_eq!(names(&plain, "x86_64-unknown-netbsd").0, ["bsd", "helper", "server"]);
        let choice = FeatureChoice { no_default: true, features: ["extra".to_owned()].into() };
        assert_eq!(names(&choice, TARGET).0, ["extra", "helper", "server"]);

        let first = linked(&krate, &plain, TARGET, &opts).expect("linked");
        let helper = first.find("helper").next().expect("helper");
        assert_eq!(
            (helper.build_uses.as_slice(), helper.license.as_deref()),
            (["generator".to_owned()].as_slice(), Some("ISC"))
        );
        let left: Vec<_> =
            std::fs::read_dir(dir.path().join("cache")).expect("cache").map(|e| e.expect("e").file_name()).collect();
        assert_eq!(left, ["linked"], "temporary projects are removed");
    }

    #[test]
    fn features_and_targets_that_are_none_are_told() {
        let dir = tempfile::tempdir().expect("tempdir");
        let krate = workspace(&dir.path().join("work"));
        let opts = Options { offline: true, cache_dir: Some(dir.path().join("cache")), ..Options::default() };
        let refuse = |choice: &FeatureChoice, target: &str| {
            linked(&krate, choice, target, &opts).expect_err("refused").downcast::<Diagnostic>().expect("diagnostic")
        };
        let misspelt = FeatureChoice { no_default: false, features: ["extar".to_owned()].into() };
        assert!(refuse(&misspelt, TARGET).help[0].contains("`extra`"));
        for target in ["", "--config=x", "../x.json", "a b"] {
            assert!(refuse(&FeatureChoice::default(), target).message.contains("target triple"), "{target}");
        }
    }
}
