//! The package of portwright itself installs the manual pages that the program prints, and lists each of them.
use std::collections::BTreeSet;

use crate::support::Env;

#[test]
fn every_manual_page_is_on_the_packing_lists() {
    let env = Env::new();
    env.run(&["man", "--dir", "man1"]);
    let printed: BTreeSet<String> = std::fs::read_dir(env.work().join("man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(printed.contains("portwright-doctor.1"), "{printed:?}");
    let recipe = concat!(env!("CARGO_MANIFEST_DIR"), "/recipes/portwright.toml");
    let recipe: toml::Table = std::fs::read_to_string(recipe).unwrap().parse().unwrap();
    let trees = recipe["additions"].as_table().unwrap();
    assert_eq!(trees.len(), 3);
    for (tree, additions) in trees {
        let lines = additions["plist"].as_array().unwrap().iter().filter_map(toml::Value::as_str);
        let pages = lines.filter_map(|line| line.trim_end_matches(".gz").split_once("man1/"));
        let listed: BTreeSet<String> = pages.map(|(_, page)| page.to_owned()).collect();
        assert_eq!(listed, printed, "{tree}");
    }
}
