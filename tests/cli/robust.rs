//! `generate` in odd surroundings, and killed at any moment.
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{Env, has_extension, servers};

#[test]
fn the_same_bytes_whatever_the_clock_the_language_and_the_place() {
    let run = |variables: &[(&str, &str)], out: &str| {
        let env = Env::new();
        servers::hearth(&env);
        servers::quarry(&env);
        let mut command = env.command(&["generate", "--offline", "hearth.toml", "quarry.toml", "--out", out]);
        for (name, value) in variables {
            command.env(name, value);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", env.finish(&output));
        let mut files = env.files(out);
        files.retain(|(name, _)| !has_extension(name, "toml"));
        assert!(files.len() > 20);
        // The one thing that is asked for by a variable: when FreeBSD's distinfo was made.
        for (_, text) in files.iter_mut().filter(|(name, _)| name.ends_with("distinfo")) {
            *text = text.lines().filter(|line| !line.starts_with("TIMESTAMP = ")).collect::<Vec<_>>().join("\n");
        }
        files
    };
    let here = run(&[("TZ", "UTC")], "out");
    let elsewhere = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOSTNAME", "elsewhere"),
        ("USER", "somebody"),
        ("SOURCE_DATE_EPOCH", "86400"),
        ("COLUMNS", "40"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    assert!(here == run(&elsewhere, "a directory of another name"));
}

#[test]
fn killed_while_it_writes_and_run_again() {
    let env = Env::new();
    servers::quarry(&env);
    let variants =
        [servers::QUARRY.to_owned(), servers::QUARRY.replace("Store for small stones", "Store for large stones")];
    // What each of the recipes gives.
    let wanted: Vec<Vec<(String, String)>> = variants
        .iter()
        .map(|recipe| {
            env.write("quarry.toml", recipe);
            env.generate(&["quarry.toml", "--out", "out"]);
            env.files("out")
        })
        .collect();
    // How long one run takes, so that the kills fall into all of it.
    let start = std::time::Instant::now();
    env.generate(&["quarry.toml", "--out", "out"]);
    let whole = start.elapsed();
    let mut interrupted = 0;
    for round in 0..12_u32 {
        env.write("quarry.toml", &variants[round as usize % 2]);
        let mut command = env.command(&["generate", "--offline", "quarry.toml", "--out", "out"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * (round + 1) / 12 + Duration::from_micros(u64::from(round) * 137));
        child.kill().unwrap();
        interrupted += u32::from(!child.wait().unwrap().success());
        for (name, text) in env.files("out") {
            let known = wanted.iter().any(|files| files.contains(&(name.clone(), text.clone())));
            assert!(known, "{name} is neither old nor new");
        }
        // The next run repairs.
        if round % 3 == 2 {
            env.generate(&["quarry.toml", "--out", "out"]);
            assert!(env.files("out") == wanted[round as usize % 2]);
        }
    }
    assert!(interrupted > 0, "no kill met a run at work");
    let leavings = fs::read_dir(env.work().join("out"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("tmp"));
    assert_eq!(leavings.count(), 0);
}
