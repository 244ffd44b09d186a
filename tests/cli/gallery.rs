//! The gallery: what is checked in is what the recipes say. Needs the recipes' crates, from cargo's cache or the
//! network; without either the test says so and decides nothing, unless `CI=true` promises a registry.
use std::path::Path;
use std::process::{Command, Output};

/// The program on all recipes, with the user's own cargo home and cache.
fn generate(args: &[&str]) -> Output {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut recipes: Vec<String> = std::fs::read_dir(top.join("recipes"))
        .unwrap()
        .map(|entry| format!("recipes/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "toml"))
        .collect();
    recipes.sort();
    assert!(!recipes.is_empty());
    let mut command = Command::new(env!("CARGO_BIN_EXE_portwright"));
    command.arg("generate").args(recipes).args(args).current_dir(top).output().unwrap()
}

#[test]
fn the_gallery_is_what_the_recipes_say() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !top.join("pkgsrc").is_dir() {
        eprintln!("skipped: no gallery is checked in");
        return;
    }
    let mut output = generate(&["--check", "--offline", "--out", "."]);
    if output.status.code() == Some(3) {
        // Something is missing in cargo's cache.
        output = generate(&["--check", "--out", "."]);
    }
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(3) {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{said}");
        eprintln!("skipped, the crates cannot be had: {said}");
        return;
    }
    // Our own package is packed from this directory: the digests of its distribution are true at a release only.
    let lines = said
        .lines()
        .filter(|line| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---"));
    let others: Vec<_> = lines.filter(|line| !line.contains(" (portwright-")).collect();
    assert!(others.is_empty() && output.status.code().is_some_and(|code| code <= 1), "{said}");
}
