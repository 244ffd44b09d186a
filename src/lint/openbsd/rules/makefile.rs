//! The Makefile.
use crate::lint::rule_table::rule_table;

rule_table! {
TWICE = "PW4201", Warning, "a variable is set twice" {
    what: "Outside of conditionals a variable is set with `=` or `?=` more than once.",
    effect: "The later line wins, with `?=` the earlier one: one of the two does nothing.",
    mend: "Remove one of them, or add with `+=`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_makefile)",
    examples: [("REVISION =\t0\nREVISION =\t1\n", "REVISION =\t1\n")],
}
REVISION_NEW = "PW4202", Warning, "a new port has a REVISION" {
    what: "With --new: the port sets REVISION.",
    effect: "None; a port that nobody has installed yet has nothing to be told apart from.",
    mend: "Remove it.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 -N",
    examples: [],
}
USER_SETTING = "PW4203", Error, "a port sets what is the builder's" {
    what: "The variable is for mk.conf(5).",
    effect: "The builder's own setting is lost.",
    mend: "Remove the line.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (user_settings)",
    examples: [("SUDO =\tdoas\n", "")],
}
OBSOLETE = "PW4204", Warning, "a variable that is not looked at any more" {
    what: "The tree does not have the variable any more.",
    effect: "The line does nothing; with MASTER_SITES, the port fetches from nowhere.",
    mend: "Use what has taken its place.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147; infrastructure/mk/bsd.port.mk; devel/cargo/cargo.port.mk",
    examples: [("MASTER_SITES =\thttps://acme.example/\n", "SITES =\thttps://acme.example/\n")],
}
CATEGORY = "PW4205", Warning, "a category that the tree does not have" {
    what: "CATEGORIES begin with a directory of the tree.",
    effect: "portcheck refuses it; the port is in no index where people look.",
    mend: "Take one of the tree's.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (top_level_categories)",
    examples: [("CATEGORIES =\tweb\n", "CATEGORIES =\twww\n")],
}
COMMENT = "PW4206", Warning, "a COMMENT that is not as the tree has them" {
    what: "COMMENT is at most 60 characters, has no article in front and no full stop at the end.",
    effect: "portcheck complains; `pkg_info` cuts long ones.",
    mend: "Shorten it.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (sub_checks); infrastructure/templates/Makefile.template",
    examples: [("COMMENT =\ta small server\n", "COMMENT =\tsmall server\n")],
}
VERSION_ONLY = "PW4207", Warning, "a distfile that is only a version" {
    what: "The distfile is called `v1.2.tar.gz` or so, with neither DIST_SUBDIR nor a `{…}` that renames it.",
    effect: "Another port's file of the same name overwrites it in the directory of distfiles: checksums fail.",
    mend: "`DISTFILES = ${DISTNAME}{v1.2}.tar.gz`, or DIST_SUBDIR.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_distfiles)",
    examples: [("DISTFILES =\tv1.2.tar.gz\n", "DISTFILES =\tacme-{v}1.2.tar.gz\n")],
}
SHORT_COMMIT = "PW4208", Error, "a commit that is not written out" {
    what: "GH_COMMIT is 40 characters long.",
    effect: "An abbreviation can come to mean another commit; portcheck refuses it.",
    mend: "Write all 40.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_port_dir)",
    examples: [("GH_COMMIT =\t0123abc\n", "GH_COMMIT =\t0123456789abcdef0123456789abcdef01234567\n")],
}
PERMIT_NO = "PW4209", Warning, "a bare No where the reason belongs" {
    what: "PERMIT_PACKAGE and PERMIT_DISTFILES are `Yes` or the reason why not.",
    effect: "Nobody knows why the package may not be passed on, nor when that changes.",
    mend: "Write the reason.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_permit_dist)",
    examples: [("PERMIT_PACKAGE =\tNo\n", "PERMIT_PACKAGE =\tnot for commercial use\n")],
}
NO_PERMIT = "PW4210", Error, "a variable that every port sets is missing" {
    what: "A port sets COMMENT, CATEGORIES and PERMIT_PACKAGE.",
    effect: "make stops: `Fatal: …`.",
    mend: "Set it.",
    source: "bsd.port.mk(5)",
    examples: [("", "PERMIT_PACKAGE =\tYes\n")],
}
PERMIT_EXTRA = "PW4211", Note, "PERMIT_DISTFILES says what PERMIT_PACKAGE says" {
    what: "PERMIT_DISTFILES is what PERMIT_PACKAGE is unless it is set; both are `Yes`.",
    effect: "None; portcheck refuses it.",
    mend: "Remove PERMIT_DISTFILES.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_permit_dist)",
    examples: [("PERMIT_DISTFILES =\tYes\n", "")],
}
NOT_SUBPACKAGE = "PW4212", Error, "a variable that has no form for subpackages" {
    what: "BUILD_DEPENDS, MODULES and PERMIT_DISTFILES are about the whole port; a `-main` behind them is not looked at.",
    effect: "The line does nothing.",
    mend: "Take the `-…` away.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_makefile)",
    examples: [("BUILD_DEPENDS-main =\tdevel/cmake\n", "BUILD_DEPENDS =\tdevel/cmake\n")],
}
SHARED_LIBS = "PW4213", Warning, "SHARED_LIBS within a conditional" {
    what: "SHARED_LIBS is set between .if and .endif.",
    effect: "Tools that raise versions of libraries do not see it.",
    mend: "Set it outside.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_makefile)",
    examples: [],
}
CXX = "PW4214", Warning, "a C++ library with the default COMPILER" {
    what: "WANTLIB has c++ or stdc++, and COMPILER is what it is by itself.",
    effect: "On architectures whose base compiler is an old gcc the port is built with that: it fails, or links two C++ \
             runtimes.",
    mend: "`COMPILER = base-clang ports-gcc`, and `${COMPILER_LIBCXX}` in WANTLIB.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_wantlib)",
    examples: [],
}
NO_LICENCE = "PW4215", Note, "no licence above PERMIT_PACKAGE" {
    what: "The line before PERMIT_PACKAGE is a comment that tells the licence and its version.",
    effect: "The next porter has to find out anew why the package may be passed on.",
    mend: "`# AGPLv3+` above PERMIT_PACKAGE.",
    source: "OpenBSD ports infrastructure/templates/Makefile.template",
    examples: [],
}
NO_RELEASES = "PW4216", Warning, "distfiles from a host that makes them up" {
    what: "SITES is a host that packs archives when they are asked for.",
    effect: "The checksum changes some day, and the port cannot be fetched any more.",
    mend: "Host the distfile elsewhere.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_sites)",
    examples: [],
}
ARCH_LIBRARIES = "PW4217", Error, "a package for all machines that links libraries" {
    what: "PKG_ARCH is `*`, and WANTLIB names libraries, or a packing list has a library or a program of the machine (@bin, \
           @lib, @so).",
    effect: "The package is built once and installed on machines whose programs it cannot run.",
    mend: "Remove PKG_ARCH, or what is of one machine.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (sub_checks, check_plist)",
    examples: [("PKG_ARCH =\t*\n", "")],
}
}
