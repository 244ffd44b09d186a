//! Releases in cargo's default registry: which one is the newest, and getting its `.crate` through cargo.
use std::fs;
use std::path::Path;

use semver::Version;
use sha2::{Digest as _, Sha256};

use super::cargo::{Cargo, work_dir};
use super::cargo_home::CargoHome;
use super::distribution::{Distfile, Distribution, unreadable};
use super::names::{check_crate_name, crate_file_name, parse_version, to_hex};
use super::upstream::Options;
use crate::diag::Diagnostic;

/// Opens a release; without a version the newest one.
pub(super) fn open(name: &str, version: Option<&str>, opts: &Options<'_>) -> anyhow::Result<Distribution> {
    check_crate_name(name)?;
    let version = match version {
        Some(version) => parse_version(version)?,
        None => newest(name, opts)?,
    };
    let home = CargoHome::locate(opts)?;
    let file_name = crate_file_name(name, &version);
    if home.crate_files(&file_name).is_empty() {
        download(name, &version, opts)?;
    }
    let Some((registry, path)) = home.crate_files(&file_name).into_iter().next() else {
        return Err(Diagnostic::environment(format!("cargo did not put `{file_name}` into its cache"))
            .note("a source replacement in cargo's configuration may keep crates elsewhere")
            .help("unpack the release yourself and use `path = \"DIR\"`")
            .into());
    };
    let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let entries = home.index_entries(name);
    let expected = entries.iter().find(|entry| entry.registry == registry && entry.version == version);
    if let Some(expected) = expected
        && expected.checksum != sha256
    {
        return Err(wrong_checksum(&path, &expected.checksum, &sha256));
    }
    let distfile = Distfile { file_name, path, sha256, checksum_verified: expected.is_some() };
    Distribution::of_tarball(&bytes, distfile, Some(&format!("{name}-{version}")))
}

/// The error for a file that is not what the lock or the index says.
pub(super) fn wrong_checksum(path: &Path, expected: &[u8; 32], found: &[u8; 32]) -> anyhow::Error {
    Diagnostic::environment(format!("`{}` is not the file that was published", path.display()))
        .note(format!("SHA-256 should be {}", to_hex(expected)))
        .note(format!("         but is    {}", to_hex(found)))
        .help(format!("remove it and run again, it is downloaded anew: `rm '{}'`", path.display()))
        .into()
}

/// The newest release that was not yanked; a pre-release only when there is nothing else.
fn newest(name: &str, opts: &Options<'_>) -> anyhow::Result<Version> {
    let mut told = None;
    if !opts.offline {
        // Also brings cargo's copy of the index up to date.
        let dir = work_dir(opts)?;
        told = Some(Cargo::find(opts)?.run(dir.path(), &["info".into(), name.into()])?);
    }
    let entries = CargoHome::locate(opts)?.index_entries(name);
    let releases = || entries.iter().filter(|entry| !entry.yanked).map(|entry| &entry.version);
    let stable = releases().filter(|version| version.pre.is_empty()).max();
    if let Some(version) = stable.or_else(|| releases().max()) {
        return Ok(version.clone());
    }
    told.as_deref().and_then(told_version).ok_or_else(|| {
        Diagnostic::environment(format!("the newest version of `{name}` is not known"))
            .note("cargo's copy of the registry's index does not have the crate")
            .help("run again without --offline, or give the version")
            .into()
    })
}

/// The version in the output of `cargo info`: `version: 1.2.3`, perhaps with `(latest 1.2.4)`.
fn told_version(output: &str) -> Option<Version> {
    let told = output.lines().find_map(|line| line.strip_prefix("version: "))?;
    let latest = told.split_once("(latest ").and_then(|(_, rest)| rest.split(')').next());
    Version::parse(latest.or_else(|| told.split_whitespace().next())?).ok()
}

/// Lets cargo put the release into its cache.
fn download(name: &str, version: &Version, opts: &Options<'_>) -> anyhow::Result<()> {
    let file_name = crate_file_name(name, version);
    if opts.offline {
        return Err(Diagnostic::environment(format!("`{file_name}` is not in cargo's cache"))
            .note("--offline forbids to download it")
            .help(format!("download it: `cargo info {name}@{version}`"))
            .into());
    }
    opts.progress.start(&format!("fetching {name} {version}"), 0);
    let cargo = Cargo::find(opts)?;
    let dir = work_dir(opts)?;
    let result = cargo.run(dir.path(), &["info".into(), format!("{name}@{version}")]).and_then(|_| {
        // A cargo that answers from the index alone has downloaded nothing.
        if CargoHome::locate(opts)?.crate_files(&file_name).is_empty() {
            fetch_as_dependency(&cargo, dir.path(), name, version)?;
        }
        Ok(())
    });
    opts.progress.finish();
    result
}

/// Makes cargo download the release as the dependency of an empty project.
fn fetch_as_dependency(cargo: &Cargo, dir: &Path, name: &str, version: &Version) -> anyhow::Result<()> {
    let manifest = format!(
        "[package]\nname = \"portwright-stub\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\npath = \"lib.rs\"\n\
         [workspace]\n[dependencies]\n{name} = \"={version}\"\n"
    );
    fs::write(dir.join("Cargo.toml"), manifest)
        .and_then(|()| fs::write(dir.join("lib.rs"), ""))
        .map_err(|error| super::cargo::unwritable(dir, &error))?;
    cargo.run(dir, &["fetch".into()]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::told_version;

    #[test]
    fn cargo_info_names_the_latest() {
        let told = |text| told_version(text).map(|version| version.to_string());
        assert_eq!(told("x #a\nversion: 1.2.3 (latest 1.3.0)\n").as_deref(), Some("1.3.0"));
        assert_eq!(told("version: 0.6.0\nlicense: MIT\n").as_deref(), Some("0.6.0"));
        assert_eq!(told("nothing"), None);
    }
}
