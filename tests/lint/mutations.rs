//! Valid manifests with one change each, made automatically: whatever breaks a rule is found, and where the DTD decides,
//! lint decides as xmllint does.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use portwright::finding::Severity;
use roxmltree::{Document, Node, ParsingOptions};

use crate::support::{codes, samples};

/// A changed manifest.
struct Mutant {
    /// What was done.
    what: &'static str,
    text: String,
    /// Whether svccfg refuses it in any case; otherwise the DTD decides.
    refused: bool,
}

/// The rules that say what the DTD says, and the two that say more of the same attributes.
const OF_DTD: [&str; 6] = ["PW1001", "PW1005", "PW1008", "PW1024", "PW1045", "PW1048"];

/// The manifests of the repository; with `PORTWRIGHT_MANIFESTS` those below that directory that are free of errors, too.
fn manifests() -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = below(vec![top.join("smf"), top.join("pkgsrc")]);
    found.extend(samples().into_iter().filter(|(name, _)| name != "profile.xml"));
    assert!(found.len() >= 10);
    if let Some(more) = std::env::var_os("PORTWRIGHT_MANIFESTS") {
        let all = below(vec![PathBuf::from(more)]);
        let texts: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
        let follow = follow_dtd(&texts).unwrap_or_else(|| vec![true; all.len()]);
        let error = |text: &str| codes(text).iter().any(|(_, severity)| *severity == Severity::Error);
        let good =
            all.into_iter().zip(follow).filter(|((_, text), follows)| *follows && is_manifest(text) && !error(text));
        found.extend(good.map(|(manifest, _)| manifest));
        println!("{} manifests", found.len());
    }
    found
}

fn is_manifest(text: &str) -> bool {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text, options) else { return false };
    let root = document.root_element();
    root.has_tag_name("service_bundle") && root.attribute("type") == Some("manifest")
}

/// All XML files below directories, by name.
fn below(mut todo: Vec<PathBuf>) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|extension| extension == "xml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    // What is not UTF-8 is nothing for these tests.
    let read = |path: PathBuf| Some((path.display().to_string(), std::fs::read_to_string(&path).ok()?));
    paths.into_iter().filter_map(read).collect()
}

fn replaced(text: &str, span: Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &text[..span.start], &text[span.end..])
}

/// All changes of one manifest.
fn mutants(text: &str) -> Vec<Mutant> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).unwrap();
    let mut found = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        elements(text, node, &mut found);
        attributes(text, node, &mut found);
        rules(text, node, &mut found);
    }
    let whole: [(&str, &str, &'static str); 4] = [
        ("dtd/service_bundle.dtd.1", "dtd/service_bundle.dtd", "another document type"),
        ("<!DOCTYPE service_bundle", "<!DOCTYPE bundle", "a document type of another name"),
        ("</service_bundle>", "", "no end"),
        ("</service_bundle>", "</service_bundle>x", "text behind the end"),
    ];
    for (from, to, what) in whole {
        let at = text.rfind(from).unwrap();
        found.push(Mutant { what, text: replaced(text, at..at + from.len(), to), refused: true });
    }
    found
}

/// Changes of elements: the DTD decides.
fn elements(text: &str, node: Node<'_, '_>, found: &mut Vec<Mutant>) {
    let mut add = |what, text| found.push(Mutant { what, text, refused: false });
    let range = node.range();
    let own = &text[range.clone()];
    if node.parent_element().is_some() {
        add("an element dropped", replaced(text, range.clone(), ""));
        add("an element twice", replaced(text, range.clone(), &format!("{own}{own}")));
        add("text before an element", replaced(text, range.start..range.start, "x"));
        add("an unknown element", replaced(text, range.start..range.start, "<unknown/>"));
        let name = node.tag_name().name();
        add(
            "an element renamed",
            replaced(
                text,
                range.clone(),
                &own.replacen(name, "renamed", 1).replace(&format!("</{name}>"), "</renamed>"),
            ),
        );
        if let Some(next) = node.next_sibling_element() {
            let between = &text[range.end..next.range().start];
            let swapped = format!("{}{between}{own}", &text[next.range()]);
            add("two elements the other way round", replaced(text, range.start..next.range().end, &swapped));
        }
    }
    if own.ends_with("/>") && !node.has_children() {
        let tag = own.trim_end_matches("/>");
        let name = node.tag_name().name();
        add("a blank in an element", replaced(text, range.clone(), &format!("{tag}> </{name}>")));
        add(
            "an element in an element",
            replaced(text, range, &format!("{tag}><stability value=\"Stable\"/></{name}>")),
        );
    }
}

/// Changes of attributes: the DTD decides.
fn attributes(text: &str, node: Node<'_, '_>, found: &mut Vec<Mutant>) {
    let mut add = |what, text| found.push(Mutant { what, text, refused: false });
    for attribute in node.attributes() {
        add("an attribute dropped", replaced(text, attribute.range(), ""));
        add("an attribute renamed", replaced(text, attribute.range_qname(), "renamed"));
        add("a value that is none", replaced(text, attribute.range_value(), "none-of-them"));
    }
}

/// What svccfg refuses, whatever the DTD says.
fn rules(text: &str, node: Node<'_, '_>, found: &mut Vec<Mutant>) {
    let mut add = |what, text| found.push(Mutant { what, text, refused: true });
    let name = node.tag_name().name();
    let value =
        |attribute: &str, by: &str| node.attribute_node(attribute).map(|one| replaced(text, one.range_value(), by));
    let named =
        ["instance", "dependency", "dependent", "exec_method", "property_group", "propval", "property", "prop_pattern"];
    if named.contains(&name) {
        for (what, bad) in [
            ("a dot in a name", "a.b"),
            ("a digit before a name", "9a"),
            ("a slash in a name", "a/b"),
            ("a blank in a name", "a b"),
            ("an empty name", ""),
            ("a long name", &"a".repeat(120)),
            ("two providers", "a,b,c"),
        ] {
            put(value("name", bad), what, &mut add);
        }
    }
    if name == "service" {
        for (what, bad) in [
            ("a category of one letter", "a/b"),
            ("a dot in a service", "site/a.b"),
            ("two slashes", "site//a"),
            ("a slash at the end", "site/a/"),
            ("a colon in a service", "site/a:b"),
            ("a long service", &format!("site/{}", "a".repeat(110))),
            ("a service without a name", ""),
        ] {
            put(value("name", bad), what, &mut add);
        }
        let own = &text[node.range()];
        add("a service twice", replaced(text, node.range(), &format!("{own}{own}")));
    }
    if name == "service_fmri" {
        for (what, bad) in [
            ("a path for an FMRI", "/etc/x.conf"),
            ("an address for an FMRI", "http://h/"),
            ("a file of another machine", "file://other/x"),
            ("a relative file", "file:x"),
            ("an FMRI with a dot", "svc:/network/a.b:default"),
            ("an FMRI with a slash only", "svc:/"),
        ] {
            put(value("value", bad), what, &mut add);
        }
    }
    typed(text, node, &mut add);
    match name {
        "exec_method" => {
            for (what, bad) in [("a timeout with a unit", "60s"), ("no timeout", ""), ("a broken timeout", "1.5")] {
                put(value("timeout_seconds", bad), what, &mut add);
            }
            if matches!(node.attribute("name"), Some("start" | "stop")) && is_of_instance(node, true) {
                add("a method that must be", replaced(text, node.range(), ""));
                put(value("type", "monitor"), "a monitor", &mut add);
            }
        }
        "envvar" => {
            for (what, bad) in [
                ("a variable of svc.startd", "SMF_X"),
                ("a variable without a name", ""),
                ("an equals sign in a name", "A=B"),
            ] {
                put(value("name", bad), what, &mut add);
            }
        }
        "property_group" => {
            put(value("type", "a b"), "a blank in a type", &mut add);
            put(value("type", ""), "an empty type", &mut add);
            if node.attribute("type") != Some("framework") {
                put(value("name", "dependents"), "a group of the framework", &mut add);
            }
        }
        "create_default_instance" => {
            let twice = format!("{}<instance name=\"default\" enabled=\"false\"/>", &text[node.range()]);
            add("the default instance twice", replaced(text, node.range(), &twice));
        }
        "dependency" => {
            let of_parent = |what: &dyn Fn(Node<'_, '_>) -> bool| node.parent_element().is_some_and(what);
            let beside = of_parent(&|parent| child(parent, "exec_method", "start"));
            // svc.startd's pattern of `start` is for those that it starts itself (restarter.xml: target='delegate').
            let other = of_parent(&|parent| parent.children().any(|one| one.has_tag_name("restarter")));
            if beside || is_of_instance(node, false) && !other {
                put(value("name", "start"), "a dependency with a method's name", &mut add);
            }
            // One that is to be taken away may be anything.
            if is_of_instance(node, false) && node.attribute("delete") != Some("true") {
                put(value("type", "host"), "a dependency of another type", &mut add);
            }
        }
        "loctext" => add("an empty text", replaced(text, node.range(), "<loctext xml:lang=\"C\"></loctext>")),
        "service_bundle" => {
            put(value("type", "thing"), "a bundle of no type", &mut add);
            put(value("name", ""), "a bundle without a name", &mut add);
        }
        _ => {}
    }
    let of_group = |group: Node<'_, '_>| group.attribute("name") == Some("startd") && is_of_instance(group, false);
    if name == "propval" && node.attribute("name") == Some("duration") && node.parent_element().is_some_and(of_group) {
        put(value("value", "wait"), "a duration that is none", &mut add);
    }
}

fn put(text: Option<String>, what: &'static str, add: &mut impl FnMut(&'static str, String)) {
    if let Some(text) = text {
        add(what, text);
    }
}

fn child(parent: Node<'_, '_>, element: &str, name: &str) -> bool {
    parent.children().any(|child| child.has_tag_name(element) && child.attribute("name") == Some(name))
}

/// Whether some instance has what an element says, as its own or from its service: the templates of svc.startd are for
/// instances. With `only` no other element of that name may stand in for it in the instance.
fn is_of_instance(node: Node<'_, '_>, only: bool) -> bool {
    let Some(parent) = node.parent_element() else { return false };
    let (element, name) = (node.tag_name().name(), node.attribute("name").unwrap_or_default());
    if parent.has_tag_name("instance") {
        let service = parent.parent_element();
        return !only || !service.is_some_and(|service| child(service, element, name));
    }
    parent.children().any(|one| {
        one.has_tag_name("create_default_instance") || one.has_tag_name("instance") && !child(one, element, name)
    })
}

/// A bad value of each type.
fn typed(text: &str, node: Node<'_, '_>, add: &mut impl FnMut(&'static str, String)) {
    let name = node.tag_name().name();
    let (kind, holder) = match name {
        "propval" => (node.attribute("type"), Some(node)),
        "value_node" => {
            (node.parent_element().and_then(|list| list.tag_name().name().strip_suffix("_list")), Some(node))
        }
        _ => (None, None),
    };
    let (Some(kind), Some(value)) = (kind, holder.and_then(|holder| holder.attribute_node("value"))) else { return };
    let bad = match kind {
        "boolean" => "yes",
        "count" => "many",
        "integer" => "1.5",
        "net_address" | "net_address_v4" | "net_address_v6" => "localhost",
        "time" => "noon",
        "opaque" => "abc",
        "uri" => "http://h",
        "fmri" => "http://h/",
        _ => &"x".repeat(5000),
    };
    add("a value of another type", replaced(text, value.range_value(), bad));
    if name == "propval" {
        let own = &text[node.range()];
        add("a property twice", replaced(text, node.range(), &format!("{own}{own}")));
    }
}

/// Which of the texts follow the DTD, by one run of xmllint.
fn follow_dtd(texts: &[&str]) -> Option<Vec<bool>> {
    let Ok(xmllint) = which::which("xmllint") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "xmllint not found, and CI=true");
        eprintln!("skipped: xmllint not found");
        return None;
    };
    let dtd = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/smf/service_bundle.dtd.1");
    let dir = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{n}.xml")).collect();
    for (name, text) in names.iter().zip(texts) {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let output = Command::new(xmllint)
        .args(["--noout", "--nonet", "--dtdvalid"])
        .arg(dtd)
        .args(&names)
        .current_dir(dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    // It says `NAME validates` of each good one only when asked to be verbose; of each bad one it always says so.
    let bad: BTreeSet<&str> = said
        .lines()
        .filter_map(|line| {
            let of_dtd = line
                .strip_prefix("Document ")
                .and_then(|rest| rest.split(" does not validate").next().filter(|name| name.len() < rest.len()));
            let of_xml = line.split_once(':').filter(|(_, rest)| rest.contains("parser error")).map(|(name, _)| name);
            of_dtd.or(of_xml)
        })
        .collect();
    Some(names.iter().map(|name| !bad.contains(name.as_str())).collect())
}

#[test]
fn each_change_is_found_and_the_dtd_is_followed() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut disagreed = Vec::new();
    let mut compared = 0;
    for (name, text) in manifests() {
        let mutants = mutants(&text);
        let verdicts = follow_dtd(&mutants.iter().map(|one| one.text.as_str()).collect::<Vec<_>>());
        for (at, mutant) in mutants.iter().enumerate() {
            let found = codes(&mutant.text);
            let error = |code: &str| found.iter().any(|(one, severity)| *one == code && *severity == Severity::Error);
            let any = found.iter().any(|(_, severity)| *severity == Severity::Error);
            let place = mutant.text.bytes().zip(text.bytes()).position(|(a, b)| a != b).unwrap_or(0);
            let line =
                mutant.text.get(place.saturating_sub(60)..).unwrap_or_default().chars().take(160).collect::<String>();
            let shown = || format!("{}: {name}: {found:?}: …{line}…", mutant.what);
            let follows = verdicts.as_ref().map(|verdicts| verdicts[at]);
            if mutant.refused || follows == Some(false) {
                let (all, hit) = counts.entry(mutant.what).or_default();
                *all += 1;
                *hit += usize::from(any);
                if !any {
                    missed.push(shown());
                }
            }
            if let Some(follows) = follows {
                compared += 1;
                // What svccfg refuses beside the DTD has the same codes in places: it counts only one way then.
                let said = OF_DTD.iter().any(|code| error(code));
                if !follows && !said || follows && said && !mutant.refused {
                    disagreed.push(shown());
                }
            }
        }
    }
    let all: usize = counts.values().map(|(all, _)| all).sum();
    let hit: usize = counts.values().map(|(_, hit)| hit).sum();
    for (what, (all, hit)) in &counts {
        println!("{what:35} {hit:5} of {all:5}");
    }
    for one in &missed {
        println!("missed: {one}");
    }
    println!("{hit} of {all} found, {compared} compared with xmllint");
    assert!(all >= 1000, "{all}");
    assert!(
        disagreed.is_empty(),
        "{} unlike xmllint:\n{}",
        disagreed.len(),
        disagreed[..disagreed.len().min(20)].join("\n")
    );
    assert!(hit * 100 >= all * 99, "{} missed:\n{}", missed.len(), missed[..missed.len().min(40)].join("\n"));
    assert!(missed.len() <= 5, "{} missed:\n{}", missed.len(), missed[..missed.len().min(40)].join("\n"));
}
