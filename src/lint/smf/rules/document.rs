//! The document as a whole.
use super::effects::REFUSED;
use crate::finding::{Example, Rule, Severity};

/// Not a well-formed document of the `service_bundle` type.
pub(crate) static R01: Rule = Rule {
    code: "PW1001",
    title: "not a well-formed document of the service_bundle type",
    severity: Severity::Error,
    what: "The file must be well-formed XML with `<!DOCTYPE service_bundle SYSTEM \
           \"/usr/share/lib/xml/dtd/service_bundle.dtd.1\">`: svccfg compares the system identifier letter by letter \
           and takes no other. It has limits, and so has lint: 256 levels of elements, 64 attributes, 2 MiB.",
    effect: REFUSED,
    mend: "Correct the place, or write the document type exactly so.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_bundle_file)",
    examples: &[
        Example {
            bad: "SYSTEM \"service_bundle.dtd.1\"",
            good: "SYSTEM \"/usr/share/lib/xml/dtd/service_bundle.dtd.1\"",
        },
        Example { bad: "</service_bundel>", good: "</service_bundle>" },
    ],
};

/// Not a bundle, or a bundle in one of another type.
pub(crate) static R02: Rule = Rule {
    code: "PW1002",
    title: "not a bundle, or a bundle in one of another type",
    severity: Severity::Error,
    what: "The root element is `service_bundle`, and a bundle in it has the same `type`.",
    effect: REFUSED,
    mend: "Name the root element `service_bundle`; give every bundle in it the type of the outer one, or a file of \
           its own.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_bundle)",
    examples: &[Example {
        bad: "<service_bundle type=\"profile\" name=\"inner\">",
        good: "<service_bundle type=\"manifest\" name=\"inner\">",
    }],
};

/// A type of bundle that no command takes.
pub(crate) static R03: Rule = Rule {
    code: "PW1003",
    title: "a type of bundle that no command takes",
    severity: Severity::Error,
    what: "`svccfg import` takes bundles of type `manifest`, `svccfg apply` those of type `profile`, `svccfg restore` \
           those of type `archive`.",
    effect: "Every command of svccfg refuses the file.",
    mend: "Write `manifest` for a file that defines services, `profile` for one that adjusts them.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_bundle)",
    examples: &[Example { bad: "type=\"manifests\" name=\"acme\"", good: "type=\"manifest\" name=\"acme\"" }],
};

/// A bundle without a name.
pub(crate) static R04: Rule = Rule {
    code: "PW1004",
    title: "a bundle without a name",
    severity: Severity::Error,
    what: "`name` of a `service_bundle` must not be empty.",
    effect: REFUSED,
    mend: "Name the bundle after the package that delivers it.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_bundle)",
    examples: &[Example {
        bad: "<service_bundle type=\"manifest\" name=\"\">",
        good: "<service_bundle type=\"manifest\" name=\"acme\">",
    }],
};

/// Does not follow the DTD.
pub(crate) static R05: Rule = Rule {
    code: "PW1005",
    title: "does not follow the DTD",
    severity: Severity::Error,
    what: "Manifests and archives are validated against the DTD before anything else. The order of elements is fixed in it: in a service create_default_instance, single_instance, restarter, dependency, dependent, method_context, exec_method, notification_parameters, property_group, instance, stability, template; in a method_context the credential before the environment. Profiles are not validated (see PW1006).",
    effect: REFUSED,
    mend: "Put the elements into the order of the DTD, add what is missing, remove what it does not know.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_bundle_file); illumos-gate \
             usr/src/cmd/svc/dtd/service_bundle.dtd.1",
    examples: &[
        Example {
            bad: "<method_environment>\n        <envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/>\n      </method_environment>\n      <method_credential user=\"acme\" group=\"acme\" privileges=\"basic\"/>",
            good: "<method_credential user=\"acme\" group=\"acme\" privileges=\"basic\"/>\n      <method_environment>\n        <envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/>\n      </method_environment>",
        },
        Example { bad: "<stability value=\"Committed\"/>", good: "<stability value=\"Unstable\"/>" },
    ],
};

/// An element of a profile that svccfg apply refuses.
pub(crate) static R06: Rule = Rule {
    code: "PW1006",
    title: "an element of a profile that svccfg apply refuses",
    severity: Severity::Error,
    what: "A profile is not validated as a whole. But `exec_method`, `dependency`, `dependent`, `stability` and the \
           `type` of notifications are, one by one, and with all types that a manifest needs; and an element in a \
           place where svccfg expects none, or one without the attribute that it reads, ends the command.",
    effect: "`svccfg apply` ends with an error at this place; what comes after it is not applied.",
    mend: "Write the element as in a manifest.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_validate_element)",
    examples: &[Example {
        bad: "<exec_method type=\"method\" name=\"stop\" exec=\"/opt/local/bin/acme stop\"/>",
        good: "<exec_method type=\"method\" name=\"stop\" exec=\"/opt/local/bin/acme stop\" \
                   timeout_seconds=\"60\"/>",
    }],
};

/// A template in a profile.
pub(crate) static R07: Rule = Rule {
    code: "PW1007",
    title: "a template in a profile",
    severity: Severity::Error,
    what: "Template data may not be modified by a profile.",
    effect: "`svccfg apply` ends with an error: the profile is not applied to this service.",
    mend: "Keep the template in the manifest.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_instance)",
    examples: &[Example {
        bad: "<instance name=\"default\" enabled=\"true\">\n      <template><common_name><loctext xml:lang=\"C\">Acme</loctext></common_name></template>",
        good: "<instance name=\"default\" enabled=\"true\">",
    }],
};

/// A processing instruction, CDATA section or entity between elements.
pub(crate) static R08: Rule = Rule {
    code: "PW1008",
    title: "a processing instruction, CDATA section or entity between elements",
    severity: Severity::Error,
    what: "Between elements svccfg skips text and comments only. Anything else is an element that it does not know.",
    effect: "svccfg ends with \"illegal element\", or crashes.",
    mend: "Remove it; in a text write `&lt;` and `&amp;` instead of a CDATA section.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_ignorable_block)",
    examples: &[
        Example {
            bad: "<?editor fold?>\n    <stability value=\"Unstable\"/>",
            good: "<stability value=\"Unstable\"/>",
        },
        Example {
            bad: "<loctext xml:lang=\"C\"><![CDATA[acme]]></loctext>",
            good: "<loctext xml:lang=\"C\">acme</loctext>",
        },
    ],
};

/// A service twice in a bundle.
pub(crate) static R09: Rule = Rule {
    code: "PW1009",
    title: "a service twice in a bundle",
    severity: Severity::Error,
    what: "A service may be in a bundle once.",
    effect: REFUSED,
    mend: "Put instances of the same service into one `service` element.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_internal.c (internal_attach_service)",
    examples: &[Example {
        bad: "<service name=\"site/acme\" type=\"service\" version=\"1\">\n    <create_default_instance enabled=\"false\"/>\n    <exec_method type=\"method\" name=\"start\" exec=\":true\" timeout_seconds=\"0\"/>",
        good: "<service name=\"site/acme-setup\" type=\"service\" version=\"1\">\n    <create_default_instance enabled=\"false\"/>\n    <exec_method type=\"method\" name=\"start\" exec=\":true\" timeout_seconds=\"0\"/>",
    }],
};

/// A version that is no number.
pub(crate) static R10: Rule = Rule {
    code: "PW1010",
    title: "a version that is no number",
    severity: Severity::Note,
    what: "`version` is read with atol(3C); what is no number becomes 0 without a word.",
    effect: "The service has version 0.",
    mend: "Write a whole number, usually 1.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_service)",
    examples: &[Example {
        bad: "name=\"site/acme\" type=\"service\" version=\"one\"",
        good: "name=\"site/acme\" type=\"service\" version=\"1\"",
    }],
};
