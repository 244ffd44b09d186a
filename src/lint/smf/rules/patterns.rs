//! What templates require: those of the framework, of svc.startd, and of the manifest itself.
use super::effects::TEMPLATES_FAIL;
use crate::finding::{Example, Rule, Severity};

/// A dependency that is on neither a service nor a path.
pub(crate) static R51: Rule = Rule {
    code: "PW1051",
    title: "a dependency that is on neither a service nor a path",
    severity: Severity::Error,
    what: "`type` of a dependency is `service` or `path`; the DTD lets any text through, the template of the \
           framework does not.",
    effect: "`svccfg validate` and `svccfg import -V` fail, and so does a package build that runs them; plain `svccfg \
             import` prints a warning and goes on. svc.startd puts the instance into maintenance.",
    mend: "Write `service` or `path`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/global.xml (pg_pattern of type dependency)",
    examples: &[Example { bad: "restart_on=\"error\" type=\"svc\">", good: "restart_on=\"error\" type=\"service\">" }],
};

/// A group general that is not as the framework wants it.
pub(crate) static R54: Rule = Rule {
    code: "PW1054",
    title: "a group general that is not as the framework wants it",
    severity: Severity::Error,
    what: "`general/enabled` is one boolean, `general/restarter` one fmri, `general/single_instance` one boolean.",
    effect: TEMPLATES_FAIL,
    mend: "Leave the group to svccfg, which makes it of `enabled` and `restarter`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/global.xml",
    examples: &[Example {
        bad: "<property_group name=\"general\" type=\"framework\">\n      <propval name=\"restarter\" type=\"astring\" value=\"svc:/system/svc/restarter:default\"/>\n    </property_group>\n    <property_group name=\"startd\" type=\"framework\">",
        good: "<property_group name=\"startd\" type=\"framework\">",
    }],
};

/// An instance without a start or stop method.
pub(crate) static R55: Rule = Rule {
    code: "PW1055",
    title: "an instance without a start or stop method",
    severity: Severity::Error,
    what: "Every instance whose restarter is svc.startd has the methods start and stop. Where there is nothing to do, \
           `exec=\":true\"` says so.",
    effect: "`svccfg validate` and `svccfg import -V` fail, and so does a package build that runs them; plain `svccfg \
             import` prints a warning and goes on. svc.startd takes a missing method for one that succeeded: nothing \
             is started, or nothing is stopped.",
    mend: "Add the method: `<exec_method type=\"method\" name=\"stop\" exec=\":kill\" timeout_seconds=\"60\"/>`, or \
           `exec=\":true\"`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/restarter.xml",
    examples: &[Example {
        bad: "<exec_method type=\"method\" name=\"halt\" exec=\":kill\" timeout_seconds=\"60\"/>",
        good: "<exec_method type=\"method\" name=\"stop\" exec=\":kill\" timeout_seconds=\"60\"/>",
    }],
};

/// A start or stop method that is not as svc.startd wants it.
pub(crate) static R56: Rule = Rule {
    code: "PW1056",
    title: "a start or stop method that is not as svc.startd wants it",
    severity: Severity::Error,
    what: "A method has one astring `exec`, one astring `type` with the value `method`, and one count \
           `timeout_seconds`. `type=\"monitor\"` passes the DTD and not this.",
    effect: TEMPLATES_FAIL,
    mend: "Write `type=\"method\"`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/restarter.xml",
    examples: &[Example {
        bad: "<exec_method type=\"monitor\" name=\"stop\"",
        good: "<exec_method type=\"method\" name=\"stop\"",
    }],
};

/// A refresh method that is not as svc.startd wants it.
pub(crate) static R57: Rule = Rule {
    code: "PW1057",
    title: "a refresh method that is not as svc.startd wants it",
    severity: Severity::Error,
    what: "A refresh method may be missing; if it is there, it is as PW1056 says.",
    effect: TEMPLATES_FAIL,
    mend: "Write `type=\"method\"`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/restarter.xml",
    examples: &[Example {
        bad: "<exec_method type=\"monitor\" name=\"refresh\"",
        good: "<exec_method type=\"method\" name=\"refresh\"",
    }],
};

/// A duration that svc.startd does not know.
pub(crate) static R58: Rule = Rule {
    code: "PW1058",
    title: "a duration that svc.startd does not know",
    severity: Severity::Error,
    what: "The group `startd` has type framework; its `duration` is one of `contract`, `transient` and `child`.",
    effect: "`svccfg validate` and `svccfg import -V` fail, and so does a package build that runs them; plain `svccfg \
             import` prints a warning and goes on. svc.startd takes any other word for contract: a server in the \
             foreground is then killed when its start method times out.",
    mend: "Write `child` for a server that stays in the foreground, `contract` for one that goes to the background, \
           `transient` for a command that ends.",
    source: "illumos-gate usr/src/cmd/svc/milestone/restarter.xml; illumos-gate usr/src/cmd/svc/startd/libscf.c",
    examples: &[
        Example {
            bad: "name=\"duration\" type=\"astring\" value=\"wait\"",
            good: "name=\"duration\" type=\"astring\" value=\"child\"",
        },
        Example {
            bad: "<property_group name=\"startd\" type=\"application\">",
            good: "<property_group name=\"startd\" type=\"framework\">",
        },
    ],
};

/// Errors to ignore that svc.startd does not know.
pub(crate) static R59: Rule = Rule {
    code: "PW1059",
    title: "errors to ignore that svc.startd does not know",
    severity: Severity::Error,
    what: "`startd/ignore_error` is one astring; svc.startd compares it with `core`, `signal`, `core,signal` and \
           `signal,core`, without blanks.",
    effect: "svc.startd ignores nothing: the service is restarted when one of its processes dumps core or is killed \
             from outside.",
    mend: "Write `core,signal`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/restarter.xml; illumos-gate usr/src/cmd/svc/startd/libscf.c",
    examples: &[Example {
        bad: "<propval name=\"ignore_error\" type=\"astring\" value=\"core, signal\"/>",
        good: "<propval name=\"ignore_error\" type=\"astring\" value=\"core,signal\"/>",
    }],
};

/// `need_session` or `utmpx_prefix` of another type.
pub(crate) static R60: Rule = Rule {
    code: "PW1060",
    title: "need_session or utmpx_prefix of another type",
    severity: Severity::Error,
    what: "`startd/need_session` is one boolean, `startd/utmpx_prefix` one astring.",
    effect: TEMPLATES_FAIL,
    mend: "Correct the type.",
    source: "illumos-gate usr/src/cmd/svc/milestone/restarter.xml",
    examples: &[Example {
        bad: "<propval name=\"need_session\" type=\"astring\" value=\"true\"/>",
        good: "<propval name=\"need_session\" type=\"boolean\" value=\"true\"/>",
    }],
};

/// A dependency that is not as the framework wants it.
pub(crate) static R61: Rule = Rule {
    code: "PW1061",
    title: "a dependency that is not as the framework wants it",
    severity: Severity::Error,
    what: "A dependency has one FMRI or more, and one each of grouping, restart_on and type, with values that the \
           framework knows. Without any `service_fmri` the DTD is content.",
    effect: TEMPLATES_FAIL,
    mend: "Name what it depends on, or remove it.",
    source: "illumos-gate usr/src/cmd/svc/milestone/global.xml (pg_pattern of type dependency)",
    examples: &[Example {
        bad: "<dependency name=\"network\" grouping=\"require_all\" restart_on=\"error\" type=\"service\">\n    </dependency>",
        good: "<dependency name=\"network\" grouping=\"require_all\" restart_on=\"error\" type=\"service\">\n      <service_fmri value=\"svc:/milestone/network:default\"/>\n    </dependency>",
    }],
};

/// A method context that is not as the framework wants it.
pub(crate) static R62: Rule = Rule {
    code: "PW1062",
    title: "a method context that is not as the framework wants it",
    severity: Severity::Error,
    what: "Each property of the group `method_context` is one astring, `use_profile` one boolean. `method_context` \
           elements always make them so; a property group of that name may not.",
    effect: TEMPLATES_FAIL,
    mend: "Write a `method_context` element.",
    source: "illumos-gate usr/src/cmd/svc/milestone/global.xml",
    examples: &[Example {
        bad: "<property_group name=\"method_context\" type=\"framework\">\n      <propval name=\"project\" type=\"count\" value=\"100\"/>\n    </property_group>\n    <property_group name=\"startd\" type=\"framework\">",
        good: "<property_group name=\"startd\" type=\"framework\">",
    }],
};

/// A firewall group of another type, or without a policy.
pub(crate) static R63: Rule = Rule {
    code: "PW1063",
    title: "a firewall group of another type, or without a policy",
    severity: Severity::Error,
    what: "`firewall_context` has type `com.sun,fw_definition`, `firewall_config` has type `com.sun,fw_configuration` \
           and one astring `policy`.",
    effect: TEMPLATES_FAIL,
    mend: "Correct the type; say `<propval name=\"policy\" type=\"astring\" value=\"use_global\"/>`.",
    source: "illumos-gate usr/src/cmd/svc/milestone/global.xml",
    examples: &[Example {
        bad: "<property_group name=\"firewall_config\" type=\"com.sun,fw_configuration\">\n      <propval name=\"apply_to\" type=\"astring\" value=\"\"/>",
        good: "<property_group name=\"firewall_config\" type=\"com.sun,fw_configuration\">\n      <propval name=\"policy\" type=\"astring\" value=\"use_global\"/>",
    }],
};

/// A property group that its own template does not allow.
pub(crate) static R64: Rule = Rule {
    code: "PW1064",
    title: "a property group that its own template does not allow",
    severity: Severity::Error,
    what: "A manifest may have patterns of its own (`pg_pattern`). What they require must be there, and what they \
           describe must have their types, numbers of values, and values.",
    effect: TEMPLATES_FAIL,
    mend: "Make the group and its pattern agree.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_tmpl.c; illumos-gate usr/src/man/man7/smf_template.7",
    examples: &[Example {
        bad: "<propval name=\"colour\" type=\"astring\" value=\"pink\"/>",
        good: "<propval name=\"colour\" type=\"astring\" value=\"blue\"/>",
    }],
};
