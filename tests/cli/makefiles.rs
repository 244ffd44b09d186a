//! bmake evaluates generated packages: with each choice of options, on each OS.
use crate::support::{Env, Package, servers};

#[test]
fn try_it() {
    let env = Env::new();
    servers::hearth(&env);
    servers::quarry(&env);
    servers::tidbits(&env);
    println!("{}", env.run(&["generate", "--offline", "hearth.toml"]));
    println!("{}", env.run(&["generate", "--offline", "quarry.toml"]));
    println!("{}", env.run(&["generate", "--offline", "tidbits.toml"]));
    for (name, text) in env.files("") { if !name.contains("README") {
        println!("=== {name}\n{text}");
    } }
    let package = Package::of(&env, "pkgsrc/net/hearth").unwrap();
    println!("{:?}", package.ask("NetBSD", &[], "${PKGNAME}"));
    println!("{:?}", package.install("NetBSD", &[], &env.cargo_home().join("registry/cache/made-up/hearth-1.2.3.crate"), &["hearth"]));
    println!("{:?}", package.plist("NetBSD", &[]));
    panic!();
}
