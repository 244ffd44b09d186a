//! The form of the Makefile.
use crate::lint::rule_table::rule_table;

rule_table! {
ORDER = "PW5101", Warning, "a variable out of the order of its block" {
    what: "Within the blocks that begin with PORTNAME, MAINTAINER and LICENSE variables have a fixed order.",
    effect: "None for the build; portlint refuses the port, and so do reviewers.",
    mend: "Move the line; `portfmt -i Makefile` and `portclippy` know the order.",
    source: "FreeBSD Porter's Handbook, order; portlint 2.22 (checkorder)",
    examples: [("DISTVERSION=\t1.0\nPORTNAME=\tacme\n", "PORTNAME=\tacme\nDISTVERSION=\t1.0\n")],
}
EXTRA = "PW5102", Warning, "a variable that does not belong into its block" {
    what: "The block of PORTNAME, MAINTAINER or LICENSE has a variable of another one.",
    effect: "None for the build; portlint refuses the port.",
    mend: "Move the line into its own block, an empty line between.",
    source: "FreeBSD Porter's Handbook, order; portlint 2.22 (checkorder)",
    examples: [("PORTNAME=\tacme\nUSES=\tcargo\n", "PORTNAME=\tacme\n\nUSES=\tcargo\n")],
}
EARLIER = "PW5103", Warning, "a variable that has to stand earlier" {
    what: "Blocks have a fixed order: PORTNAME, patches, MAINTAINER, LICENSE, BROKEN and the like, dependencies, FLAVORS, USES.",
    effect: "None for the build; portlint complains.",
    mend: "Move the block up.",
    source: "FreeBSD Porter's Handbook, order; portlint 2.22 (checkearlier)",
    examples: [],
}
BLANK_LINES = "PW5104", Warning, "more than one empty line" {
    what: "Blocks have exactly one empty line between.",
    effect: "None for the build; portlint refuses the port.",
    mend: "Remove the others.",
    source: "portlint 2.22; portclippy",
    examples: [],
}
TRAILING = "PW5105", Warning, "blanks at the end of a line" {
    what: "Makefile, pkg-descr and pkg-plist have no blanks at the ends of lines.",
    effect: "Behind a backslash they end the continuation, and the next line is something else; in pkg-plist they are part of \
             the name.",
    mend: "Remove them.",
    source: "portlint 2.22",
    examples: [("COMMENT=\tServer \n", "COMMENT=\tServer\n")],
}
TABS = "PW5106", Note, "blanks where a tab belongs" {
    what: "Values are separated from names by tabs, and lines are indented with tabs.",
    effect: "None for the build; portlint refuses the port.",
    mend: "Use tabs; `portfmt -i Makefile` does it.",
    source: "portlint 2.22 -t",
    examples: [("PORTNAME= acme\n", "PORTNAME=\tacme\n")],
}
RCS_TAG = "PW5107", Warning, "a $FreeBSD$ tag" {
    what: "The tree is kept in git: a file has `$FreeBSD$`, expanded or not.",
    effect: "portlint refuses the port.",
    mend: "Remove the line.",
    source: "portlint 2.22",
    examples: [("# $FreeBSD$\n", "")],
}
LAST_LINE = "PW5108", Error, "the last line does not include bsd.port.mk" {
    what: "A port ends with `.include <bsd.port.mk>`, or with bsd.port.post.mk when bsd.port.pre.mk is included before; a \
           slave port ends with its master's Makefile.",
    effect: "What is set behind the include comes too late: it does nothing.",
    mend: "Move the include to the end.",
    source: "portlint 2.22",
    examples: [(".include <bsd.port.mk>\nX=\ty\n", "X=\ty\n.include <bsd.port.mk>\n")],
}
USES_LATE = "PW5109", Warning, "USE_… before USES" {
    what: "USES is the first of its block.",
    effect: "None for the build; portlint complains.",
    mend: "Move USES up.",
    source: "portlint 2.22; FreeBSD Porter's Handbook, order",
    examples: [("USE_GITHUB=\tyes\nUSES=\tcargo\n", "USES=\tcargo\nUSE_GITHUB=\tyes\n")],
}
PARENTHESES = "PW5110", Note, "$(VARIABLE)" {
    what: "The tree writes `${VARIABLE}`.",
    effect: "None; portlint complains.",
    mend: "Use braces.",
    source: "portlint 2.22",
    examples: [],
}
SHELL = "PW5111", Warning, "a variable that is the output of a command" {
    what: "`NAME!= command` runs the command whenever the Makefile is read.",
    effect: "INDEX, bulk builders and every `make -V` run it: thousands of times, often where the program is not installed.",
    mend: "Find another way, or run it in a target.",
    source: "portlint 2.22",
    examples: [("COMMIT!=\tgit rev-parse HEAD\n", "")],
}
TARGET = "PW5112", Error, "a target of the framework's is replaced" {
    what: "fetch, extract, patch, configure, build and install are the framework's; a port has do-…, pre-… and post-….",
    effect: "Everything that the framework does in that stage is left out: dependencies, checksums, hooks.",
    mend: "Call it `do-…`.",
    source: "portlint 2.22",
    examples: [("build:\n\ttrue\n", "do-build:\n\ttrue\n")],
}
MUTED = "PW5113", Note, "an installation that is not shown" {
    what: "A command with ${INSTALL_…} begins with `@`.",
    effect: "The log of a failed build does not say what was installed.",
    mend: "Remove the `@`.",
    source: "portlint 2.22",
    examples: [],
}
ENV = "PW5114", Warning, "${ENV} where ${SETENV} is meant" {
    what: "ENV names the file that sh(1) reads when it starts.",
    effect: "The command is run with an environment that nobody meant, or not at all.",
    mend: "`${SETENV}`.",
    source: "portlint 2.22",
    examples: [],
}
NOT_A_PORTS = "PW5115", Error, "a port sets what is the builder's or the framework's" {
    what: "The variable is for make.conf(5), or belongs to the framework.",
    effect: "The builder's own setting is lost; with RUST_DEFAULT, make stops.",
    mend: "Remove the line.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.default-versions.mk",
    examples: [("RUST_DEFAULT=\trust-nightly\n", "")],
}
OBSOLETE = "PW5116", Warning, "a variable that is not looked at any more" {
    what: "The tree does not have the variable any more.",
    effect: "The line does nothing.",
    mend: "Use what has taken its place.",
    source: "portlint 2.22; FreeBSD ports Mk/Uses/cargo.mk",
    examples: [("CARGO_USE_GITHUB=\tyes\n", "")],
}
UNSORTED = "PW5117", Note, "architectures are not sorted" {
    what: "ONLY_FOR_ARCHS and NOT_FOR_ARCHS are sorted.",
    effect: "None; portlint complains.",
    mend: "Sort them.",
    source: "portlint 2.22",
    examples: [("NOT_FOR_ARCHS=\triscv64 powerpc\n", "NOT_FOR_ARCHS=\tpowerpc riscv64\n")],
}
FILE = "PW5118", Warning, "a file that has no place in a port" {
    what: "A file is empty, is executable, is left over from an editor or from patch(1) (`.orig`, `.rej`, `.bak`, `~`), or has \
           other characters in its name than `-_.a-zA-Z0-9+`.",
    effect: "What is left over in files/ is taken for a patch, or is dead weight for everybody; git keeps the bit of an \
             executable file.",
    mend: "Remove the file, take the bit away, or rename it.",
    source: "portlint 2.22",
    examples: [],
}
PATCH = "PW5119", Warning, "a patch that the tree does not take" {
    what: "A patch in files/ has lines that end in CR LF, or no newline at its end.",
    effect: "The hook of the tree refuses the commit; with CR, the patch stops fitting where mailers or git change line ends.",
    mend: "`make makepatch`; for a source with CR, `USES= dos2unix`.",
    source: "portlint 2.22 (checkpatch)",
    examples: [],
}
}
