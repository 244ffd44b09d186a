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

/// Packages of pkgsrc.
#[derive(Debug)]
pub(crate) struct Pkgsrc;

impl RuleSet for Pkgsrc {
    fn name(&self) -> &'static str {
        "pkgsrc"
    }

    fn about(&self) -> &'static str {
        "package directories of pkgsrc"
    }

    fn rules(&self) -> &'static [&'static Rule] {
        rules::all()
    }

    fn claims(&self, _: &Path, _: &str) -> bool {
        false
    }

    fn claims_package(&self, _: &Path, text: &str) -> bool {
        // mk/bsd.pkg.mk is what every package includes last.
        text.contains("mk/bsd.pkg.mk\"")
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
