//! What goes wrong when a method runs.
use crate::finding::{Example, Rule, Severity};

/// A server in the foreground that nothing says to watch as one.
pub(crate) static FOREGROUND: Rule = Rule {
    code: "PW1101",
    title: "a server in the foreground that nothing says to watch as one",
    severity: Severity::Warning,
    what: "The start method runs a program that stays in the foreground, and `startd/duration` is not `child`. That \
           it stays is taken from its arguments (`--foreground`, `serve`, `server start` …), from what runs it (java, \
           node) and from servers that are known to. Where none of that says anything, whether the method returns is \
           unknown, and that is said.",
    effect: "svc.startd waits for the start method to end. The service stays offline (`offline*`) while the server \
             already runs; when the timeout is over, the server is killed, and after three tries the service is in \
             maintenance. A server that ends by itself is not restarted as one that is watched is.",
    mend: "Say that the server itself is the service: `<property_group name=\"startd\" type=\"framework\"><propval \
           name=\"duration\" type=\"astring\" value=\"child\"/></property_group>` after the methods. A server with \
           several processes goes into the background instead: an ampersand (`&amp;`) at the end of `exec`.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c, wait.c; illumos-gate usr/src/man/man8/svc.startd.8; \
             puppetlabs/pxp-agent pull request 223",
    examples: &[
        Example {
            bad: "<propval name=\"duration\" type=\"astring\" value=\"contract\"/>",
            good: "<propval name=\"duration\" type=\"astring\" value=\"child\"/>",
        },
        Example {
            bad: "exec=\"/opt/local/bin/acmed --foreground\"",
            good: "exec=\"/opt/local/bin/acmed --foreground &amp;\"",
        },
    ],
};

/// A server in the background that is watched as a child.
pub(crate) static BACKGROUND_CHILD: Rule = Rule {
    code: "PW1102",
    title: "a server in the background that is watched as a child",
    severity: Severity::Warning,
    what: "`startd/duration` is `child`, and the start method ends at once: it ends in an ampersand, or an argument \
           sends the server into the background.",
    effect: "svc.startd takes the end of the method for the end of the server and starts the next one, once a second, \
             for ever; each fails because the first has the port, or they pile up.",
    mend: "Keep the server in the foreground (no `&amp;`, no `--daemon`), or use duration `contract`.",
    source: "illumos-gate usr/src/cmd/svc/startd/wait.c; illumos-gate usr/src/man/man8/svc.startd.8",
    examples: &[Example {
        bad: "exec=\"/opt/local/bin/acme --config %{config/file} serve &amp;\"",
        good: "exec=\"/opt/local/bin/acme --config %{config/file} serve\"",
    }],
};

/// A method that begins with what cannot be executed.
pub(crate) static EXEC_CANNOT: Rule = Rule {
    code: "PW1103",
    title: "a method that begins with what cannot be executed",
    severity: Severity::Warning,
    what: "svc.startd runs `/sbin/sh -c \"exec METHOD\"`. A variable assignment, a keyword or a bracket behind `exec` \
           is not a program.",
    effect: "The shell says \"not found\" or \"syntax error\" and the method fails; after three tries the service is \
             in maintenance.",
    mend: "Use `/usr/bin/env NAME=value /path/program`, a `method_environment`, or `/sbin/sh -c '…'`.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c (exec_method)",
    examples: &[Example {
        bad: "exec=\"ACME_HOME=/var/db/acme /opt/local/bin/acme",
        good: "exec=\"/usr/bin/env ACME_HOME=/var/db/acme /opt/local/bin/acme",
    }],
};

/// A command behind the first one of a method.
pub(crate) static NEVER_REACHED: Rule = Rule {
    code: "PW1104",
    title: "a command behind the first one of a method",
    severity: Severity::Warning,
    what: "svc.startd runs `/sbin/sh -c \"exec METHOD\"`: the shell replaces itself with the first command. What \
           stands behind `;`, `&&` or `||` is never reached.",
    effect: "The second command does not run, and nothing says so.",
    mend: "Wrap it: `/sbin/sh -c 'first &amp;&amp; second'`, or use a method script.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c (exec_method)",
    examples: &[Example {
        bad: "exec=\"/opt/local/bin/acme check &amp;&amp; /opt/local/bin/acme reload\"",
        good: "exec=\"/opt/local/bin/acme reload\"",
    }],
};

/// A refresh that ends the server.
pub(crate) static REFRESH_ENDS: Rule = Rule {
    code: "PW1109",
    title: "a refresh that ends the server",
    severity: Severity::Warning,
    what: "`:kill` without a signal, and with one that ends a process, stops the server on `svcadm refresh`. SIGHUP \
           does so, too, with programs that have no handler for it: java and node end on it, and so does every Go or \
           Rust server that does not catch it. Where it is not known whether the server catches it, that is said.",
    effect: "`svcadm refresh`, which admins take for harmless, ends the server; svc.startd restarts it, and its \
             connections are lost.",
    mend: "Leave the refresh method out if the server cannot read its configuration while it runs: the admin sees \
           that from `svcadm refresh` doing nothing.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c; illumos-gate usr/src/man/man7/smf_method.7; signal(3HEAD)",
    examples: &[Example {
        bad: "name=\"refresh\" exec=\":kill -TERM\"",
        good: "name=\"refresh\" exec=\"/opt/local/bin/acme reload\"",
    }],
};

/// A refresh that does nothing.
pub(crate) static REFRESH_NOTHING: Rule = Rule {
    code: "PW1110",
    title: "a refresh that does nothing",
    severity: Severity::Note,
    what: "A refresh method of `:true` is what svc.startd does anyway when there is none.",
    effect: "Nothing; but who reads the manifest thinks that the server supports it.",
    mend: "Remove the method.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c",
    examples: &[Example {
        bad: "<exec_method type=\"method\" name=\"refresh\" exec=\":true\" timeout_seconds=\"60\"/>",
        good: "<exec_method type=\"method\" name=\"refresh\" exec=\"/opt/local/bin/acme reload\" \
                   timeout_seconds=\"60\"/>",
    }],
};

/// A stop method without end.
pub(crate) static STOP_WITHOUT_END: Rule = Rule {
    code: "PW1111",
    title: "a stop method without end",
    severity: Severity::Warning,
    what: "The timeout of the stop method is 0 or -1: svc.startd waits for ever.",
    effect: "A server that hangs keeps `svcadm disable -s`, the update of its package, and the shutdown of the \
             machine waiting until somebody kills it by hand.",
    mend: "Give it a little more than it takes to finish its work: `timeout_seconds=\"60\"`. When the time is over, \
           svc.startd kills what is left.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c; illumos-gate usr/src/man/man7/smf_method.7",
    examples: &[Example {
        bad: "name=\"stop\" exec=\":kill\" timeout_seconds=\"0\"",
        good: "name=\"stop\" exec=\":kill\" timeout_seconds=\"60\"",
    }],
};

/// :kill in a transient service.
pub(crate) static KILL_TRANSIENT: Rule = Rule {
    code: "PW1114",
    title: ":kill in a transient service",
    severity: Severity::Warning,
    what: "A transient service has no contract, and `:kill` sends its signal to the contract.",
    effect: "The method fails with \"Invalid use of :kill\": the service goes into maintenance when it is disabled.",
    mend: "Use `exec=\":true\"`, or a command that undoes what start did.",
    source: "illumos-gate usr/src/cmd/svc/startd/method.c",
    examples: &[Example {
        bad: "<exec_method type=\"method\" name=\"stop\" exec=\":kill\" timeout_seconds=\"3\"/>",
        good: "<exec_method type=\"method\" name=\"stop\" exec=\":true\" timeout_seconds=\"3\"/>",
    }],
};

/// A :kill that is none.
pub(crate) static KILL_MALFORMED: Rule = Rule {
    code: "PW1115",
    title: "a :kill that is none",
    severity: Severity::Warning,
    what: "`:kill` stands alone, or before a hyphen and the name of a signal without SIG, or its number. `:true` \
           stands alone. Anything else that looks similar is run as a command.",
    effect: "The shell finds no such command: stop fails, and the service goes into maintenance.",
    mend: "Write `:kill -HUP`.",
    source: "illumos-gate usr/src/lib/librestart/common/librestart.c (restarter_is_kill_method)",
    examples: &[Example { bad: "name=\"stop\" exec=\":kill -SIGTERM\"", good: "name=\"stop\" exec=\":kill -TERM\"" }],
};

/// A method token that does not expand.
pub(crate) static TOKEN: Rule = Rule {
    code: "PW1116",
    title: "a method token that does not expand",
    severity: Severity::Warning,
    what: "`%%`, `%r`, `%m`, `%s`, `%i` and `%f` are known, and `%{group/property}`, or `%{property}` of the group \
           application. The property must exist when the method runs; one that the manifest does not have must come \
           from a profile or the admin.",
    effect: "The method is not run: \"property not found\" or \"unknown method token\", and the service goes into \
             maintenance.",
    mend: "Define the property, or write `%%` for a percent sign.",
    source: "illumos-gate usr/src/cmd/svc/startd/expand.c",
    examples: &[Example { bad: "%{config/flie}", good: "%{config/file}" }],
};
