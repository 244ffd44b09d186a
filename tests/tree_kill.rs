//! kill -9 at any moment leaves each file old or new, and the next run goes on from there.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portwright::tree::{File, OnEdit, Status, Tree, apply, plan};

const ROOT: &str = "PORTWRIGHT_TEST_KILL_ROOT";
const KILLS: u32 = 60;

/// Two versions of twelve files, in part executable; each version has a file of its own.
fn version(new: bool) -> Tree {
    let mut tree = Tree::new();
    let word = if new { "new\n" } else { "old\n" };
    for i in 0..12 {
        let file = File::new(word.repeat(2000 + i));
        let file = if new == (i % 2 == 0) { file.executable() } else { file };
        tree.add(format!("p/d{}/f{i}", i % 3), file).unwrap();
    }
    tree.add(format!("p/only-{new}"), File::new(word)).unwrap();
    tree.claim("p").unwrap();
    tree
}

/// The process to be killed: turns the files from one version into the other, again and again. As a test of its own it
/// does nothing.
#[test]
fn victim() {
    let Some(root) = std::env::var_os(ROOT).map(PathBuf::from) else { return };
    // Should the test die first, its victim must not go on for ever.
    let start = Instant::now();
    for new in [true, false].into_iter().cycle().take_while(|_| start.elapsed() < Duration::from_secs(20)) {
        apply(&plan(&version(new), &root).unwrap(), OnEdit::Refuse).unwrap();
    }
}

fn files_below(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

#[test]
fn killed_at_any_moment() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let start = Instant::now();
    let (mut interrupted, mut leftovers) = (0, 0);
    // A small generator, so that the moments are spread and the test is the same each time, as far as it can be.
    let mut random = 88_172_645_463_325_252_u64;
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "victim", "--nocapture"])
            .env(ROOT, root)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_micros(5_000 + random % 40_000));
        assert!(child.try_wait().unwrap().is_none(), "the victim runs until it is killed");
        child.kill().unwrap();
        child.wait().unwrap();

        let mut found = Vec::new();
        files_below(root, &mut found);
        let (old, new) = (version(false), version(true));
        let mut seen = [false, false];
        for path in &found {
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.starts_with(".portwright") {
                leftovers += u32::from(name.contains("tmp"));
                continue;
            }
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap();
            let content = fs::read(path).unwrap();
            let is = |tree: &Tree| tree.get(relative).is_some_and(|file| file.content == content);
            assert!(is(&old) || is(&new), "{relative} is neither old nor new");
            seen[usize::from(is(&new))] = true;
        }
        interrupted += u32::from(seen == [true, true]);

        // Whichever version comes next, nothing counts as edited.
        for next in [&old, &new] {
            let found = plan(next, root).unwrap();
            let lost: Vec<_> = found
                .entries()
                .iter()
                .filter(|entry| matches!(entry.status, Status::Edited | Status::StaleEdited))
                .collect();
            assert!(lost.is_empty(), "{:?}", lost[0].path);
        }
        // The next run repairs.
        if random.is_multiple_of(2) {
            apply(&plan(&new, root).unwrap(), OnEdit::Refuse).unwrap();
            assert!(plan(&new, root).unwrap().is_clean());
            let mut found = Vec::new();
            files_below(root, &mut found);
            assert_eq!(found.len(), 14, "thirteen files and the record: {found:?}");
        }
    }
    eprintln!("{KILLS} kills, {interrupted} in the middle, {leftovers} leftover files, {:?}", start.elapsed());
    assert!(interrupted > 0, "no kill met a run at work");
}
