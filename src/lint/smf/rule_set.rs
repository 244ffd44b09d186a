//! The rule set, and what it takes for its own.
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::check::{Out, check_all, unreadable, wrong_byte};
use super::model::Bundle;
use super::set::{self, Summary};
use super::{rules, xml};
use crate::finding::{Rule, Source};
use crate::lint::{Judged, RuleSet, allowance};

/// SMF manifests, profiles and archives.
pub struct Smf;

impl RuleSet for Smf {
    fn name(&self) -> &'static str {
        "smf"
    }

    fn about(&self) -> &'static str {
        "SMF manifests, profiles and archives (XML with a service_bundle in it)"
    }

    fn rules(&self) -> &'static [&'static Rule] {
        rules::ALL
    }

    /// XML with a `service_bundle`, by the root element or by the document type.
    fn claims(&self, _: &Path, text: &str) -> bool {
        let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        ["<?xml", "<!", "<service_bundle"].iter().any(|head| start.starts_with(head))
            && (text.contains("<service_bundle") || text.contains("<!DOCTYPE service_bundle"))
    }

    fn judge(&self, files: &[Arc<Source>]) -> Judged {
        let (judged, summaries): (Vec<Judged>, Vec<Summary>) = files.par_iter().map(one).unzip();
        let mut all = Judged::default();
        for one in judged {
            all.extend(one);
        }
        all.findings.extend(set::check(&summaries));
        all
    }
}

fn one(source: &Arc<Source>) -> (Judged, Summary) {
    let mut out = Out::new(source);
    if let Some(at) = source.wrong_byte {
        wrong_byte(at, &mut out);
    }
    let tree = match xml::read(source) {
        Ok(tree) => tree,
        Err(error) => {
            unreadable(&error, &mut out);
            return (Judged { findings: out.into_findings(), allowances: Vec::new() }, Summary::default());
        }
    };
    check_all(&tree, &mut out);
    let mut judged = Judged { findings: out.into_findings(), allowances: Vec::new() };
    for comment in tree.comments() {
        let inner = comment.span.start + "<!--".len()..comment.span.end;
        match allowance(source, &comment.text, &inner, comment.about.clone()) {
            Some(Ok(allowance)) => judged.allowances.push(allowance),
            Some(Err(finding)) => judged.findings.push(finding),
            None => {}
        }
    }
    (judged, set::summary(&Bundle::new(&tree), source))
}
