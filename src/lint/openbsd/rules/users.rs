//! Users and login classes.
use crate::lint::rule_table::rule_table;

rule_table! {
LOGIN_NAME = "PW4321", Error, "a login class that is not called like its rc script" {
    what: "rc.subr(8) takes the class that has the name of the script; pkg/NAME.login has a class of another name, or there \
           is no rc script NAME.",
    effect: "The daemon runs in the class `daemon`: with 128 open files, and without what setenv says.",
    mend: "Call file, class and script alike.",
    source: "OpenBSD src etc/rc.d/rc.subr 1.162 (daemon_class)",
    examples: [],
}
LOGIN_UNLISTED = "PW4322", Error, "a login class that no packing list has" {
    what: "pkg/NAME.login is there, and no packing list installs it below login.conf.d.",
    effect: "The daemon runs in the class `daemon`.",
    mend: "`share/examples/login.conf.d/NAME` and `@sample ${SYSCONFDIR}/login.conf.d/NAME`.",
    source: "OpenBSD ports mail/stalwart/pkg/PLIST",
    examples: [],
}
USER_NAME = "PW4323", Warning, "a user or group without an underscore" {
    what: "Users and groups of ports begin with `_`.",
    effect: "They can meet a person's name.",
    mend: "Put `_` in front.",
    source: "OpenBSD ports infrastructure/db/user.list",
    examples: [],
}
USER_NUMBER = "PW4324", Error, "a user or group without a number" {
    what: "@newuser and @newgroup have the numbers that infrastructure/db/user.list has for them.",
    effect: "`pkg_add` refuses the package.",
    mend: "Take the next number of user.list and add a line there.",
    source: "OpenBSD ports infrastructure/db/user.list; pkg_create(1)",
    examples: [],
}
USER_DIFFERS = "PW4325", Warning, "a user's number is not its group's" {
    what: "In user.list a user and the group of the same name have the same number.",
    effect: "Another port has the number already.",
    mend: "Use one number for both.",
    source: "OpenBSD ports infrastructure/db/user.list",
    examples: [],
}
}
