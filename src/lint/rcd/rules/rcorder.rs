//! What rcorder(8) makes of all scripts together.
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::Arc;

use super::super::facts::{Family, families};
use super::super::header::{Header, Named};
use crate::finding::{Example, Finding, Place, Rule, Severity, Source};

pub(super) static UNKNOWN: Rule = Rule {
    code: "PW2012",
    title: "a requirement that nothing provides",
    severity: Severity::Warning,
    what: "A name behind REQUIRE or BEFORE is neither one of the base system's nor provided by a script that was looked at. \
           This is said only when the name is nearly one that there is, when another system has it, or when the base \
           system's own scripts are among those that were looked at.",
    effect: "rcorder(8) prints a warning and goes on: the service may start before what it needs.",
    mend: "Write the name as the other script provides it.",
    source: "sbin/rcorder/rcorder.c of NetBSD and FreeBSD, satisfy_req and insert_before; etc/rc.d of NetBSD, \
             libexec/rc/rc.d of FreeBSD",
    examples: &[Example { bad: "# REQUIRE: DAEMON NETWORKIN\n", good: "# REQUIRE: DAEMON NETWORKING\n" }],
};

pub(super) static CYCLE: Rule = Rule {
    code: "PW2013",
    title: "scripts that wait for each other",
    severity: Severity::Error,
    what: "Following REQUIRE and BEFORE from script to script leads back to where it began. The base system's own order is \
           counted in.",
    effect: "rcorder(8) prints `Circular dependency` at every boot and shutdown, and breaks the circle at a place that depends \
             on the order of the files: one of the scripts starts before what it needs.",
    mend: "Remove one of the words; the finding shows the way around.",
    source: "sbin/rcorder/rcorder.c of NetBSD and FreeBSD, do_file",
    examples: &[Example {
        bad: "# REQUIRE: DAEMON NETWORKING\n# BEFORE: NETWORKING\n",
        good: "# REQUIRE: DAEMON NETWORKING\n",
    }],
};

/// A script with its comments.
pub(in super::super) struct Ordered<'a> {
    pub(in super::super) source: &'a Arc<Source>,
    pub(in super::super) header: &'a Header,
    pub(in super::super) family: &'static Family,
}

/// Judges all scripts of all systems, each system by itself.
pub(super) fn check(all: &[Ordered<'_>], out: &mut Vec<Finding>) {
    for family in families() {
        let scripts: Vec<&Ordered<'_>> = all.iter().filter(|one| one.family == family).collect();
        if !family.provisions.is_empty() && !scripts.is_empty() {
            unknown(family, &scripts, out);
            cycles(family, &scripts, out);
        }
    }
}

/// Names that only base systems have, and all of them.
const OF_A_BASE: [&str; 3] = ["DAEMON", "LOGIN", "NETWORKING"];

fn unknown(family: &Family, scripts: &[&Ordered<'_>], out: &mut Vec<Finding>) {
    let provided: BTreeSet<&str> =
        scripts.iter().flat_map(|script| &script.header.provide).map(|one| one.name.as_str()).collect();
    let complete = OF_A_BASE.iter().all(|name| provided.contains(name));
    for script in scripts {
        for word in script.header.require.iter().chain(&script.header.before) {
            let name = word.name.as_str();
            let known = provided.contains(name) || family.provisions.contains_key(name);
            if known || name.contains(['%', '@', '$']) {
                continue;
            }
            let near = near(name, family.provisions.keys().map(String::as_str));
            let other = families().iter().find(|other| *other != family && other.only_here.contains(&word.name));
            let message = match (near, other) {
                (Some(near), _) => format!("nothing provides `{name}`; did you mean `{near}`?"),
                (None, Some(other)) => format!("nothing provides `{name}` on {}; {} has it", family.name, other.name),
                (None, None) if complete => format!("nothing provides `{name}`"),
                (None, None) => continue,
            };
            out.push(Finding::new(&UNKNOWN, Place::text(script.source, word.span.clone()), message));
        }
    }
}

/// A name that differs in a letter, or in capitals.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .filter(|good| {
            let letter = name.len() >= 5
                && good.len() >= 5
                && name.len().abs_diff(good.len()) <= 1
                && strsim::damerau_levenshtein(name, good) <= 1;
            // `foo1` and `foo2` are two services.
            let numbers = |text: &str| text.chars().any(|c| c.is_ascii_digit());
            good.eq_ignore_ascii_case(name) || (letter && !numbers(name) && !numbers(good))
        })
        .min()
}

/// From one script or name of the base system to one that has to come before it, because of a word in a script.
struct Edge<'a> {
    to: usize,
    because: Option<(usize, &'a Named)>,
}

fn cycles(family: &Family, scripts: &[&Ordered<'_>], out: &mut Vec<Finding>) {
    let names: Vec<&str> = family.provisions.keys().map(String::as_str).collect();
    let graph = graph(family, scripts, &names);
    let of_base: Vec<bool> = (0..graph.len())
        .map(|node| {
            let provided = scripts.get(node).map(|script| &script.header.provide);
            provided.is_none_or(|provided| provided.iter().any(|one| family.provisions.contains_key(&one.name)))
        })
        .collect();
    let mut left_out = vec![false; graph.len()];
    let title = |node: usize| match scripts.get(node) {
        Some(script) => {
            let provided = script.header.provide.first().map(|provide| provide.name.clone());
            provided.unwrap_or_else(|| script.source.path.display().to_string())
        }
        None => names[node - scripts.len()].to_owned(),
    };
    // First those that do not fit between the base system's own; then those that do not fit between each other. What was
    // found is left out from then on, so that each is found once.
    for alone in [true, false] {
        for start in 0..scripts.len() {
            let fits = |node: usize| !left_out[node] && (!alone || node == start || of_base[node]);
            if left_out[start] || (alone && of_base[start]) {
                continue;
            }
            let Some(circle) = circle(&graph, start, fits) else { continue };
            let way: Vec<String> = circle.iter().map(|(node, _)| title(*node)).chain([title(start)]).collect();
            let words: Vec<(usize, &Named)> = circle.iter().filter_map(|(_, edge)| edge.because).collect();
            let own = words.iter().position(|(script, _)| *script == start).unwrap_or(0);
            left_out[start] = true;
            let Some((script, word)) = words.get(own) else { continue };
            let place = Place::text(scripts[*script].source, word.span.clone());
            let mut finding = Finding::new(&CYCLE, place, format!("a circle: {}", way.join(" after ")));
            for (_, (script, word)) in words.iter().enumerate().filter(|(at, _)| *at != own) {
                finding = finding.related(Place::text(scripts[*script].source, word.span.clone()), "and here");
            }
            out.push(finding);
        }
    }
}

/// What comes before what. Scripts are numbered first, then the base system's names that no script provides.
fn graph<'a>(family: &Family, scripts: &[&Ordered<'a>], names: &[&str]) -> Vec<Vec<Edge<'a>>> {
    let mut providers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, script) in scripts.iter().enumerate() {
        for provide in &script.header.provide {
            providers.entry(provide.name.as_str()).or_default().push(at);
        }
    }
    let base: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, scripts.len() + at)).collect();
    // Of several that provide the same, those that are nearest belong to the same tree.
    let nodes = |name: &str, from: Option<&Path>| -> Vec<usize> {
        let Some(found) = providers.get(name) else { return base.get(name).copied().into_iter().collect() };
        let Some(from) = from else { return Vec::new() };
        let common = |at: usize| {
            let parts = scripts[at].source.path.components().zip(from.components());
            parts.take_while(|(one, other)| one == other).count()
        };
        let most = found.iter().map(|at| common(*at)).max().unwrap_or(0);
        found.iter().copied().filter(|at| common(*at) == most).collect()
    };
    let mut graph: Vec<Vec<Edge<'a>>> = Vec::new();
    graph.resize_with(scripts.len() + names.len(), Vec::new);
    for (at, script) in scripts.iter().enumerate() {
        let from = Some(script.source.path.as_path());
        for word in &script.header.require {
            for to in nodes(&word.name, from) {
                graph[at].push(Edge { to, because: Some((at, word)) });
            }
        }
        for word in &script.header.before {
            for later in nodes(&word.name, from) {
                graph[later].push(Edge { to: at, because: Some((at, word)) });
            }
        }
    }
    for (name, at) in &base {
        for need in family.provisions.get(*name).into_iter().flatten() {
            for to in nodes(need, None) {
                graph[*at].push(Edge { to, because: None });
            }
        }
    }
    graph
}

/// The shortest way from a script back to itself: each node with the edge that leaves it.
fn circle<'g, 'a>(
    graph: &'g [Vec<Edge<'a>>],
    start: usize,
    fits: impl Fn(usize) -> bool,
) -> Option<Vec<(usize, &'g Edge<'a>)>> {
    let mut from: BTreeMap<usize, (usize, &Edge<'a>)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for edge in graph[node].iter().filter(|edge| fits(edge.to)) {
            if edge.to == start {
                let mut way = vec![(node, edge)];
                let mut at = node;
                while at != start {
                    let (before, edge) = from[&at];
                    way.push((before, edge));
                    at = before;
                }
                way.reverse();
                return Some(way);
            }
            if let std::collections::btree_map::Entry::Vacant(entry) = from.entry(edge.to) {
                entry.insert((node, edge));
                queue.push_back(edge.to);
            }
        }
    }
    None
}
