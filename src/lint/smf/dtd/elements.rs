//! The elements of service bundles, in the order of the DTD's own chapters.
use super::grammar::Content::{Any, Empty, OneKind, Sequence, Text};
use super::grammar::Presence::{Default, Fixed, Implied, Required, RequiredInManifests};
use super::{Attribute, Content, Element, Occurs, Part, Presence};

const BOOLEAN: &[&str] = &["true", "false"];
const GROUPING: &[&str] = &["require_all", "require_any", "exclude_all", "optional_all"];
const RESTART_ON: &[&str] = &["error", "restart", "refresh", "none"];
const XINCLUDE: &str = "http://www.w3.org/2001/XInclude";
const TYPES: &[&str] = &[
    "count",
    "integer",
    "opaque",
    "host",
    "hostname",
    "net_address",
    "net_address_v4",
    "net_address_v6",
    "time",
    "astring",
    "ustring",
    "boolean",
    "fmri",
    "uri",
];
const LISTS: &[&str] = &[
    "count_list",
    "integer_list",
    "opaque_list",
    "host_list",
    "hostname_list",
    "net_address_list",
    "net_address_v4_list",
    "net_address_v6_list",
    "time_list",
    "astring_list",
    "ustring_list",
    "boolean_list",
    "fmri_list",
    "uri_list",
];

/// The element of that name.
pub(crate) fn element(name: &str) -> Option<&'static Element> {
    ELEMENTS.iter().chain(VALUE_LISTS).find(|element| element.name == name)
}

const fn one(names: &'static [&'static str]) -> Part {
    Part { names, occurs: Occurs::Once }
}

const fn optional(names: &'static [&'static str]) -> Part {
    Part { names, occurs: Occurs::Optional }
}

const fn any(names: &'static [&'static str]) -> Part {
    Part { names, occurs: Occurs::Any }
}

const fn some(names: &'static [&'static str]) -> Part {
    Part { names, occurs: Occurs::Some }
}

const fn element_of(name: &'static str, content: Content, attributes: &'static [Attribute]) -> Element {
    Element { name, content, attributes }
}

const fn attribute(name: &'static str, presence: Presence) -> Attribute {
    Attribute { name, values: &[], presence }
}

const fn among(name: &'static str, values: &'static [&'static str], presence: Presence) -> Attribute {
    Attribute { name, values, presence }
}

const VALUES: &[Part] = &[some(&["value_node"])];

/// A list of values of one type.
const fn list(name: &'static str) -> Element {
    element_of(name, Sequence(VALUES), &[])
}

const VALUE_LISTS: &[Element] = &[
    list("count_list"),
    list("integer_list"),
    list("opaque_list"),
    list("host_list"),
    list("hostname_list"),
    list("net_address_list"),
    list("net_address_v4_list"),
    list("net_address_v6_list"),
    list("time_list"),
    list("astring_list"),
    list("ustring_list"),
    list("boolean_list"),
    list("fmri_list"),
    list("uri_list"),
];

const ELEMENTS: &[Element] = &[
    element_of(
        "service_bundle",
        OneKind(&["service_bundle", "service", "xi:include"]),
        &[attribute("type", Required), attribute("name", Required)],
    ),
    element_of(
        "service",
        Sequence(&[
            optional(&["create_default_instance"]),
            optional(&["single_instance"]),
            optional(&["restarter"]),
            any(&["dependency"]),
            any(&["dependent"]),
            optional(&["method_context"]),
            any(&["exec_method"]),
            any(&["notification_parameters"]),
            any(&["property_group"]),
            any(&["instance"]),
            optional(&["stability"]),
            optional(&["template"]),
        ]),
        &[
            attribute("name", Required),
            attribute("version", Required),
            among("type", &["service", "restarter", "milestone"], Required),
        ],
    ),
    element_of(
        "instance",
        Sequence(&[
            optional(&["restarter"]),
            any(&["dependency"]),
            any(&["dependent"]),
            optional(&["method_context"]),
            any(&["exec_method"]),
            any(&["notification_parameters"]),
            any(&["property_group"]),
            optional(&["template"]),
        ]),
        &[attribute("name", Required), among("enabled", BOOLEAN, Required)],
    ),
    element_of("create_default_instance", Empty, &[among("enabled", BOOLEAN, Required)]),
    element_of("single_instance", Empty, &[]),
    element_of("restarter", Sequence(&[one(&["service_fmri"])]), &[]),
    element_of("service_fmri", Empty, &[attribute("value", Required)]),
    element_of(
        "dependency",
        Sequence(&[any(&["service_fmri"]), optional(&["stability"]), any(&["propval", "property"])]),
        &[
            attribute("name", Required),
            among("grouping", GROUPING, Required),
            among("restart_on", RESTART_ON, Required),
            attribute("type", Required),
            among("delete", BOOLEAN, Default("false")),
        ],
    ),
    element_of(
        "dependent",
        Sequence(&[one(&["service_fmri"]), optional(&["stability"]), any(&["propval", "property"])]),
        &[
            attribute("name", Required),
            among("grouping", GROUPING, Required),
            among("restart_on", RESTART_ON, Required),
            among("delete", BOOLEAN, Default("false")),
            among("override", BOOLEAN, Default("false")),
        ],
    ),
    element_of(
        "method_context",
        Sequence(&[optional(&["method_profile", "method_credential"]), optional(&["method_environment"])]),
        &[
            attribute("security_flags", Implied),
            attribute("working_directory", Implied),
            attribute("project", Implied),
            attribute("resource_pool", Implied),
        ],
    ),
    element_of(
        "method_credential",
        Empty,
        &[
            attribute("user", Required),
            attribute("group", Implied),
            attribute("supp_groups", Implied),
            attribute("privileges", Implied),
            attribute("limit_privileges", Implied),
        ],
    ),
    element_of("method_profile", Empty, &[attribute("name", Required)]),
    element_of("method_environment", Sequence(&[some(&["envvar"])]), &[]),
    element_of("envvar", Empty, &[attribute("name", Required), attribute("value", Required)]),
    element_of(
        "exec_method",
        Sequence(&[optional(&["method_context"]), optional(&["stability"]), any(&["propval", "property"])]),
        &[
            among("type", &["method", "monitor"], Required),
            attribute("name", Required),
            attribute("exec", Required),
            attribute("timeout_seconds", Required),
            among("delete", BOOLEAN, Default("false")),
        ],
    ),
    element_of(
        "property_group",
        Sequence(&[optional(&["stability"]), any(&["propval", "property"])]),
        &[
            attribute("name", Required),
            attribute("type", RequiredInManifests),
            among("delete", BOOLEAN, Default("false")),
        ],
    ),
    element_of(
        "propval",
        Empty,
        &[
            attribute("name", Required),
            among("type", TYPES, RequiredInManifests),
            attribute("value", Required),
            among("override", BOOLEAN, Default("false")),
        ],
    ),
    element_of(
        "property",
        Sequence(&[Part { names: LISTS, occurs: Occurs::Optional }]),
        &[
            attribute("name", Required),
            among("type", TYPES, RequiredInManifests),
            among("override", BOOLEAN, Default("false")),
        ],
    ),
    element_of("value_node", Empty, &[attribute("value", Required)]),
    element_of(
        "stability",
        Empty,
        &[among("value", &["Standard", "Stable", "Evolving", "Unstable", "External", "Obsolete"], Required)],
    ),
    element_of("notification_parameters", Sequence(&[one(&["event"]), some(&["type"])]), &[]),
    element_of("event", Empty, &[attribute("value", Required)]),
    element_of(
        "type",
        Sequence(&[any(&["parameter", "paramval"])]),
        &[attribute("name", Required), among("active", BOOLEAN, Default("true"))],
    ),
    element_of("parameter", Sequence(&[any(&["value_node"])]), &[attribute("name", Required)]),
    element_of("paramval", Empty, &[attribute("name", Required), attribute("value", Required)]),
    element_of(
        "template",
        Sequence(&[
            one(&["common_name"]),
            optional(&["description"]),
            optional(&["documentation"]),
            any(&["pg_pattern"]),
        ]),
        &[],
    ),
    element_of("common_name", Sequence(&[some(&["loctext"])]), &[]),
    element_of("description", Sequence(&[some(&["loctext"])]), &[]),
    element_of("units", Sequence(&[some(&["loctext"])]), &[]),
    element_of("loctext", Text, &[attribute("xml:lang", Required)]),
    element_of("documentation", Sequence(&[any(&["doc_link", "manpage"])]), &[]),
    element_of("doc_link", Empty, &[attribute("name", Required), attribute("uri", Required)]),
    element_of(
        "manpage",
        Empty,
        &[attribute("title", Required), attribute("section", Required), attribute("manpath", Default(":default"))],
    ),
    element_of(
        "pg_pattern",
        Sequence(&[optional(&["common_name"]), optional(&["description"]), any(&["prop_pattern"])]),
        &[
            attribute("name", Default("")),
            attribute("type", Default("")),
            among("required", BOOLEAN, Default("false")),
            among("target", &["this", "instance", "delegate", "all"], Default("this")),
        ],
    ),
    element_of(
        "prop_pattern",
        Sequence(&[
            optional(&["common_name"]),
            optional(&["description"]),
            optional(&["units"]),
            optional(&["visibility"]),
            optional(&["cardinality"]),
            optional(&["internal_separators"]),
            optional(&["values"]),
            optional(&["constraints"]),
            optional(&["choices"]),
        ]),
        &[attribute("name", Required), among("type", TYPES, Implied), among("required", BOOLEAN, Default("false"))],
    ),
    element_of("visibility", Empty, &[among("value", &["hidden", "readonly", "readwrite"], Required)]),
    element_of(
        "cardinality",
        Empty,
        &[attribute("min", Default("0")), attribute("max", Default("18446744073709551615"))],
    ),
    element_of("internal_separators", Text, &[]),
    element_of("values", Sequence(&[some(&["value"])]), &[]),
    element_of(
        "value",
        Sequence(&[optional(&["common_name"]), optional(&["description"])]),
        &[attribute("name", Required)],
    ),
    element_of("constraints", Sequence(&[any(&["value"]), any(&["range"])]), &[]),
    element_of("choices", Sequence(&[any(&["value"]), any(&["range"]), any(&["include_values"])]), &[]),
    element_of("range", Empty, &[attribute("min", Required), attribute("max", Required)]),
    element_of("include_values", Empty, &[among("type", &["constraints", "values"], Required)]),
    element_of(
        "xi:include",
        Sequence(&[one(&["xi:fallback"])]),
        &[
            attribute("href", Required),
            among("parse", &["xml", "text"], Default("xml")),
            attribute("encoding", Implied),
            attribute("xmlns:xi", Fixed(XINCLUDE)),
        ],
    ),
    element_of("xi:fallback", Any, &[attribute("xmlns:xi", Fixed(XINCLUDE))]),
];
