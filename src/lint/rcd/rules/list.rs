//! All rules for rc.d scripts.
use super::super::model::Model;
use super::rcorder::{self, Ordered};
use super::{
    background, defaults, foreground, freebsd, freebsd_daemon, header, hooks, openbsd, openbsd_start, order, own_start,
    process, programs, quotes, quoting, shells, skeleton, syntax, user, variables,
};
use crate::finding::{Finding, Place, Rule, Source};
use std::borrow::Cow;
use std::sync::Arc;

/// The service that the texts of rules speak of.
const EXAMPLE: &str = "lantern";

/// By code.
pub(in super::super) static RULES: &[&Rule] = &[
    &syntax::SYNTAX,
    &syntax::UNREAD,
    &syntax::FAMILY,
    &skeleton::NAME,
    &skeleton::SUBR,
    &skeleton::LOAD,
    &skeleton::RUN,
    &skeleton::RCVAR,
    &header::PROVIDE,
    &header::IGNORED,
    &header::KEYWORD,
    &rcorder::UNKNOWN,
    &rcorder::CYCLE,
    &order::FROZEN,
    &order::OVERWRITTEN,
    &defaults::DEFAULT,
    &variables::MISSPELT,
    &variables::FOREIGN,
    &hooks::MISSING,
    &hooks::COMMAND,
    &hooks::UNCALLED,
    &quoting::TEST,
    &quoting::REMOVE,
    &shells::LACKS,
    &programs::BY_NAME,
    &programs::SERVICE_PATH,
    &user::ROOT,
    &process::PIDFILE,
    &process::NAME,
    &quotes::QUOTES,
    &header::SHUTDOWN,
    &variables::GROUP,
    &order::LATE,
    &foreground::FOREGROUND,
    &programs::NO_FILE,
    &background::PIPELINE,
    &background::UNWATCHED,
    &background::INDENTED,
    &own_start::PLAIN,
    &own_start::NO_STOP,
    &openbsd::FILE_NAME,
    &openbsd::SHELL,
    &openbsd::EXPORT,
    &openbsd::PEXP,
    &openbsd::AFTER,
    &openbsd::CLASS,
    &openbsd_start::RCEXEC,
    &openbsd_start::BACKGROUND,
    &openbsd_start::LOGGER,
    &openbsd_start::PATTERN,
    &openbsd::NO_DAEMON,
    &openbsd_start::FUNCTION,
    &openbsd_start::DIRECT,
    &openbsd_start::RELOAD,
    &openbsd_start::FACILITY,
    &freebsd::START_CMD,
    &freebsd_daemon::USER,
    &freebsd_daemon::RESTARTED,
    &freebsd_daemon::FOUND,
    &freebsd_daemon::DELAY,
    &freebsd_daemon::FLAGS,
    &freebsd::ENABLE,
    &freebsd_daemon::NO_RESTART,
];

/// Judges a script by itself.
pub(in super::super) fn judge(model: &Model<'_>) -> Vec<Finding> {
    let mut out = found(model);
    if let Some(service) = service(model) {
        for finding in &mut out {
            speak_of(finding, &service);
        }
    }
    out
}

/// What the script's service is called; on OpenBSD the file says it.
fn service(model: &Model<'_>) -> Option<String> {
    let file = || Some(model.source.path.file_stem()?.to_str()?.to_owned());
    model.service.clone().or_else(|| model.family.is_openbsd().then(file).flatten())
}

/// The texts of rules are about a service `lantern`, those of a finding about its own.
fn speak_of(finding: &mut Finding, service: &str) {
    for text in [&mut finding.effect, &mut finding.mend] {
        if let Cow::Borrowed(of_rule) = text
            && of_rule.contains(EXAMPLE)
        {
            *text = Cow::Owned(of_rule.replace(EXAMPLE, service));
        }
    }
}

fn found(model: &Model<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    header::check(model, &mut out);
    if syntax::check(model, &mut out) {
        // What stands behind the trouble is not known, so nothing can be said to be missing.
        out.retain(|finding| finding.rule.code != header::SHUTDOWN.code && finding.rule.code != header::PROVIDE.code);
        return out;
    }
    skeleton::check(model, &mut out);
    order::check(model, &mut out);
    defaults::check(model, &mut out);
    variables::check(model, &mut out);
    hooks::check(model, &mut out);
    quoting::check(model, &mut out);
    shells::check(model, &mut out);
    programs::check(model, &mut out);
    user::check(model, &mut out);
    process::check(model, &mut out);
    quotes::check(model, &mut out);
    background::check(model, &mut out);
    own_start::check(model, &mut out);
    foreground::check(model, &mut out);
    if model.family.is_openbsd() {
        openbsd::check(model, &mut out);
        openbsd_start::check(model, &mut out);
    }
    if model.family.is_freebsd() {
        freebsd::check(model, &mut out);
        freebsd_daemon::check(model, &mut out);
    }
    out
}

/// Judges all scripts together.
pub(in super::super) fn judge_together(all: &[Ordered<'_>]) -> Vec<Finding> {
    let mut out = Vec::new();
    rcorder::check(all, &mut out);
    out
}

/// A script whose system is not known.
pub(in super::super) fn undecided(source: &Arc<Source>) -> Finding {
    let end = source.text.find('\n').unwrap_or(source.text.len());
    Finding::new(&syntax::FAMILY, Place::text(source, 0..end), "nothing says for which system this script is")
}

/// A script that is too long.
pub(in super::super) fn too_long(source: &Arc<Source>) -> Finding {
    let end = source.text.find('\n').unwrap_or(source.text.len());
    Finding::new(&syntax::UNREAD, Place::text(source, 0..end), "the script is too long to be judged")
}
