//! What services of several files mean for each other.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::cycle::cycle;
use super::model::{Bundle, Group, Kind, instances, pieces, services};
use super::rules::{CYCLE, R53};
use super::value::{Fmri, has_placeholder, parse_fmri};
use super::xml::Element;
use crate::finding::{Finding, Place, Source};

/// What of a file matters for others.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Services and instances (`category/service` and `category/service:instance`) with the names of their groups.
    entities: Vec<(String, Vec<String>)>,
    /// Who depends on whom, and where that stands.
    edges: Vec<Edge>,
    /// Names that dependents want to have in their targets.
    dependents: Vec<(String, String, Place)>,
}

#[derive(Clone, Debug)]
struct Edge {
    from: String,
    to: String,
    place: Place,
}

/// What of a manifest matters for others.
pub(super) fn summary(bundle: &Bundle<'_>, source: &Arc<Source>) -> Summary {
    let mut summary = Summary::default();
    if bundle.kind != Kind::Manifest {
        return summary;
    }
    for service in services(bundle.tree) {
        let name = service.value("name");
        // Another package's build puts in another name.
        if has_placeholder(name) || name.is_empty() {
            continue;
        }
        summary.entity(name.to_owned(), pieces(service));
        summary.links(service, name, source);
        for instance in instances(service) {
            let fmri = format!("{name}:{}", instance.name);
            summary.entity(fmri.clone(), pieces(instance.element));
            summary.links(instance.element, &fmri, source);
            // A dependency on a service is one on its instances, and an instance has its service's dependencies.
            let place = || Place::text(source, instance.name_span.clone());
            summary.edges.push(Edge { from: format!("*{name}"), to: fmri.clone(), place: place() });
            summary.edges.push(Edge { from: fmri, to: name.to_owned(), place: place() });
        }
    }
    summary
}

impl Summary {
    fn entity(&mut self, name: String, groups: Vec<Group<'_>>) {
        self.entities.push((name, groups.into_iter().map(|group| group.name.to_owned()).collect()));
    }

    fn links(&mut self, entity: Element<'_>, from: &str, source: &Arc<Source>) {
        for dependency in entity.all("dependency") {
            let counts = dependency.value("grouping") != "exclude_all" && dependency.value("type") != "path";
            if !counts || dependency.value("delete") == "true" {
                continue;
            }
            for fmri in dependency.all("service_fmri") {
                if let Some(to) = target(fmri.value("value")) {
                    self.edges.push(edge(from, &to, source, fmri.value_span("value")));
                }
            }
        }
        for dependent in entity.all("dependent").filter(|dependent| dependent.value("delete") != "true") {
            let Some(fmri) = dependent.first("service_fmri") else { continue };
            let Some(to) = target(fmri.value("value")) else { continue };
            let name = dependent.value("name").to_owned();
            let place = Place::text(source, dependent.value_span("name"));
            let target = to.trim_start_matches('*').to_owned();
            self.dependents.push((target.clone(), name, place));
            if dependent.value("grouping") != "exclude_all" {
                self.edges.push(edge(&target, &depended_on(from), source, fmri.value_span("value")));
            }
        }
    }
}

fn edge(from: &str, to: &str, source: &Arc<Source>, span: Range<usize>) -> Edge {
    Edge { from: from.to_owned(), to: to.to_owned(), place: Place::text(source, span) }
}

/// `*category/service` for all instances of a service.
fn depended_on(name: &str) -> String {
    if name.contains(':') { name.to_owned() } else { format!("*{name}") }
}

fn target(text: &str) -> Option<String> {
    match parse_fmri(text)? {
        Fmri::Service { scope: None, service: Some(service), instance, properties: None } if !has_placeholder(text) => {
            Some(instance.map_or_else(|| format!("*{service}"), |instance| format!("{service}:{instance}")))
        }
        _ => None,
    }
}

/// What is wrong between files.
pub(super) fn check(summaries: &[Summary]) -> Vec<Finding> {
    let mut found = collisions(summaries);
    found.extend(cycles(summaries));
    found
}

fn collisions(summaries: &[Summary]) -> Vec<Finding> {
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (entity, names) in summaries.iter().flat_map(|summary| &summary.entities) {
        groups.entry(entity).or_default().extend(names.iter().map(String::as_str));
    }
    let dependents = summaries.iter().flat_map(|summary| &summary.dependents);
    dependents
        .filter(|(target, name, _)| groups.get(target.as_str()).is_some_and(|names| names.contains(name.as_str())))
        .map(|(target, name, place)| {
            let message = format!("`svc:/{target}` has a group `{name}` already");
            Finding::new(&R53, place.clone(), message)
        })
        .collect()
}

fn cycles(summaries: &[Summary]) -> Vec<Finding> {
    // The first of several edges between the same two is the one to point at.
    let mut graph: BTreeMap<&str, BTreeMap<&str, &Place>> = BTreeMap::new();
    for edge in summaries.iter().flat_map(|summary| &summary.edges) {
        graph.entry(&edge.from).or_default().entry(&edge.to).or_insert(&edge.place);
    }
    let plain: BTreeMap<&str, BTreeSet<&str>> =
        graph.iter().map(|(from, to)| (*from, to.keys().copied().collect())).collect();
    cycle(&plain)
        .into_iter()
        .filter_map(|circle| {
            let steps: Vec<(&str, &str)> =
                circle.iter().zip(circle.iter().cycle().skip(1)).map(|(a, b)| (*a, *b)).collect();
            // The steps between a service and its instances are no dependencies.
            let real: Vec<_> = steps.iter().filter(|(from, to)| !inherits(from, to)).collect();
            let (from, to) = real.first()?;
            let full = |name: &str| format!("svc:/{}", name.trim_start_matches('*'));
            let mut names: Vec<String> = real.iter().map(|(from, _)| full(from)).collect();
            names.push(full(from));
            let mut finding = Finding::new(
                &CYCLE,
                (*graph.get(from)?.get(to)?).clone(),
                format!("a cycle of dependencies: {}", names.join(" → ")),
            );
            for (from, to) in &real[1..] {
                let place = (*graph.get(from)?.get(to)?).clone();
                finding = finding.related(place, format!("{} depends on {}", full(from), full(to)));
            }
            Some(finding)
        })
        .collect()
}

/// A step from all instances to one of them, or from an instance to what its service says for it.
fn inherits(from: &str, to: &str) -> bool {
    from.starts_with('*') || !to.starts_with('*') && !to.contains(':')
}
