//! How rc.d scripts plug into lint.
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::allowed::allowed;
use super::facts::{Family, families};
use super::family::{family, is_script};
use super::header::{Header, header};
use super::model::{LONGEST, Model};
use super::package::{directory, is_part, packages};
use super::rules::{Ordered, RULES, judge, judge_together, too_long, undecided};
use crate::finding::{Finding, Rule, Source};
use crate::lint::shell::{Script, read};
use crate::lint::{Judged, RuleSet};

/// Rules for rc.d scripts.
#[derive(Debug)]
pub struct RcD;

/// A script that was read.
struct Read {
    source: Arc<Source>,
    script: Script,
    header: Header,
    family: Option<&'static Family>,
}

impl RuleSet for RcD {
    fn name(&self) -> &'static str {
        "rc.d"
    }

    fn about(&self) -> &'static str {
        "rc.d scripts of NetBSD, OpenBSD and FreeBSD (shell scripts that read rc.subr)"
    }

    fn rules(&self) -> &'static [&'static Rule] {
        RULES
    }

    fn claims(&self, path: &Path, text: &str) -> bool {
        is_script(text) || is_part(path, text)
    }

    fn judge(&self, files: &[Arc<Source>]) -> Judged {
        judge_all(files)
    }
}

/// Judges scripts and what belongs to their packages.
pub(super) fn judge_all(files: &[Arc<Source>]) -> Judged {
    let packages = packages(files);
    let scripts: Vec<Arc<Source>> = files.iter().filter(|file| is_script(&file.text)).cloned().collect();
    let (long, short): (Vec<_>, Vec<_>) = scripts.into_iter().partition(|file| file.text.len() > LONGEST);
    let read: Vec<Read> = short.into_par_iter().map(reading).collect();
    let parts: Vec<Judged> = read
        .par_iter()
        .map(|one| {
            let mut judged = Judged::default();
            let package = packages.iter().find(|package| package.directory == directory(&one.source.path));
            let of = |family| judge(&Model::new(&one.source, &one.script, &one.header, family, package));
            judged.findings = match one.family {
                Some(family) => of(family),
                None => common(&one.source, of),
            };
            allowed(&one.source, &one.script, &mut judged);
            judged
        })
        .collect();
    let mut judged = Judged::default();
    judged.findings.extend(long.iter().map(too_long));
    for part in parts {
        judged.extend(part);
    }
    let ordered: Vec<Ordered<'_>> = read
        .iter()
        .filter_map(|one| Some(Ordered { source: &one.source, header: &one.header, family: one.family? }))
        .collect();
    judged.findings.extend(judge_together(&ordered));
    judged
}

fn reading(source: Arc<Source>) -> Read {
    let script = read(&source.text);
    let header = header(&source.text);
    let family = family(&source.text);
    Read { source, script, header, family }
}

/// What holds on every system that the script may be for, and that this could not be told.
fn common(source: &Arc<Source>, of: impl Fn(&'static Family) -> Vec<Finding>) -> Vec<Finding> {
    let mut all = families().iter().filter(|family| !family.is_openbsd()).map(of);
    let mut findings = all.next().unwrap_or_default();
    for other in all {
        let same = |one: &Finding| {
            other.iter().any(|two| one.rule.code == two.rule.code && one.place.start() == two.place.start())
        };
        findings.retain(same);
    }
    findings.push(undecided(source));
    findings
}
