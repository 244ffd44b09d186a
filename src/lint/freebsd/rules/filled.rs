//! Packing lists, and files in which names are filled in.
use crate::lint::rule_table::rule_table;

rule_table! {
PLIST_BLANK = "PW5401", Warning, "an empty line in the packing list" {
    what: "pkg-plist has no empty lines.",
    effect: "portlint complains.",
    mend: "Remove it.",
    source: "portlint 2.22 (checkplist)",
    examples: [],
}
PLIST_OLD = "PW5402", Warning, "a keyword of the old package tools" {
    what: "@dirrm, @dirrmtry, @cwd with a path, @exec, @unexec and @stopdaemon.",
    effect: "pkg runs them at a time that nobody expects, or ignores them.",
    mend: "@dir, absolute paths, @postexec and its like; services are restarted by HANDLE_RC_SCRIPTS.",
    source: "portlint 2.22 (checkplist); pkg-create(8)",
    examples: [("@dirrm share/acme\n", "@dir share/acme\n")],
}
SAMPLE = "PW5403", Warning, "@sample of a file that is not called so" {
    what: "With one argument, @sample is a file that ends in `.sample`.",
    effect: "pkg copies the file onto itself: there is no configuration, and removing the package takes the changed one away.",
    mend: "Install it as `….sample`, or give both names.",
    source: "portlint 2.22 (checkplist); FreeBSD ports Keywords/sample.ucl",
    examples: [("@sample etc/acme.toml\n", "@sample etc/acme.toml.sample\n")],
}
ARGUMENTS = "PW5404", Warning, "an owner, group and mode that are not three" {
    what: "`@(owner,group,mode)` has three words, any of them empty, and perhaps flags.",
    effect: "pkg takes one for the other: a mode for a user.",
    mend: "`@(acme,acme,0640)`.",
    source: "portlint 2.22 (checkplist); pkg-create(8)",
    examples: [("@(acme,0640) etc/acme.toml\n", "@(acme,acme,0640) etc/acme.toml\n")],
}
UNRESET = "PW5405", Warning, "an owner, group or mode that is not taken back" {
    what: "@owner, @group and @mode hold for all that follows, until a bare one; here it is set again before, or never taken \
           back.",
    effect: "Files belong to the service's user that should be root's.",
    mend: "`@(owner,group,mode) path` for each file.",
    source: "portlint 2.22 (checkplist)",
    examples: [],
}
KEYWORD = "PW5406", Warning, "a keyword that pkg does not know" {
    what: "The keyword is neither pkg's own nor one of the tree's Keywords/.",
    effect: "`make package` stops: `unknown keyword`.",
    mend: "Correct it.",
    source: "pkg-create(8); FreeBSD ports Keywords/",
    examples: [("@files bin/acme\n", "bin/acme\n")],
}
PLIST_VARIABLE = "PW5407", Error, "a name in the packing list that nobody fills in" {
    what: "pkg-plist has `%%NAME%%`, and NAME is neither in PLIST_SUB, nor an option with OPTIONS_SUB, nor one of the \
           framework's.",
    effect: "The path has `%%NAME%%` in it: `make package` stops, the file is not there.",
    mend: "`PLIST_SUB= NAME=…`, or correct the name.",
    source: "FreeBSD ports Mk/bsd.port.mk (PLIST_SUB)",
    examples: [],
}
BY_FRAMEWORK = "PW5408", Warning, "the packing list has an rc script that USE_RC_SUBR adds" {
    what: "Scripts in USE_RC_SUBR are added to the packing list by the framework.",
    effect: "The file is listed twice.",
    mend: "Remove the line.",
    source: "FreeBSD ports Mk/bsd.port.mk (USE_RC_SUBR)",
    examples: [("etc/rc.d/acme\n", "")],
}
MAN = "PW5409", Error, "a manual page that is not compressed" {
    what: "The framework compresses manual pages; the packing list has them with `.gz`.",
    effect: "`make package` stops: the file is not there.",
    mend: "Add `.gz`.",
    source: "portlint 2.22 (checkplist); FreeBSD ports Mk/bsd.port.mk (compress-man)",
    examples: [("share/man/man8/acme.8\n", "share/man/man8/acme.8.gz\n")],
}
PKGCONFIG = "PW5410", Error, "a file of pkg-config in lib" {
    what: "Files of pkg-config are in libdata/pkgconfig.",
    effect: "pkg-config does not find them.",
    mend: "Install them there.",
    source: "portlint 2.22 (checkplist)",
    examples: [("lib/pkgconfig/acme.pc\n", "libdata/pkgconfig/acme.pc\n")],
}
TWICE = "PW5411", Warning, "a file is in the packing list twice" {
    what: "The same path stands on two lines without conditions.",
    effect: "`make check-plist` complains; when the package is removed, pkg looks for the file a second time.",
    mend: "Remove one of the lines.",
    source: "portlint 2.22 (checkplist)",
    examples: [("bin/acme\nbin/acme\n", "bin/acme\n")],
}
FILE_MISSING = "PW5421", Error, "a file that is to be filled in is not there" {
    what: "USE_RC_SUBR or SUB_FILES names X, and files/X.in is not there.",
    effect: "make stops when it installs.",
    mend: "Add files/X.in, or correct the name.",
    source: "portlint 2.22; FreeBSD ports Mk/bsd.port.mk (SUB_FILES)",
    examples: [("USE_RC_SUBR=\tacmed\n", "USE_RC_SUBR=\tacme\n")],
}
SUB_VARIABLE = "PW5422", Error, "a name in a file that nobody fills in" {
    what: "files/X.in has `%%NAME%%`, and NAME is neither in SUB_LIST nor one of the framework's (PREFIX, LOCALBASE, DATADIR, \
           DOCSDIR, EXAMPLESDIR, WWWDIR, ETCDIR).",
    effect: "The installed file has `%%NAME%%` literally: the script looks for a user, a program or a file of that name.",
    mend: "`SUB_LIST= NAME=…`.",
    source: "FreeBSD ports Mk/bsd.port.mk (SUB_LIST)",
    examples: [("", "SUB_LIST=\tACME_USER=${USERS}\n")],
}
NOT_FILLED = "PW5423", Warning, "a name in a file that is not filled in" {
    what: "pkg-message or a script of the package has `%%NAME%%`, and is used as it is: only files in SUB_FILES are filled in.",
    effect: "People read `%%PREFIX%%` in the message; a script looks for a file of that name.",
    mend: "Move it to files/pkg-message.in, and `SUB_FILES= pkg-message`.",
    source: "FreeBSD ports Mk/bsd.port.mk (SUB_FILES); mail/stalwart",
    examples: [],
}
RC_SUBR = "PW5424", Error, "USE_RC_SUBR is no name" {
    what: "USE_RC_SUBR names the rc scripts; `yes` is none.",
    effect: "make looks for files/yes.in and stops.",
    mend: "`USE_RC_SUBR= acme`.",
    source: "portlint 2.22",
    examples: [("USE_RC_SUBR=\tyes\n", "USE_RC_SUBR=\tacme\n")],
}
PROVIDE = "PW5425", Error, "an rc script without PROVIDE" {
    what: "A script that USE_RC_SUBR names has no `# PROVIDE:` line.",
    effect: "rcorder(8) leaves it out: the service does not start at boot.",
    mend: "`# PROVIDE: acme`.",
    source: "portlint 2.22; rcorder(8)",
    examples: [],
}
}
