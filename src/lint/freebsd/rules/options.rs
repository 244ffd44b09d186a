//! Options.
use crate::lint::rule_table::rule_table;

rule_table! {
UNDESCRIBED = "PW5221", Error, "an option without a description" {
    what: "An option is declared that neither the port nor Mk/bsd.options.desc.mk describes (`X_DESC`).",
    effect: "The dialogue shows the bare name.",
    mend: "`X_DESC= What it does`.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.options.desc.mk",
    examples: [("", "LDAPX_DESC=\tDirectory\n")],
}
GROUP_DESC = "PW5222", Warning, "a description of what is neither an option nor a group" {
    what: "`X_DESC` is set, and X is no option and no group (OPTIONS_SINGLE, _RADIO, _MULTI, _GROUP) of the port. The group \
           `BACKENDS` is described by `BACKENDS_DESC`, not by `BACKEND_DESC`.",
    effect: "The text is shown nowhere; the group that it was for has none.",
    mend: "Write the name of the option or group.",
    source: "FreeBSD ports Mk/bsd.options.mk; mail/stalwart",
    examples: [("DATABASES_DESC=\tDatabase\n", "DATABASE_DESC=\tDatabase\n")],
}
UNUSED = "PW5223", Warning, "an option that does nothing" {
    what: "Nothing in the port depends on the option: no `X_USES` or other helper, no PORT_OPTIONS:MX, no `-X-on` target, and \
           no `%%X%%` in the packing list.",
    effect: "Turning it on or off gives the same package.",
    mend: "Use it, or remove it.",
    source: "portlint 2.22",
    examples: [],
}
UNDEFINED = "PW5224", Warning, "an option is asked for or on by itself that is not declared" {
    what: "OPTIONS_DEFAULT or PORT_OPTIONS:M names an option that no OPTIONS_… declares.",
    effect: "It is never on.",
    mend: "Declare it, or remove the name.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.options.mk",
    examples: [("OPTIONS_DEFAULT=\tLDAP OTHER\n", "OPTIONS_DEFAULT=\tLDAP\n")],
}
NO_GROUP = "PW5225", Error, "a group of options without options" {
    what: "OPTIONS_SINGLE, _RADIO, _MULTI or _GROUP has X, and `OPTIONS_SINGLE_X` or its like is not set.",
    effect: "make config shows an empty group; with SINGLE and MULTI no choice satisfies it, and make stops.",
    mend: "`OPTIONS_SINGLE_X= A B`.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.options.mk",
    examples: [],
}
EARLY = "PW5226", Error, "PORT_OPTIONS is asked before it is there" {
    what: "A conditional asks `PORT_OPTIONS:MX`, and bsd.port.options.mk or bsd.port.pre.mk is included further down, or not \
           at all.",
    effect: "PORT_OPTIONS is empty there: the conditional is never true, whatever is chosen.",
    mend: "`.include <bsd.port.options.mk>` before the conditional, or a helper: `X_USES=`, `X_VARS=`.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.options.mk",
    examples: [(
        ".if ${PORT_OPTIONS:MLDAP}\nUSES+=\tldap\n.endif\n",
        ".include <bsd.port.options.mk>\n\n.if ${PORT_OPTIONS:MLDAP}\nUSES+=\tldap\n.endif\n",
    )],
}
}
