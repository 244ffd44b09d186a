//! What goes wrong when the service is installed, or beside others.
use crate::finding::{Example, Rule, Severity};

/// A cycle of dependencies.
pub(crate) static CYCLE: Rule = Rule {
    code: "PW1112",
    title: "a cycle of dependencies",
    severity: Severity::Error,
    what: "Services that lint reads together depend on each other in a circle, by dependencies or dependents. Files \
           and `exclude_all` make none.",
    effect: "svc.startd puts the instance that closes the circle into maintenance (\"completes a dependency cycle\").",
    mend: "Remove one of the dependencies; a dependent and a dependency between the same two services are the usual \
           reason.",
    source: "illumos-gate usr/src/cmd/svc/startd/graph.c (graph_insert_dependency)",
    examples: &[Example {
        bad: "<service_fmri value=\"svc:/site/acme:default\"/>\n    </dependency>",
        good: "<service_fmri value=\"svc:/system/filesystem/local:default\"/>\n    </dependency>",
    }],
};

/// Enabled when it is installed.
pub(crate) static ENABLED: Rule = Rule {
    code: "PW1113",
    title: "enabled when it is installed",
    severity: Severity::Warning,
    what: "The manifest says `enabled=\"true\"`: the service starts when the manifest is imported for the first time.",
    effect: "The server starts while its package is being installed, before anybody has configured it: it listens \
             with its defaults, or fails into maintenance.",
    mend: "Write `enabled=\"false\"`. For the image of a whole system use a profile, or allow it: `<!-- portwright: \
           allow PW1113: part of the image -->`.",
    source: "illumos-gate usr/src/man/man7/smf.7; usr/src/man/man5/service_bundle.5",
    examples: &[Example {
        bad: "<create_default_instance enabled=\"true\"/>",
        good: "<create_default_instance enabled=\"false\"/>",
    }],
};

/// Half a failure rate.
pub(crate) static FAILURE_RATE: Rule = Rule {
    code: "PW1119",
    title: "half a failure rate",
    severity: Severity::Warning,
    what: "`startd/critical_failure_count` and `critical_failure_period` count only together, and only as type \
           integer.",
    effect: "svc.startd goes by its defaults.",
    mend: "Give both, with type integer.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c; illumos-gate usr/src/man/man8/svc.startd.8",
    examples: &[Example {
        bad: "<propval name=\"critical_failure_count\" type=\"integer\" value=\"3\"/>\n      <propval name=\"need_session\"",
        good: "<propval name=\"critical_failure_count\" type=\"integer\" value=\"3\"/>\n      <propval name=\"critical_failure_period\" type=\"integer\" value=\"60\"/>\n      <propval name=\"need_session\"",
    }],
};

/// A manual page in a section that moved.
pub(crate) static OLD_SECTION: Rule = Rule {
    code: "PW1120",
    title: "a manual page in a section that moved",
    severity: Severity::Note,
    what: "illumos renumbered its manual: what was in section 1M is in section 8.",
    effect: "`svcs -xv` refers the admin to a section that is no longer there; man(1) finds the page only because it \
             then looks in section 8, too.",
    mend: "Write section 8.",
    source: "illumos IPD 4 (Manual Page Section Renumbering)",
    examples: &[Example { bad: "section=\"1M\"", good: "section=\"8\"" }],
};
