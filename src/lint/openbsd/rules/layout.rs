//! The files of a port.
use crate::lint::rule_table::rule_table;

rule_table! {
EXTRA_FILE = "PW4101", Warning, "a file that has no place in a port" {
    what: "A port's directory has Makefile, distinfo, crates.inc, modules.inc, *.port.mk, files/, patches/ and pkg/; pkg/ \
           has DESCR, PLIST, PFRAG.*, README, MESSAGE, UNMESSAGE, *.rc and *.login.",
    effect: "portcheck complains; in the tree the file is dead weight for everybody.",
    mend: "Remove it, or move it to files/ when the build uses it.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_port_dir, check_pkg_dir)",
    examples: [],
}
NOT_INCLUDED = "PW4102", Error, "a list of crates or modules that is not included" {
    what: "crates.inc or modules.inc is there, and the Makefile has no line that is exactly `.include \"crates.inc\"`.",
    effect: "No crate is fetched: the build stops with `no matching package named … found`.",
    mend: "`.include \"crates.inc\"` before `.include <bsd.port.mk>`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_port_dir)",
    examples: [("", ".include \"crates.inc\"\n")],
}
EXECUTABLE = "PW4103", Warning, "a file of the port is executable" {
    what: "No file of a port has an execute bit; what is run is called with its interpreter.",
    effect: "CVS keeps the bit of the first import for ever; portcheck complains.",
    mend: "`chmod a-x`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_perms_in_dir)",
    examples: [],
}
RCS_TAG = "PW4104", Warning, "an $OpenBSD$ tag" {
    what: "The tree has no RCS tags any more: a file has `$OpenBSD$`, expanded or not.",
    effect: "Every commit changes the line; portcheck refuses it.",
    mend: "Remove the line.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147",
    examples: [("# $OpenBSD$\n", "")],
}
PATCH_NAME = "PW4105", Warning, "a file in patches/ that is no patch" {
    what: "Patches are called `patch-…`; what ends in `.orig`, and anything else, does not belong there.",
    effect: "The file is not applied.",
    mend: "Rename it (`make update-patches`), or remove it.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_patches_dir)",
    examples: [],
}
PATCH_EMPTY = "PW4106", Warning, "an empty patch" {
    what: "The patch has nothing in it.",
    effect: "Nothing; CVS cannot remove a file by emptying it.",
    mend: "Remove the file.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_patch)",
    examples: [],
}
DOS = "PW4107", Warning, "line ends of MS-DOS" {
    what: "A patch has lines that end in CR LF.",
    effect: "CVS and mailers change them, and the patch no longer fits.",
    mend: "Let the port convert the file before it is patched: `FIX_CRLF_FILES = file`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_dos_line_endings)",
    examples: [],
}
TRAILING = "PW4108", Warning, "blanks at the end of a line" {
    what: "Makefile, *.port.mk, DESCR, README, MESSAGE and rc scripts have no blanks at the ends of lines.",
    effect: "portcheck refuses it; behind a backslash they end the continuation, and the next line is something else.",
    mend: "Remove them.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_trailing_whitespace)",
    examples: [("COMMENT =\tsmall server \n", "COMMENT =\tsmall server\n")],
}
LONG = "PW4109", Note, "a line of more than 80 characters" {
    what: "Lines that could be broken at a blank have at most 80 characters.",
    effect: "None; portcheck counts them.",
    mend: "Break the line.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_long_lines)",
    examples: [],
}
UNENDED = "PW4110", Warning, "no newline at the end of a file" {
    what: "DESCR, README and MESSAGE end with a newline.",
    effect: "What is appended, the maintainer's line for one, runs on in the last line.",
    mend: "End the last line.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_newline_at_eof)",
    examples: [],
}
HARDCODED = "PW4111", Warning, "a path that is a variable" {
    what: "/usr/local, and /var but for /var/log, /var/run and /var/tmp, are written out.",
    effect: "Whoever builds with another LOCALBASE or VARBASE gets a port that looks in the wrong place.",
    mend: "`${TRUEPREFIX}`, `${LOCALBASE}`, `${VARBASE}`; in files of one's own with SUBST_CMD.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_hardcoded)",
    examples: [("\t${INSTALL_DATA} x /usr/local/share/x\n", "\t${INSTALL_DATA} x ${PREFIX}/share/x\n")],
}
NO_PKG = "PW4112", Error, "a file that every port has is missing" {
    what: "A port has pkg/DESCR and pkg/PLIST, and distinfo when it fetches something; with MULTI_PACKAGES one for each \
           package.",
    effect: "`make package` stops.",
    mend: "Write DESCR, `make makesum`, `make update-plist`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_port_dir); bsd.port.mk(5)",
    examples: [],
}
PFRAG_SHARED = "PW4113", Warning, "PFRAG.shared" {
    what: "All systems have shared libraries: what was in PFRAG.shared belongs into PLIST.",
    effect: "portcheck refuses it.",
    mend: "Merge it into PLIST.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_pkg_dir)",
    examples: [],
}
EMPTY_DIRECTORY = "PW4114", Warning, "an empty directory" {
    what: "files/, patches/ or pkg/ is there and has nothing in it.",
    effect: "CVS does not carry empty directories away: everybody who updates keeps it.",
    mend: "Remove it.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_files_dir, check_patches_dir)",
    examples: [],
}
}
