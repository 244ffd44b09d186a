//! bmake evaluates generated FreeBSD ports, with each choice of options, and installs from them.
use std::path::PathBuf;

use crate::support::{Crate, Env, FreebsdPort, TAGGED, servers};

fn port(server: fn(&Env), recipe: &str, directory: &str) -> Option<(Env, FreebsdPort)> {
    let env = Env::new();
    server(&env);
    env.generate(&[recipe, "--target", "freebsd"]);
    let port = FreebsdPort::of(&env, directory)?;
    Some((env, port))
}

fn hearth() -> Option<(Env, FreebsdPort)> {
    port(servers::hearth, "hearth.toml", "ports/freebsd/net/hearth")
}

fn quarry() -> Option<(Env, FreebsdPort)> {
    port(servers::quarry, "quarry.toml", "ports/freebsd/databases/quarry")
}

fn krate(env: &Env, stem: &str) -> PathBuf {
    env.cargo_home().join(format!("registry/cache/made-up/{stem}.crate"))
}

#[test]
fn what_a_plain_port_says() {
    let Some((env, port)) = hearth() else { return };
    let ask = |variable: &str| port.words(&[], variable);
    assert_eq!(ask("PORTNAME"), "hearth");
    assert_eq!(ask("CATEGORIES"), "net www");
    assert_eq!(ask("DISTFILES"), "rust/crates/hearth-1.2.3.crate");
    assert_eq!(ask("MASTER_SITES"), "CRATESIO");
    assert_eq!(ask("LICENSE"), "AGPLv3");
    assert_eq!(ask("COMMENT"), "Warm place for small servers");
    assert_eq!(ask("WWW"), "https://hearth.example/");
    assert_eq!(ask("RUN_DEPENDS"), "ffmpeg:multimedia/ffmpeg", "the port installs that very name: no link");
    assert_eq!(ask("CARGO_CRATES"), "ember-0.3.1 whirl-sys-0.4.52+whirl-7.81.0");
    assert_eq!(ask("USE_RC_SUBR"), "hearth");
    assert_eq!(ask("BUILD_DEPENDS"), "", "rust 1.88 is less than what cargo.mk asks for");
    let distinfo = env.read("ports/freebsd/net/hearth/distinfo");
    let names: Vec<&str> = distinfo.lines().filter_map(|line| line.split(['(', ')']).nth(1)).collect();
    let files = ["hearth-1.2.3.crate", "ember-0.3.1.crate", "whirl-sys-0.4.52+whirl-7.81.0.crate"];
    let twice: Vec<String> = files.iter().flat_map(|file| vec![format!("rust/crates/{file}"); 2]).collect();
    assert_eq!(names, twice, "SHA256 and SIZE of each, the server's own first");
    assert!(distinfo.starts_with("TIMESTAMP = 1153704088\n"), "{distinfo}");
}

#[test]
fn the_time_in_distinfo_is_the_one_asked_for() {
    let env = Env::new();
    servers::hearth(&env);
    let mut command = env.command(&["generate", "hearth.toml", "--target", "freebsd"]);
    let ran = env.finish(&command.env("SOURCE_DATE_EPOCH", "1760000000").output().unwrap());
    assert_eq!(ran.status, 0, "{ran}");
    assert!(env.read("ports/freebsd/net/hearth/distinfo").starts_with("TIMESTAMP = 1760000000\n"));
}

#[test]
fn what_is_staged_is_what_the_port_lists() {
    if let Some((env, port)) = hearth() {
        for options in [vec![], vec!["WITHOUT=DOCS"]] {
            let staged = port.stage(&options, &krate(&env, "hearth-1.2.3"), &["hearth"]);
            assert_eq!(staged, port.listed(&options), "{options:?}");
        }
        let message = port.filled_in("pkg-message");
        assert!(message.contains("/usr/local/etc/hearth/hearth.toml") && !message.contains("%%"), "{message}");
        let script = port.filled_in("hearth");
        assert!(!script.contains("%%"), "{script}");
    }
    if let Some((env, port)) = port(servers::tidbits, "tidbits.toml", "ports/freebsd/sysutils/tidbits") {
        let staged = port.stage(&[], &krate(&env, "tidbits-2.0.0"), &["tidbits", "tidctl"]);
        assert_eq!(staged, port.listed(&[]));
        let files = ["bin/tidbits", "bin/tidctl", "share/man/man1/tidbits.1"];
        assert_eq!(staged.files, files.map(|file| format!("/usr/local/{file}")));
        assert_eq!(port.words(&[], "USERS") + &port.words(&[], "USE_RC_SUBR"), "");
    }
    if let Some((env, port)) = quarry() {
        for options in ["", "VIEWER", "VIEWER POSTERS"] {
            let with = format!("WITH={options}");
            let staged = port.stage(&[&with], &krate(&env, "quarry-0.6.0-rc.6"), &["quarry"]);
            assert_eq!(staged, port.listed(&[&with]), "{options}");
            let viewer = staged.files.iter().any(|file| file.ends_with("viewer.html"));
            assert_eq!(viewer, options.contains("VIEWER"));
        }
    }
}

#[test]
fn options_become_features_dependencies_and_licences() {
    let Some((_env, port)) = quarry() else { return };
    // WITH, WITHOUT, features, dependencies, licence
    let cases = [
        ("", "", "http2 native", "", "APACHE20 MIT dual"),
        ("WASMSTORE", "SQLITE", "http2 wasm", "", "APACHE20 MIT dual"),
        ("GOPHER", "HTTP2", "gopher native", "", "APACHE20 MIT dual"),
        ("THUMBS", "", "http2 native thumbs", "magick:graphics/ImageMagick7", "APACHE20 MIT dual"),
        ("POSTERS", "", "http2 native posters", "ffprobe:multimedia/ffmpeg", "APACHE20 MIT GPLv3 multi"),
        ("TLS", "", "http2 native tls", "", "APACHE20 MIT dual"),
    ];
    for (with, without, features, depends, licence) in cases {
        let assignments = [format!("WITH={with}"), format!("WITHOUT={without}")];
        let words = |name: &str| port.words(&[&assignments[0], &assignments[1]], name);
        let what = format!("with `{with}` and without `{without}`");
        assert_eq!(words("CARGO_FEATURES:O"), format!("--no-default-features {features}"), "{what}");
        assert_eq!(words("RUN_DEPENDS"), depends, "{what}");
        assert_eq!(words("LICENSE") + " " + &words("LICENSE_COMB"), licence, "{what}");
        assert_eq!(words("USES"), if with == "TLS" { "cargo ssl" } else { "cargo" }, "{what}");
        assert_eq!(words("MAKE_ENV"), if with == "TLS" { "OPENSSL_NO_VENDOR=1" } else { "" }, "{what}");
    }
    let refused = |assignments: &[&str]| port.ask(assignments, "${PORTNAME}").expect_err("refused");
    assert!(refused(&["WITH=WASMSTORE"]).contains("exactly one of SQLITE WASMSTORE"));
    assert!(refused(&["WITHOUT=HTTP2"]).contains("at least one of GOPHER HTTP2"));
    assert!(refused(&["WITH=THUMBS POSTERS"]).contains("at most one of POSTERS THUMBS"));
}

#[test]
fn an_option_that_is_broken_there_is_not_offered() {
    let env = Env::new();
    servers::quarry(&env);
    let recipe = env.read("quarry.toml");
    let settings = "[option.on.freebsd]\nsettings = { \"main:journal-mode\" = \"TRUNC,ATE & \\\\ more\" }\n";
    let recipe = recipe
        .replace("[option.on.illumos]\nbroken", "[option.on.freebsd]\nbroken")
        .replace("[option.on.netbsd]\nsettings", &format!("{settings}[option.on.netbsd]\nsettings"));
    env.write("quarry.toml", &recipe);
    let ran = env.generate(&["quarry.toml", "--target", "freebsd"]);
    assert!(ran.stderr.contains("on FreeBSD, `sqlite` is always on"), "{ran}");
    let makefile = env.read("ports/freebsd/databases/quarry/Makefile");
    assert!(
        makefile.contains("# WASMSTORE is not offered: the $(compiler) `there` cannot make \"it\"\n"),
        "{makefile}"
    );
    let Some(port) = FreebsdPort::of(&env, "ports/freebsd/databases/quarry") else { return };
    // sqlite is all that is left of the group: there is nothing to choose.
    assert_eq!(port.words(&[], "OPTIONS_SINGLE"), "");
    assert_eq!(port.words(&[], "CARGO_FEATURES:O"), "--no-default-features http2 native");
    assert!(makefile.contains("# The server needs 128 MB of memory.\n"), "{makefile}");
    let krate = krate(&env, "quarry-0.6.0-rc.6");
    let staged = port.stage(&[], &krate, &["quarry"]);
    assert_eq!(staged, port.listed(&[]));
    let sample = std::fs::read_to_string(port.staged("usr/local/etc/quarry/quarry.toml.sample")).unwrap();
    let sample: toml::Table = sample.parse().unwrap();
    assert_eq!(sample["journal-mode"].as_str(), Some("TRUNC,ATE & \\ more"), "the option's setting is in the sample");
    assert_eq!(sample["path"].as_str(), Some("stones"));
}

#[test]
fn versions_are_upstreams_and_must_sort_as_such() {
    for (upstream, says) in [
        ("0.6.0-rc.6", "0.6.0-rc.6||mason-0.6.0-rc.6"),
        ("2.1.0+build.5", "2.1.0|+build.5|mason-2.1.0+build.5"),
        ("1.0.0-alpha.2+x", "1.0.0-alpha.2|+x|mason-1.0.0-alpha.2+x"),
    ] {
        let env = Env::new();
        env.publish(&Crate::server("mason", upstream));
        env.write("r.toml", &format!("[upstream]\ncrate = 'mason'\nversion = '{upstream}'\n[build]\n"));
        env.generate(&["r.toml", "--target", "freebsd"]);
        let Some(port) = FreebsdPort::of(&env, "ports/freebsd/sysutils/mason") else { return };
        assert_eq!(port.ask(&[], "${DISTVERSION}|${DISTVERSIONSUFFIX}|${DISTNAME}").unwrap(), says);
    }
    let env = Env::new();
    env.publish(&Crate::server("mason", "1.0.0-1"));
    env.write("r.toml", "[upstream]\ncrate = 'mason'\nversion = '1.0.0-1'\n[build]\n");
    let ran = env.run(&["generate", "r.toml", "--target", "freebsd"]);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("FreeBSD sorts above 1.0.0") && ran.stderr.contains("r.toml:3:"), "{ran}");
}

#[test]
fn a_crate_under_another_name_is_fetched_under_its_own() {
    let env = Env::new();
    env.publish(&Crate::server("mason-cli", "1.0.0"));
    env.write("r.toml", "[upstream]\ncrate = 'mason-cli'\nversion = '1.0.0'\n[package]\nname = 'mason'\n[build]\n");
    env.generate(&["r.toml", "--target", "freebsd"]);
    let Some(port) = FreebsdPort::of(&env, "ports/freebsd/sysutils/mason") else { return };
    assert_eq!(port.words(&[], "MASTER_SITES"), "CRATESIO/mason-cli/1.0.0");
    assert_eq!(port.words(&[], "DISTFILES"), "rust/crates/mason-cli-1.0.0.crate");
    assert!(env.read("ports/freebsd/sysutils/mason/distinfo").contains("(rust/crates/mason-cli-1.0.0.crate)"));
}

#[test]
fn a_member_of_a_workspace_is_built_and_found() {
    for version in ["0.9.0", "0.9.0-rc.1"] {
        let env = Env::new();
        servers::loom(&env, version);
        env.generate(&["loom.toml", "--target", "freebsd"]);
        let Some(port) = FreebsdPort::of(&env, "ports/freebsd/net/loom") else { return };
        let ask = |variable: &str| port.words(&[], variable);
        assert_eq!(ask("USE_GITHUB") + " " + &ask("GH_ACCOUNT") + " " + &ask("GH_PROJECT"), "yes weavers textiles");
        assert_eq!(ask("CARGO_BUILD_ARGS"), "--package loom");
        assert_eq!(ask("CARGO_INSTALL_PATH"), "loom");
        assert_eq!(ask("RUSTFLAGS"), "--cfg tight");
        let file = format!("weavers-textiles-v{version}_GH0.tar.gz");
        assert_eq!(ask("DISTFILES"), file);
        let distinfo = env.read("ports/freebsd/net/loom/distinfo");
        assert!(
            distinfo.starts_with(&format!("TIMESTAMP = {TAGGED}\n"))
                && distinfo.contains(&format!("\nSHA256 ({file}) = ")),
            "{distinfo}"
        );
        let archive = env.archives().join(format!("weavers/textiles-{version}.tar.gz"));
        let staged = port.stage(&[], &archive, &["loom"]);
        assert_eq!(staged, port.listed(&[]));
        let source = PathBuf::from(ask("WRKSRC"));
        assert!(!source.join(".cargo/config.toml").exists(), "it would win over the vendored crates");
    }
}
