//! Values of properties.
use super::effects::REFUSED;
use crate::finding::{Example, Rule, Severity};

/// Not a boolean.
pub(crate) static R34: Rule = Rule {
    code: "PW1034",
    title: "not a boolean",
    severity: Severity::Error,
    what: "A boolean is exactly `true` or `false`. `1`, `t` and `TRUE` are for the command line of svccfg only.",
    effect: REFUSED,
    mend: "Write `true` or `false`.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example { bad: "type=\"boolean\" value=\"yes\"", good: "type=\"boolean\" value=\"true\"" }],
};

/// Not a count.
pub(crate) static R35: Rule = Rule {
    code: "PW1035",
    title: "not a count",
    severity: Severity::Error,
    what: "A count is a whole decimal number up to 18446744073709551615. Blanks and a sign may stand in front: `-1` \
           is taken, and stored as 18446744073709551615.",
    effect: REFUSED,
    mend: "Write a decimal number.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[
        Example { bad: "type=\"count\" value=\"many\"", good: "type=\"count\" value=\"512\"" },
        Example { bad: "type=\"count\" value=\"-1\"", good: "type=\"count\" value=\"512\"" },
    ],
};

/// Not an integer.
pub(crate) static R36: Rule = Rule {
    code: "PW1036",
    title: "not an integer",
    severity: Severity::Error,
    what: "An integer is a whole decimal number of 64 bits with its sign. An empty value is taken, and stored as 0.",
    effect: REFUSED,
    mend: "Write a decimal number.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[
        Example { bad: "type=\"integer\" value=\"5x\"", good: "type=\"integer\" value=\"-5\"" },
        Example { bad: "type=\"integer\" value=\"\"", good: "type=\"integer\" value=\"-5\"" },
    ],
};

/// A string that is too long.
pub(crate) static R37: Rule = Rule {
    code: "PW1037",
    title: "a string that is too long",
    severity: Severity::Error,
    what: "An astring has fewer than 4096 bytes.",
    effect: REFUSED,
    mend: "Put long texts into a file and its path into the property.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example {
        bad: "type=\"astring\" value=\"/opt/local/etc/acme…\"",
        good: "type=\"astring\" value=\"/opt/local/etc/acme.toml\"",
    }],
};

/// A ustring or host name that is too long.
pub(crate) static R38: Rule = Rule {
    code: "PW1038",
    title: "a ustring or host name that is too long",
    severity: Severity::Error,
    what: "A ustring or hostname is well-formed UTF-8 of fewer than 4096 bytes, one of which is counted for the end. \
           That a host name is one is not checked.",
    effect: REFUSED,
    mend: "Shorten it.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example { bad: "type=\"ustring\" value=\"größe…\"", good: "type=\"ustring\" value=\"größe\"" }],
};

/// A host that is too long.
pub(crate) static R39: Rule = Rule {
    code: "PW1039",
    title: "a host that is too long",
    severity: Severity::Error,
    what: "A host is a host name or an address, which is any UTF-8 text of fewer than 4096 bytes.",
    effect: REFUSED,
    mend: "Shorten it.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example { bad: "type=\"host\" value=\"db…\"", good: "type=\"host\" value=\"db.example.org\"" }],
};

/// Not an address.
pub(crate) static R40: Rule = Rule {
    code: "PW1040",
    title: "not an address",
    severity: Severity::Error,
    what: "A net_address_v4 or net_address_v6 is what inet_pton(3SOCKET) takes, and perhaps `/` and a number of bits \
           up to 32 or 128; a net_address is one of the two. Names of hosts are not.",
    effect: REFUSED,
    mend: "Write the address, or take type host.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[
        Example {
            bad: "type=\"net_address_v4\" value=\"localhost\"",
            good: "type=\"net_address_v4\" value=\"127.0.0.1\"",
        },
        Example {
            bad: "type=\"net_address_v6\" value=\"2001:db8::/129\"",
            good: "type=\"net_address_v6\" value=\"2001:db8::/64\"",
        },
    ],
};

/// Not a time.
pub(crate) static R41: Rule = Rule {
    code: "PW1041",
    title: "not a time",
    severity: Severity::Error,
    what: "A time is a number of seconds and perhaps a point and one to nine digits.",
    effect: REFUSED,
    mend: "Write seconds since 1970.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example { bad: "type=\"time\" value=\"12:00\"", good: "type=\"time\" value=\"1700000000.5\"" }],
};

/// Not an opaque value.
pub(crate) static R42: Rule = Rule {
    code: "PW1042",
    title: "not an opaque value",
    severity: Severity::Error,
    what: "An opaque value is an even number of hexadecimal digits.",
    effect: REFUSED,
    mend: "Write two digits for each byte.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example { bad: "type=\"opaque\" value=\"abc\"", good: "type=\"opaque\" value=\"abcd\"" }],
};

/// Not a URI with a path.
pub(crate) static R43: Rule = Rule {
    code: "PW1043",
    title: "not a URI with a path",
    severity: Severity::Error,
    what: "A URI has a path that is not empty: `http://h` fails, `http://h/` passes.",
    effect: REFUSED,
    mend: "Add the slash.",
    source: "illumos-gate usr/src/lib/libscf/common/scf_type.c (valid_uri); RFC 2396",
    examples: &[Example {
        bad: "type=\"uri\" value=\"http://example.org\"",
        good: "type=\"uri\" value=\"http://example.org/\"",
    }],
};

/// Not an FMRI.
pub(crate) static R44: Rule = Rule {
    code: "PW1044",
    title: "not an FMRI",
    severity: Severity::Error,
    what: "A value of type fmri is an FMRI as in PW1016 to PW1018.",
    effect: REFUSED,
    mend: "Write `svc:/category/service:instance` or `file://localhost/path`.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_store_value); illumos-gate \
             usr/src/lib/libscf/common/scf_type.c",
    examples: &[Example {
        bad: "type=\"fmri\" value=\"http://example.org/\"",
        good: "type=\"fmri\" value=\"svc:/network/http:default\"",
    }],
};

/// A property without a type, or with a list of another type.
pub(crate) static R45: Rule = Rule {
    code: "PW1045",
    title: "a property without a type, or with a list of another type",
    severity: Severity::Error,
    what: "A property has a name and one of the types of smf; the list in it is of the same type (`<count_list>` in a \
           property of type count). A profile may leave the type out.",
    effect: REFUSED,
    mend: "Give property and list the same type.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_property)",
    examples: &[
        Example {
            bad: "<property name=\"listen\" type=\"astring\">",
            good: "<property name=\"listen\" type=\"net_address\">",
        },
        Example {
            bad: "<propval name=\"limit\" value=\"512\"/>",
            good: "<propval name=\"limit\" type=\"count\" value=\"512\"/>",
        },
    ],
};
