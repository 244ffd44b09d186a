//! Judging packages, each by itself and all of them at once.
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Directory, Out, directories};
use crate::finding::Source;
use crate::lint::Judged;
use crate::lint::makefile::{Makefile, allowances};

/// Judges the directories that are packages. `one` judges one of them and gives the makefiles that it has read, whose
/// comments may allow findings.
pub(crate) fn judge_each(
    files: &[Arc<Source>],
    is_package: impl Fn(&Path, &str) -> bool,
    one: impl Fn(Directory, &mut Out) -> Vec<Arc<Makefile>> + Sync,
) -> Judged {
    let judge = |directory| {
        let mut out = Out::default();
        let mut judged = Judged::default();
        for makefile in one(directory, &mut out) {
            let (good, bad) = allowances(&makefile);
            judged.allowances.extend(good);
            out.findings.extend(bad);
        }
        judged.findings = out.findings;
        judged
    };
    let judged: Vec<Judged> = directories(files, is_package).into_par_iter().map(judge).collect();
    judged.into_iter().fold(Judged::default(), |mut all, one| {
        all.extend(one);
        all
    })
}

/// Whether a makefile sets a variable at the beginning of a line; a glance, to tell whose package it is.
pub(crate) fn sets(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().trim_start_matches(['+', '?', ':']).starts_with('='))
    })
}
