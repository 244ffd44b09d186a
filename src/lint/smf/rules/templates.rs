//! Templates and notifications themselves.
use super::effects::{ALONE_OR_TOGETHER, REFUSED};
use crate::finding::{Example, Rule, Severity};

/// A pattern that cannot be one.
pub(crate) static R65: Rule = Rule {
    code: "PW1065",
    title: "a pattern that cannot be one",
    severity: Severity::Error,
    what: "The name of a `pg_pattern` or `prop_pattern` is a name as in PW1011, a pair of name and type occurs once, \
           and `target=\"instance\"` is for templates of services, `delegate` for those of restarters, `all` for \
           svc:/system/svc/global.",
    effect: REFUSED,
    mend: "Correct the name or the target.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_tm_pg_pattern, verify_pg_pattern_attributes)",
    examples: &[
        Example { bad: "<prop_pattern name=\"the colour\"", good: "<prop_pattern name=\"colour\"" },
        Example { bad: "type=\"application\" target=\"delegate\"", good: "type=\"application\" target=\"this\"" },
    ],
};

/// A cardinality or range that is none.
pub(crate) static R66: Rule = Rule {
    code: "PW1066",
    title: "a cardinality or range that is none",
    severity: Severity::Error,
    what: "`min` and `max` are numbers, `max` is not less than `min`; a range has both. `internal_separators` is not \
           empty.",
    effect: REFUSED,
    mend: "Correct the numbers.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_tm_cardinality, verify_range, \
             lxml_get_tm_internal_seps)",
    examples: &[Example { bad: "<cardinality min=\"2\" max=\"1\"/>", good: "<cardinality min=\"1\" max=\"1\"/>" }],
};

/// A text without text, or two in one language.
pub(crate) static R67: Rule = Rule {
    code: "PW1067",
    title: "a text without text, or two in one language",
    severity: Severity::Error,
    what: "`loctext` has a text; blanks around it are dropped. In one element there is one for each language: the \
           language becomes the name of a property, with `_` for everything but letters and digits.",
    effect: REFUSED,
    mend: "Write the text, or remove the element.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_loctext)",
    examples: &[Example {
        bad: "<common_name>\n        <loctext xml:lang=\"C\"></loctext>",
        good: "<common_name>\n        <loctext xml:lang=\"C\">acme server</loctext>",
    }],
};

/// Two references that become one.
pub(crate) static R68: Rule = Rule {
    code: "PW1068",
    title: "two references that become one",
    severity: Severity::Error,
    what: "`manpage` and `doc_link` become property groups named after title and section or after the name, with `_` \
           for everything but letters and digits. Two that come out the same cannot be stored.",
    effect: ALONE_OR_TOGETHER,
    mend: "Rename or remove one.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_tm_manpage, lxml_get_tm_doclink)",
    examples: &[Example {
        bad: "<doc_link name=\"acme\" uri=\"https://acme.example/\"/>\n        <doc_link name=\"acme\" uri=\"https://docs.acme.example/\"/>",
        good: "<doc_link name=\"acme\" uri=\"https://acme.example/\"/>",
    }],
};

/// A common name of 60 characters or more.
pub(crate) static R69: Rule = Rule {
    code: "PW1069",
    title: "a common name of 60 characters or more",
    severity: Severity::Note,
    what: "The DTD advises less than 60 characters: `svcs -x` and others print it in one line.",
    effect: "Long lines in the output of `svcs -x`.",
    mend: "Shorten it; what is more goes into `description`.",
    source: "illumos-gate usr/src/cmd/svc/dtd/service_bundle.dtd.1 (template)",
    examples: &[Example {
        bad: "<loctext xml:lang=\"C\">acme server for everything that a small site of one or two machines \
                  needs</loctext>",
        good: "<loctext xml:lang=\"C\">acme server</loctext>",
    }],
};

/// Notifications that cannot be.
pub(crate) static R70: Rule = Rule {
    code: "PW1070",
    title: "notifications that cannot be",
    severity: Severity::Error,
    what: "Events are transitions of smf (`to-maintenance`, `from-online`, `all` …) or those of fault management \
           (`problem-diagnosed`, `list.…`), not both in one element. Those of fault management belong to \
           svc:/system/fm/notify-params:default, and svc:/system/svc/global has none.",
    effect: REFUSED,
    mend: "Keep to transitions of smf, separated by commas.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_notification_parameters); \
             usr/src/cmd/svc/common/notify_params.c",
    examples: &[
        Example {
            bad: "<event value=\"to-maintenance,problem-diagnosed\"/>",
            good: "<event value=\"to-maintenance,from-online\"/>",
        },
        Example { bad: "<event value=\"to-nowhere\"/>", good: "<event value=\"to-maintenance\"/>" },
    ],
};
