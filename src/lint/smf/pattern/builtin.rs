//! The patterns of the framework and of svc.startd, as illumos delivers them
//! (usr/src/cmd/svc/milestone/global.xml and restarter.xml).
use super::shape::{GroupPattern, PropertyPattern};
use crate::finding::Rule;
use crate::lint::smf::rules::{R51, R54, R55, R56, R57, R58, R59, R60, R61, R62, R63};

/// A property with one value.
fn one(rule: &'static Rule, name: &'static str, kind: &'static str) -> PropertyPattern<'static> {
    PropertyPattern { name, kind, required: false, min: 1, max: 1, values: Vec::new(), ranges: Vec::new(), rule }
}

fn required(property: PropertyPattern<'static>) -> PropertyPattern<'static> {
    PropertyPattern { required: true, ..property }
}

fn among(property: PropertyPattern<'static>, values: &[&'static str]) -> PropertyPattern<'static> {
    PropertyPattern { values: values.to_vec(), ..property }
}

fn any_number(property: PropertyPattern<'static>) -> PropertyPattern<'static> {
    PropertyPattern { min: 0, max: u64::MAX, ..property }
}

/// What a method runs with, in the group of the method or in `method_context`.
fn context(rule: &'static Rule) -> Vec<PropertyPattern<'static>> {
    let strings = [
        "working_directory",
        "project",
        "resource_pool",
        "security_flags",
        "user",
        "group",
        "supp_groups",
        "privileges",
        "limit_privileges",
        "profile",
    ];
    let mut found: Vec<_> = strings.into_iter().map(|name| one(rule, name, "astring")).collect();
    found.push(one(rule, "use_profile", "boolean"));
    found
}

/// What svc.startd wants of its services.
pub(super) fn startd() -> Vec<GroupPattern<'static>> {
    let method = |name: &'static str, must: bool, missing: &'static Rule, rule: &'static Rule| {
        let mut properties = vec![
            required(one(rule, "exec", "astring")),
            required(among(one(rule, "type", "astring"), &["method"])),
            required(one(rule, "timeout_seconds", "count")),
        ];
        properties.extend(context(rule));
        properties.push(any_number(one(rule, "environment", "astring")));
        GroupPattern { name, kind: "method", required: must, properties, rule: missing }
    };
    vec![
        GroupPattern {
            name: "startd",
            kind: "framework",
            required: false,
            properties: vec![
                among(one(&R58, "duration", "astring"), &["contract", "transient", "child"]),
                one(&R59, "ignore_error", "astring"),
                one(&R60, "need_session", "boolean"),
                one(&R60, "utmpx_prefix", "astring"),
            ],
            rule: &R58,
        },
        method("start", true, &R55, &R56),
        method("stop", true, &R55, &R56),
        method("refresh", false, &R57, &R57),
    ]
}

/// What the framework wants of all services.
pub(super) fn global() -> Vec<GroupPattern<'static>> {
    let grouping = ["require_all", "require_any", "optional_all", "exclude_all"];
    let firewall = |name| any_number(one(&R63, name, "astring"));
    vec![
        GroupPattern {
            name: "general",
            kind: "framework",
            required: true,
            properties: vec![
                required(one(&R54, "enabled", "boolean")),
                one(&R54, "restarter", "fmri"),
                one(&R54, "single_instance", "boolean"),
            ],
            rule: &R54,
        },
        GroupPattern {
            name: "",
            kind: "dependency",
            required: false,
            properties: vec![
                PropertyPattern { max: u64::MAX, ..required(one(&R61, "entities", "fmri")) },
                one(&R61, "external", "boolean"),
                required(among(one(&R61, "grouping", "astring"), &grouping)),
                required(among(one(&R61, "restart_on", "astring"), &["none", "error", "restart", "refresh"])),
                required(among(one(&R51, "type", "astring"), &["service", "path"])),
            ],
            rule: &R61,
        },
        GroupPattern {
            name: "method_context",
            kind: "framework",
            required: false,
            properties: context(&R62),
            rule: &R62,
        },
        GroupPattern {
            name: "firewall_context",
            kind: "com.sun,fw_definition",
            required: false,
            properties: vec![firewall("name"), any_number(one(&R63, "isrpc", "boolean")), firewall("ipf_method")],
            rule: &R63,
        },
        GroupPattern {
            name: "firewall_config",
            kind: "com.sun,fw_configuration",
            required: false,
            properties: ["apply_to", "apply_to_6", "exceptions", "exceptions_6", "target", "target6"]
                .into_iter()
                .map(firewall)
                .chain([required(one(&R63, "policy", "astring")), one(&R63, "block_policy", "astring")])
                .collect(),
            rule: &R63,
        },
    ]
}
