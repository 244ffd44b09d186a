//! Made-up crates: releases in a cargo home, found there both by cargo and by portwright, with no network.
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use tar::{Builder, Header};

/// What Cargo.lock calls the default registry.
const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// The name of the directory of our registry in cargo's cache.
const REGISTRY: &str = "made-up";

/// A crate to be published. By default: licence ISC, one binary, a lock, no dependencies.
#[derive(Clone)]
pub(crate) struct Crate {
    name: String,
    version: String,
    licence: Option<String>,
    package: String,
    tables: String,
    dependencies: Vec<(String, String, bool)>,
    git: Option<String>,
    lock: bool,
    binary: bool,
    files: Vec<(String, String)>,
}

impl Crate {
    /// A server: a crate with a binary of its name.
    pub(crate) fn server(name: &str, version: &str) -> Self {
        let package = format!("description = \"A small server called {name}\"\n");
        Self { package, lock: true, binary: true, ..Self::library(name, version) }
    }

    /// A crate that others depend on.
    pub(crate) fn library(name: &str, version: &str) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            licence: Some("ISC".into()),
            package: String::new(),
            tables: String::new(),
            dependencies: Vec::new(),
            git: None,
            lock: false,
            binary: false,
            files: Vec::new(),
        }
    }

    /// Its licence, or none said.
    pub(crate) fn licence(mut self, licence: Option<&str>) -> Self {
        self.licence = licence.map(Into::into);
        self
    }

    /// Lines of `[package]`, instead of the description.
    pub(crate) fn package(mut self, lines: &str) -> Self {
        self.package = lines.into();
        self
    }

    /// Tables at the end of the manifest: `[features]`, `[[bin]]` …
    pub(crate) fn tables(mut self, text: &str) -> Self {
        self.tables = text.into();
        self
    }

    /// A dependency on a published crate.
    pub(crate) fn needs(mut self, name: &str, version: &str) -> Self {
        self.dependencies.push((name.into(), version.into(), false));
        self
    }

    /// A dependency that a feature turns on.
    pub(crate) fn may_need(mut self, name: &str, version: &str) -> Self {
        self.dependencies.push((name.into(), version.into(), true));
        self
    }

    /// A crate from git in the lock.
    pub(crate) fn git(mut self, url: &str) -> Self {
        self.git = Some(url.into());
        self
    }

    /// Published without Cargo.lock.
    pub(crate) fn without_lock(mut self) -> Self {
        self.lock = false;
        self
    }

    /// One more file.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        self.files.push((path.into(), text.into()));
        self
    }

    fn manifest(&self) -> String {
        let mut text =
            format!("[package]\nname = \"{}\"\nversion = \"{}\"\nedition = \"2021\"\n", self.name, self.version);
        if let Some(licence) = &self.licence {
            let _ = writeln!(text, "license = \"{licence}\"");
        }
        text.push_str(&self.package);
        text.push_str("[dependencies]\n");
        for (name, version, optional) in &self.dependencies {
            let _ = writeln!(text, "{name} = {{ version = \"={version}\", optional = {optional} }}");
        }
        text + &self.tables
    }

    fn lock(&self, sums: &dyn Fn(&str, &str) -> String) -> String {
        let names: Vec<String> = self.dependencies.iter().map(|(name, ..)| format!("\"{name}\"")).collect();
        let own = format!(
            "[[package]]\nname = \"{}\"\nversion = \"{}\"\ndependencies = [{}]\n",
            self.name,
            self.version,
            names.join(", ")
        );
        let mut entries = vec![(self.name.clone(), own)];
        for (name, version, _) in &self.dependencies {
            let sum = sums(name, version);
            let entry = format!(
                "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{INDEX}\"\nchecksum = \"{sum}\"\n"
            );
            entries.push((name.clone(), entry));
        }
        if let Some(url) = &self.git {
            let entry =
                format!("[[package]]\nname = \"zz\"\nversion = \"0.1.0\"\nsource = \"git+{url}#{}\"\n", "1".repeat(40));
            entries.push(("zz".into(), entry));
        }
        entries.sort();
        "version = 4\n".to_owned() + &entries.into_iter().map(|(_, entry)| entry).collect::<String>()
    }

    /// Puts the release into the cargo home `home`.
    pub(crate) fn publish(&self, home: &Path) {
        let cache = home.join("registry/cache").join(REGISTRY);
        let sums = |name: &str, version: &str| sum_of(&cache.join(format!("{name}-{version}.crate")));
        let mut files = vec![("Cargo.toml".to_owned(), self.manifest())];
        if self.lock {
            files.push(("Cargo.lock".into(), self.lock(&sums)));
        }
        files.push(if self.binary {
            ("src/main.rs".into(), "fn main() {}\n".into())
        } else {
            ("src/lib.rs".into(), String::new())
        });
        files.extend(self.files.iter().cloned());
        let stem = format!("{}-{}", self.name, self.version);
        let path = cache.join(format!("{stem}.crate"));
        fs::create_dir_all(&cache).unwrap();
        fs::write(&path, tarball(&stem, &files)).unwrap();
        self.index(home, &sum_of(&path));
        // cargo reads a "local registry" in the very directory where portwright looks for cargo's downloads.
        let config = format!(
            "[source.crates-io]\nreplace-with = \"{REGISTRY}\"\n[source.{REGISTRY}]\nlocal-registry = \"{}\"\n",
            cache.display()
        );
        fs::write(home.join("config.toml"), config).unwrap();
    }

    /// A line in cargo's index, and the same in what cargo keeps of a remote one.
    fn index(&self, home: &Path, sum: &str) {
        let deps: Vec<_> = self
            .dependencies
            .iter()
            .map(|(name, version, optional)| {
                serde_json::json!({ "name": name, "req": format!("={version}"), "features": [], "optional": optional,
                    "default_features": true, "target": null, "kind": "normal" })
            })
            .collect();
        let Self { name, version, .. } = self;
        let line = serde_json::json!({ "name": name, "vers": version, "deps": deps, "cksum": sum, "features": {}, "yanked": false });
        let below = match name.len() {
            1..=3 => format!("{}/{}", name.len(), if name.len() == 3 { &name[..1] } else { "" }),
            _ => format!("{}/{}", &name[..2], &name[2..4]),
        };
        append(&home.join("registry/cache").join(REGISTRY).join("index").join(&below).join(name), &format!("{line}\n"));
        let kept = home.join("registry/index").join(REGISTRY).join(".cache").join(&below).join(name);
        append(&kept, &format!("{version}\0{line}\0"));
    }
}

fn append(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn sum_of(path: &Path) -> String {
    let bytes =
        fs::read(path).unwrap_or_else(|error| panic!("{}: {error}; publish dependencies first", path.display()));
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A gzipped archive of files in a directory `stem`.
fn tarball(stem: &str, files: &[(String, String)]) -> Vec<u8> {
    archive(stem, files, 0)
}

/// The same with the time at which all of them were changed, in seconds since 1970.
pub(crate) fn archive(stem: &str, files: &[(String, String)], changed: u64) -> Vec<u8> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, text) in files {
        let mut header = Header::new_gnu();
        header.set_mode(0o644);
        header.set_mtime(changed);
        header.set_size(text.len() as u64);
        builder.append_data(&mut header, format!("{stem}/{path}"), text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}
