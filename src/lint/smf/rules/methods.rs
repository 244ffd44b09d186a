//! Methods, dependencies and dependents.
use super::effects::REFUSED;
use crate::finding::{Example, Rule, Severity};

/// A timeout that is no count, or one without end that does not look so.
pub(crate) static R46: Rule = Rule {
    code: "PW1046",
    title: "a timeout that is no count, or one without end that does not look so",
    severity: Severity::Error,
    what: "`timeout_seconds` is a count (PW1035). 0 and -1 both mean no end; 0 is the preferred spelling, -1 is \
           deprecated. A number that no machine lives to see means the same.",
    effect: REFUSED,
    mend: "Write the seconds, or 0 for no end.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_exec_method); illumos-gate \
             usr/src/man/man7/smf_method.7",
    examples: &[
        Example { bad: "exec=\":kill\" timeout_seconds=\"60s\"", good: "exec=\":kill\" timeout_seconds=\"60\"" },
        Example {
            bad: "name=\"refresh\" exec=\"/opt/local/bin/acme reload\" timeout_seconds=\"-1\"",
            good: "name=\"refresh\" exec=\"/opt/local/bin/acme reload\" timeout_seconds=\"0\"",
        },
    ],
};

/// An environment variable that svccfg refuses.
pub(crate) static R47: Rule = Rule {
    code: "PW1047",
    title: "an environment variable that svccfg refuses",
    severity: Severity::Error,
    what: "The name of a variable is not empty, has no `=` and does not begin with `SMF_`, which svc.startd keeps for \
           itself.",
    effect: REFUSED,
    mend: "Choose another name.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_envvar)",
    examples: &[Example { bad: "<envvar name=\"SMF_PATH\"", good: "<envvar name=\"PATH\"" }],
};

/// A credential without a user.
pub(crate) static R48: Rule = Rule {
    code: "PW1048",
    title: "a credential without a user",
    severity: Severity::Error,
    what: "`method_credential` names a user.",
    effect: REFUSED,
    mend: "Name the user that the package makes.",
    source: "illumos-gate usr/src/cmd/svc/dtd/service_bundle.dtd.1; illumos-gate \
             usr/src/lib/librestart/common/librestart.c (get_ids)",
    examples: &[Example {
        bad: "<method_credential group=\"acme\" privileges=\"basic\"/>",
        good: "<method_credential user=\"acme\" group=\"acme\" privileges=\"basic\"/>",
    }],
};

/// A method that nobody runs.
pub(crate) static R49: Rule = Rule {
    code: "PW1049",
    title: "a method that nobody runs",
    severity: Severity::Warning,
    what: "svc.startd runs the methods start, stop and refresh. Others are stored.",
    effect: "The command is never run: `svcadm restart` runs stop and start, `svcadm refresh` runs refresh.",
    mend: "Remove it, or call it refresh if it makes the server read its configuration again.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c; illumos-gate usr/src/man/man8/svc.startd.8",
    examples: &[Example {
        bad: "name=\"reload\" exec=\"/opt/local/bin/acme reload\"",
        good: "name=\"refresh\" exec=\"/opt/local/bin/acme reload\"",
    }],
};

/// A dependency whose FMRI is not of its type.
pub(crate) static R50: Rule = Rule {
    code: "PW1050",
    title: "a dependency whose FMRI is not of its type",
    severity: Severity::Error,
    what: "A dependency of type `path` names files, one of type `service` services. svccfg checks the FMRI by itself \
           and looks neither at the type nor for the target.",
    effect: "svc.startd cannot make sense of the dependency: the instance goes into maintenance, or waits for ever.",
    mend: "Make type and FMRI agree.",
    source: "illumos-gate usr/src/cmd/svc/startd/graph.c; illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c \
             (lxml_get_dependency)",
    examples: &[Example {
        bad: "restart_on=\"none\" type=\"service\">\n      <service_fmri value=\"file://localhost/opt/local/etc/acme.toml\"/>",
        good: "restart_on=\"none\" type=\"path\">\n      <service_fmri value=\"file://localhost/opt/local/etc/acme.toml\"/>",
    }],
};

/// A dependent that names neither a service nor an instance.
pub(crate) static R52: Rule = Rule {
    code: "PW1052",
    title: "a dependent that names neither a service nor an instance",
    severity: Severity::Error,
    what: "The target of a dependent is a service or an instance of this machine. One that does not exist is made, \
           empty.",
    effect: REFUSED,
    mend: "Write `svc:/category/service` or `svc:/category/service:instance`.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_libscf.c (lscf_dependent_import)",
    examples: &[Example {
        bad: "<service_fmri value=\"file://localhost/opt/local/etc/acme.toml\"/>\n    </dependent>",
        good: "<service_fmri value=\"svc:/milestone/multi-user\"/>\n    </dependent>",
    }],
};

/// A dependent that meets another group in its target.
pub(crate) static R53: Rule = Rule {
    code: "PW1053",
    title: "a dependent that meets another group in its target",
    severity: Severity::Error,
    what: "A dependent becomes a dependency of its target, under its own name. Where the target has a group of that \
           name already, it cannot. Judged are the services of all files that lint reads together.",
    effect: "`svccfg import` ends with \"already exists\", and the target does not wait for this service.",
    mend: "Name the dependent after service and target: `acme_multi-user`.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_libscf.c (lscf_dependent_import)",
    examples: &[Example {
        bad: "<dependent name=\"setup-done\" grouping=\"require_all\" restart_on=\"none\">\n      <service_fmri value=\"svc:/site/acme-setup\"/>",
        good: "<dependent name=\"acme_setup\" grouping=\"require_all\" restart_on=\"none\">\n      <service_fmri value=\"svc:/site/acme-setup\"/>",
    }],
};
