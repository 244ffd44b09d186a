//! Crates, archives and a cargo home made on the fly for tests.
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

use super::names::to_hex;

/// One member of an archive.
pub(crate) struct Member {
    name: String,
    content: Vec<u8>,
    mode: u32,
    kind: EntryType,
    target: Option<String>,
    size: Option<u64>,
}

impl Member {
    pub(crate) fn file(name: &str, content: &str) -> Self {
        let content = content.as_bytes().to_vec();
        Self { name: name.into(), content, mode: 0o644, kind: EntryType::Regular, target: None, size: None }
    }

    pub(crate) fn executable(name: &str, content: &str) -> Self {
        Self { mode: 0o755, ..Self::file(name, content) }
    }

    pub(crate) fn link(name: &str, target: &str) -> Self {
        Self { kind: EntryType::Symlink, target: Some(target.into()), ..Self::file(name, "") }
    }

    /// A header that promises more than there is.
    pub(crate) fn lying(name: &str, size: u64) -> Self {
        Self { size: Some(size), ..Self::file(name, "") }
    }
}

/// A gzipped tar archive, names taken as they are.
pub(crate) fn tarball(members: &[Member]) -> Vec<u8> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for member in members {
        let mut header = Header::new_gnu();
        // Written directly: `set_path` refuses what a hostile archive may hold.
        header.as_old_mut().name[..member.name.len()].copy_from_slice(member.name.as_bytes());
        header.set_mode(member.mode);
        header.set_entry_type(member.kind);
        header.set_size(member.size.unwrap_or(member.content.len() as u64));
        if let Some(target) = &member.target {
            header.set_link_name(target).expect("link");
        }
        header.set_cksum();
        builder.append(&header, member.content.as_slice()).expect("append");
    }
    builder.into_inner().expect("tar").finish().expect("gzip")
}

/// A cargo home with `.crate` files and the index lines that belong to them.
pub(crate) struct Home {
    pub(crate) dir: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("tempdir") }
    }

    pub(crate) fn crate_path(&self, name: &str, version: &str) -> std::path::PathBuf {
        self.dir.path().join(format!("registry/cache/example/{name}-{version}.crate"))
    }

    /// Puts a release into the cache; returns its SHA-256.
    pub(crate) fn publish(&self, name: &str, version: &str, files: &[(&str, &str)]) -> String {
        let members: Vec<_> =
            files.iter().map(|(path, text)| Member::file(&format!("{name}-{version}/{path}"), text)).collect();
        let bytes = tarball(&members);
        let sum = to_hex(&Sha256::digest(&bytes));
        let path = self.crate_path(name, version);
        fs::create_dir_all(path.parent().expect("parent")).expect("mkdir");
        fs::write(path, bytes).expect("write");
        self.index(name, version, &sum, false);
        sum
    }

    /// Adds a line to the cached index; names of four and more characters only.
    pub(crate) fn index(&self, name: &str, version: &str, sum: &str, yanked: bool) {
        let dir = self.dir.path().join("registry/index/example/.cache").join(&name[..2]).join(&name[2..4]);
        fs::create_dir_all(&dir).expect("mkdir");
        let mut file = fs::OpenOptions::new().create(true).append(true).open(dir.join(name)).expect("open");
        let line = format!(
            "{version}\0{{\"name\":\"{name}\",\"vers\":\"{version}\",\"cksum\":\"{sum}\",\"yanked\":{yanked}}}\0"
        );
        file.write_all(line.as_bytes()).expect("write");
    }
}

/// Writes files under a directory.
pub(crate) fn write_tree(dir: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("parent")).expect("mkdir");
        fs::write(path, text).expect("write");
    }
}
