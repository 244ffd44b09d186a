//! The rule set.
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::check;
use super::package::Package;
use super::rules;
use crate::finding::{Rule, Source};
use crate::lint::makefile::allowances;
use crate::lint::package::{Out, directories};
use crate::lint::{Around, Judged, RuleSet};

/// Ports of OpenBSD.
#[derive(Debug)]
pub(crate) struct OpenBsd;

/// How variables are set that only FreeBSD's ports have; both trees include `<bsd.port.mk>`.
const FREEBSD: &[&str] = &["PORTNAME", "PORTVERSION", "DISTVERSION", "USES", "MASTERDIR"];

impl RuleSet for OpenBsd {
    fn name(&self) -> &'static str {
        "openbsd"
    }

    fn about(&self) -> &'static str {
        "port directories of OpenBSD"
    }

    fn rules(&self) -> &'static [&'static Rule] {
        rules::all()
    }

    fn claims(&self, _: &Path, _: &str) -> bool {
        false
    }

    fn claims_package(&self, _: &Path, text: &str) -> bool {
        let sets = |name: &str| {
            text.lines().any(|line| {
                line.strip_prefix(name)
                    .is_some_and(|rest| rest.trim_start().trim_start_matches(['+', '?', ':']).starts_with('='))
            })
        };
        text.contains("<bsd.port.mk>") && !FREEBSD.iter().any(|name| sets(name))
    }

    fn judge(&self, files: &[Arc<Source>]) -> Judged {
        self.judge_around(files, &Around::default())
    }

    fn judge_around(&self, files: &[Arc<Source>], around: &Around) -> Judged {
        let directories = directories(files, |path, text| self.claims_package(path, text));
        let judged: Vec<Judged> = directories
            .into_par_iter()
            .map(|directory| {
                let mut out = Out::default();
                let mut judged = Judged::default();
                if let Some(package) = Package::read(directory, around, &mut out) {
                    check::all(&package, &mut out);
                    for makefile in &package.program.files {
                        let (good, bad) = allowances(makefile);
                        judged.allowances.extend(good);
                        out.findings.extend(bad);
                    }
                }
                judged.findings = out.findings;
                judged
            })
            .collect();
        judged.into_iter().fold(Judged::default(), |mut all, one| {
            all.extend(one);
            all
        })
    }
}
