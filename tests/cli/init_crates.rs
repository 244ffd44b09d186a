//! `portwright init` on crates of the registry: what the crates of its lock tell.
use super::support::{Crate, Env};

const ISC: &str = "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is \
    hereby granted, provided that the above copyright notice and this permission notice appear in all copies.";

#[test]
fn programs_run_by_crates_of_the_project_and_licences_told_by_files() {
    let env = Env::new();
    let core = "use std::process::Command;\nfn run() { Command::new(\"magick\"); }\n#[cfg(test)]\nmod tests {\n fn a() { Command::new(\"git\"); }\n}\n";
    env.publish(&Crate::library("mailer-core", "0.1.0").file("src/run.rs", core));
    env.publish(&Crate::library("stranger", "0.1.0").file("src/run.rs", "fn a() { which(\"ffmpeg\"); }\n"));
    env.publish(
        &Crate::library("old", "0.1.0").licence(None).package("license-file = \"LICENSE\"\n").file("LICENSE", ISC),
    );
    let server =
        Crate::server("mailer", "1.0.0").needs("mailer-core", "0.1.0").needs("stranger", "0.1.0").needs("old", "0.1.0");
    env.publish(&server.file("mailer.service", "[Service]\nExecStart=/usr/bin/mailer\n"));

    let ran = env.run(&["init", "mailer", "--offline"]);
    assert_eq!(ran.status, 0, "{ran}");
    let recipe = env.read("mailer.toml");
    let programs: Vec<&str> = recipe.split("[[program]]\n").skip(1).filter_map(|rest| rest.lines().next()).collect();
    assert_eq!(programs, ["name = \"magick\""], "{recipe}");
    assert!(recipe.contains("(mailer-core-0.1.0/src/run.rs:2)"), "{recipe}");
    let licence = "[[licence]]\ncrate = \"old\"\nversion = \"0.1.0\"\nlicence = \"ISC\"\nreason = \"its LICENSE reads like ISC\"\n";
    assert!(recipe.contains(licence), "{recipe}");
    assert!(ran.stderr.contains("next: portwright generate mailer.toml"), "{ran}");
    let ran = env.run(&["generate", "mailer.toml", "--offline"]);
    assert_eq!(ran.status, 0, "{ran}");
}

#[test]
fn a_library_is_no_server() {
    let env = Env::new();
    env.publish(
        &Crate::library("mailer", "1.0.0")
            .file("Cargo.lock", "version = 4\n[[package]]\nname = \"mailer\"\nversion = \"1.0.0\"\n"),
    );
    let ran = env.run(&["init", "mailer@1.0.0", "--offline"]);
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("is a library: it builds no program"), "{ran}");
    assert!(!env.work().join("mailer.toml").exists());
}

#[test]
fn crates_that_are_not_there() {
    let env = Env::new();
    for (target, status) in [("no-such-crate@1.0.0", 3), ("a b", 2), ("../x/y", 3), ("mailer@1", 2)] {
        let ran = env.run(&["init", target, "--offline"]);
        assert_eq!(ran.status, status, "{target}: {ran}");
    }
}
