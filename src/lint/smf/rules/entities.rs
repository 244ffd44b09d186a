//! Services, instances and property groups.
use super::effects::{ALONE_OR_TOGETHER, REFUSED};
use crate::finding::{Example, Rule, Severity};

/// An instance called default beside `create_default_instance`.
pub(crate) static R22: Rule = Rule {
    code: "PW1022",
    title: "an instance called default beside create_default_instance",
    severity: Severity::Error,
    what: "`create_default_instance` makes an instance called `default`; another one of that name is a second \
           definition.",
    effect: REFUSED,
    mend: "Keep one of the two.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_default_instance); illumos-gate \
             usr/src/cmd/svc/svccfg/svccfg_internal.c (internal_attach_entity)",
    examples: &[Example {
        bad: "<create_default_instance enabled=\"false\"/>\n    <instance name=\"default\" enabled=\"false\"/>",
        good: "<create_default_instance enabled=\"false\"/>",
    }],
};

/// An instance twice.
pub(crate) static R23: Rule = Rule {
    code: "PW1023",
    title: "an instance twice",
    severity: Severity::Error,
    what: "The instances of a service have different names.",
    effect: REFUSED,
    mend: "Rename or remove one.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_internal.c (internal_attach_entity)",
    examples: &[Example {
        bad: "<instance name=\"blue\" enabled=\"false\"/>\n    <instance name=\"blue\" enabled=\"false\"/>",
        good: "<instance name=\"blue\" enabled=\"false\"/>\n    <instance name=\"green\" enabled=\"false\"/>",
    }],
};

/// An instance that does not say whether it is enabled.
pub(crate) static R24: Rule = Rule {
    code: "PW1024",
    title: "an instance that does not say whether it is enabled",
    severity: Severity::Error,
    what: "An instance of a manifest has `enabled=\"true\"` or `enabled=\"false\"`; a profile may leave it out. No \
           other word is taken.",
    effect: REFUSED,
    mend: "Write `enabled=\"false\"`: the admin decides when the service starts.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_instance); illumos-gate \
             usr/src/cmd/svc/dtd/service_bundle.dtd.1",
    examples: &[
        Example {
            bad: "<create_default_instance enabled=\"no\"/>",
            good: "<create_default_instance enabled=\"false\"/>",
        },
        Example { bad: "<instance name=\"blue\"/>", good: "<instance name=\"blue\" enabled=\"false\"/>" },
    ],
};

/// A service without an instance.
pub(crate) static R25: Rule = Rule {
    code: "PW1025",
    title: "a service without an instance",
    severity: Severity::Note,
    what: "Services are imported without instances, too, and some are on purpose: the admin makes an instance per \
           configuration. But only instances run.",
    effect: "`svcadm enable` finds nothing to enable until somebody adds an instance.",
    mend: "Add `<create_default_instance enabled=\"false\"/>`, unless the admin is to make the instances.",
    source: "illumos-gate usr/src/man/man7/smf.7; seen on purpose in omnios-extra build/anubis",
    examples: &[Example {
        bad: "<service name=\"site/acme\" type=\"service\" version=\"1\">\n    <dependency",
        good: "<service name=\"site/acme\" type=\"service\" version=\"1\">\n    <create_default_instance enabled=\"false\"/>\n    <dependency",
    }],
};

/// One name for two property groups of different types.
pub(crate) static R26: Rule = Rule {
    code: "PW1026",
    title: "one name for two property groups of different types",
    severity: Severity::Error,
    what: "Property groups, methods and dependencies of a service or instance share their names. Those of the same \
           name and type become one group; those of different types cannot.",
    effect: REFUSED,
    mend: "Rename one of them.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_libscf.c (entity_pgroup_import)",
    examples: &[Example {
        bad: "<dependency name=\"start\" grouping=\"require_all\" restart_on=\"error\"",
        good: "<dependency name=\"network\" grouping=\"require_all\" restart_on=\"error\"",
    }],
};

/// A dependent with the name of something else.
pub(crate) static R27: Rule = Rule {
    code: "PW1027",
    title: "a dependent with the name of something else",
    severity: Severity::Error,
    what: "A dependent may have neither the name of a property group, method or dependency of the same service or \
           instance, nor that of another dependent.",
    effect: ALONE_OR_TOGETHER,
    mend: "Name it after service and target: `acme_multi-user`.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c (lxml_get_dependent); illumos-gate \
             usr/src/cmd/svc/svccfg/svccfg_internal.c (internal_attach_dependent)",
    examples: &[Example {
        bad: "<dependent name=\"network\" grouping=\"optional_all\"",
        good: "<dependent name=\"acme_multi-user\" grouping=\"optional_all\"",
    }],
};

/// A property twice.
pub(crate) static R28: Rule = Rule {
    code: "PW1028",
    title: "a property twice",
    severity: Severity::Error,
    what: "A property may be in its group once, also when the group is written in several pieces, and beside what \
           attributes make: exec, type and timeout_seconds in a method, entities, type, grouping and restart_on in a \
           dependency, enabled in the group general of an instance.",
    effect: ALONE_OR_TOGETHER,
    mend: "Remove one; several values go into one `property` with a list.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_internal.c (internal_attach_property)",
    examples: &[Example {
        bad: "<propval name=\"file\" type=\"astring\" value=\"/opt/local/etc/acme.toml\"/>\n      <propval name=\"file\" type=\"astring\" value=\"/etc/acme.toml\"/>",
        good: "<propval name=\"file\" type=\"astring\" value=\"/opt/local/etc/acme.toml\"/>",
    }],
};

/// A property group of the framework with another type.
pub(crate) static R29: Rule = Rule {
    code: "PW1029",
    title: "a property group of the framework with another type",
    severity: Severity::Error,
    what: "svccfg makes the groups general, method_context, dependents and manifestfiles itself, with type framework.",
    effect: REFUSED,
    mend: "Choose another name for a group of your own.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_xml.c",
    examples: &[Example {
        bad: "<property_group name=\"general\" type=\"application\">",
        good: "<property_group name=\"config\" type=\"application\">",
    }],
};

/// `single_instance`.
pub(crate) static R30: Rule = Rule {
    code: "PW1030",
    title: "single_instance",
    severity: Severity::Note,
    what: "`single_instance` was never implemented and is documented as obsolete.",
    effect: "Nothing: several instances run all the same.",
    mend: "Remove the element.",
    source: "illumos-gate usr/src/man/man8/svc.startd.8",
    examples: &[Example {
        bad: "<create_default_instance enabled=\"false\"/>\n    <single_instance/>",
        good: "<create_default_instance enabled=\"false\"/>",
    }],
};

/// A value that only the first import sets.
pub(crate) static R31: Rule = Rule {
    code: "PW1031",
    title: "a value that only the first import sets",
    severity: Severity::Note,
    what: "An import into an existing service changes properties that were not changed since the last import; \
           `general/enabled` and `general/restarter` it never changes.",
    effect: "An update of the package leaves the old value in place on every machine that has the service already.",
    mend: "Set it by `svcadm` or `svccfg` when the package is updated, or leave it to the admin.",
    source: "illumos-gate usr/src/man/man8/svccfg.8",
    examples: &[Example {
        bad: "<property_group name=\"general\" type=\"framework\">\n      <propval name=\"enabled\" type=\"boolean\" value=\"true\"/>\n    </property_group>\n    <property_group name=\"startd\" type=\"framework\">",
        good: "<property_group name=\"startd\" type=\"framework\">",
    }],
};

/// What is imported otherwise than it looks.
pub(crate) static R32: Rule = Rule {
    code: "PW1032",
    title: "what is imported otherwise than it looks",
    severity: Severity::Warning,
    what: "`delete=\"true\"` removes a group at import: what stands in it is not imported. With `override=\"true\"` a \
           value that a later version of the manifest changes replaces the one that is there, also one that the admin \
           has set; that is a note.",
    effect: "With delete, the contents are missing. With override, an update of the package takes back what the admin \
             set with `svccfg setprop`.",
    mend: "Leave the attribute out, or remove what stands in the element.",
    source: "illumos-gate usr/src/cmd/svc/dtd/service_bundle.dtd.1; illumos-gate \
             usr/src/cmd/svc/svccfg/svccfg_libscf.c (upgrade_props, entity_pgroup_import)",
    examples: &[
        Example {
            bad: "<property_group name=\"config\" type=\"application\" delete=\"true\">",
            good: "<property_group name=\"config\" type=\"application\">",
        },
        Example {
            bad: "<propval name=\"file\" type=\"astring\" value=\"/opt/local/etc/acme.toml\" override=\"true\"/>",
            good: "<propval name=\"file\" type=\"astring\" value=\"/opt/local/etc/acme.toml\"/>",
        },
    ],
};

/// A restarter that is no instance.
pub(crate) static R33: Rule = Rule {
    code: "PW1033",
    title: "a restarter that is no instance",
    severity: Severity::Warning,
    what: "The FMRI of a restarter names an instance.",
    effect: "svc.startd does not find the restarter: the instance stays uninitialized.",
    mend: "Write `svc:/network/inetd:default`, with the instance.",
    source: "illumos-gate usr/src/cmd/svc/svccfg/svccfg_tmpl.c",
    examples: &[Example {
        bad: "<restarter><service_fmri value=\"svc:/system/svc/restarter\"/></restarter>",
        good: "<restarter><service_fmri value=\"svc:/system/svc/restarter:default\"/></restarter>",
    }],
};
