//! A property group held against a pattern (`tmpl_validate_pg`, `tmpl_validate_prop`).
use std::ops::Range;

use super::shape::{GroupPattern, PropertyPattern};
use crate::lint::smf::check::{Out, short};
use crate::lint::smf::model::{Group, Property, Value};
use crate::lint::smf::rules::{R59, R64};
use crate::lint::smf::value::{count, has_placeholder, integer};
use crate::lint::smf::xml::Element;

/// What svc.startd compares `startd/ignore_error` with; no template says so.
const IGNORED: [&str; 4] = ["core", "signal", "core,signal", "signal,core"];

/// Where the name of an element is.
pub(super) fn placed(element: Element<'_>) -> Range<usize> {
    element.value_span("name")
}

pub(super) fn hold(group: &Group<'_>, pattern: &GroupPattern<'_>, out: &mut Out) {
    let kind = group.kind.unwrap_or_default();
    if !pattern.kind.is_empty() && kind != pattern.kind {
        // Of the framework's own groups this is an error of another kind, and said so.
        if !matches!(group.name, "general" | "method_context") {
            let message =
                format!("the group `{}` has type `{}`, not `{}`", short(group.name), short(kind), pattern.kind);
            out.say(pattern.rule, group.span.clone(), message);
        }
    }
    for wanted in &pattern.properties {
        match group.property(wanted.name) {
            Some(property) => hold_property(group, property, wanted, out),
            // What an attribute of the DTD makes is missing only with the attribute, and that was said.
            None if wanted.required && !by_attribute(group, wanted.name) => {
                let message = format!("the group `{}` has no property `{}`", short(group.name), wanted.name);
                out.say(wanted.rule, group.span.clone(), message);
            }
            None => {}
        }
    }
}

fn by_attribute(group: &Group<'_>, property: &str) -> bool {
    match group.made_by {
        "exec_method" => matches!(property, "exec" | "type" | "timeout_seconds"),
        "dependency" => matches!(property, "type" | "grouping" | "restart_on"),
        "instance" | "create_default_instance" => property == "enabled",
        _ => false,
    }
}

fn hold_property(group: &Group<'_>, property: &Property<'_>, wanted: &PropertyPattern<'_>, out: &mut Out) {
    let name = format!("{}/{}", short(group.name), short(&property.name));
    if let Some(kind) = property.kind.filter(|kind| !wanted.kind.is_empty() && *kind != wanted.kind) {
        let message = format!("`{name}` has type `{}`, not `{}`", short(kind), wanted.kind);
        out.say(wanted.rule, property.span.clone(), message);
        return;
    }
    let number = property.values.len() as u64;
    if number < wanted.min || number > wanted.max {
        let how_many = match (wanted.min, wanted.max) {
            (1, 1) => "one".to_owned(),
            (min, u64::MAX) => format!("at least {min}"),
            (0, max) => format!("at most {max}"),
            (min, max) => format!("{min} to {max}"),
        };
        out.say(wanted.rule, property.span.clone(), format!("`{name}` has {number} values, and has {how_many}"));
    }
    // The DTD has the same list for these attributes, and has said so.
    let by_dtd = group.made_by == "dependency" && matches!(wanted.name, "grouping" | "restart_on");
    for value in &property.values {
        if !has_placeholder(&value.text) {
            hold_value(&name, property, value, wanted, by_dtd, out);
        }
    }
}

fn hold_value(
    name: &str,
    property: &Property<'_>,
    value: &Value<'_>,
    wanted: &PropertyPattern<'_>,
    by_dtd: bool,
    out: &mut Out,
) {
    let kind = property.kind.unwrap_or(wanted.kind);
    let same = |allowed: &str| match kind {
        "count" => count(allowed).is_some() && count(allowed) == count(&value.text),
        "integer" => integer(allowed).is_some() && integer(allowed) == integer(&value.text),
        _ => allowed == value.text,
    };
    if !wanted.values.is_empty() && !wanted.values.iter().any(|allowed| same(allowed)) && !by_dtd {
        let message = format!("`{}` is no value of `{name}`", short(&value.text));
        let known = wanted.values.join(", ");
        out.say_with(wanted.rule, value.span.clone(), message, |finding| finding.mend(format!("write one of {known}")));
    }
    if wanted.rule.code == R59.code && !IGNORED.contains(&value.text.as_ref()) {
        let message = format!("`{}` is nothing that svc.startd knows", short(&value.text));
        out.say(&R59, value.span.clone(), message);
    }
    let number = match kind {
        "count" => count(&value.text).map(i128::from),
        "integer" => integer(&value.text).map(i128::from),
        _ => None,
    };
    if let Some(number) = number
        && !wanted.ranges.is_empty()
        && !wanted.ranges.iter().any(|(min, max)| (*min..=*max).contains(&number))
    {
        out.say(&R64, value.span.clone(), format!("{number} is in no range of `{name}`"));
    }
}
