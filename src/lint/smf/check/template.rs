//! Patterns of a template in themselves (`lxml_get_tm_pg_pattern`, `lxml_get_tm_prop_pattern`).
use std::collections::BTreeMap;
use std::ops::Range;

use super::super::model::{Bundle, Kind, owner, service_of};
use super::super::rules::{R15, R65, R66};
use super::super::value::{NAME_LIMIT, any_base, has_placeholder, ident};
use super::super::xml::Element;
use super::Out;
use super::out::short;

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    if bundle.kind == Kind::Profile {
        return;
    }
    for element in bundle.tree.elements() {
        match element.name() {
            "template" => patterns(element, out),
            "cardinality" => cardinality(element, out),
            "range" => range(element, out),
            "internal_separators" if element.text().is_empty() => {
                out.say(&R66, element.head(), "no separators");
            }
            _ => {}
        }
    }
}

fn patterns(template: Element<'_>, out: &mut Out) {
    let mut known: BTreeMap<(&str, &str), Element<'_>> = BTreeMap::new();
    for pattern in template.all("pg_pattern") {
        let name = pattern.value("name");
        if !name.is_empty() && !ident(name) {
            out.say(
                &R65,
                pattern.value_span("name"),
                format!("`{}` cannot be the name of a property group", short(name)),
            );
        }
        // Name and type make the name of a property group; with a name, the type is not part of it.
        let key = if name.is_empty() {
            ("", pattern.value("type"))
        } else {
            (name, if pattern.value("type").is_empty() { "" } else { "typed" })
        };
        if let Some(first) = known.get(&key) {
            let other = out.place(first.head());
            out.say_with(&R65, pattern.head(), "a second pattern of that name and type", |finding| {
                finding.related(other, "the first one")
            });
        } else {
            known.insert(key, pattern);
        }
        target(pattern, out);
        properties(pattern, out);
        lengths(pattern, out);
    }
}

/// A pattern is kept in property groups of their own, whose names are made of its own and have a limit like all.
fn lengths(pattern: Element<'_>, out: &mut Out) {
    let (name, kind) = (pattern.value("name"), pattern.value("type"));
    let (made_of, unique) = match (name, kind) {
        ("", kind) => ("type", format!("t_{kind}")),
        (name, "") => ("name", format!("n_{name}")),
        (name, _) => ("name", format!("nt_{name}")),
    };
    if !fits(&format!("tm_pgpat{unique}"), pattern.value_span(made_of), out) {
        return;
    }
    for property in pattern.all("prop_pattern") {
        let group = format!("tm_proppat_{unique}_{}", property.value("name"));
        fits(&group, property.value_span("name"), out);
        for value in property.children().flat_map(|child| child.all("value")) {
            // The name of a value may have any characters: it is kept in base 32.
            let name = value.value("name");
            let encoded = if has_placeholder(name) { String::new() } else { "x".repeat(name.len().div_ceil(5) * 8) };
            fits(&format!("value_{encoded}_description_%s"), value.value_span("name"), out);
        }
    }
}

fn fits(made: &str, span: Range<usize>, out: &mut Out) -> bool {
    let fits = made.len() <= NAME_LIMIT || has_placeholder(made);
    if !fits {
        let message = format!("svccfg keeps this under a name of {} bytes, {NAME_LIMIT} fit", made.len());
        out.say(&R15, span, message);
    }
    fits
}

fn target(pattern: Element<'_>, out: &mut Out) {
    let (Some(entity), Some(service)) = (owner(pattern), service_of(pattern)) else { return };
    let why = match pattern.value("target") {
        "instance" if !entity.is("service") => "is for templates of services",
        "delegate" if service.value("type") != "restarter" => "is for restarters",
        "all" if !entity.is("service") || service.value("name") != "system/svc/global" => {
            "is for svc:/system/svc/global"
        }
        _ => return,
    };
    let message = format!("the target `{}` {why}", pattern.value("target"));
    out.say(&R65, pattern.value_span("target"), message);
}

fn properties(pattern: Element<'_>, out: &mut Out) {
    let mut known: BTreeMap<&str, Element<'_>> = BTreeMap::new();
    for property in pattern.all("prop_pattern") {
        let name = property.value("name");
        if property.attribute("name").is_some() && !ident(name) {
            out.say(&R65, property.value_span("name"), format!("`{}` cannot be the name of a property", short(name)));
        } else if let Some(first) = known.get(name) {
            let other = out.place(first.head());
            let message = format!("a second pattern of `{}`", short(name));
            out.say_with(&R65, property.value_span("name"), message, |finding| finding.related(other, "the first one"));
        }
        known.entry(name).or_insert(property);
    }
}

fn cardinality(element: Element<'_>, out: &mut Out) {
    let mut read = |name: &str| {
        let text = element.value(name);
        let number = unsigned(text);
        if !text.is_empty() && number.is_none() {
            out.say(&R66, element.value_span(name), format!("`{}` is no number of values", short(text)));
        }
        number
    };
    let (min, max) = (read("min"), read("max"));
    if let (Some(min), Some(max)) = (min, max)
        && max < min
    {
        out.say(&R66, element.value_span("max"), format!("at most {max} and at least {min} values"));
    }
}

/// Blanks, then digits: a sign is refused.
fn unsigned(text: &str) -> Option<u64> {
    let digits = text.trim_start();
    (digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

fn range(element: Element<'_>, out: &mut Out) {
    let ends: Vec<Option<i128>> = ["min", "max"]
        .into_iter()
        .map(|name| {
            let text = element.value(name);
            let number = any_base(text);
            // A missing attribute is reported with the DTD.
            if number.is_none() && element.attribute(name).is_some() {
                out.say(&R66, element.value_span(name), format!("`{}` is no end of a range", short(text)));
            }
            number
        })
        .collect();
    let [Some(min), Some(max)] = ends[..] else { return };
    let limits =
        if min < 0 || max < 0 { i128::from(i64::MIN)..=i128::from(i64::MAX) } else { 0..=i128::from(u64::MAX) };
    if max < min {
        out.say(&R66, element.value_span("max"), format!("a range from {min} to {max}"));
    } else if !limits.contains(&min) || !limits.contains(&max) {
        out.say(&R66, element.value_span("max"), "a range that no number of 64 bits has");
    }
}
