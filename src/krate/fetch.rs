//! The locked crates' files: which are there, getting the others through cargo, and their digests.
use super::cargo::{Cargo, Stub};
use super::cargo_home::{CargoHome, find_in};
use super::digests::{Digests, Wanted, digest_files};
use super::known_digests::KnownDigests;
use super::lock::LockedPackage;
use super::names::to_hex;
use super::opened::Krate;
use super::upstream::Options;
use crate::diag::Diagnostic;

/// As many missing crates are named.
const NAMED: usize = 12;

/// Makes sure that cargo's cache has the `.crate` files of these packages of the crate's lock, downloading what is
/// missing unless offline. Returns where each is, in the order given, with the SHA-256 that it must have; nothing has
/// been compared yet, [`digest_files`] does.
pub fn ensure(krate: &Krate, packages: &[&LockedPackage], opts: &Options<'_>) -> anyhow::Result<Vec<Wanted>> {
    let home = CargoHome::locate(opts)?;
    let mut found = locate(&home, packages)?;
    if found.iter().any(Option::is_none) && !opts.offline {
        opts.progress.start("fetching crates", 0);
        let fetched = Stub::new(krate, opts)
            .and_then(|stub| Cargo::find(opts)?.run(&stub.package, &["fetch".into(), "--locked".into()]));
        opts.progress.finish();
        fetched?;
        found = locate(&home, packages)?;
    }
    let missing: Vec<_> = packages
        .iter()
        .zip(&found)
        .filter(|(_, found)| found.is_none())
        .map(|(package, _)| package.file_name())
        .collect();
    if missing.is_empty() {
        return Ok(found.into_iter().flatten().collect());
    }
    let more = missing.len().saturating_sub(NAMED);
    let mut list = missing.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        list = format!("{list} and {more} more");
    }
    let diagnostic = Diagnostic::environment("crates are missing from cargo's cache").note(list);
    Err(if opts.offline {
        diagnostic.note("--offline forbids to download them").help("run again without --offline")
    } else {
        diagnostic
            .note("`cargo fetch` succeeded and did not put them there")
            .help("does cargo's configuration replace the registry by a directory? take that away for this run")
    }
    .into())
}

fn locate(home: &CargoHome, packages: &[&LockedPackage]) -> anyhow::Result<Vec<Option<Wanted>>> {
    let registries = home.registries();
    packages.iter().map(|package| locate_one(&registries, package)).collect()
}

fn locate_one(registries: &[(String, std::path::PathBuf)], package: &LockedPackage) -> anyhow::Result<Option<Wanted>> {
    let Some(sha256) = package.checksum else {
        let message = format!("`Cargo.lock` has no checksum for `{} {}`", package.name, package.version);
        return Err(Diagnostic::input(message)
            .note("without it a download cannot be verified")
            .help("let cargo write the lock again: `cargo generate-lockfile`")
            .into());
    };
    let mut files = find_in(registries, &package.file_name());
    if files.len() > 1 {
        // Two registries with the same name and version: the checksum tells which one is meant.
        let hash = |path: &std::path::Path| std::fs::read(path).map(|bytes| to_hex(&sha256_of(&bytes)));
        let wanted = to_hex(&sha256);
        files.sort_by_key(|(_, path)| hash(path).map_or(true, |sum| sum != wanted));
    }
    Ok(files.into_iter().next().map(|(_, path)| Wanted { path, sha256: Some(sha256) }))
}

fn sha256_of(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}

/// The digests of every `.crate` of the lock, in its order, verified against the lock. What is in `known` needs neither
/// the network nor a file; what was computed is kept there.
pub fn lock_digests<'a>(
    krate: &'a Krate,
    known: &mut KnownDigests,
    opts: &Options<'_>,
) -> anyhow::Result<Vec<(&'a LockedPackage, Digests)>> {
    let packages: Vec<_> = krate.lock.registry_packages().collect();
    let is_new = |package: &&LockedPackage| package.checksum.is_none_or(|sum| known.get(&sum).is_none());
    let new: Vec<_> = packages.iter().copied().filter(is_new).collect();
    if !new.is_empty() {
        let files = ensure(krate, &new, opts)?;
        digest_files(&files, known, opts.progress)?;
        known.save()?;
    }
    let digests = packages.into_iter().filter_map(|package| Some((package, known.get(&package.checksum?)?)));
    Ok(digests.collect())
}

/// The digests of the file that a ports tree fetches; `None` for a directory.
pub fn distfile_digests(
    krate: &Krate,
    known: &mut KnownDigests,
    opts: &Options<'_>,
) -> anyhow::Result<Option<Digests>> {
    let Some(distfile) = &krate.dist.distfile else { return Ok(None) };
    let wanted = Wanted { path: distfile.path.clone(), sha256: Some(distfile.sha256) };
    let digests = digest_files(&[wanted], known, opts.progress)?;
    known.save()?;
    Ok(digests.into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::{distfile_digests, lock_digests};
    use crate::diag::{Diagnostic, Fault};
    use crate::krate::fixture::Home;
    use crate::krate::{KnownDigests, Krate, Options, Upstream, open, to_hex};

    const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

    fn opts(home: &Home) -> Options<'static> {
        Options {
            offline: true,
            cargo_home: Some(home.dir.path().into()),
            cache_dir: Some(home.dir.path().join("portwright")),
            ..Options::default()
        }
    }

    /// A release that depends on `helper`, which is published, too; and the SHA-256 of the latter.
    fn mailer(home: &Home) -> (Krate, String) {
        let sum = home.publish("helper", "1.0.0", &[("Cargo.toml", "[package]\nname='helper'\nversion='1.0.0'\n")]);
        let lock = format!(
            "version = 4\n[[package]]\nname = \"mailer\"\nversion = \"0.1.0\"\ndependencies = [\"helper\"]\n\
             [[package]]\nname = \"helper\"\nversion = \"1.0.0\"\nsource = \"{INDEX}\"\nchecksum = \"{sum}\"\n"
        );
        let manifest = "[package]\nname = 'mailer'\nversion = '0.1.0'\n[dependencies]\nhelper = '1'\n";
        let files = [("Cargo.toml", manifest), ("Cargo.lock", &lock), ("src/main.rs", "")];
        home.publish("mailer", "0.1.0", &files);
        let upstream = Upstream::Registry { name: "mailer".into(), version: Some("0.1.0".into()) };
        (open(&upstream, &opts(home)).expect("open"), sum)
    }

    #[test]
    fn the_second_time_no_crate_file_is_needed() {
        let home = Home::new();
        let (krate, sum) = mailer(&home);
        let mut known = KnownDigests::load(&opts(&home)).expect("load");
        let first = lock_digests(&krate, &mut known, &opts(&home)).expect("digests");
        assert_eq!(first.len(), 1);
        assert_eq!((first[0].0.name.as_str(), to_hex(&first[0].1.sha256)), ("helper", sum));
        assert!(distfile_digests(&krate, &mut known, &opts(&home)).expect("distfile").is_some());
        std::fs::remove_file(home.crate_path("helper", "1.0.0")).expect("remove");
        let mut known = KnownDigests::load(&opts(&home)).expect("load");
        assert_eq!(lock_digests(&krate, &mut known, &opts(&home)).expect("again"), first);
    }

    #[test]
    fn offline_names_what_is_missing_and_a_bad_file() {
        let home = Home::new();
        let (krate, _) = mailer(&home);
        let path = home.crate_path("helper", "1.0.0");
        let run = || {
            let error = lock_digests(&krate, &mut KnownDigests::none(), &opts(&home)).expect_err("must fail");
            error.downcast::<Diagnostic>().expect("diagnostic")
        };
        std::fs::write(&path, "other").expect("write");
        let bad = run();
        assert_eq!(bad.fault, Fault::Environment);
        assert!(bad.message.contains("helper-1.0.0.crate"), "{bad}");
        std::fs::remove_file(&path).expect("remove");
        let missing = run();
        assert_eq!(missing.fault, Fault::Environment);
        assert!(missing.notes[0].contains("helper-1.0.0.crate") && missing.help[0].contains("--offline"), "{missing}");
    }
}
