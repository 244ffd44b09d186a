//! What every crate of a lock says of its licence, also those that no build for this OS links.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::cargo::unwritable;
use super::fetch::ensure;
use super::lock::{Lock, LockedPackage};
use super::names::{from_hex, to_hex};
use super::opened::Krate;
use super::package_facts::facts_of_crate;
use super::upstream::Options;

/// By the SHA-256 of the `.crate` file.
pub type Licences = BTreeMap<[u8; 32], Option<String>>;

/// Those licences of a lock that earlier runs have read, as [`lock_licences`] gives them; nothing where there were none.
#[must_use]
pub fn known_licences(lock: &Lock, opts: &Options<'_>) -> Licences {
    let wanted: BTreeSet<[u8; 32]> = lock.packages.iter().filter_map(|package| package.checksum).collect();
    opts.cache_dir().map(|dir| load(&dir.join("licences"), |sum| wanted.contains(sum))).unwrap_or_default()
}

/// The licence of every released crate of the lock, in its order: the `license` field as written, else the name of the
/// file that tells it. What an earlier run has read needs neither the network nor a file: it is kept in `licences` of the
/// cache directory.
pub fn lock_licences(krate: &Krate, opts: &Options<'_>) -> anyhow::Result<Vec<Option<String>>> {
    let path = opts.cache_dir()?.join("licences");
    let mut known = load(&path, |_| true);
    let packages: Vec<_> = krate.lock.registry_packages().collect();
    let is_new = |package: &&LockedPackage| package.checksum.is_none_or(|sum| !known.contains_key(&sum));
    let new: Vec<_> = packages.iter().copied().filter(is_new).collect();
    if !new.is_empty() {
        let files = ensure(krate, &new, opts)?;
        let read = new
            .par_iter()
            .zip(&files)
            .map(|(package, file)| {
                let facts = facts_of_crate(package, file)?;
                Ok(package.checksum.map(|sum| (sum, facts.license.or(facts.license_file))))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        known.extend(read.into_iter().flatten());
        // Another run may have read others in the meantime; what is lost is read again.
        let mut all = load(&path, |_| true);
        all.extend(known.iter().map(|(sum, licence)| (*sum, licence.clone())));
        store(&path, &all).map_err(|error| unwritable(&path, &error))?;
    }
    let licence = |package: &LockedPackage| known.get(&package.checksum?).cloned().flatten();
    Ok(packages.into_iter().map(licence).collect())
}

/// Of a file of lines `SHA256 CHECK JSON` those that are wanted; a damaged line counts as absent.
fn load(path: &Path, is_wanted: impl Fn(&[u8; 32]) -> bool) -> Licences {
    let bytes = fs::read(path).unwrap_or_default();
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    lines.filter_map(|line| parse(line, &is_wanted)).collect()
}

fn parse(line: &str, is_wanted: impl Fn(&[u8; 32]) -> bool) -> Option<([u8; 32], Option<String>)> {
    let mut fields = line.splitn(3, ' ');
    let (hex, check, json) = (fields.next()?, fields.next()?, fields.next()?);
    let sum = from_hex(hex).filter(is_wanted)?;
    let licence = (self::check(hex, json) == check).then(|| serde_json::from_str(json).ok()).flatten()?;
    Some((sum, licence))
}

fn store(path: &Path, licences: &Licences) -> std::io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut text = String::new();
    for (sum, licence) in licences {
        let (sum, json) = (to_hex(sum), serde_json::to_string(licence)?);
        text.push_str(&[&sum, " ", &check(&sum, &json), " ", &json, "\n"].concat());
    }
    let mut file = NamedTempFile::new_in(dir)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

/// Against damage, not against malice.
fn check(sum: &str, json: &str) -> String {
    to_hex(Sha256::digest(format!("{sum} {json}").as_bytes()).get(..4).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{load, lock_licences, store};
    use crate::krate::fixture::Home;
    use crate::krate::{Options, Upstream, open};

    #[test]
    fn read_once_and_forgotten_when_damaged() {
        let home = Home::new();
        let released = |name: &str, rest: &str| {
            let manifest = format!("[package]\nname='{name}'\nversion='1.0.0'\n{rest}");
            let sum = home.publish(name, "1.0.0", &[("Cargo.toml", &manifest)]);
            format!(
                "[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n\
                 source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"{sum}\"\n"
            )
        };
        let lock = [
            released("amber", "license = 'MIT OR \"x\"'\n"),
            released("birch", "license-file = 'COPYING'\n"),
            released("cedar", ""),
            "[[package]]\nname = \"mailer\"\nversion = \"0.1.0\"\ndependencies = [\"amber\", \"birch\", \"cedar\"]\n"
                .to_owned(),
        ]
        .concat();
        let manifest =
            "[package]\nname = 'mailer'\nversion = '0.1.0'\n[dependencies]\namber = '1'\nbirch = '1'\ncedar = '1'\n";
        let lock = format!("version = 4\n{lock}");
        home.publish("mailer", "0.1.0", &[("Cargo.toml", manifest), ("Cargo.lock", &lock), ("src/main.rs", "")]);
        let cache = home.dir.path().join("portwright");
        let opts = Options {
            offline: true,
            cargo_home: Some(home.dir.path().into()),
            cache_dir: Some(cache.clone()),
            ..Options::default()
        };
        let upstream = Upstream::Registry { name: "mailer".into(), version: Some("0.1.0".into()) };
        let krate = open(&upstream, &opts).expect("open");
        let expected = [Some("MIT OR \"x\"".to_owned()), Some("COPYING".to_owned()), None];
        assert_eq!(lock_licences(&krate, &opts).expect("first"), expected);
        for name in ["amber", "birch", "cedar"] {
            std::fs::remove_file(home.crate_path(name, "1.0.0")).expect("remove");
        }
        assert_eq!(lock_licences(&krate, &opts).expect("second"), expected);
        let text = std::fs::read_to_string(cache.join("licences")).expect("read");
        std::fs::write(cache.join("licences"), text.replacen("COPYING", "COPYINH", 1)).expect("write");
        assert_eq!(load(&cache.join("licences"), |_| true).len(), 2);
        assert!(lock_licences(&krate, &opts).is_err(), "the damaged one must be read again");
    }

    #[test]
    fn nothing_is_lost_on_the_way_to_the_file() {
        let dir = tempfile::tempdir().expect("tempdir");
        let licences = [([1; 32], Some("a b\n\"c".to_owned())), ([2; 32], None)].into();
        store(&dir.path().join("licences"), &licences).expect("store");
        assert_eq!(load(&dir.path().join("licences"), |_| true), licences);
    }
}
