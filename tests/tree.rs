//! Writing trees: what is replaced, what is refused, what is left alone.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use portwright::diag::{Diagnostic, Fault};
use portwright::tree::{File, Mode, OnEdit, RECORD, Status, Tree, apply, plan, sha256};
use tempfile::TempDir;

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::new();
    for (path, content) in files {
        tree.add(*path, File::new(*content)).unwrap();
    }
    tree
}

fn write(tree: &Tree, root: &Path) {
    apply(&plan(tree, root).unwrap(), OnEdit::Refuse).unwrap();
}

fn statuses(tree: &Tree, root: &Path) -> Vec<(String, Status)> {
    plan(tree, root).unwrap().entries().iter().map(|entry| (entry.path.to_string(), entry.status)).collect()
}

fn status(tree: &Tree, root: &Path) -> Status {
    let all = statuses(tree, root);
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].1
}

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

fn refusal(error: &anyhow::Error) -> &Diagnostic {
    error.downcast_ref().unwrap_or_else(|| panic!("no diagnostic: {error:?}"))
}

#[test]
fn writes_and_then_has_nothing_to_do() {
    let dir = dir();
    let root = dir.path().join("new/out");
    let mut files = tree(&[("www/x/Makefile", "1\n"), ("www/x/files/x.sh", "2\n")]);
    files.add("bin/run", File::new("#!/bin/sh\n").executable()).unwrap();
    assert!(!plan(&files, &root).unwrap().is_clean());
    assert!(!root.exists(), "planning writes nothing");
    write(&files, &root);
    assert_eq!(read(&root, "www/x/files/x.sh"), "2\n");
    assert_ne!(fs::metadata(root.join("bin/run")).unwrap().permissions().mode() & 0o100, 0);
    assert_eq!(fs::metadata(root.join("www/x/Makefile")).unwrap().permissions().mode() & 0o111, 0);
    let again = plan(&files, &root).unwrap();
    assert!(again.is_clean());
    assert_eq!(again.diff(), "");
    let before = fs::metadata(root.join(RECORD)).unwrap().modified().unwrap();
    apply(&again, OnEdit::Refuse).unwrap();
    assert_eq!(fs::metadata(root.join(RECORD)).unwrap().modified().unwrap(), before, "nothing to do writes nothing");
}

#[test]
fn the_record_is_the_same_for_the_same_files() {
    let (one, two) = (dir(), dir());
    let files = tree(&[("b", "2"), ("a", "1")]);
    write(&tree(&[("a", "0")]), one.path());
    write(&files, one.path());
    write(&files, two.path());
    assert_eq!(read(one.path(), RECORD), read(two.path(), RECORD));
    assert!(read(one.path(), RECORD).ends_with(&format!("{}  a\n{}  b\n", sha256(b"1"), sha256(b"2"))));
}

#[test]
fn what_portwright_wrote_is_replaced() {
    let dir = dir();
    write(&tree(&[("a", "old\n")]), dir.path());
    let new = tree(&[("a", "new\n")]);
    assert_eq!(status(&new, dir.path()), Status::Changed);
    write(&new, dir.path());
    assert_eq!(read(dir.path(), "a"), "new\n");
}

#[test]
fn what_a_person_edited_is_not() {
    let dir = dir();
    write(&tree(&[("a", "old\n"), ("b", "old\n")]), dir.path());
    fs::write(dir.path().join("a"), "mine\n").unwrap();
    let new = tree(&[("a", "new\n"), ("b", "new\n")]);
    let found = plan(&new, dir.path()).unwrap();
    assert_eq!(found.edited().count(), 1);
    let error = apply(&found, OnEdit::Refuse).unwrap_err();
    let diagnostic = refusal(&error);
    assert_eq!(diagnostic.fault, Fault::Input);
    assert!(diagnostic.notes.iter().any(|note| note.contains("edited since")), "{diagnostic:?}");
    assert!(diagnostic.notes.iter().any(|note| note.contains("-mine\n+new")), "{diagnostic:?}");
    assert!(diagnostic.help.iter().any(|help| help.contains("--force")));
    assert_eq!(read(dir.path(), "b"), "old\n", "all or nothing");
    apply(&found, OnEdit::Overwrite).unwrap();
    assert_eq!(read(dir.path(), "a"), "new\n");
    assert_eq!(read(dir.path(), "a.orig"), "mine\n");
    assert!(plan(&new, dir.path()).unwrap().is_clean());
}

#[test]
fn an_earlier_original_is_not_lost() {
    let dir = dir();
    fs::write(dir.path().join("a"), "mine\n").unwrap();
    fs::write(dir.path().join("a.orig"), "precious\n").unwrap();
    let new = tree(&[("a", "new\n")]);
    let error = apply(&plan(&new, dir.path()).unwrap(), OnEdit::Overwrite).unwrap_err();
    assert!(refusal(&error).message.contains("a.orig"));
    assert_eq!(read(dir.path(), "a.orig"), "precious\n");
    assert_eq!(read(dir.path(), "a"), "mine\n");
}

#[test]
fn a_file_that_was_there_before_portwright_is_not_replaced() {
    let dir = dir();
    fs::write(dir.path().join("a"), "mine\n").unwrap();
    assert_eq!(status(&tree(&[("a", "new\n")]), dir.path()), Status::Edited);
    assert_eq!(status(&tree(&[("a", "mine\n")]), dir.path()), Status::Same);
}

#[test]
fn an_edit_that_says_what_is_generated_is_none() {
    let dir = dir();
    write(&tree(&[("a", "old\n")]), dir.path());
    fs::write(dir.path().join("a"), "new\n").unwrap();
    let new = tree(&[("a", "new\n")]);
    assert_eq!(status(&new, dir.path()), Status::Same);
    write(&new, dir.path());
    write(&tree(&[("a", "newer\n")]), dir.path());
    assert_eq!(read(dir.path(), "a"), "newer\n");
}

#[test]
fn a_file_of_the_user_is_written_once() {
    let dir = dir();
    let kept = |content: &str| {
        let mut tree = Tree::new();
        tree.add("notes", File::new(content).theirs()).unwrap();
        tree
    };
    write(&kept("draft\n"), dir.path());
    fs::write(dir.path().join("notes"), "mine\n").unwrap();
    assert_eq!(status(&kept("draft 2\n"), dir.path()), Status::Kept);
    write(&kept("draft 2\n"), dir.path());
    assert_eq!(read(dir.path(), "notes"), "mine\n");
}

#[test]
fn stale_files_go_when_they_are_claimed_and_unedited() {
    let dir = dir();
    let mut old = tree(&[("x/a", "1"), ("x/deep/er/b", "2"), ("x/c", "3"), ("y/d", "4")]);
    old.claim("x").unwrap();
    write(&old, dir.path());
    fs::write(dir.path().join("x/c"), "mine").unwrap();
    fs::write(dir.path().join("x/unknown"), "theirs").unwrap();
    let mut new = tree(&[("x/a", "1")]);
    new.claim("x").unwrap();
    assert_eq!(
        statuses(&new, dir.path()),
        [("x/a".into(), Status::Same), ("x/c".into(), Status::StaleEdited), ("x/deep/er/b".into(), Status::Stale)]
    );
    write(&new, dir.path());
    assert!(!dir.path().join("x/deep").exists(), "with its empty directories");
    assert_eq!(read(dir.path(), "x/c"), "mine");
    assert_eq!(read(dir.path(), "x/unknown"), "theirs");
    assert_eq!(read(dir.path(), "y/d"), "4", "another recipe's");
    let again = plan(&new, dir.path()).unwrap();
    assert!(!again.is_clean(), "an edited stale file is named until someone removes it");
    fs::remove_file(dir.path().join("x/c")).unwrap();
    assert!(plan(&new, dir.path()).unwrap().is_clean());
}

#[test]
fn modes_are_part_of_it() {
    let dir = dir();
    let mut files = Tree::new();
    files.add("run", File::new("x\n").executable()).unwrap();
    write(&files, dir.path());
    fs::set_permissions(dir.path().join("run"), fs::Permissions::from_mode(0o644)).unwrap();
    let found = plan(&files, dir.path()).unwrap();
    assert_eq!(found.entries()[0].status, Status::Changed);
    assert_eq!(found.diff(), "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n");
    apply(&found, OnEdit::Refuse).unwrap();
    assert!(plan(&files, dir.path()).unwrap().is_clean());
}

#[test]
fn links_are_not_followed() {
    let (dir, outside) = (dir(), dir());
    fs::write(outside.path().join("f"), "theirs").unwrap();
    symlink(outside.path(), dir.path().join("d")).unwrap();
    symlink(outside.path().join("f"), dir.path().join("f")).unwrap();
    symlink("nowhere", dir.path().join("g")).unwrap();
    for path in ["d/f", "f", "g", "d/sub/new"] {
        let error = plan(&tree(&[(path, "new")]), dir.path()).unwrap_err();
        assert!(refusal(&error).message.contains("in the way"), "{path}");
    }
    assert_eq!(read(outside.path(), "f"), "theirs");
    fs::create_dir(dir.path().join("h")).unwrap();
    assert!(plan(&tree(&[("h", "new")]), dir.path()).is_err(), "a directory is no file");
    let linked = outside.path().join("root");
    symlink(dir.path(), &linked).unwrap();
    write(&tree(&[("fine", "1")]), &linked);
    assert_eq!(read(dir.path(), "fine"), "1");
}

#[test]
fn the_record_is_no_link() {
    let (dir, outside) = (dir(), dir());
    symlink(outside.path().join("r"), dir.path().join(RECORD)).unwrap();
    let error = apply(&plan(&tree(&[("a", "1")]), dir.path()).unwrap(), OnEdit::Refuse).unwrap_err();
    assert_eq!(refusal(&error).fault, Fault::Environment);
    assert!(!outside.path().join("r").exists() && !dir.path().join("a").exists());
}

#[test]
fn trees_of_several_recipes() {
    let mut all = tree(&[("x/Makefile", "1")]);
    all.claim("x").unwrap();
    let mut other = tree(&[("y/Makefile", "2")]);
    other.claim("y").unwrap();
    all.merge(other).unwrap();
    assert_eq!(all.files().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["x/Makefile", "y/Makefile"]);
    assert_eq!(all.claims().count(), 2);
    let error = all.merge(tree(&[("x/Makefile", "3")])).unwrap_err();
    assert!(refusal(&error).message.contains("generated twice"));
}

#[test]
fn a_plan_that_is_out_of_date_changes_nothing() {
    let dir = dir();
    let new = tree(&[("a", "new"), ("b", "new")]);
    let old_plan = plan(&new, dir.path()).unwrap();
    fs::write(dir.path().join("b"), "just saved").unwrap();
    let error = apply(&old_plan, OnEdit::Overwrite).unwrap_err();
    assert_eq!(refusal(&error).fault, Fault::Environment);
    assert!(!dir.path().join("a").exists());
    assert_eq!(read(dir.path(), "b"), "just saved");
}

#[test]
fn the_diff_is_a_patch() {
    let (dir, copy) = (dir(), dir());
    let mut old = tree(&[("a/one", "1\n2\n3\n"), ("a/gone", "x\n"), ("a b", "no newline"), ("same", "s\n")]);
    old.claim("a").unwrap();
    write(&old, dir.path());
    write(&old, copy.path());
    let mut new = tree(&[("a/one", "1\ntwo\n3\n"), ("a b", "other\n"), ("a/new", "n\n"), ("same", "s\n")]);
    new.add("a/run", File::new("#!/bin/sh\n").executable()).unwrap();
    new.claim("a").unwrap();
    let found = plan(&new, dir.path()).unwrap();
    let patch = found.diff();
    assert!(patch.contains("--- a/a/one\n+++ b/a/one\n@@"), "{patch}");
    assert!(patch.contains("--- /dev/null\n+++ b/a/new\n@@ -0,0 +1"), "{patch}");
    assert!(patch.contains("--- a/a/gone\n+++ /dev/null\n"), "{patch}");
    assert!(!patch.contains("same"), "{patch}");
    let file = dir.path().join("patch");
    fs::write(&file, &patch).unwrap();
    match Command::new("git").args(["apply", "-p1"]).arg(&file).current_dir(copy.path()).status() {
        Ok(status) => assert!(status.success(), "{patch}"),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "git: {error}");
            eprintln!("skipped: git not found");
            return;
        }
    }
    let patched = plan(&new, copy.path()).unwrap();
    assert!(patched.entries().iter().all(|entry| entry.old == entry.new.as_ref().map(|f| (f.content.clone(), f.mode))));
}

#[test]
fn bytes_that_are_no_text() {
    let dir = dir();
    let mut files = Tree::new();
    files.add("b", File::new(vec![0xff, 0, 1])).unwrap();
    assert!(plan(&files, dir.path()).unwrap().diff().ends_with("Binary files /dev/null and b/b differ\n"));
    write(&files, dir.path());
    assert_eq!(fs::read(dir.path().join("b")).unwrap(), [0xff, 0, 1]);
}

#[test]
fn summaries_are_for_machines() {
    let dir = dir();
    let json = serde_json::to_value(plan(&tree(&[("a", "abc")]), dir.path()).unwrap().summary()).unwrap();
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(json, serde_json::json!([{"path": "a", "status": "missing", "sha256": digest, "size": 3}]));
}

#[test]
fn a_disk_that_refuses_is_the_environments_fault() {
    let dir = dir();
    fs::write(dir.path().join("file"), "").unwrap();
    let root = dir.path().join("file/out");
    let error = plan(&tree(&[("a", "1")]), &root).and_then(|plan| apply(&plan, OnEdit::Refuse)).unwrap_err();
    assert_eq!(refusal(&error).fault, Fault::Environment);
}

#[test]
fn runs_at_the_same_time_leave_one_of_them_whole() {
    let dir = dir();
    let trees: Vec<_> = (0..4)
        .map(|i| {
            tree(
                &(0..8)
                    .map(|f| format!("f{f}"))
                    .collect::<Vec<_>>()
                    .iter()
                    .map(|f| (f.as_str(), ["A", "B", "C", "D"][i]))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    std::thread::scope(|scope| {
        for tree in &trees {
            scope.spawn(|| {
                for _ in 0..10 {
                    // Another run may have come between plan and apply; it says so and changes nothing.
                    let _ = apply(&plan(tree, dir.path()).unwrap(), OnEdit::Refuse);
                }
            });
        }
    });
    let all: Vec<_> = (0..8).map(|f| read(dir.path(), &format!("f{f}"))).collect();
    assert!(all.iter().all(|content| *content == all[0]), "{all:?}");
    write(&trees[0], dir.path());
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 9, "{names:?}");
    assert_eq!(trees[0].get("f0").unwrap().mode, Mode::Regular);
}
