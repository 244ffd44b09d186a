//! The service: its rc.d script and its SMF manifest.
use crate::lint::rule_table::rule_table;

rule_table! {
USERS_DIFFER = "PW3701", Warning, "rc.d script and SMF manifest run the service as different users" {
    what: "The user of the rc.d script (`NAME_user`, daemonize -u, su -m) and the method_credential of the manifest are \
           not the same; a script that names none runs the service as root.",
    effect: "On one system the server owns files that it cannot read on the other; what an admin learned on one is wrong \
             on the other. Where one of the two is root, a server that was to be confined is not.",
    mend: "Name the same FILES_SUBST variable in both.",
    source: "NetBSD src etc/rc.subr; pkgsrc mk/init/smf.mk",
    examples: [],
}
COMMANDS_DIFFER = "PW3702", Warning, "rc.d script and SMF manifest start different programs" {
    what: "The program of the rc.d script and that of the manifest's start method are not the same.",
    effect: "One of the two services does not start, or another server does.",
    mend: "Start the same program in both.",
    source: "NetBSD src etc/rc.subr; pkgsrc mk/init/smf.mk",
    examples: [],
}
CONFIGS_DIFFER = "PW3703", Warning, "rc.d script and SMF manifest read different configurations" {
    what: "The files below @PKG_SYSCONFDIR@ that the two name are not the same.",
    effect: "On one of the systems the server runs with another configuration than the package installs, or does not start.",
    mend: "Name the same file in both: the one that CONF_FILES installs.",
    source: "NetBSD src etc/rc.subr; pkgsrc mk/init/smf.mk",
    examples: [],
}
UNFILLED = "PW3704", Error, "a placeholder that nobody fills in" {
    what: "An rc.d script, SMF manifest or method has `@NAME@`, and NAME is neither in FILES_SUBST nor one of those that \
           the framework fills in. There is no message about it.",
    effect: "The installed file has `@NAME@` literally: the service looks for a program, a user or a file of that name and \
             does not start.",
    mend: "`FILES_SUBST+= NAME=…`, or correct the name.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk, mk/init/smf.mk; tried",
    examples: [("FILES_SUBST+=\tACME_OTHER=${ACME_USER:Q}\n", "FILES_SUBST+=\tACME_USER=${ACME_USER:Q}\n")],
}
SCRIPT_MISSING = "PW3705", Error, "RCD_SCRIPTS names a script that is not there" {
    what: "A name in RCD_SCRIPTS has neither files/NAME.sh nor RCD_SCRIPT_SRC.NAME.",
    effect: "The build stops: make does not know how to make the script.",
    mend: "Add files/NAME.sh, or name the file: `RCD_SCRIPT_SRC.NAME= ${FILESDIR}/other.sh`.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk (generate-rcd-scripts)",
    examples: [("RCD_SCRIPTS=\tacmed\n", "RCD_SCRIPTS=\tacme\n")],
}
SCRIPT_UNUSED = "PW3706", Warning, "an rc.d script that is not installed" {
    what: "A file in files/ is an rc.d script (it has `PROVIDE:` and sources rc.subr), and RCD_SCRIPTS does not name it.",
    effect: "The package has no service on systems with rc.d.",
    mend: "`RCD_SCRIPTS= NAME`.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk",
    examples: [("RCD_SCRIPTS=\tacme\n", "")],
}
SUBST_BANG = "PW3707", Error, "a value of FILES_SUBST has a `!`" {
    what: "The values are filled in by sed with `!` between pattern and value.",
    effect: "sed stops with `unknown option`, and the build with it.",
    mend: "Do without the `!`.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk; tried",
    examples: [("FILES_SUBST+=\tACME_GREETING=hello!\n", "FILES_SUBST+=\tACME_GREETING=hello\n")],
}
NO_SMF = "PW3708", Note, "a service for rc.d and none for SMF" {
    what: "The package has an rc.d script and no files/smf/manifest.xml.",
    effect: "On SmartOS, OmniOS and other illumos systems RCD_SCRIPTS is ignored: there the package has no service at all.",
    mend: "Add files/smf/manifest.xml; `portwright generate` writes both from one description.",
    source: "pkgsrc mk/init/smf.mk; mk/platform/SunOS.mk (INIT_SYSTEM)",
    examples: [],
}
USER_UNMADE = "PW3709", Warning, "a service runs as a user that the package does not make" {
    what: "The manifest's method_credential or the rc.d script names a user that is neither in PKG_USERS nor one that the \
           systems have, and no package of that name is depended on that could make it.",
    effect: "The service does not start: svc.startd finds no such user, su says `unknown login`.",
    mend: "`PKG_GROUPS=` and `PKG_USERS=`.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk (usergroup)",
    examples: [],
}
}
