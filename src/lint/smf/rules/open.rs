//! What cannot be decided from the file alone.
use crate::finding::{Example, Rule, Severity};

/// Delegated to a restarter whose rules are not known here.
pub(crate) static OTHER_RESTARTER: Rule = Rule {
    code: "PW1130",
    title: "delegated to a restarter whose rules are not known here",
    severity: Severity::Unknown,
    what: "The restarter is not svc.startd. What it wants of methods and properties stands in its own template.",
    effect: "",
    mend: "`svccfg validate` on a machine that has that restarter says more.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_tmpl.c (load_instance_restarter)",
    examples: &[Example {
        bad: "<restarter><service_fmri value=\"svc:/network/inetd:default\"/></restarter>",
        good: "<restarter><service_fmri value=\"svc:/system/svc/restarter:default\"/></restarter>",
    }],
};

/// What the build puts in decides.
pub(crate) static OPEN: Rule = Rule {
    code: "PW1131",
    title: "what the build puts in decides",
    severity: Severity::Unknown,
    what: "A name, value or FMRI has a placeholder (`@X@`, `$(X)`), and whether the whole is right depends on what \
           comes in its place.",
    effect: "",
    mend: "Judge the installed file, too: `portwright lint /opt/local/lib/svc/manifest`.",
    source: "pkgsrc mk/smf.mk; omnios-extra lib/functions.sh (xform)",
    examples: &[Example {
        bad: "<service_fmri value=\"file://localhost@CONFIG@\"/>",
        good: "<service_fmri value=\"file://localhost@PREFIX@/etc/acme.toml\"/>",
    }],
};

/// What is included is not read.
pub(crate) static INCLUDED: Rule = Rule {
    code: "PW1132",
    title: "what is included is not read",
    severity: Severity::Unknown,
    what: "`xi:include` takes in another file, which is not read here.",
    effect: "",
    mend: "Judge that file by itself.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_bundle_file: xmlXIncludeProcessFlags)",
    examples: &[Example {
        bad: "<service_bundle type=\"manifest\" name=\"all\">\n  <xi:include href=\"inner.xml\"><xi:fallback/></xi:include>",
        good: "<service_bundle type=\"manifest\" name=\"all\">\n  <service_bundle type=\"manifest\" name=\"inner\">\n  </service_bundle>",
    }],
};
