//! Options and features.
use crate::lint::rule_table::rule_table;

rule_table! {
OPTION_UNDECLARED = "PW3501", Warning, "an option is asked for that is not declared" {
    what: "A conditional asks for an option that is in none of PKG_SUPPORTED_OPTIONS and the groups and sets.",
    effect: "The option can never be on: whoever sets it is told that it is unknown, and what stands there is never built.",
    mend: "Declare it, or remove the conditional.",
    source: "pkgsrc mk/bsd.options.mk",
    examples: [(".if ${PKG_OPTIONS:Mpgsql}\nCARGO_FEATURES+=\tpostgres\n.endif\n", "")],
}
OPTION_UNUSED = "PW3502", Warning, "an option is declared and never asked for" {
    what: "No makefile of the package looks whether the option is on.",
    effect: "Turning it on or off changes nothing but the name of the binary package's options.",
    mend: "Handle it, or remove it.",
    source: "pkgsrc mk/bsd.options.mk",
    examples: [("PKG_SUPPORTED_OPTIONS=\tldap sqlite\n", "PKG_SUPPORTED_OPTIONS=\tldap\n")],
}
OPTION_SUGGESTED = "PW3503", Error, "an option is suggested that is not declared" {
    what: "PKG_SUGGESTED_OPTIONS has an option that is not supported.",
    effect: "Every make target stops: the option is unknown.",
    mend: "Declare it, or take it out of PKG_SUGGESTED_OPTIONS.",
    source: "pkgsrc mk/bsd.options.mk",
    examples: [("PKG_SUGGESTED_OPTIONS=\tldap x\n", "PKG_SUGGESTED_OPTIONS=\tldap\n")],
}
FEATURE_UNKNOWN = "PW3504", Error, "a feature that the crate does not have" {
    what: "CARGO_FEATURES has a feature that the manifest of what is packaged does not declare.",
    effect: "cargo stops: `the package … does not contain this feature`; with options, only for those who turn the \
             option on.",
    mend: "Take the name from [features] in Cargo.toml; upstream may have renamed it.",
    source: "Cargo.toml of the distfile; cargo-build(1)",
    examples: [],
}
FEATURES_EMPTY = "PW3505", Error, "CARGO_FEATURES is set to nothing" {
    what: "cargo.mk writes `--features` as soon as CARGO_FEATURES is defined.",
    effect: "With all options off, cargo stops: `a value is required for '--features'`.",
    mend: "Leave the line out; only add to it: `CARGO_FEATURES+=`.",
    source: "pkgsrc lang/rust/cargo.mk 1.39; tried",
    examples: [("CARGO_FEATURES=\n", "")],
}
NO_DEFAULT_VALUE = "PW3506", Error, "CARGO_NO_DEFAULT_FEATURES has a value that does nothing" {
    what: "Only `yes`, in any case, is looked for; `1` and `true` are not.",
    effect: "The default features stay on: what was to be left out is built in.",
    mend: "`CARGO_NO_DEFAULT_FEATURES= yes`.",
    source: "pkgsrc lang/rust/cargo.mk 1.39; tried",
    examples: [("CARGO_NO_DEFAULT_FEATURES=\ttrue\n", "CARGO_NO_DEFAULT_FEATURES=\tyes\n")],
}
PLIST_NO = "PW3507", Error, "a condition of PLIST is set to no, which turns it on" {
    what: "A line of PLIST with `${PLIST.x}` is taken when PLIST.x is defined, whatever its value.",
    effect: "The lines are in the packing list, and the files are not there: the package phase stops.",
    mend: "Leave PLIST.x undefined when the lines are not wanted.",
    source: "pkgsrc mk/plist; tried",
    examples: [("PLIST.web=\tno\n", "PLIST.web=\tyes\n")],
}
PLIST_CONDITION = "PW3508", Error, "a condition of PLIST is not declared" {
    what: "PLIST has lines with `${PLIST.x}`, and x is not in PLIST_VARS.",
    effect: "The condition is never filled in: the packing list has a path that begins with `${PLIST.x}`.",
    mend: "`PLIST_VARS+= x`.",
    source: "pkgsrc mk/plist",
    examples: [("", "PLIST_VARS+=\tweb\n")],
}
}
