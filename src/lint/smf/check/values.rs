//! Values of properties (`lxml_get_property`, `lxml_get_propval`, `lxml_store_value`).
use std::ops::Range;

use super::super::model::{Bundle, Kind};
use super::super::rules::{R34, R35, R36, R37, R38, R39, R40, R41, R42, R43, R44, R45};
use super::super::value::{TYPES, valid};
use super::super::xml::Element;
use super::Out;
use super::out::short;
use crate::diag::did_you_mean;
use crate::finding::{Rule, Severity};

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for element in bundle.tree.elements() {
        match element.name() {
            "propval" => propval(bundle, element, out),
            "property" => property(bundle, element, out),
            _ => {}
        }
    }
}

/// The type of a property, when it has one that svccfg knows; complaints otherwise.
fn kind<'a>(bundle: &Bundle<'_>, element: Element<'a>, out: &mut Out) -> Option<&'a str> {
    if element.attribute("name").is_some_and(|name| name.value.is_empty()) {
        out.say(&R45, element.value_span("name"), "a property without a name");
    }
    let kind = element.attribute("type").map(|attribute| attribute.value.as_str()).filter(|kind| !kind.is_empty());
    let Some(kind) = kind else {
        // For manifests and archives, a missing attribute is reported with the DTD.
        return None;
    };
    if TYPES.contains(&kind.trim_matches(' ')) {
        return Some(kind.trim_matches(' '));
    }
    if bundle.kind == Kind::Profile {
        let message = format!("there is no type `{}`", short(kind));
        out.say_with(&R45, element.value_span("type"), message, |finding| match did_you_mean(kind, TYPES) {
            Some(near) => finding.mend(format!("did you mean `{near}`?")),
            None => finding.mend(format!("known are {}", TYPES.join(", "))),
        });
    }
    None
}

fn propval(bundle: &Bundle<'_>, element: Element<'_>, out: &mut Out) {
    if let (Some(kind), Some(value)) = (kind(bundle, element, out), element.attribute("value")) {
        value_of(kind, &value.value, element.value_span("value"), out);
    }
}

fn property(bundle: &Bundle<'_>, element: Element<'_>, out: &mut Out) {
    let said = kind(bundle, element, out);
    for list in element.children() {
        let Some(of) = list.name().strip_suffix("_list").filter(|of| TYPES.contains(of)) else { continue };
        if let Some(said) = said.filter(|said| *said != of) {
            let message = format!("a `{}` in a property of type `{said}`", list.name());
            out.say(&R45, list.head(), message);
            continue;
        }
        for node in list.all("value_node") {
            if let Some(value) = node.attribute("value") {
                value_of(of, &value.value, node.value_span("value"), out);
            }
        }
    }
}

fn value_of(kind: &str, text: &str, span: Range<usize>, out: &mut Out) {
    let rule = rule_of(kind);
    let mut bad = false;
    out.demand(
        text,
        span.clone(),
        |text| valid(kind, text),
        |out, span| {
            bad = true;
            let message = if text.len() > 4000 {
                format!("{} bytes are too many for a value of type {kind}", text.len())
            } else {
                format!("`{}` is no value of type {kind}", short(text))
            };
            out.say(rule, span, message);
        },
    );
    if bad {
        return;
    }
    // Taken, and not for what it looks like.
    let odd = match kind {
        "count" if text.trim_start().starts_with('-') => Some((
            format!("`{}` is stored as a number near 2^64", short(text)),
            "The value is 18446744073709551616 less what is written.",
        )),
        "integer" if text.is_empty() => Some(("an empty value is stored as 0".to_owned(), "The value is 0.")),
        _ => None,
    };
    if let Some((message, effect)) = odd {
        out.say_with(rule, span, message, |finding| {
            finding.severity(Severity::Note).effect(effect).mend("write the number that is meant")
        });
    }
}

fn rule_of(kind: &str) -> &'static Rule {
    match kind {
        "boolean" => &R34,
        "count" => &R35,
        "integer" => &R36,
        "astring" => &R37,
        "ustring" | "hostname" => &R38,
        "host" => &R39,
        "time" => &R41,
        "opaque" => &R42,
        "uri" => &R43,
        "fmri" => &R44,
        _ => &R40,
    }
}
