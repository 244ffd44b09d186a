//! Names of services, instances, groups, methods, dependencies and properties (`uu_check_name`).
use std::ops::Range;

use super::super::model::{Bundle, services};
use super::super::rules::{R10, R11, R12, R13, R14, R15, R21};
use super::super::value::{LONGEST_SERVICE, NAME_LIMIT, has_placeholder, ident, service_name};
use super::super::xml::Element;
use super::Out;
use super::out::short;

/// Elements whose `name` is a name, and what they are called.
const NAMED: [(&str, &str); 7] = [
    ("instance", "an instance"),
    ("dependency", "a dependency"),
    ("dependent", "a dependent"),
    ("exec_method", "a method"),
    ("property_group", "a property group"),
    ("propval", "a property"),
    ("property", "a property"),
];

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for one in services(bundle.tree) {
        service(one, out);
    }
    for element in bundle.tree.elements() {
        if let Some((_, what)) = NAMED.iter().find(|(name, _)| element.is(name))
            && let Some(name) = element.attribute("name")
        {
            named(&name.value, element.value_span("name"), what, out);
        }
        if element.is("property_group")
            && let Some(kind) = element.attribute("type")
        {
            out.demand(&kind.value, element.value_span("type"), ident, |out, span| {
                let message = format!("`{}` cannot be the type of a property group", short(&kind.value));
                out.say(&R14, span, message);
            });
        }
    }
}

fn named(name: &str, span: Range<usize>, what: &str, out: &mut Out) {
    // An empty name of a property is refused by other code, with other words: it is a rule of its own.
    if name.is_empty() && what == "a property" {
        return;
    }
    out.demand(name, span.clone(), ident, |out, span| {
        let message = format!("`{}` cannot be the name of {what}", short(name));
        out.say(&R11, span, message);
    });
    too_long(name, NAME_LIMIT, span, out);
}

fn too_long(name: &str, limit: usize, span: Range<usize>, out: &mut Out) {
    if name.len() > limit && !has_placeholder(name) {
        out.say(&R15, span, format!("the name has {} bytes, {limit} fit", name.len()));
    }
}

fn service(one: Element<'_>, out: &mut Out) {
    if let Some(version) = one.attribute("version") {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        out.demand(&version.value, one.value_span("version"), number, |out, span| {
            out.say(&R10, span, format!("`{}` is no whole number", short(&version.value)));
        });
    }
    let Some(name) = one.attribute("name").map(|name| name.value.as_str()) else { return };
    let span = one.value_span("name");
    out.demand(name, span.clone(), service_name, |out, span| {
        let parts: Vec<&str> = name.split('/').collect();
        let categories = &parts[..parts.len() - 1];
        match categories.iter().find(|part| part.len() == 1 && ident(part)) {
            Some(part) => {
                let message = format!("the category `{part}` has one letter, which libuutil does not look at");
                out.say(&R13, span, message);
            }
            None => out.say(&R12, span, format!("`{}` cannot be the name of a service", short(name))),
        }
    });
    too_long(name, LONGEST_SERVICE, span.clone(), out);
    // What the build puts in may have slashes.
    if has_placeholder(name) || !service_name(name) {
        return;
    }
    let in_site = out.path().parent().is_some_and(|dir| dir.file_name().is_some_and(|name| name == "site"));
    if !name.contains('/') {
        out.say(&R21, span, format!("`{name}` has no category"));
    } else if in_site && !name.starts_with("site/") {
        out.say(&R21, span, format!("`{}` is in a directory for services of the site", short(name)));
    }
}
