//! `--fix`: the changes that mend findings and change nothing else that matters.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Report, judge};
use crate::finding::{Finding, Fix, Place, Severity, Source, apply};

/// Fixes that touch each other wait for the next round; more rounds than this are never needed, and none is endless.
const MOST_ROUNDS: usize = 16;

/// A file that fixes changed.
#[derive(Debug)]
pub struct Mended {
    /// The file.
    pub path: PathBuf,
    /// Its text before.
    pub before: String,
    /// Its text after.
    pub after: String,
    /// How many fixes were applied.
    pub fixes: usize,
}

/// The files of a report with all fixes applied. A file is left alone when the fixes would make an error that was not
/// there before.
#[must_use]
pub fn mend(report: &Report) -> Vec<Mended> {
    let mut sources: Vec<Arc<Source>> = Vec::new();
    for finding in report.findings.iter().filter(|finding| finding.fix.is_some()) {
        if let Place::Text { source, .. } = &finding.place
            && !sources.iter().any(|known| known.path == source.path)
        {
            sources.push(Arc::clone(source));
        }
    }
    let mut mended: Vec<Mended> = Vec::new();
    for source in &sources {
        mended.extend(mend_one(report, source, &mended));
    }
    mended
}

/// The other files of the package that a file belongs to, as they are by now: it is judged together with them. And
/// whether one of them was mended.
fn beside(report: &Report, source: &Arc<Source>, mended: &[Mended]) -> (Vec<Arc<Source>>, bool) {
    let is_package = |directory: &Path| report.sources.iter().any(|one| one.path == directory.join("Makefile"));
    let Some(directory) = source.path.ancestors().skip(1).find(|directory| is_package(directory)) else {
        return (Vec::new(), false);
    };
    let mut changed = false;
    let others = report.sources.iter().filter(|one| one.path.starts_with(directory) && one.path != source.path);
    let others = others
        .map(|one| match mended.iter().find(|mended| mended.path == one.path) {
            Some(now) => {
                changed = true;
                Arc::new(Source::new(&now.path, now.after.as_str()))
            }
            None => Arc::clone(one),
        })
        .collect();
    (others, changed)
}

fn mend_one(report: &Report, source: &Arc<Source>, mended: &[Mended]) -> Option<Mended> {
    let errors = |findings: &[Finding]| findings.iter().filter(|one| one.severity == Severity::Error).count();
    let (beside, changed) = beside(report, source, mended);
    let judge = |source: &Arc<Source>| {
        let mut sources = beside.clone();
        sources.push(Arc::clone(source));
        judge(&sources)
    };
    let first = judge(source);
    let mut text = source.text.clone();
    let mut fixes = 0;
    let of_file =
        |finding: &&Finding| matches!(&finding.place, Place::Text { source: one, .. } if one.path == source.path);
    // What was found may have come from another file that is mended by now.
    let known = if changed { &first.findings } else { &report.findings };
    let mut found: Vec<Finding> = known.iter().filter(of_file).cloned().collect();
    for _ in 0..MOST_ROUNDS {
        let wanted: Vec<&Fix> = found.iter().filter_map(|finding| finding.fix.as_ref()).collect();
        let (changed, applied) = apply(&text, wanted);
        if applied == 0 || changed == text {
            break;
        }
        fixes += applied;
        text = changed;
        found = judge(&Arc::new(Source::new(&source.path, text.as_str()))).findings;
        found.retain(|finding| of_file(&finding));
    }
    let after = judge(&Arc::new(Source::new(&source.path, text.as_str())));
    // Rules that want opposite things may end where they began.
    let better = text != source.text && errors(&after.findings) <= errors(&first.findings);
    better.then(|| Mended { path: source.path.clone(), before: source.text.clone(), after: text, fixes })
}
