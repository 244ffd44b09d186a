//! `lint` on the licence of the whole: what the crates say.
use serde_json::Value;

use crate::support::{Crate, Env};

/// What `generate` has read of a crate need not be read again, nor be there.
#[test]
fn licences_of_crates_are_known_from_generate() {
    let env = Env::new();
    env.publish(&Crate::library("ember", "0.3.1").licence(Some("MPL-2.0")));
    env.publish(&Crate::server("anvil", "1.0.0").needs("ember", "0.3.1"));
    env.write(
        "anvil.toml",
        "[upstream]\ncrate = 'anvil'\nversion = '1.0.0'\n[package]\ncategories = ['net']\n[build]\n",
    );
    env.generate(&["anvil.toml", "--target", "pkgsrc,openbsd"]);
    let makefile = env.read("pkgsrc/net/anvil/Makefile");
    assert!(makefile.contains("LICENSE=\tisc AND mpl-2.0\n"), "{makefile}");
    env.write("pkgsrc/net/anvil/Makefile", &makefile.replace("isc AND mpl-2.0", "isc"));
    let lacking = || {
        let ran = env.run(&["lint", "pkgsrc", "--format", "json"]);
        let answer: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"));
        let found = answer["findings"].as_array().expect("findings").clone();
        found.iter().filter(|one| one["code"] == "PW3405").map(|one| one["message"].clone()).collect::<Vec<_>>()
    };
    let known = lacking();
    assert_eq!(known, ["`mpl-2.0` is missing: ember-0.3.1"]);
    let mut removed = 0;
    for registry in std::fs::read_dir(env.cargo_home().join("registry/cache")).unwrap() {
        let file = registry.unwrap().path().join("ember-0.3.1.crate");
        removed += usize::from(std::fs::remove_file(file).is_ok());
    }
    assert_eq!((removed, lacking()), (1, known));
}
