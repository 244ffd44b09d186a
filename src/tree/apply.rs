//! Carrying out a plan.
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::diff::diff;
use super::disk::{self, failed};
use super::files::Keep;
use super::lock::Lock;
use super::path::RelPath;
use super::plan::{Entry, Plan, Status};
use super::record::{Record, sha256};
use crate::diag::Diagnostic;

/// What to do with files that a person edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnEdit {
    /// Change nothing at all, and say what would be lost.
    #[default]
    Refuse,
    /// Replace them, and keep the edited file as `FILE.orig`.
    Overwrite,
}

/// How many lines of a diff an error shows.
const SHOWN: usize = 60;

/// Carries out a plan: each file is replaced at once, the record of what was written comes last.
///
/// Whatever moment the process is killed at, each file is the old or the new one, and the next run goes on from there:
/// before the first file is replaced, the record knows the digests of both.
///
/// Fails before anything is changed when files were edited (see [`OnEdit`]), and when the directory is no longer as the
/// plan found it; fails with an environment [`Diagnostic`] when the disk does.
pub fn apply(plan: &Plan, on_edit: OnEdit) -> anyhow::Result<()> {
    if on_edit == OnEdit::Refuse {
        refuse_edited(plan)?;
    }
    let root = &plan.root;
    fs::create_dir_all(root).map_err(|error| failed("create", root, &error))?;
    let mut lock = Lock::take(root)?;
    verify(plan)?;
    let before = Record::read(root)?;
    check_originals(plan)?;
    for dir in dirs(plan).iter().filter(|dir| *dir == root || !dir.is_symlink()) {
        disk::sweep(dir)?;
    }
    let during = during(plan, &before);
    let after = after(plan, &before);
    if during != before {
        lock.write_record(root, &during.to_bytes())?;
        disk::sync_dir(root)?;
    }
    for entry in &plan.entries {
        carry_out(root, entry)?;
    }
    for dir in dirs(plan) {
        disk::sync_dir(&dir)?;
    }
    if after != during || !root.join(super::record::RECORD).metadata().is_ok_and(|found| found.len() > 0) {
        lock.write_record(root, &after.to_bytes())?;
        disk::sync_dir(root)?;
    }
    Ok(())
}

/// While files are replaced, what was written earlier and what is written now both count as ours.
fn during(plan: &Plan, before: &Record) -> Record {
    let mut record = before.clone();
    for entry in &plan.entries {
        if let Some(new) = entry.new.as_ref().filter(|new| new.keep == Keep::Ours) {
            record.add(entry.path.clone(), sha256(&new.content));
        }
    }
    record
}

fn after(plan: &Plan, before: &Record) -> Record {
    let mut record = before.clone();
    for entry in &plan.entries {
        match (&entry.new, entry.status) {
            (Some(new), _) if new.keep == Keep::Ours => record.set(entry.path.clone(), sha256(&new.content)),
            (None, Status::Stale) => record.remove(&entry.path),
            // An edited file that is stale stays on record, to be named by the next run too.
            _ => {}
        }
    }
    record
}

fn carry_out(root: &Path, entry: &Entry) -> anyhow::Result<()> {
    let path = entry.path.below(root);
    match (entry.status, &entry.new) {
        (Status::Missing | Status::Changed | Status::Edited, Some(new)) => {
            let dir = path.parent().unwrap_or(root);
            fs::create_dir_all(dir).map_err(|error| failed("create", dir, &error))?;
            if entry.status == Status::Edited {
                keep_original(root, entry)?;
            }
            disk::replace(&path, &new.content, new.mode)
        }
        (Status::Stale, None) => {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed("remove", &path, &error)),
                _ => {}
            }
            // Directories that are empty now go too; one that is not says so, and stays.
            for dir in entry.path.ancestors().collect::<Vec<_>>().iter().rev() {
                if fs::remove_dir(root.join(dir)).is_err() {
                    break;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Checks, before anything is changed, that there is room for the edited files that are to be kept.
fn check_originals(plan: &Plan) -> anyhow::Result<()> {
    for entry in plan.edited() {
        let kept = original(&entry.path)?;
        let there = disk::look(&plan.root, &kept)?;
        if there.is_some_and(|(there, _)| entry.old.as_ref().is_none_or(|(bytes, _)| *bytes != there)) {
            return Err(Diagnostic::input(format!(
                "`{kept}` is in the way: the edited `{}` is to go there",
                entry.path
            ))
            .help(format!("move it away: `mv '{0}' '{0}.2'`", kept.below(&plan.root).display()))
            .into());
        }
    }
    Ok(())
}

fn keep_original(root: &Path, entry: &Entry) -> anyhow::Result<()> {
    match &entry.old {
        Some((bytes, mode)) => disk::replace(&original(&entry.path)?.below(root), bytes, *mode),
        None => Ok(()),
    }
}

fn original(path: &RelPath) -> anyhow::Result<RelPath> {
    RelPath::new(format!("{path}.orig"))
}

/// The directories that a plan touches, and those it claims.
fn dirs(plan: &Plan) -> BTreeSet<PathBuf> {
    let of_files = plan.entries.iter().flat_map(|entry| entry.path.ancestors());
    let claims = plan.claims.iter().map(RelPath::as_str);
    let mut dirs: BTreeSet<_> = of_files.chain(claims).map(|dir| plan.root.join(dir)).collect();
    dirs.insert(plan.root.clone());
    dirs
}

/// Checks, under the lock, that the directory is as the plan found it.
fn verify(plan: &Plan) -> anyhow::Result<()> {
    for entry in &plan.entries {
        if disk::look(&plan.root, &entry.path)? != entry.old {
            return Err(Diagnostic::environment(format!("`{}` changed while portwright was at work", entry.path))
                .note("another run or an editor wrote it; nothing was changed")
                .help("run the same command again")
                .into());
        }
    }
    Ok(())
}

fn refuse_edited(plan: &Plan) -> anyhow::Result<()> {
    let edited: Vec<_> = plan.edited().collect();
    if edited.is_empty() {
        return Ok(());
    }
    let record = Record::read(&plan.root)?;
    let count = match edited.len() {
        1 => "a file was".to_owned(),
        many => format!("{many} files were"),
    };
    let mut diagnostic =
        Diagnostic::input(format!("{count} edited by hand and would be overwritten; nothing was changed"));
    for entry in &edited {
        let known =
            if record.knows(&entry.path) { "edited since portwright wrote it" } else { "not written by portwright" };
        diagnostic = diagnostic.note(format!("`{}`: {known}", entry.path.below(&plan.root).display()));
    }
    let whole: String = edited.iter().map(|entry| diff(entry)).collect();
    let lines: Vec<_> = whole.lines().collect();
    let mut shown = lines[..lines.len().min(SHOWN)].join("\n");
    if lines.len() > SHOWN {
        let more = (lines.len() - SHOWN).to_string();
        shown.extend(["\n… ", &more, " more lines: `portwright generate --diff` shows all"]);
    }
    Err(diagnostic
        .note(format!("what would be lost (-) and come instead (+):\n{shown}"))
        .help("move the change into the recipe's additions for this target, then generate again")
        .help("or take the generated files, and keep the edited ones as `FILE.orig`: add `--force`")
        .into())
}
