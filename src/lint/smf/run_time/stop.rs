//! Stop and refresh.
use super::command::program;
use super::kill::{Word, keyword};
use super::service::{Duration, Run};
use super::shell::split;
use crate::finding::{Fix, Severity};
use crate::lint::smf::check::{FOR_EVER, Out, short};
use crate::lint::smf::rules::{KILL_TRANSIENT, REFRESH_ENDS, REFRESH_NOTHING, STOP_WITHOUT_END};
use crate::lint::smf::value::count;

/// Signals whose purpose is to end a process; the others may be caught for something else.
const ENDING: &[&str] = &["TERM", "KILL", "INT", "QUIT", "ABRT"];
/// Signals that do nothing to a process that does not catch them (signal.h(3HEAD)).
const HARMLESS: [&str; 13] =
    ["CHLD", "PWR", "WINCH", "URG", "CONT", "WAITING", "LWP", "FREEZE", "THAW", "CANCEL", "JVM1", "JVM2", "INFO"];
/// Programs whose runtime ends on SIGHUP, and servers that catch INT and TERM only, by their own sources (gotosocial
/// cmd/gotosocial/action/server/server.go, nostr-rs-relay src/server.rs; pict-rs: actix-server's signals).
const END_ON_HUP: &[&str] = &["java", "node", "gotosocial", "nostr-rs-relay", "pict-rs"];
/// Servers that catch SIGHUP and do nothing (garage 2.5 server.rs: `reload not supported`).
const IGNORE_HUP: &[&str] = &["garage"];
/// Servers that read their configuration again on SIGHUP, by their own manuals.
const RELOADING: &[&str] = &[
    "apache2",
    "avahi-daemon",
    "bird",
    "clamd",
    "collectd",
    "cron",
    "cupsd",
    "dnsmasq",
    "dovecot",
    "exim",
    "freshclam",
    "haproxy",
    "httpd",
    "inetd",
    "lighttpd",
    "master",
    "monit",
    "named",
    "nginx",
    "nmbd",
    "nsd",
    "openvpn",
    "php-fpm",
    "postgres",
    "postmaster",
    "privoxy",
    "proftpd",
    "radiusd",
    "rsyslogd",
    "smbd",
    "snmpd",
    "squid",
    "sshd",
    "syslog-ng",
    "syslogd",
    "tor",
    "unbound",
    "winbindd",
];

pub(super) fn check(run: &Run<'_>, out: &mut Out) {
    for method in run.methods.iter().filter(|method| matches!(method.name(), "stop" | "refresh")) {
        if run.duration == Duration::Transient && matches!(keyword(method.element.value("exec")), Some(Word::Kill(_))) {
            out.say(&KILL_TRANSIENT, method.exec_span(), format!("`{}` in a transient service", short(method.exec())));
        }
    }
    stop(run, out);
    refresh(run, out);
}

fn stop(run: &Run<'_>, out: &mut Out) {
    let Some(stop) = run.method("stop").filter(|stop| stop.exec() != ":true") else { return };
    let timeout = stop.element.value("timeout_seconds");
    if count(timeout).is_some_and(|seconds| seconds == 0 || seconds > FOR_EVER) {
        let message = format!("the stop method may take for ever (timeout_seconds=\"{}\")", short(timeout));
        out.say(&STOP_WITHOUT_END, stop.element.value_span("timeout_seconds"), message);
    }
}

fn refresh(run: &Run<'_>, out: &mut Out) {
    let Some(refresh) = run.method("refresh") else { return };
    let signal = match keyword(refresh.element.value("exec")) {
        Some(Word::True) => {
            let element = refresh.element.span();
            out.say_with(&REFRESH_NOTHING, refresh.exec_span(), "the refresh method does nothing", |finding| {
                finding.fix(Fix::new("without a refresh method", element, ""))
            });
            return;
        }
        Some(Word::Kill(signal)) if run.duration != Duration::Transient => signal,
        _ => return,
    };
    if HARMLESS.contains(&signal.as_str()) {
        return;
    }
    let program = run.method("start").and_then(|start| program(&split(start.exec())));
    let name = program.as_ref().map(|program| program.name().to_owned()).unwrap_or_default();
    if ENDING.contains(&signal.as_str()) {
        let message = format!("`{}` on refresh ends the server", short(refresh.exec()));
        out.say(&REFRESH_ENDS, refresh.exec_span(), message);
    } else if signal == "HUP" && IGNORE_HUP.contains(&name.as_str()) {
        out.say(&REFRESH_NOTHING, refresh.exec_span(), format!("`{name}` does nothing on SIGHUP"));
    } else if signal == "HUP" && END_ON_HUP.contains(&name.as_str()) {
        out.say(&REFRESH_ENDS, refresh.exec_span(), format!("`{name}` ends on SIGHUP"));
    } else if !(signal == "HUP" && RELOADING.contains(&name.as_str())) {
        let who = match &program {
            Some(program) if !program.is_method_script() => format!("`{name}`"),
            _ => "the server".to_owned(),
        };
        let message = format!("whether {who} catches SIG{signal} is not known; a process that does not ends");
        out.say_with(&REFRESH_ENDS, refresh.exec_span(), message, |finding| {
            finding.severity(Severity::Unknown).effect("").mend("leave the refresh method out if it does not")
        });
    }
}
