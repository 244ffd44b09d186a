//! Which files there are, and who judges them.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use ignore::WalkBuilder;
use rayon::prelude::*;

use super::decode;
use super::rule_set::RuleSet;
use crate::diag::Diagnostic;
use crate::finding::Source;

/// A file of packaging is text that a person can read; this is far more.
const LARGEST: u64 = 16 << 20;

/// What version control keeps for itself.
const NOT_LOOKED_AT: [&str; 4] = [".git", ".hg", ".svn", "CVS"];

/// The file that makes a directory a package of a ports tree.
const MAKEFILE: &str = "Makefile";

/// Directories that are packages, with the sets that judge them.
pub(super) type Packages = BTreeMap<PathBuf, Vec<bool>>;

/// The files of each rule set, in the order of the sets; each list is sorted by path.
#[derive(Debug, Default)]
pub struct Claimed {
    /// For each rule set, the files that it claims.
    pub files: Vec<Vec<Arc<Source>>>,
}

/// Reads files and trees, and asks the rule sets which files are theirs. In a tree, what nobody claims is passed over.
///
/// # Errors
/// A path that is not there or cannot be read; a file, named by the user, that nobody claims; nothing to judge at all.
pub fn collect(paths: &[PathBuf], sets: &[&dyn RuleSet]) -> Result<Claimed> {
    let mut found: Vec<(PathBuf, bool)> = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path)
            .map_err(|error| Diagnostic::input(format!("cannot read `{}`: {error}", path.display())))?;
        if meta.is_dir() {
            walk(path, &mut found)?;
        } else {
            found.push((path.clone(), true));
        }
    }
    found.sort();
    found.dedup_by(|one, other| one.0 == other.0);
    let packages = packages(&mut found, sets)?;
    let read: Vec<Option<(Arc<Source>, Vec<bool>)>> =
        found.par_iter().map(|(path, named)| read(path, *named, sets, &packages)).collect::<Result<_>>()?;
    let mut claimed = Claimed { files: vec![Vec::new(); sets.len()] };
    for (source, by) in read.into_iter().flatten() {
        for (files, _) in claimed.files.iter_mut().zip(by).filter(|(_, claims)| *claims) {
            files.push(Arc::clone(&source));
        }
    }
    if claimed.files.iter().all(Vec::is_empty) {
        let named = paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ");
        return Err(nothing(format!("there is nothing in {named} that can be judged"), sets));
    }
    Ok(claimed)
}

/// The directories that are packages, each with the sets that judge it. What the user named a file of is looked at as a
/// whole: the rest of the directory becomes part of `found`.
fn packages(found: &mut Vec<(PathBuf, bool)>, sets: &[&dyn RuleSet]) -> Result<Packages> {
    let mut makefiles: BTreeSet<PathBuf> = BTreeSet::new();
    for (path, named) in found.iter() {
        if path.file_name().is_some_and(|name| name == MAKEFILE) {
            makefiles.insert(path.clone());
        } else if *named {
            makefiles.extend(path.parent().map(|parent| parent.join(MAKEFILE)).filter(|beside| beside.is_file()));
        }
    }
    let makefiles: Vec<PathBuf> = makefiles.into_iter().collect();
    let claimed: Vec<Option<(PathBuf, Vec<bool>)>> = makefiles
        .par_iter()
        .map(|path| {
            let (text, _) = decode(&std::fs::read(path).ok().filter(|bytes| bytes.len() as u64 <= LARGEST)?)?;
            let by = judged_by(path, &text, sets);
            by.contains(&true).then(|| (path.parent().unwrap_or(Path::new("")).to_owned(), by))
        })
        .collect();
    let packages: Packages = claimed.into_iter().flatten().collect();
    let named: BTreeSet<PathBuf> = found
        .iter()
        .filter(|(_, named)| *named)
        .filter_map(|(path, _)| path.parent().filter(|parent| packages.contains_key(*parent)).map(Path::to_owned))
        .collect();
    for directory in named {
        let here = directory.as_os_str().is_empty();
        let mut more = Vec::new();
        walk(if here { Path::new(".") } else { &directory }, &mut more)?;
        found.extend(
            more.into_iter().map(|(path, named)| (path.strip_prefix("./").map_or(path.clone(), Path::to_owned), named)),
        );
    }
    found.sort();
    found.dedup_by(|one, other| one.0 == other.0);
    Ok(packages)
}

/// Which set has the package that a `Makefile` makes of its directory, if any: the one that its last words speak of.
pub(super) fn judged_by(makefile: &Path, text: &str, sets: &[&dyn RuleSet]) -> Vec<bool> {
    let claims: Vec<Option<usize>> = sets.iter().map(|set| set.claims_package(makefile, text)).collect();
    let last = claims.iter().copied().enumerate().filter(|(_, claim)| claim.is_some()).max_by_key(|(_, claim)| *claim);
    (0..sets.len()).map(|at| last.is_some_and(|(one, _)| one == at)).collect()
}

/// The sets that judge the package that a file belongs to.
pub(super) fn of_package<'a>(path: &Path, packages: &'a Packages) -> Option<&'a Vec<bool>> {
    path.ancestors().skip(1).find_map(|above| packages.get(above))
}

fn walk(top: &Path, found: &mut Vec<(PathBuf, bool)>) -> Result<()> {
    let walk = WalkBuilder::new(top)
        .standard_filters(false)
        .filter_entry(|entry| !NOT_LOOKED_AT.iter().any(|name| entry.file_name() == *name))
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| Diagnostic::environment(format!("cannot read a directory: {error}")))?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            found.push((entry.into_path(), false));
        }
    }
    Ok(())
}

/// A file that somebody claims.
fn read(
    path: &Path,
    named: bool,
    sets: &[&dyn RuleSet],
    packages: &Packages,
) -> Result<Option<(Arc<Source>, Vec<bool>)>> {
    let cannot = |error: &std::io::Error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        if named { Diagnostic::input(message) } else { Diagnostic::environment(message) }
    };
    let size = std::fs::metadata(path).map_err(|error| cannot(&error))?.len();
    if size > LARGEST {
        let message = format!("`{}` has {size} bytes, files of more than {LARGEST} are not judged", path.display());
        return if named { Err(Diagnostic::input(message).into()) } else { Ok(None) };
    }
    let bytes = std::fs::read(path).map_err(|error| cannot(&error))?;
    let claimed = decode(&bytes).and_then(|(text, wrong)| {
        let package = of_package(path, packages);
        let part = |at: usize| package.is_some_and(|by| by[at]);
        let by: Vec<bool> = sets.iter().enumerate().map(|(at, set)| part(at) || set.claims(path, &text)).collect();
        by.contains(&true).then(|| (Arc::new(Source::new(path, text).with_wrong_byte(wrong)), by))
    });
    match claimed {
        None if named => Err(nothing(format!("`{}` is nothing that can be judged", path.display()), sets)),
        claimed => Ok(claimed),
    }
}

fn nothing(message: String, sets: &[&dyn RuleSet]) -> anyhow::Error {
    let known: Vec<&str> = sets.iter().map(|set| set.about()).collect();
    Diagnostic::input(message).note(format!("known so far: {}", known.join("; "))).into()
}
