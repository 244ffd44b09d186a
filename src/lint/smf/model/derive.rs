//! Elements as property groups: what svccfg stores for each (`usr/src/cmd/svc/svccfg/svccfg_xml.c`).
use std::borrow::Cow;

use super::super::xml::Element;
use super::group::{Group, Property, Value};

/// The pieces of property groups that a service or an instance makes for itself, in the order of the document. What a
/// template and notifications make is not among them.
pub(crate) fn pieces(entity: Element<'_>) -> Vec<Group<'_>> {
    let mut found = Vec::new();
    if entity.is("instance") || entity.is("create_default_instance") {
        found.extend(from_attributes(entity, "general", "framework", &[("enabled", "boolean")]));
    }
    for child in entity.children() {
        match child.name() {
            "restarter" => {
                let value = child.first("service_fmri").map(|fmri| (fmri, "value"));
                found.push(general(child, "restarter", "fmri", value));
            }
            "single_instance" => found.push(general(child, "single_instance", "boolean", None)),
            "stability" => found.push(general(child, "entity_stability", "astring", Some((child, "value")))),
            "dependency" => found.push(dependency(child)),
            "dependent" => found.push(dependent(child)),
            "method_context" => found.push(context(child, "method_context", "framework")),
            "exec_method" => found.push(method(child)),
            "property_group" => found.push(property_group(child)),
            _ => {}
        }
    }
    found
}

fn group<'a>(element: Element<'a>, name: &'a str, kind: Option<&'a str>) -> Group<'a> {
    Group {
        name,
        kind,
        span: element.value_span("name"),
        made_by: element.name(),
        delete: element.value("delete") == "true",
        properties: Vec::new(),
    }
}

fn general<'a>(
    element: Element<'a>,
    property: &'static str,
    kind: &'static str,
    value: Option<(Element<'a>, &str)>,
) -> Group<'a> {
    let mut general = group(element, "general", Some("framework"));
    general.span = element.head();
    let values = match value {
        Some((holder, attribute)) => {
            vec![Value { text: Cow::Borrowed(holder.value(attribute)), span: holder.value_span(attribute) }]
        }
        None => vec![Value { text: Cow::Borrowed("true"), span: element.head() }],
    };
    general.properties.push(Property { name: property.into(), kind: Some(kind), values, span: element.head() });
    general
}

/// A property for each of the attributes that are there.
fn attribute_properties<'a>(element: Element<'a>, named: &[(&'static str, &'static str)]) -> Vec<Property<'a>> {
    named
        .iter()
        .filter_map(|(name, kind)| {
            let attribute = element.attribute(name)?;
            let value = Value { text: Cow::Borrowed(&attribute.value), span: element.value_span(name) };
            Some(Property { name: (*name).into(), kind: Some(kind), values: vec![value], span: attribute.span.clone() })
        })
        .collect()
}

fn from_attributes<'a>(
    element: Element<'a>,
    name: &'static str,
    kind: &'static str,
    named: &[(&'static str, &'static str)],
) -> Option<Group<'a>> {
    let properties = attribute_properties(element, named);
    let mut made = group(element, name, Some(kind));
    made.span = element.head();
    made.properties = properties;
    (!made.properties.is_empty()).then_some(made)
}

fn dependency(element: Element<'_>) -> Group<'_> {
    let mut made = group(element, element.value("name"), Some("dependency"));
    made.properties =
        attribute_properties(element, &[("type", "astring"), ("restart_on", "astring"), ("grouping", "astring")]);
    let entities = element
        .all("service_fmri")
        .map(|fmri| Value { text: Cow::Borrowed(fmri.value("value")), span: fmri.value_span("value") })
        .collect();
    made.properties.push(Property {
        name: "entities".into(),
        kind: Some("fmri"),
        values: entities,
        span: element.head(),
    });
    made.properties.extend(own_properties(element));
    made
}

/// What it makes in its own service: a property of the group `dependents` with the target.
fn dependent(element: Element<'_>) -> Group<'_> {
    let mut made = group(element, "dependents", Some("framework"));
    let target = element.first("service_fmri");
    let values = target
        .map(|fmri| Value { text: Cow::Borrowed(fmri.value("value")), span: fmri.value_span("value") })
        .into_iter()
        .collect();
    let name = Cow::Borrowed(element.value("name"));
    made.properties.push(Property { name, kind: Some("fmri"), values, span: element.value_span("name") });
    made.delete = false;
    made
}

const CONTEXT: [(&str, &str); 4] = [
    ("working_directory", "astring"),
    ("project", "astring"),
    ("resource_pool", "astring"),
    ("security_flags", "astring"),
];

const CREDENTIAL: [(&str, &str); 5] = [
    ("user", "astring"),
    ("group", "astring"),
    ("supp_groups", "astring"),
    ("privileges", "astring"),
    ("limit_privileges", "astring"),
];

fn context<'a>(element: Element<'a>, name: &'a str, kind: &'a str) -> Group<'a> {
    let mut made = group(element, name, Some(kind));
    made.span = element.head();
    made.properties = attribute_properties(element, &CONTEXT);
    for child in element.children() {
        let flag = |value: &'static str| Property {
            name: "use_profile".into(),
            kind: Some("boolean"),
            values: vec![Value { text: Cow::Borrowed(value), span: child.head() }],
            span: child.head(),
        };
        match child.name() {
            "method_credential" => {
                made.properties.push(flag("false"));
                made.properties.extend(attribute_properties(child, &CREDENTIAL));
            }
            "method_profile" => {
                made.properties.push(flag("true"));
                made.properties.extend(attribute_properties(child, &[("name", "astring")]).into_iter().map(
                    |mut property| {
                        property.name = "profile".into();
                        property
                    },
                ));
            }
            "method_environment" => made.properties.push(environment(child)),
            _ => {}
        }
    }
    made
}

fn environment(element: Element<'_>) -> Property<'_> {
    let values = element
        .all("envvar")
        .map(|variable| Value {
            text: Cow::Owned(format!("{}={}", variable.value("name"), variable.value("value"))),
            span: variable.value_span("value"),
        })
        .collect();
    Property { name: "environment".into(), kind: Some("astring"), values, span: element.head() }
}

fn method(element: Element<'_>) -> Group<'_> {
    let mut made = group(element, element.value("name"), Some("method"));
    made.properties =
        attribute_properties(element, &[("type", "astring"), ("exec", "astring"), ("timeout_seconds", "count")]);
    for child in element.all("method_context") {
        made.properties.extend(context(child, "", "").properties);
    }
    made.properties.extend(own_properties(element));
    made
}

fn property_group(element: Element<'_>) -> Group<'_> {
    let kind = element.attribute("type").map(|attribute| attribute.value.as_str());
    let mut made = group(element, element.value("name"), kind);
    made.properties = own_properties(element);
    made
}

/// `propval`, `property` and `stability` in an element.
fn own_properties(element: Element<'_>) -> Vec<Property<'_>> {
    element
        .children()
        .filter_map(|child| {
            let kind = child.attribute("type").map(|attribute| attribute.value.as_str());
            let values = match child.name() {
                "propval" => vec![Value { text: Cow::Borrowed(child.value("value")), span: child.value_span("value") }],
                "property" => child
                    .children()
                    .flat_map(|list| list.all("value_node"))
                    .map(|node| Value { text: Cow::Borrowed(node.value("value")), span: node.value_span("value") })
                    .collect(),
                "stability" => {
                    let value = Value { text: Cow::Borrowed(child.value("value")), span: child.value_span("value") };
                    return Some(Property {
                        name: "stability".into(),
                        kind: Some("astring"),
                        values: vec![value],
                        span: child.head(),
                    });
                }
                _ => return None,
            };
            Some(Property { name: child.value("name").into(), kind, values, span: child.value_span("name") })
        })
        .collect()
}
