//! bmake evaluates generated packages, with each choice of options on each OS, and installs from them.
use std::path::PathBuf;

use crate::support::{Crate, Env, Package, servers, tokens};

const SYSTEMS: [&str; 3] = ["NetBSD", "SunOS", "Linux"];

/// A server's package, generated into a directory of its own.
fn package(server: fn(&Env), recipe: &str, directory: &str) -> Option<(Env, Package)> {
    let env = Env::new();
    server(&env);
    env.generate(&[recipe]);
    let package = Package::of(&env, directory)?;
    Some((env, package))
}

fn hearth() -> Option<(Env, Package)> {
    package(servers::hearth, "hearth.toml", "pkgsrc/net/hearth")
}

fn quarry() -> Option<(Env, Package)> {
    package(servers::quarry, "quarry.toml", "pkgsrc/databases/quarry")
}

fn krate(env: &Env, stem: &str) -> PathBuf {
    env.cargo_home().join(format!("registry/cache/made-up/{stem}.crate"))
}

#[test]
fn what_a_plain_package_says() {
    let Some((_env, package)) = hearth() else { return };
    for system in SYSTEMS {
        let ask = |expression: &str| package.ask(system, &[], expression).unwrap();
        assert_eq!(ask("${PKGNAME} ${CATEGORIES} ${LICENSE}"), "hearth-1.2.3 net www gnu-agpl-v3");
        assert_eq!(
            ask("${COMMENT}|${MAINTAINER}|${HOMEPAGE}"),
            "Warm place for small servers|porter@example.org|https://hearth.example/"
        );
        assert_eq!(ask("${DEPENDS}"), "ffmpeg7-[0-9]*:../../multimedia/ffmpeg7");
        assert_eq!(ask("${RUST_REQ}"), "1.88.0");
        assert_eq!(ask("${CARGO_ARGS}"), "build --release --locked --offline -j1", "no dangling --features");
        assert_eq!(ask("${MASTER_SITES}"), "-https://crates.example/api/v1/crates/hearth/1.2.3/download");
        let files = "hearth-1.2.3.crate ember-0.3.1.crate whirl-sys-0.4.52+whirl-7.81.0.crate";
        assert_eq!(ask("${DISTFILES}"), files);
        assert_eq!(ask("${SITES.ember-0.3.1.crate}"), "-https://crates.example/api/v1/crates/ember/0.3.1/download");
        assert_eq!(
            ask("${SITES.whirl-sys-0.4.52+whirl-7.81.0.crate}"),
            "-https://crates.example/api/v1/crates/whirl-sys/0.4.52+whirl-7.81.0/download",
            "cargo.mk alone would take whirl-7.81.0 for the version"
        );
        assert_eq!(ask("${PKG_USERS} ${PKG_GROUPS} ${PKG_HOME.hearth}"), "hearth:hearth hearth /var/db/hearth");
        let prefix = ask("${PREFIX}");
        assert_eq!(
            package.words(system, &[], "CONF_FILES_PERMS").join(" "),
            format!("share/examples/hearth/hearth.toml {prefix}/etc/hearth/hearth.toml root hearth 0640")
        );
        assert_eq!(ask("${OWN_DIRS_PERMS:M/var/log/*}").is_empty(), system == "SunOS", "SMF keeps logs itself");
    }
}

#[test]
fn accounts_and_directories_are_the_builders_to_change() {
    let Some((_env, package)) = hearth() else { return };
    let changed = ["HEARTH_USER=_h", "HEARTH_GROUP=daemons", "HEARTH_HOME=/tank/h", "VARBASE=/v"];
    let ask = |expression: &str| package.ask("NetBSD", &changed, expression).unwrap();
    assert_eq!(ask("${PKG_USERS} ${PKG_HOME._h} ${PKG_GROUPS}"), "_h:daemons /tank/h daemons");
    assert_eq!(
        ask("${FILES_SUBST:MHEARTH_*}"),
        "HEARTH_USER=_h HEARTH_GROUP=daemons HEARTH_HOME=/tank/h HEARTH_LOGDIR=/v/log/hearth"
    );
    assert_eq!(
        ask("${CONF_FILES_PERMS:M*daemons*} ${OWN_DIRS_PERMS:M/*}"),
        "daemons /tank/h /tank/h/files /v/log/hearth"
    );
}

#[test]
fn every_name_between_at_signs_is_filled_in() {
    let Some((env, package)) = hearth() else { return };
    // What pkgsrc fills in by itself (mk/pkginstall, mk/init/smf.mk).
    let own = ["PREFIX", "VARBASE", "PKG_SYSCONFDIR", "RCD_SCRIPTS_SHELL", "SMF_PREFIX", "SMF_NAME"];
    for file in ["hearth.sh", "smf/manifest.xml"] {
        let subst = package.words("NetBSD", &[], "FILES_SUBST");
        for name in tokens(&env.read(&format!("pkgsrc/net/hearth/files/{file}"))) {
            let filled = own.contains(&name.as_str()) || subst.iter().any(|word| word.starts_with(&format!("{name}=")));
            assert!(filled, "{file}: @{name}@ would stay as it is");
        }
    }
    let vars = package.words("NetBSD", &[], "SUBST_VARS.paths");
    let used = tokens(&env.read("pkgsrc/net/hearth/files/README.pkgsrc"));
    assert_eq!(vars, used, "SUBST_VARS.paths and README.pkgsrc");
}

#[test]
fn what_is_installed_is_what_plist_says() {
    if let Some((env, package)) = hearth() {
        let installed = package.install("NetBSD", &[], &krate(&env, "hearth-1.2.3"), &["hearth"]);
        assert_eq!(installed, package.plist("NetBSD", &[]));
        let link = std::fs::read_link(package.installed("NetBSD").join("libexec/hearth/bin/ffmpeg")).unwrap();
        assert_eq!(link, PathBuf::from("../../../bin/ffmpeg7"));
        let readme =
            std::fs::read_to_string(package.installed("NetBSD").join("share/doc/hearth/README.pkgsrc")).unwrap();
        assert_eq!(tokens(&readme), [""; 0], "{readme}");
    }
    if let Some((env, package)) = package(servers::tidbits, "tidbits.toml", "pkgsrc/sysutils/tidbits") {
        let installed = package.install("SunOS", &[], &krate(&env, "tidbits-2.0.0"), &["tidbits", "tidctl"]);
        assert_eq!(installed, package.plist("SunOS", &[]));
        assert_eq!(installed, ["bin/tidbits", "bin/tidctl", "man/man1/tidbits.1", "share/doc/tidbits/README.pkgsrc"]);
        assert_eq!(package.ask("NetBSD", &[], "${PKG_USERS}${RCD_SCRIPTS}${FILES_SUBST}").unwrap(), "");
    }
    if let Some((env, package)) = quarry() {
        for (system, options) in
            [("NetBSD", ""), ("NetBSD", "quarry-posters quarry-viewer"), ("SunOS", ""), ("SunOS", "-quarry-viewer")]
        {
            let options = format!("PKG_OPTIONS.quarry={options}");
            let assignments = [options.as_str()];
            let installed = package.install(system, &assignments, &krate(&env, "quarry-0.6.0-rc.6"), &["quarry"]);
            assert_eq!(installed, package.plist(system, &assignments), "{system} {options}");
        }
    }
}

#[test]
fn settings_of_an_option_reach_the_installed_sample() {
    let Some((env, package)) = quarry() else { return };
    for (system, options, mode) in
        [("NetBSD", "", "TRUNCATE"), ("NetBSD", "quarry-wasmstore", "WAL"), ("SunOS", "", "WAL"), ("Linux", "", "WAL")]
    {
        let options = format!("PKG_OPTIONS.quarry={options}");
        package.install(system, &[&options], &krate(&env, "quarry-0.6.0-rc.6"), &["quarry"]);
        let sample = package.installed(system).join("share/examples/quarry/quarry.toml");
        let sample: toml::Table = std::fs::read_to_string(sample).unwrap().parse().unwrap();
        assert_eq!(sample["journal-mode"].as_str(), Some(mode), "{system} {options}");
        assert_eq!(sample["path"].as_str(), Some("stones"));
    }
}

#[test]
fn options_become_features_dependencies_and_licences() {
    let Some((_env, package)) = quarry() else { return };
    // OPSYS, PKG_OPTIONS.quarry, features, packages depended on, licence
    let own = "(apache-2.0 OR mit)";
    let with_gpl = format!("{own} AND gnu-gpl-v3");
    let cases = [
        ("NetBSD", "", "native http2", "", own),
        ("SunOS", "", "native http2", "", own),
        ("NetBSD", "quarry-wasmstore", "wasm http2", "", own),
        ("NetBSD", "quarry-gopher", "native http2 gopher", "", own),
        ("NetBSD", "quarry-gopher -http2", "native gopher", "", own),
        ("Linux", "quarry-thumbs", "native thumbs http2", "graphics/ImageMagick", own),
        ("Linux", "quarry-thumbs quarry-posters", "native posters http2", "multimedia/ffmpeg7", with_gpl.as_str()),
        ("SunOS", "tls", "native http2 tls", "", own),
    ];
    for (system, options, features, depends, licence) in cases {
        let chosen = format!("PKG_OPTIONS.quarry={options}");
        let words = |name: &str| package.words(system, &[&chosen], name).join(" ");
        let what = format!("{system} with `{options}`");
        assert_eq!(words("CARGO_FEATURES"), features, "{what}");
        assert_eq!(words("DEPENDS:C,.*:../../,,"), depends, "{what}");
        // Without OR in front parentheses are only in the way.
        assert_eq!(words("LICENSE").trim_matches(['(', ')']), licence.trim_matches(['(', ')']), "{what}");
        assert_eq!(words("CARGO_NO_DEFAULT_FEATURES"), "yes");
        let arguments = words("DEFAULT_CARGO_ARGS");
        assert!(
            arguments.ends_with(&format!("--no-default-features --features {}", features.replace(' ', ","))),
            "{arguments}"
        );
    }
    let tls = package.ask(
        "NetBSD",
        &["PKG_OPTIONS.quarry=tls", "BUILDLINK_PREFIX.openssl=/ssl"],
        "${RUSTFLAGS} ${MAKE_ENV:MOPENSSL*}",
    );
    assert_eq!(tls.unwrap(), "-C link-arg=-Wl,-rpath,/ssl/lib OPENSSL_DIR=/usr/pkg/ssl OPENSSL_NO_VENDOR=1");
}

#[test]
fn wrong_choices_are_refused_and_others_win_as_pkgsrc_has_it() {
    let Some((_env, package)) = quarry() else { return };
    let refused = |system: &str, options: &str| {
        let assignment = format!("PKG_OPTIONS.quarry={options}");
        package.ask(system, &[&assignment], "${PKG_OPTIONS}").expect_err(options)
    };
    assert!(refused("NetBSD", "moonshine").contains("not supported: moonshine"));
    assert!(refused("SunOS", "quarry-wasmstore").contains("not supported: quarry-wasmstore"), "broken there");
    assert!(refused("NetBSD", "-sqlite").contains("must be selected: quarry-wasmstore sqlite"));
    assert!(refused("NetBSD", "-http2").contains("must be selected: http2 quarry-gopher"));
    let chosen = |system: &str, assignments: &[&str]| package.words(system, assignments, "PKG_OPTIONS").join(" ");
    assert_eq!(chosen("NetBSD", &[]), "http2 sqlite");
    assert_eq!(chosen("SunOS", &[]), "http2 quarry-viewer sqlite");
    // The last of a group is the one.
    assert_eq!(chosen("NetBSD", &["PKG_OPTIONS.quarry=quarry-thumbs quarry-posters"]), "http2 quarry-posters sqlite");
    assert_eq!(
        chosen("NetBSD", &["PKG_DEFAULT_OPTIONS=tls moonshine -http2", "PKG_OPTIONS.quarry=http2"]),
        "http2 sqlite tls"
    );
    assert_eq!(chosen("SunOS", &["PKG_OPTIONS.quarry=-quarry-viewer"]), "http2 sqlite");
}

#[test]
fn versions_of_previews_sort_before_the_release() {
    let Some((_env, package)) = quarry() else { return };
    assert_eq!(
        package.ask("NetBSD", &[], "${PKGNAME} ${DISTNAME} ${WRKSRC:T}").unwrap(),
        "quarry-0.6.0rc6 quarry-0.6.0-rc.6 quarry-0.6.0-rc.6"
    );
    let site = package.ask("NetBSD", &[], "${MASTER_SITES}").unwrap();
    assert_eq!(site, "-https://crates.example/api/v1/crates/quarry/0.6.0-rc.6/download");
    for (upstream, tree) in
        [("1.0.0-alpha.2", "1.0.0alpha2"), ("1.0.0-beta3", "1.0.0beta3"), ("2.1.0+build.5", "2.1.0")]
    {
        let env = Env::new();
        env.publish(&Crate::server("mason", upstream));
        env.write("r.toml", &format!("[upstream]\ncrate = 'mason'\nversion = '{upstream}'\n[build]\n"));
        env.generate(&["r.toml"]);
        let Some(package) = Package::of(&env, "pkgsrc/sysutils/mason") else { return };
        assert_eq!(package.ask("NetBSD", &[], "${PKGNAME}").unwrap(), format!("mason-{tree}"));
        let site = package.ask("NetBSD", &[], "${MASTER_SITES}").unwrap();
        assert_eq!(site, format!("-https://crates.example/api/v1/crates/mason/{upstream}/download"));
        assert_eq!(package.ask("NetBSD", &[], "${DISTFILES}").unwrap(), format!("mason-{upstream}.crate"));
    }
}

#[test]
fn a_member_of_a_workspace_is_built_and_found() {
    for (version, tree) in [("0.9.0", "0.9.0"), ("0.9.0-rc.1", "0.9.0rc1")] {
        let env = Env::new();
        servers::loom(&env, version);
        env.generate(&["loom.toml"]);
        let Some(package) = Package::of(&env, "pkgsrc/net/loom") else { return };
        let ask = |expression: &str| package.ask("NetBSD", &[], expression).unwrap();
        assert_eq!(ask("${PKGNAME}"), format!("loom-{tree}"));
        assert_eq!(ask("${CARGO_ARGS}"), "build --release --locked -p loom --offline -j1");
        assert_eq!(ask("${GITHUB_PROJECT} ${MASTER_SITES}"), "textiles https://forge.example/weavers/");
        assert_eq!(ask("${GITHUB_TAG}"), format!("v{version}"));
        // The archive of a tag has a directory of its own; the stand-in finds it only if the names fit.
        let archive = env.archives().join(format!("weavers/textiles-{version}.tar.gz"));
        let installed = package.install("NetBSD", &[], &archive, &["loom"]);
        assert_eq!(installed, package.plist("NetBSD", &[]));
        assert!(!package.source("NetBSD").join(".cargo/config.toml").exists(), "it would win over the vendored crates");
        assert_eq!(ask("${RUSTFLAGS}"), "--cfg tight", "which the environment's RUSTFLAGS would hide");
    }
}
