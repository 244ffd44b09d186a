//! What a method runs with.
use crate::finding::{Example, Rule, Severity};

/// A user without a working directory.
pub(crate) static NO_DIRECTORY: Rule = Rule {
    code: "PW1105",
    title: "a user without a working directory",
    severity: Severity::Warning,
    what: "The method runs as another user than root, and no `working_directory` is said: then it is the home of that \
           user. Not said of users that illumos itself has, whose homes exist.",
    effect: "If the home does not exist, chdir(2) fails and the service goes into maintenance at once. pkgsrc gives \
             its users the home /nonexistent unless the package says otherwise.",
    mend: "Say it: `<method_context working_directory=\"/var/db/acme\">`, or `working_directory=\"/\"` if the server \
           needs none.",
    source: "illumos-gate usr/src/lib/librestart/common/librestart.c (restarter_get_method_context); illumos-gate \
             usr/src/man/man7/smf_method.7; pkgsrc mk/pkginstall/bsd.pkginstall.mk",
    examples: &[Example {
        bad: "<method_context>\n      <method_credential user=\"acme\"",
        good: "<method_context working_directory=\"/var/db/acme\">\n      <method_credential user=\"acme\"",
    }],
};

/// No way to the programs beside the server.
pub(crate) static PATH: Rule = Rule {
    code: "PW1106",
    title: "no way to the programs beside the server",
    severity: Severity::Note,
    what: "The server is in a directory that is not in svc.startd's PATH, /usr/sbin:/usr/bin, and the method sets no \
           PATH with that directory. A warning where a PATH is set and has neither the directory nor one above it, or \
           where the server is known to run other programs by name; otherwise a note.",
    effect: "What the server runs by name (ffmpeg, git, convert …) is not found, although it is installed and the \
             server works when an admin tries it in a shell.",
    mend: "Say it: `<envvar name=\"PATH\" value=\"/opt/local/sbin:/opt/local/bin:/usr/sbin:/usr/bin\"/>` in a \
           `method_environment`.",
    source: "illumos-gate usr/src/cmd/svc/startd/env.c",
    examples: &[Example {
        bad: "<envvar name=\"PATH\" value=\"/usr/sbin:/usr/bin\"/>",
        good: "<envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/>",
    }],
};

/// An environment that replaces another.
pub(crate) static DROPPED_ENVIRONMENT: Rule = Rule {
    code: "PW1107",
    title: "an environment that replaces another",
    severity: Severity::Warning,
    what: "A method with a `method_environment` of its own gets only that: the one of the service or instance is not \
           added. The same holds for an instance and its service.",
    effect: "Variables of the outer environment, often PATH or HOME, are missing in this method.",
    mend: "Repeat them in the inner environment, or keep all of them in one `method_context` of the service.",
    source: "illumos-gate usr/src/lib/librestart/common/librestart.c (restarter_get_method_context)",
    examples: &[Example {
        bad: "<method_context><method_environment><envvar name=\"LANG\" \
                  value=\"C\"/></method_environment></method_context>",
        good: "<method_context><method_environment><envvar name=\"LANG\" value=\"C\"/><envvar name=\"PATH\" \
                   value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/></method_environment></method_context>",
    }],
};

/// Another user for the start method only.
pub(crate) static STOPPED_BY_ROOT: Rule = Rule {
    code: "PW1108",
    title: "another user for the start method only",
    severity: Severity::Note,
    what: "The start method has a credential in a context of its own, and stop or refresh, which run a command, have \
           none.",
    effect: "That command runs as root, with all privileges, and so does every script and file that it reads, some of \
             which may belong to the server's user.",
    mend: "Move the `method_context` out of the method, up to the service.",
    source: "illumos-gate usr/src/lib/librestart/common/librestart.c (restarter_get_method_context)",
    examples: &[Example {
        bad: "<method_context working_directory=\"/\"><method_credential user=\"acme\"/></method_context>\n    </exec_method>\n    <exec_method type=\"method\" name=\"stop\" exec=\"/opt/local/bin/acme stop\"",
        good: "</exec_method>\n    <exec_method type=\"method\" name=\"stop\" exec=\"/opt/local/bin/acme stop\"",
    }],
};

/// An environment variable twice.
pub(crate) static VARIABLE_TWICE: Rule = Rule {
    code: "PW1118",
    title: "an environment variable twice",
    severity: Severity::Warning,
    what: "A `method_environment` names the same variable again.",
    effect: "The last one counts; svc.startd notes that in the log.",
    mend: "Remove one.",
    source: "illumos-gate usr/src/cmd/svc/startd/env.c",
    examples: &[Example {
        bad: "<envvar name=\"HOME\" value=\"/\"/>\n        <envvar name=\"HOME\" value=\"/var/db/acme\"/>",
        good: "<envvar name=\"HOME\" value=\"/var/db/acme\"/>",
    }],
};
