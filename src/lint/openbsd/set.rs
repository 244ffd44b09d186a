//! The rule set.
use std::path::Path;
use std::sync::Arc;

use super::check;
use super::package::Package;
use super::rules;
use crate::finding::{Rule, Source};
use crate::lint::package::{judge_each, sets};
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

    fn claims_package(&self, _: &Path, text: &str) -> Option<usize> {
        text.rfind("<bsd.port.mk>").filter(|_| !FREEBSD.iter().any(|name| sets(text, name)))
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
