//! The transcripts in the README are what the program prints. A line `…` stands for any lines.
use std::fs;
use std::path::Path;
use std::process::Command;

/// Commands of a `console` block with what they print.
fn transcripts(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            found.push((command.to_owned(), Vec::new()));
        } else if inside && let Some((_, printed)) = found.last_mut() {
            printed.push(line.to_owned());
        }
    }
    found
}

/// Whether `printed` has the lines in order, with anything where a `…` is.
fn agrees(expected: &[String], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == "…" => (0..=printed.len()).any(|skip| agrees(rest, &printed[skip..])),
        Some((first, rest)) => printed.split_first().is_some_and(|(line, more)| line == first && agrees(rest, more)),
    }
}

#[test]
fn every_transcript_is_what_the_program_prints() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(top.join("README.md")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_portwright"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(program.parent().map(Path::to_owned).into_iter().chain(std::env::split_paths(&path)))
            .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let transcripts = transcripts(&readme);
    assert!(transcripts.len() >= 10, "only {} commands in the README", transcripts.len());
    for (command, expected) in transcripts {
        // The registry is the user's: a transcript is about real crates.
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(dir.path())
            .env("PATH", &path)
            .env("XDG_CACHE_HOME", dir.path().join("cache"))
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let printed: Vec<&str> = text.lines().collect();
        assert!(agrees(&expected, &printed), "$ {command}\n{text}\n--- README has:\n{}", expected.join("\n"));
    }
}
