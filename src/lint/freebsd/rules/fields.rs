//! The fields of the Makefile.
use crate::lint::rule_table::rule_table;

rule_table! {
MISSING = "PW5201", Error, "a variable that every port sets is missing" {
    what: "A port sets PORTNAME, PORTVERSION or DISTVERSION, CATEGORIES, MAINTAINER and COMMENT.",
    effect: "make stops, and INDEX cannot be made.",
    mend: "Set it.",
    source: "portlint 2.22",
    examples: [("", "MAINTAINER=\tporter@example.org\n")],
}
BOTH_VERSIONS = "PW5202", Error, "PORTVERSION and DISTVERSION" {
    what: "One of the two is set, the other one is made of it.",
    effect: "make stops: `Both PORTVERSION and DISTVERSION are set`.",
    mend: "Remove PORTVERSION.",
    source: "FreeBSD ports Mk/bsd.port.mk; portlint 2.22",
    examples: [("PORTVERSION=\t1.0\n", "")],
}
VERSION = "PW5203", Error, "a version that pkg cannot compare" {
    what: "PORTVERSION has numbers, letters, dots and `+`; no `-`, `,`, `_` or `v` in front.",
    effect: "pkg takes parts of it for the revision or the epoch: updates are not found.",
    mend: "Write upstream's version into DISTVERSION, and what stands before it into DISTVERSIONPREFIX.",
    source: "portlint 2.22; FreeBSD Porter's Handbook, makefile-naming",
    examples: [("PORTVERSION=\t1.0-rc1\n", "DISTVERSION=\t1.0-rc1\n")],
}
REVISION = "PW5204", Warning, "a revision that says nothing" {
    what: "PORTREVISION is 0; or, with --new, a port that is not in the tree yet has PORTREVISION or PORTEPOCH.",
    effect: "None; portlint complains.",
    mend: "Remove the line.",
    source: "portlint 2.22",
    examples: [("PORTREVISION=\t0\n", "")],
}
MAINTAINER = "PW5205", Error, "MAINTAINER is no address" {
    what: "MAINTAINER is one address, without a name.",
    effect: "Build failures and reports reach nobody.",
    mend: "`MAINTAINER= porter@example.org`.",
    source: "portlint 2.22",
    examples: [("MAINTAINER=\tA Porter <porter@example.org>\n", "MAINTAINER=\tporter@example.org\n")],
}
COMMENT = "PW5206", Warning, "a COMMENT that is not as the tree has them" {
    what: "COMMENT begins with a capital letter or a digit, has no article in front and no full stop at the end, and at most \
           70 characters.",
    effect: "None; portlint complains, and lists cut long ones.",
    mend: "Rewrite it.",
    source: "portlint 2.22",
    examples: [("COMMENT=\ta server.\n", "COMMENT=\tServer\n")],
}
WWW = "PW5207", Warning, "no web page, or one that is none" {
    what: "WWW is an address with http or https, in the line behind COMMENT.",
    effect: "`pkg info` and FreshPorts have no link.",
    mend: "`WWW= https://acme.example/`.",
    source: "portlint 2.22",
    examples: [("WWW=\tacme.example\n", "WWW=\thttps://acme.example\n")],
}
CATEGORY = "PW5208", Warning, "a category that the tree does not have" {
    what: "CATEGORIES has a word twice, or one that is no category.",
    effect: "make stops in DEVELOPER mode; the port is listed nowhere under that name.",
    mend: "Take one of the tree's.",
    source: "FreeBSD Porter's Handbook, makefile-categories; portlint 2.22",
    examples: [("CATEGORIES=\twww web\n", "CATEGORIES=\twww\n")],
}
LICENSE_COMB = "PW5209", Error, "several licences, and no word how they belong together" {
    what: "LICENSE has more than one name; LICENSE_COMB says whether one may choose (`dual`) or all hold (`multi`).",
    effect: "make stops: `… multiple licenses`.",
    mend: "`LICENSE_COMB= dual`, or `multi`.",
    source: "FreeBSD ports Mk/bsd.licenses.mk; portlint 2.22",
    examples: [("", "LICENSE_COMB=\tdual\n")],
}
LICENSE_FILE = "PW5210", Warning, "a licence's file that is not looked at" {
    what: "LICENSE_FILE_X names a licence that LICENSE does not have; or X ends in `+` with no blank before `=`, and make \
           reads `+=`.",
    effect: "The package has no copy of the licence's text.",
    mend: "Correct the name; `LICENSE_FILE_GPLv3+ =` with a blank.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.licenses.db.mk",
    examples: [("LICENSE_FILE_GPLv3+=\t${WRKSRC}/COPYING\n", "LICENSE_FILE_GPLv3+ =\t${WRKSRC}/COPYING\n")],
}
LICENCE_SPDX = "PW5211", Error, "LICENSE has a name that is not the tree's" {
    what: "The name is that of the SPDX list, not that of Mk/bsd.licenses.db.mk, and the port does not define it.",
    effect: "make stops: the licence is unknown and has no LICENSE_NAME.",
    mend: "Take the tree's name.",
    source: "FreeBSD ports Mk/bsd.licenses.db.mk",
    examples: [("LICENSE=\tApache-2.0\n", "LICENSE=\tAPACHE20\n")],
}
NO_LICENCE = "PW5212", Warning, "no LICENSE" {
    what: "The port does not say under which licence it is.",
    effect: "Builders that accept packages by licence leave it out.",
    mend: "`LICENSE=`, and LICENSE_FILE.",
    source: "portlint 2.22",
    examples: [("", "LICENSE=\tMIT\n")],
}
MESSAGE = "PW5213", Note, "a reason that is not in the tree's form" {
    what: "What follows BROKEN and IGNORE begins with a small letter and has neither quotation marks nor a full stop: it \
           is the end of a sentence.",
    effect: "The message reads badly: `acme is marked as broken: \"Does not build.\"`.",
    mend: "Rewrite it.",
    source: "portlint 2.22",
    examples: [("BROKEN=\tDoes not build.\n", "BROKEN=\tdoes not build\n")],
}
DEPENDS = "PW5214", Error, "a dependency that cannot be read" {
    what: "A dependency is `what:category/port`; in LIB_DEPENDS `what` is `libNAME.so`.",
    effect: "make stops: the dependency is malformed, or the library is never found and the port is rebuilt each time.",
    mend: "`libgit2.so:devel/libgit2`, `ffmpeg:multimedia/ffmpeg`, `acme>=1.2:www/acme`.",
    source: "FreeBSD Porter's Handbook, makefile-depend",
    examples: [("RUN_DEPENDS=\tmultimedia/ffmpeg\n", "RUN_DEPENDS=\tffmpeg:multimedia/ffmpeg\n")],
}
RUN_IS_BUILD = "PW5215", Error, "RUN_DEPENDS is BUILD_DEPENDS" {
    what: "BUILD_DEPENDS has what USES adds, too: rust, pkgconf and so on.",
    effect: "Whoever installs the package gets the whole toolchain with it.",
    mend: "Write what is needed at run time.",
    source: "portlint 2.22",
    examples: [("RUN_DEPENDS=\t${BUILD_DEPENDS}\n", "RUN_DEPENDS=\tffmpeg:multimedia/ffmpeg\n")],
}
PORTNAME = "PW5216", Error, "a PORTNAME that cannot be one" {
    what: "PORTNAME has none of `| < > = !` and no blank.",
    effect: "pkg takes the character for a comparison: dependencies on the port match nothing.",
    mend: "Leave the character out.",
    source: "portlint 2.22",
    examples: [("PORTNAME=\tacme server\n", "PORTNAME=\tacme-server\n")],
}
}
