//! The rule set.
use std::path::Path;
use std::sync::Arc;

use super::check;
use super::package::Package;
use super::rules;
use crate::finding::{Rule, Source};
use crate::lint::package::{judge_each, sets};
use crate::lint::{Around, Judged, RuleSet};

/// Ports of FreeBSD.
#[derive(Debug)]
pub(crate) struct FreeBsd;

/// Variables that only FreeBSD's ports set; OpenBSD's include `<bsd.port.mk>`, too.
const OWN: &[&str] = &["PORTNAME", "PORTVERSION", "DISTVERSION", "USES", "MASTERDIR"];

impl RuleSet for FreeBsd {
    fn name(&self) -> &'static str {
        "freebsd"
    }

    fn about(&self) -> &'static str {
        "port directories of FreeBSD"
    }

    fn rules(&self) -> &'static [&'static Rule] {
        rules::all()
    }

    fn claims(&self, _: &Path, _: &str) -> bool {
        false
    }

    fn claims_package(&self, _: &Path, text: &str) -> Option<usize> {
        let included = text.rfind("<bsd.port").max(text.rfind("\"${MASTERDIR}/Makefile\""));
        included.filter(|_| OWN.iter().any(|name| sets(text, name)))
    }

    fn judge(&self, files: &[Arc<Source>]) -> Judged {
        self.judge_around(files, &Around::default())
    }

    fn judge_around(&self, files: &[Arc<Source>], around: &Around) -> Judged {
        let is_package = |path: &Path, text: &str| self.claims_package(path, text).is_some();
        judge_each(files, is_package, |directory, out| {
            let Some(package) = Package::read(directory, around, out) else { return Vec::new() };
            check::all(&package, out);
            package.program.files
        })
    }
}
