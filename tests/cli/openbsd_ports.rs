//! Ports of OpenBSD: bmake evaluates them with each flavor, and installs from them.
use std::path::PathBuf;

use crate::support::openbsd_port::Port;
use crate::support::{Env, servers};

fn port(env: &Env, recipe: &str, directory: &str) -> Option<Port> {
    env.generate(&[recipe, "--profile", "openbsd", "--target", "openbsd"]);
    Port::of(env, directory)
}

fn krate(env: &Env, stem: &str) -> PathBuf {
    env.cargo_home().join(format!("registry/cache/made-up/{stem}.crate"))
}

#[test]
fn what_a_plain_port_says() {
    let env = Env::new();
    servers::hearth(&env);
    let Some(port) = port(&env, "hearth.toml", "ports/openbsd/net/hearth") else { return };
    let ask = |expression: &str| port.ask("", expression);
    assert_eq!(ask("${PKGNAME}|${CATEGORIES}|${COMMENT}"), "hearth-1.2.3|net www|warm place for small servers");
    assert_eq!(ask("${DISTFILES}"), "cargo/hearth-1.2.3.tar.gz{hearth/1.2.3/download}");
    assert_eq!(ask("${MODCARGO_CRATES}"), "ember 0.3.1 whirl-sys 0.4.52+whirl-7.81.0");
    assert_eq!(ask("${BUILD_DEPENDS}|${RUN_DEPENDS}"), "lang/rust>=1.88.0|graphics/ffmpeg>=5");
    assert_eq!(ask("${WANTLIB}|${FLAVORS}|${ERRORS}"), "c c++abi pthread m||");
}

#[test]
fn flavors_turn_options_on_and_take_the_place_of_others() {
    let env = Env::new();
    servers::quarry(&env);
    let Some(port) = port(&env, "quarry.toml", "ports/openbsd/databases/quarry") else { return };
    assert_eq!(port.ask("", "${FLAVORS}"), "wasmstore thumbs posters gopher tls viewer");
    let features =
        |flavor: &str| port.ask(flavor, "${MODCARGO_FEATURES:O}|${RUN_DEPENDS}|${WANTLIB:N*c*:N*p*}|${ERRORS}");
    assert_eq!(features(""), "http2 native||m|", "what is on by default is always on, or gives way");
    assert_eq!(features("wasmstore"), "http2 wasm||m|");
    assert_eq!(features("posters gopher"), "gopher http2 native posters|graphics/ffmpeg|m|");
    assert_eq!(features("tls viewer"), "http2 native tls||m ssl|");
    let both = "\"Fatal: flavors thumbs and posters exclude each other\"";
    assert!(features("thumbs posters").ends_with(both), "{}", features("thumbs posters"));
    assert_eq!(port.ask("", "${MODCARGO_NO_DEFAULT_FEATURES}"), "Yes");
}

#[test]
fn what_is_installed_is_what_the_packing_list_says() {
    let env = Env::new();
    servers::hearth(&env);
    servers::tidbits(&env);
    servers::quarry(&env);
    servers::loom(&env, "0.9.0");
    if let Some(port) = port(&env, "hearth.toml", "ports/openbsd/net/hearth") {
        assert_eq!(port.install("", &krate(&env, "hearth-1.2.3"), &["hearth"]), port.listed(""));
    }
    if let Some(port) = port(&env, "tidbits.toml", "ports/openbsd/sysutils/tidbits") {
        let installed = port.install("", &krate(&env, "tidbits-2.0.0"), &["tidbits", "tidctl"]);
        assert_eq!(installed, port.listed(""));
        assert_eq!(installed.into_iter().collect::<Vec<_>>(), ["bin/tidbits", "bin/tidctl", "man/man1/tidbits.1"]);
    }
    if let Some(port) = port(&env, "quarry.toml", "ports/openbsd/databases/quarry") {
        for flavor in ["", "viewer", "wasmstore tls viewer"] {
            let installed = port.install(flavor, &krate(&env, "quarry-0.6.0-rc.6"), &["quarry"]);
            assert_eq!(installed, port.listed(flavor), "{flavor}");
            assert_eq!(installed.contains("share/quarry/viewer.html"), flavor.contains("viewer"));
        }
    }
    if let Some(port) = port(&env, "loom.toml", "ports/openbsd/net/loom") {
        let archive = env.archives().join("weavers/textiles-0.9.0.tar.gz");
        assert_eq!(port.install("", &archive, &["loom"]), port.listed(""));
        assert_eq!(port.ask("", "${PKGNAME} ${MODCARGO_BUILD_ARGS}"), "loom-0.9.0 --package loom");
    }
}

/// What an option of a group needs besides features, when a flavor takes the default's place.
const HEAT: &str = r#"
[build]
[[build.install]]
from = "quarry.toml"
to = "{examples}/quarry.toml"
[[build.install]]
from = "viewer.html"
to = "{data}/native.html"
option = "native"
[[build.install]]
from = "viewer.html"
to = "{doc}/wasm.html"
option = "wasm"

[service]
command = ["{bin}/quarry", "--config={config.main}"]
user = "quarry"
[[service.config]]
id = "main"
sample = "{examples}/quarry.toml"
path = "{sysconf}/quarry.toml"

[[option]]
name = "native"
group = "store"
features = ["native"]
[[option]]
name = "wasm"
group = "store"
features = ["wasm"]
environment = { STORE = "it's $x #1" }
settings = { "main:journal-mode" = "TRUNCATE, $x & 100%" }
"#;

fn recipe(options: &str) -> String {
    format!(
        "[upstream]\ncrate = \"quarry\"\nversion = \"0.6.0-rc.6\"\n[package]\ncategories = [\"databases\"]\n{options}"
    )
}

#[test]
fn files_and_settings_follow_the_flavor() {
    let env = Env::new();
    servers::quarry(&env);
    env.write("heat.toml", &recipe(HEAT));
    let Some(two) = port(&env, "heat.toml", "ports/openbsd/databases/quarry") else { return };
    let archive = krate(&env, "quarry-0.6.0-rc.6");
    for (flavor, file) in [("", "share/quarry/native.html"), ("wasm", "share/doc/quarry/wasm.html")] {
        let installed = two.install(flavor, &archive, &["quarry"]);
        assert_eq!(installed, two.listed(flavor), "{flavor}");
        assert!(installed.contains(file), "{flavor}: {installed:?}");
        let sample = std::fs::read_to_string(two.prefix(flavor).join("share/examples/quarry/quarry.toml")).unwrap();
        let mode = if flavor == "wasm" { "TRUNCATE, $x & 100%" } else { "WAL" };
        assert!(sample.contains(&format!("journal-mode = \"{mode}\"\n")), "{flavor}: {sample}");
    }
    assert_eq!(two.ask("wasm", "${MODCARGO_ENV}"), "STORE='it'\\''s $x #1'");
    assert!(env.read("ports/openbsd/databases/quarry/pkg/PLIST").contains("\n!%%wasm%%\n%%wasm%%\n"));

    // Of three, none is the opposite of the other.
    let third = "[[option]]\nname = \"stone\"\ngroup = \"store\"\nfeatures = [\"tls\"]\n";
    env.write("heat.toml", &recipe(&format!("{HEAT}{third}")));
    let Some(three) = port(&env, "heat.toml", "ports/openbsd/databases/quarry") else { return };
    for (flavor, native) in [("", true), ("wasm", false), ("stone", false)] {
        let installed = three.install(flavor, &archive, &["quarry"]);
        assert_eq!(installed, three.listed(flavor), "{flavor}");
        assert_eq!(installed.contains("share/quarry/native.html"), native, "{flavor}");
    }
}

#[test]
fn registered_accounts_have_their_numbers() {
    let env = Env::new();
    servers::hearth(&env);
    let ran = env.generate(&["hearth.toml", "--profile", "openbsd"]);
    assert!(ran.stderr.contains("PLIST has NNN"), "{ran}");
    assert!(
        env.read("ports/openbsd/net/hearth/pkg/PLIST").starts_with("@newgroup _hearth:NNN\n@newuser _hearth:NNN:NNN::")
    );
    env.write("hearth.toml", &format!("{}\n[os.openbsd]\nuser-id = 899\n", servers::HEARTH));
    let ran = env.generate(&["hearth.toml", "--profile", "openbsd"]);
    assert!(!ran.stderr.contains("NNN"), "{ran}");
    let plist = env.read("ports/openbsd/net/hearth/pkg/PLIST");
    let user = "@newuser _hearth:899:899::hearth daemon:${LOCALSTATEDIR}/db/hearth:/sbin/nologin\n";
    assert!(plist.starts_with(&format!("@newgroup _hearth:899\n{user}")), "{plist}");
}

#[test]
fn two_options_that_would_be_one_flavor() {
    let env = Env::new();
    servers::quarry(&env);
    // The first may be switched off: `no_tls`.
    let options = "[[option]]\nname = \"tls\"\noptional-group = \"crypto\"\nfeatures = [\"tls\"]\ndefault = true\n\
         [[option]]\nname = \"no-tls\"\nfeatures = [\"gopher\"]\n";
    env.write("twins.toml", &recipe(options));
    let ran = env.run(&["generate", "--offline", "twins.toml", "--profile", "openbsd"]);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("the flavour `no_tls`") && ran.stderr.contains("--> twins.toml:"), "{ran}");
    assert!(ran.stderr.contains("= help: "), "{ran}");
}
