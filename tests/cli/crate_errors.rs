//! Crates that cannot be packaged, and caches that cannot be trusted: what a user reads.
use insta::assert_snapshot;

use crate::support::{Crate, Env, servers};

const RECIPE: &str = "[upstream]\ncrate = \"anvil\"\nversion = \"1.0.0\"\n[build]\n";

/// What `generate` says to a crate.
fn packaging(env: &Env, krate: &Crate) -> String {
    env.publish(krate);
    env.write("anvil.toml", RECIPE);
    let ran = env.run(&["generate", "--offline", "anvil.toml"]);
    assert!(!env.work().join("pkgsrc").exists(), "nothing is written");
    assert!(ran.stderr.contains("= help:"), "has a way out: {ran}");
    ran.to_string()
}

#[test]
fn a_crate_without_a_licence() {
    assert_snapshot!(packaging(&Env::new(), &Crate::server("anvil", "1.0.0").licence(None)), @r#"
    exit 2
    --- stdout
    --- stderr
    error: the licence of a crate in the program is not clear
     |
     = note: anvil 1.0.0: says no licence
     = help: find out which it is, and say so in `anvil.toml`:
             [package]
             licence = "SPDX-expression"
    "#);
}

#[test]
fn a_dependency_without_a_licence() {
    let env = Env::new();
    env.publish(&Crate::library("ember", "0.3.1").licence(None));
    assert_snapshot!(packaging(&env, &Crate::server("anvil", "1.0.0").needs("ember", "0.3.1")), @r#"
    exit 2
    --- stdout
    --- stderr
    error: the licence of a crate in the program is not clear
     |
     = note: ember 0.3.1: says no licence
     = help: find out which it is, and say so in `anvil.toml`:
             [[licence]]
             crate = "ember"
             version = "0.3.1"
             licence = "SPDX-expression"
             reason = "how you know"
    "#);
}

#[test]
fn a_licence_that_the_tree_does_not_know() {
    let env = Env::new();
    env.publish(&Crate::library("ember", "0.3.1").licence(Some("Glulxe")));
    assert_snapshot!(packaging(&env, &Crate::server("anvil", "1.0.0").needs("ember", "0.3.1")), @r#"
    exit 2
    --- stdout
    --- stderr
    error: the licence of a crate in the program is not clear
     |
     = note: ember 0.3.1: the profile has no name for `Glulxe`
     = help: find out which it is, and say so in `anvil.toml`:
             [[licence]]
             crate = "ember"
             version = "0.3.1"
             licence = "SPDX-expression"
             reason = "how you know"
    "#);
}

#[test]
fn a_licence_that_is_no_expression() {
    assert_snapshot!(packaging(&Env::new(), &Crate::server("anvil", "1.0.0").licence(Some("as you like it"))), @r#"
    exit 2
    --- stdout
    --- stderr
    error: the licence of a crate in the program is not clear
     |
     = note: anvil 1.0.0: `as you like it` is not an SPDX expression: unknown term
     = help: find out which it is, and say so in `anvil.toml`:
             [package]
             licence = "SPDX-expression"
    "#);
}

#[test]
fn a_dependency_from_git() {
    assert_snapshot!(packaging(&Env::new(), &Crate::server("anvil", "1.0.0").git("https://forge.example/zz")), @r#"
    exit 2
    --- stdout
    --- stderr
    error: the package cannot be built with the git dependency zz 0.1.0
     |
     = note: Cargo.lock takes it from https://forge.example/zz
     = note: its repository is not on GitHub, whose archives every tree can fetch
     = help: ask upstream for a release whose dependencies are all in the registry
     = help: or take the server from the registry: [upstream] crate = "…"; what is published there has no git dependencies
     = help: or replace it by a registry release in Cargo.toml and Cargo.lock of your checkout, and use [upstream] path
    "#);
}

#[test]
fn a_release_without_a_lock() {
    assert_snapshot!(packaging(&Env::new(), &Crate::server("anvil", "1.0.0").without_lock()), @r#"
    exit 2
    --- stdout
    --- stderr
    error: `anvil` has no `Cargo.lock`
     |
     = note: the lock says which crates, exactly, a package is built from
     = note: a released crate has one only if it has a binary, or was released by a recent cargo
     = help: use the tag of its repository: `github = "OWNER/REPO"` and `tag = "…"`
     = help: or unpack it, run `cargo generate-lockfile` there, and use `path = "DIR"`
    "#);
}

#[test]
fn a_library() {
    let library = Crate::library("anvil", "1.0.0").package("description = \"Something to hammer on\"\n");
    assert_snapshot!(packaging(&Env::new(), &library.file("Cargo.lock", "version = 4\n[[package]]\nname = \"anvil\"\nversion = \"1.0.0\"\n")), @"
    exit 2
    --- stdout
    --- stderr
    error: the crate `anvil` is a library: it builds no program
     --> anvil.toml:1:2
      |
    1 | [upstream]
      |  ^^^^^^^^
      |
      = help: name the crate that has the server's `main`
    ");
}

#[test]
fn a_crate_that_nobody_describes() {
    assert_snapshot!(packaging(&Env::new(), &Crate::server("anvil", "1.0.0").package("")), @r#"
    exit 2
    --- stdout
    --- stderr
    error: neither the crate nor the recipe says in a line what the server is
     --> anvil.toml:1:1
      |
    1 | [upstream]
      | ^
      |
      = help: [package] comment = "Small example server"
    "#);
}

#[test]
fn a_sample_that_the_server_could_not_read() {
    let env = Env::new();
    servers::hearth(&env);
    env.publish(&Crate::server("hearth", "1.2.4").file("hearth.toml", "[repo]\na = 1\n[repo]\nb = 2\n"));
    env.write("hearth.toml", &servers::HEARTH.replace("1.2.3", "1.2.4"));
    let ran = env.run(&["generate", "--offline", "hearth.toml"]);
    assert_snapshot!(ran, @r#"
    exit 2
    --- stdout
    --- stderr
    error: the server could not read the sample `hearth.toml` as it stands: line 3: duplicate key
      --> hearth.toml:29:10
       |
    29 | sample = "{examples}/hearth.toml"
       |          ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: a configuration made from it would keep the service from starting
       = help: keep a sample of your own beside the recipe and name it with `template = "…"`; upstream's can go to {doc}
    "#);
}

#[test]
fn a_crate_file_that_is_not_what_was_published() {
    let env = Env::new();
    servers::hearth(&env);
    let file = env.cargo_home().join("registry/cache/made-up/ember-0.3.1.crate");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.push(0);
    std::fs::write(&file, bytes).unwrap();
    let ran = env.run(&["generate", "--offline", "hearth.toml"]);
    assert!(!env.work().join("pkgsrc").exists(), "nothing is written");
    let sums = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let said: Vec<_> = ran
        .to_string()
        .split(' ')
        .map(|word| if sums(word.trim_end()) { word.replace(word.trim_end(), "[SHA-256]") } else { word.to_owned() })
        .collect();
    assert_snapshot!(said.join(" "), @"
    exit 3
    --- stdout
    --- stderr
    error: `[DIR]/cargo/registry/cache/made-up/ember-0.3.1.crate` is not the file that was published
     |
     = note: SHA-256 should be [SHA-256]
     = note:          but is    [SHA-256]
     = help: remove it and run again, it is downloaded anew: `rm '[DIR]/cargo/registry/cache/made-up/ember-0.3.1.crate'`
    ");
}

#[test]
fn offline_with_a_crate_missing() {
    let env = Env::new();
    servers::hearth(&env);
    std::fs::remove_file(env.cargo_home().join("registry/cache/made-up/ember-0.3.1.crate")).unwrap();
    assert_snapshot!(env.run(&["generate", "--offline", "hearth.toml"]), @"
    exit 3
    --- stdout
    --- stderr
    error: crates are missing from cargo's cache
     |
     = note: ember-0.3.1.crate
     = note: --offline forbids to download them
     = help: run again without --offline
    ");
    std::fs::remove_file(env.cargo_home().join("registry/cache/made-up/hearth-1.2.3.crate")).unwrap();
    assert_snapshot!(env.run(&["generate", "--offline", "hearth.toml"]), @"
    exit 3
    --- stdout
    --- stderr
    error: `hearth-1.2.3.crate` is not in cargo's cache
     |
     = note: --offline forbids to download it
     = help: download it: `cargo info hearth@1.2.3`
    ");
}
