//! A real server's dependency tree, as cargo sees it. Needs the crates in cargo's cache or the network; without either
//! the test says so and decides nothing.
use portwright::diag::{Diagnostic, Fault};
use portwright::krate::{FeatureChoice, KnownDigests, Options, Upstream, linked, lock_digests, open};

#[test]
fn pict_rs_links_gpl_crates_and_nothing_of_other_systems() {
    let cache = tempfile::tempdir().expect("tempdir");
    let opts = Options { cache_dir: Some(cache.path().into()), ..Options::default() };
    let upstream = Upstream::Registry { name: "pict-rs".into(), version: Some("0.6.0-rc.6".into()) };
    let answer = open(&upstream, &opts).and_then(|krate| {
        let digests = lock_digests(&krate, &mut KnownDigests::load(&opts)?, &opts)?.len();
        let linked = linked(&krate, &FeatureChoice::default(), "x86_64-unknown-netbsd", &opts)?;
        Ok((krate, digests, linked))
    });
    let (krate, digests, linked) = match answer {
        Ok(answer) => answer,
        Err(error) => {
            let fault = error.downcast_ref::<Diagnostic>().map(|diagnostic| diagnostic.fault);
            assert_eq!(fault, Some(Fault::Environment), "{error}");
            eprintln!("skipped, the crates cannot be had: {error}");
            return;
        }
    };
    assert_eq!(krate.license.as_deref(), Some("AGPL-3.0-only"));
    assert_eq!(krate.cargo_config_rustflags(), ["--cfg", "tokio_unstable"]);
    assert!(krate.dist.contains("pict-rs.toml"));
    assert_eq!(digests, 472);

    let form_data = linked.find("actix-form-data").next().expect("actix-form-data is linked");
    assert_eq!(form_data.license.as_deref(), Some("GPL-3.0-only"));
    let ring = linked.find("ring").next().expect("ring is linked");
    assert_eq!((ring.build_uses.as_slice(), ring.links.is_some()), (["cc".to_owned()].as_slice(), true));
    // Procedural macros and build scripts' crates run while building and are not linked.
    for name in ["serde_derive", "cc", "syn"] {
        assert_eq!(linked.find(name).count(), 0, "{name}");
        assert!(linked.build.iter().any(|package| package.name == name), "{name}");
    }
    // In the lock for other systems only.
    for name in ["windows-sys", "js-sys"] {
        assert!(krate.lock.packages.iter().any(|package| package.name == name), "{name}");
        assert_eq!(linked.find(name).count(), 0, "{name}");
    }
}
