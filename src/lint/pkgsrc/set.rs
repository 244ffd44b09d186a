//! The rule set.
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;

use super::check;
use super::package::Package;
use super::rules;
use crate::finding::{Rule, Source};
use crate::lint::package::judge_each;
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

    fn claims_package(&self, _: &Path, text: &str) -> Option<usize> {
        // mk/bsd.pkg.mk is what every package includes last.
        text.rfind("mk/bsd.pkg.mk\"")
    }

    fn judge(&self, files: &[Arc<Source>]) -> Judged {
        self.judge_around(files, &Around::default())
    }

    fn judge_around(&self, files: &[Arc<Source>], around: &Around) -> Judged {
        let is_package = |path: &Path, text: &str| self.claims_package(path, text).is_some();
        judge_each(files, is_package, |directory, out| {
            let Some(mut package) = Package::read(directory, around, out) else { return Vec::new() };
            // To unpack and read a lock of hundreds of crates takes as long as most of the rest.
            package.found = std::thread::scope(|scope| {
                let search = package.search().map(|search| scope.spawn(move || search.look()));
                check::alone(&package, out);
                search.and_then(|search| search.join().unwrap_or_else(|panic| resume_unwind(panic)))
            });
            check::with_lock(&package, out);
            package.program.files
        })
    }
}
