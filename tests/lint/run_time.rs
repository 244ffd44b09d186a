//! What svccfg takes and svc.startd cannot work with: cases on both sides of each line.
use portwright::finding::Severity::{self, Error, Note, Unknown, Warning};

use crate::support::{changed, findings};

/// A sample, a change, and what must be said of it with one code; nothing for `None`.
type Case = (&'static str, &'static str, &'static str, &'static str, Option<Severity>);

const START: &str = "exec=\"/opt/local/bin/acme --config %{config/file} serve\"";
const CHILD: &str = "value=\"child\"";
const DAEMON: &str = "exec=\"/opt/local/bin/acmed --foreground &amp;\"";
const STOP: &str = "name=\"stop\" exec=\":kill\" timeout_seconds=\"60\"";
const REFRESH: &str = "name=\"refresh\" exec=\"/opt/local/bin/acme reload\"";
const PATH: &str = "value=\"/opt/local/bin:/usr/sbin:/usr/bin\"";

const CASES: &[Case] = &[
    // PW1101: a server in the foreground.
    ("acme.xml", CHILD, "value=\"contract\"", "PW1101", Some(Warning)),
    ("acme.xml", CHILD, "value=\"transient\"", "PW1101", Some(Warning)),
    ("instances.xml", DAEMON, "exec=\"/opt/local/bin/acmed --foreground\"", "PW1101", Some(Warning)),
    ("instances.xml", DAEMON, "exec=\"java -jar /opt/acme.jar\"", "PW1101", Some(Warning)),
    ("instances.xml", DAEMON, "exec=\"/usr/bin/env A=b node /opt/acme.js\"", "PW1101", Some(Warning)),
    ("instances.xml", DAEMON, "exec=\"/opt/local/sbin/nginx -g 'daemon off;'\"", "PW1101", Some(Warning)),
    ("instances.xml", DAEMON, "exec=\"/opt/local/sbin/nginx\"", "PW1101", None),
    ("instances.xml", DAEMON, "exec=\"/opt/local/sbin/named -f\"", "PW1101", Some(Warning)),
    ("instances.xml", DAEMON, "exec=\"/opt/local/bin/acmed --daemon\"", "PW1101", None),
    ("instances.xml", DAEMON, "exec=\"/opt/local/sbin/apachectl start\"", "PW1101", None),
    ("instances.xml", DAEMON, "exec=\"/opt/local/bin/acmed\"", "PW1101", Some(Unknown)),
    ("instances.xml", DAEMON, "exec=\"/lib/svc/method/acmed %m\"", "PW1101", Some(Unknown)),
    ("instances.xml", DAEMON, "exec=\":true\"", "PW1101", None),
    // PW1102: a child that ends.
    ("acme.xml", START, "exec=\"/opt/local/bin/acme serve &amp;\"", "PW1102", Some(Warning)),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme --daemonize\"", "PW1102", Some(Warning)),
    ("acme.xml", START, "exec=\"/opt/local/sbin/nginx\"", "PW1102", None),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme 2&gt;&amp;1\"", "PW1102", None),
    // PW1103 and PW1104: what `exec` cannot do.
    ("acme.xml", START, "exec=\"A=b /opt/local/bin/acme\"", "PW1103", Some(Warning)),
    ("acme.xml", START, "exec=\"if true; then acme; fi\"", "PW1103", Some(Warning)),
    ("acme.xml", START, "exec=\"(/opt/local/bin/acme)\"", "PW1103", Some(Warning)),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme --set A=b\"", "PW1103", None),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme || exit 1\"", "PW1104", Some(Warning)),
    ("acme.xml", START, "exec=\"/bin/cd / ; /opt/local/bin/acme\"", "PW1104", Some(Warning)),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme;\"", "PW1104", None),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme | logger\"", "PW1104", None),
    ("acme.xml", START, "exec=\"/sbin/sh -c 'true &amp;&amp; exec /opt/local/bin/acme'\"", "PW1104", None),
    ("acme.xml", START, "exec=\"/opt/local/bin/acme &amp; echo\"", "PW1104", None),
    // PW1105: the working directory.
    ("acme.xml", " working_directory=\"/var/db/acme\"", "", "PW1105", Some(Warning)),
    ("acme.xml", "working_directory=\"/var/db/acme\"", "working_directory=\":home\"", "PW1105", Some(Warning)),
    (
        "acme.xml",
        " working_directory=\"/var/db/acme\">\n      <method_credential user=\"acme\"",
        ">\n      <method_credential user=\"nobody\"",
        "PW1105",
        None,
    ),
    (
        "acme.xml",
        " working_directory=\"/var/db/acme\">\n      <method_credential user=\"acme\"",
        ">\n      <method_credential user=\"root\"",
        "PW1105",
        None,
    ),
    // PW1106: PATH.
    ("acme.xml", PATH, "value=\"/usr/sbin:/usr/bin\"", "PW1106", Some(Warning)),
    ("acme.xml", PATH, "value=\"/opt/local/sbin\"", "PW1106", None),
    ("acme.xml", START, "exec=\"/opt/local/acme/bin/acme\"", "PW1106", None),
    ("acme.xml", "envvar name=\"PATH\"", "envvar name=\"PATHS\"", "PW1106", Some(Note)),
    (
        "acme.xml",
        "envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/>\n      </method_environment>\n    </method_context>\n    <exec_method type=\"method\" name=\"start\" exec=\"/opt/local/bin/acme",
        "envvar name=\"PATHS\" value=\"\"/>\n      </method_environment>\n    </method_context>\n    <exec_method type=\"method\" name=\"start\" exec=\"/opt/local/bin/gotosocial",
        "PW1106",
        Some(Warning),
    ),
    ("acme.xml", START, "exec=\"/usr/bin/acme\"", "PW1106", None),
    ("acme.xml", START, "exec=\"acme\"", "PW1106", None),
    // PW1107: an environment that replaces another.
    (
        "contexts.xml",
        "<envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/></method_environment>",
        "</method_environment>",
        "PW1107",
        Some(Warning),
    ),
    (
        "contexts.xml",
        "<method_context><method_environment><envvar name=\"LANG\" value=\"C\"/><envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/></method_environment></method_context>",
        "<method_context working_directory=\"/\"/>",
        "PW1107",
        None,
    ),
    (
        "instances.xml",
        "<instance name=\"blue\" enabled=\"false\"/>",
        "<instance name=\"blue\" enabled=\"false\"><method_context><method_environment><envvar name=\"PATH\" value=\"/opt/local/bin\"/></method_environment></method_context></instance>",
        "PW1107",
        Some(Warning),
    ),
    // PW1109 and PW1110: refresh.
    ("acme.xml", REFRESH, "name=\"refresh\" exec=\":kill\"", "PW1109", Some(Warning)),
    ("acme.xml", REFRESH, "name=\"refresh\" exec=\":kill -9\"", "PW1109", Some(Warning)),
    ("acme.xml", REFRESH, "name=\"refresh\" exec=\":kill -HUP\"", "PW1109", Some(Unknown)),
    ("acme.xml", REFRESH, "name=\"refresh\" exec=\":kill -WINCH\"", "PW1109", None),
    ("acme.xml", REFRESH, "name=\"refresh\" exec=\":true\"", "PW1110", Some(Note)),
    ("hup.xml", "bin/acme ", "bin/pict-rs ", "PW1109", Some(Warning)),
    ("hup.xml", "bin/acme ", "bin/java ", "PW1109", Some(Warning)),
    ("hup.xml", "bin/acme ", "bin/nginx ", "PW1109", None),
    ("hup.xml", "bin/acme ", "bin/garage ", "PW1109", None),
    ("hup.xml", "bin/acme ", "bin/garage ", "PW1110", Some(Note)),
    // PW1111: stop.
    ("acme.xml", STOP, "name=\"stop\" exec=\":kill\" timeout_seconds=\"0\"", "PW1111", Some(Warning)),
    ("acme.xml", STOP, "name=\"stop\" exec=\":kill\" timeout_seconds=\"-1\"", "PW1111", Some(Warning)),
    (
        "acme.xml",
        STOP,
        "name=\"stop\" exec=\":kill\" timeout_seconds=\"18446744073709551615\"",
        "PW1111",
        Some(Warning),
    ),
    ("acme.xml", STOP, "name=\"stop\" exec=\":true\" timeout_seconds=\"0\"", "PW1111", None),
    // PW1112, PW1113.
    ("acme.xml", "svc:/milestone/network:default", "svc:/site/acme:default", "PW1112", Some(Error)),
    ("instances.xml", "name=\"green\" enabled=\"false\"", "name=\"green\" enabled=\"true\"", "PW1113", Some(Warning)),
    // PW1114 and PW1115: `:kill`.
    ("acme.xml", "value=\"child\"", "value=\"transient\"", "PW1114", Some(Warning)),
    ("acme.xml", STOP, "name=\"stop\" exec=\" :kill\" timeout_seconds=\"60\"", "PW1115", Some(Warning)),
    ("acme.xml", STOP, "name=\"stop\" exec=\":kill -HUP -TERM\" timeout_seconds=\"60\"", "PW1115", Some(Warning)),
    // PW1116: tokens.
    ("acme.xml", "%{config/file}", "%{config/flie}", "PW1116", Some(Warning)),
    ("acme.xml", "%{config/file}", "%{file}", "PW1116", Some(Warning)),
    ("acme.xml", "%{config/file}", "%{config/file", "PW1116", Some(Warning)),
    ("acme.xml", "%{config/file}", "%x", "PW1116", Some(Warning)),
    ("acme.xml", "%{config/file}", "%{config/file,}%%%s%i%f%r%m%{restarter/contract}", "PW1116", None),
    ("acme.xml", "%{config/file}", "%{svc:/network/http:default/:properties/a/b}", "PW1116", None),
    ("acme.xml", "%{config/file} serve", "%", "PW1116", None),
    // PW1118 and PW1119.
    ("instances.xml", "<envvar name=\"HOME\"", "<envvar name=\"PATH\"", "PW1118", Some(Warning)),
    (
        "instances.xml",
        "name=\"critical_failure_period\" type=\"integer\"",
        "name=\"critical_failure_period\" type=\"count\"",
        "PW1119",
        Some(Warning),
    ),
    // Another restarter: nothing of this is known.
    ("instances.xml", "svc:/system/svc/restarter:default", "svc:/network/inetd:default", "PW1130", Some(Unknown)),
    ("instances.xml", "svc:/system/svc/restarter:default", "svc:/network/inetd:default", "PW1055", None),
];

/// A service that is refreshed by SIGHUP, with one change.
fn hup(from: &str, to: &str) -> String {
    let text = changed("acme.xml", REFRESH, "name=\"refresh\" exec=\":kill -HUP\"");
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}

#[test]
fn both_sides_of_each_line() {
    for (name, from, to, code, wanted) in CASES {
        let text = if *name == "hup.xml" { hup(from, to) } else { changed(name, from, to) };
        let found = findings(&text);
        let said: Vec<Severity> = found.iter().filter(|one| one.rule.code == *code).map(|one| one.severity).collect();
        let all: Vec<_> =
            found.iter().map(|one| format!("{} {} {}", one.rule.code, one.severity, one.message)).collect();
        assert_eq!(said.first().copied(), *wanted, "{name}: {to}\n{}", all.join("\n"));
    }
}

#[test]
fn the_timeout_is_named_in_the_effect() {
    for (timeout, words) in
        [("60", "After 60 s the server is killed"), ("0", "There is no timeout"), ("-1", "When the timeout is over")]
    {
        let text = changed("acme.xml", CHILD, "value=\"contract\"").replacen(
            "timeout_seconds=\"60\"",
            &format!("timeout_seconds=\"{timeout}\""),
            1,
        );
        let found = findings(&text);
        let effect = &found.iter().find(|one| one.rule.code == "PW1101").unwrap().effect;
        assert!(effect.contains(words), "{effect}");
    }
}

#[test]
fn a_path_is_put_where_the_environment_is() {
    let mend = |text: &str| {
        let found = findings(text);
        found.iter().find(|one| one.rule.code == "PW1106").unwrap().mend.to_string()
    };
    let variable = "<envvar name=\"PATH\" value=\"/opt/local/bin:/usr/sbin:/usr/bin\"/>";
    let without = changed("acme.xml", "envvar name=\"PATH\"", "envvar name=\"LANG\"");
    assert_eq!(mend(&without), format!("in the `method_environment`: {variable}"));
    let (before, rest) = without.split_once("<method_environment>").unwrap();
    let none = format!("{before}{}", rest.split_once("</method_environment>").unwrap().1);
    let whole = format!("<method_environment>{variable}</method_environment>");
    assert_eq!(mend(&none), format!("in the `method_context`, behind the credential: {whole}"));
}
