//! The patterns that a manifest brings along for its own property groups.
use super::shape::{GroupPattern, PropertyPattern};
use crate::lint::smf::rules::R64;
use crate::lint::smf::value::{any_base, count};
use crate::lint::smf::xml::Element;

/// The patterns in the template of a service or instance that are for its own instances.
pub(super) fn patterns<'a>(entity: Element<'a>) -> Vec<GroupPattern<'a>> {
    let is_service = entity.is("service");
    // `this`, or nothing, in either; `instance` in a service.
    let own = |pattern: &Element<'a>| match pattern.value("target") {
        "" | "this" => true,
        "instance" => is_service,
        _ => false,
    };
    entity
        .first("template")
        .into_iter()
        .flat_map(|template| template.all("pg_pattern"))
        .filter(own)
        .map(|pattern| GroupPattern {
            name: pattern.value("name"),
            kind: pattern.value("type"),
            required: pattern.value("required") == "true",
            properties: pattern.all("prop_pattern").map(property).collect(),
            rule: &R64,
        })
        .collect()
}

fn property(pattern: Element<'_>) -> PropertyPattern<'_> {
    let end = |name: &str, default: u64| {
        let said = pattern.first("cardinality").map(|cardinality| cardinality.value(name)).unwrap_or_default();
        count(said).unwrap_or(default)
    };
    let constraints = pattern.first("constraints");
    PropertyPattern {
        name: pattern.value("name"),
        kind: pattern.value("type"),
        required: pattern.value("required") == "true",
        min: end("min", 0),
        max: end("max", u64::MAX),
        values: constraints.into_iter().flat_map(|one| one.all("value")).map(|value| value.value("name")).collect(),
        ranges: constraints
            .into_iter()
            .flat_map(|one| one.all("range"))
            .filter_map(|range| Some((any_base(range.value("min"))?, any_base(range.value("max"))?)))
            .collect(),
        rule: &R64,
    }
}
