//! Names and FMRIs.
use super::effects::REFUSED;
use crate::finding::{Example, Rule, Severity};

/// A name that the repository refuses.
pub(crate) static R11: Rule = Rule {
    code: "PW1011",
    title: "a name that the repository refuses",
    severity: Severity::Error,
    what: "Instances, property groups, properties, methods, dependencies and dependents are named by a letter and \
           then letters, digits, `-` and `_`; in front there may be one provider and a comma (`com.example,web`). \
           Dots, slashes, colons, blanks and a first digit are refused.",
    effect: REFUSED,
    mend: "Use letters, digits, `-` and `_` only, a letter first.",
    source: "illumos-gate usr/src/lib/libuutil/common/uu_ident.c (uu_check_name); usr/src/cmd/svc/configd/rc_node.c",
    examples: &[
        Example { bad: "<dependency name=\"config.file\"", good: "<dependency name=\"config-file\"" },
        Example { bad: "<property_group name=\"9config\"", good: "<property_group name=\"config\"" },
    ],
};

/// A service name that the repository refuses.
pub(crate) static R12: Rule = Rule {
    code: "PW1012",
    title: "a service name that the repository refuses",
    severity: Severity::Error,
    what: "A service is named by components with slashes between, each of them a name as in PW1011; no slash at the \
           ends, no two in a row, no colon.",
    effect: REFUSED,
    mend: "Use letters, digits, `-` and `_` only, a letter first, in each component.",
    source: "illumos-gate usr/src/lib/libuutil/common/uu_ident.c (uu_check_name)",
    examples: &[
        Example { bad: "name=\"site/acme.server\"", good: "name=\"site/acme\"" },
        Example { bad: "name=\"/site/acme\"", good: "name=\"site/acme\"" },
    ],
};

/// A category of one letter.
pub(crate) static R13: Rule = Rule {
    code: "PW1013",
    title: "a category of one letter",
    severity: Severity::Error,
    what: "libuutil checks every component but the last without its last character. A category of one letter is \
           therefore empty to it and refused, although the name looks right. (The other side: the last character of a \
           longer category is not checked at all.)",
    effect: REFUSED,
    mend: "Use a category of two letters or more.",
    source: "illumos-gate usr/src/lib/libuutil/common/uu_ident.c (uu_check_name: is_valid_component(name, p - 1, \
             flags))",
    examples: &[Example { bad: "name=\"s/acme\"", good: "name=\"site/acme\"" }],
};

/// A type of property group that the repository refuses.
pub(crate) static R14: Rule = Rule {
    code: "PW1014",
    title: "a type of property group that the repository refuses",
    severity: Severity::Error,
    what: "The type of a property group is a name as in PW1011: `application`, `framework`, \
           `com.sun,fw_configuration`. It must not be empty.",
    effect: REFUSED,
    mend: "Write `application` for what only the service reads.",
    source: "illumos-gate usr/src/lib/libuutil/common/uu_ident.c; usr/src/cmd/svc/configd/rc_node.c",
    examples: &[Example {
        bad: "<property_group name=\"config\" type=\"\">",
        good: "<property_group name=\"config\" type=\"application\">",
    }],
};

/// A name that is too long.
pub(crate) static R15: Rule = Rule {
    code: "PW1015",
    title: "a name that is too long",
    severity: Severity::Error,
    what: "A name has at most 119 bytes. Import makes `TEMP/NAME` of a service first, in a buffer of the same size, \
           so that a service has at most 113. Patterns of a template and the values that they describe are kept under \
           names that begin with `tm_pgpat`, `tm_proppat_` and `value_`: what is left for their own is less.",
    effect: REFUSED,
    mend: "Shorten the name.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_libscf.c (lscf_service_import), svccfg_xml.c \
             (lxml_get_tm_pg_pattern, lxml_get_tm_prop_pattern, lxml_get_tm_value_element); illumos-gate \
             usr/src/lib/libscf/common (scf_limit)",
    examples: &[Example { bad: "name=\"site/acme…\"", good: "name=\"site/acme\"" }],
};

/// Not an FMRI of a service.
pub(crate) static R16: Rule = Rule {
    code: "PW1016",
    title: "not an FMRI of a service",
    severity: Severity::Error,
    what: "`svc:`, perhaps a scope (`//localhost`), a slash, the service, perhaps `:instance`, perhaps \
           `/:properties/group/property`; names as in PW1011 to PW1013.",
    effect: REFUSED,
    mend: "Write `svc:/category/service:instance`.",
    source: "illumos-gate usr/src/lib/libscf/common/lowlevel.c (scf_parse_svc_fmri)",
    examples: &[Example {
        bad: "value=\"svc:/milestone/net.work:default\"",
        good: "value=\"svc:/milestone/network:default\"",
    }],
};

/// An FMRI without a scheme that is not the name of a service.
pub(crate) static R17: Rule = Rule {
    code: "PW1017",
    title: "an FMRI without a scheme that is not the name of a service",
    severity: Severity::Error,
    what: "What begins with neither `svc:` nor `file:` is read as the name of a service. A web address is refused \
           because of that, and so is a bare path unless it looks like a name: `/etc/acme` is the service \
           svc:/etc/acme, which is a warning.",
    effect: REFUSED,
    mend: "Write `file://localhost/path` for a file, `svc:/category/service` for a service.",
    source: "illumos-gate usr/src/lib/libscf/common/lowlevel.c (scf_parse_fmri)",
    examples: &[Example {
        bad: "value=\"/opt/local/etc/acme.toml\"/>\n    </dependency>",
        good: "value=\"file://localhost/opt/local/etc/acme.toml\"/>\n    </dependency>",
    }],
};

/// Not an FMRI of a file.
pub(crate) static R18: Rule = Rule {
    code: "PW1018",
    title: "not an FMRI of a file",
    severity: Severity::Error,
    what: "Behind `file:` comes an absolute path, or `//`, an empty scope or `localhost`, and an absolute path. The \
           path is longer than `/`.",
    effect: REFUSED,
    mend: "Write `file://localhost/path`.",
    source: "illumos-gate usr/src/lib/libscf/common/lowlevel.c (scf_parse_file_fmri)",
    examples: &[Example {
        bad: "value=\"file://example.org/opt/local/etc/acme.toml\"",
        good: "value=\"file://localhost/opt/local/etc/acme.toml\"",
    }],
};

/// A file FMRI that svc.startd does not understand.
pub(crate) static R19: Rule = Rule {
    code: "PW1019",
    title: "a file FMRI that svc.startd does not understand",
    severity: Severity::Warning,
    what: "libscf takes `file:/path`. svc.startd, which looks for the file, knows only the spellings with `file://`.",
    effect: "svc.startd calls stat(2) with a pointer that it never set: the dependency is satisfied or not by chance, \
             or svc.startd crashes.",
    mend: "Write `file://localhost/path`.",
    source: "illumos-gate usr/src/cmd/svc/startd/file.c (file_ready)",
    examples: &[Example {
        bad: "value=\"file:/opt/local/etc/acme.toml\"",
        good: "value=\"file://localhost/opt/local/etc/acme.toml\"",
    }],
};

/// An FMRI that names nothing.
pub(crate) static R20: Rule = Rule {
    code: "PW1020",
    title: "an FMRI that names nothing",
    severity: Severity::Warning,
    what: "`svc:` and the empty string pass for FMRIs and name no service.",
    effect: "The dependency is on nothing that exists: require_all is never satisfied, and the service stays offline.",
    mend: "Name the service, or remove the element.",
    source: "illumos-gate usr/src/lib/libscf/common/lowlevel.c (scf_parse_svc_fmri)",
    examples: &[Example {
        bad: "<service_fmri value=\"svc:\"/>\n    </dependency>",
        good: "<service_fmri value=\"svc:/milestone/network:default\"/>\n    </dependency>",
    }],
};

/// A service of the site outside of the category site.
pub(crate) static R21: Rule = Rule {
    code: "PW1021",
    title: "a service of the site outside of the category site",
    severity: Severity::Note,
    what: "smf(7) reserves the category `site` for services of the site itself; pkgsrc has `pkgsrc`, packages of \
           other sources the name of who makes them. A service without any category, or one in a directory called \
           `site` and in another category, can meet a name of the OS some day.",
    effect: "Nothing now. When the OS gets a service of that name, the two overwrite each other at import.",
    mend: "Name it `site/NAME`.",
    source: "illumos-gate usr/src/man/man7/smf.7; pkgsrc mk/smf.mk",
    examples: &[Example {
        bad: "<service name=\"acme\" type=\"service\"",
        good: "<service name=\"site/acme\" type=\"service\"",
    }],
};
