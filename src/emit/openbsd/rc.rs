//! The rc.d script, for OpenBSD's rc.subr(8).
//!
//! Checked against src etc/rc.d/rc.subr 1.163: the command runs as `su -fl -c CLASS -s /bin/sh USER -c "…"`, so that the
//! environment is the login class's and nothing of the script's; `rc_check` and the signals find the server by its whole
//! command line, taken for a regular expression; what `rc_pre` and `rc_configtest` print is dropped.
use anyhow::Result;
use serde::Serialize;

use super::spelling::{Spelling, uses_run_directory};
use crate::emit::dialect::{Dialect, Engine, Form, Text};
use crate::port::{Before, Phrase, Place, Port, Service, before_start};

/// `daemon_timeout` unless a script says otherwise (rc.subr(8)).
const TIMEOUT: u64 = 30;

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the template that is there or not")]
struct Context {
    shell: String,
    rc_subr: String,
    head: Vec<String>,
    program: Text,
    directory: Text,
    arguments: Vec<Text>,
    timeout: Option<u64>,
    user: String,
    group: String,
    plus: bool,
    no_reload: bool,
    reload_signal: Option<String>,
    stop_signal: Option<String>,
    configtest: Vec<Text>,
    /// There is no package that made the user.
    alone: bool,
    links: Vec<LinkOf>,
    run: Option<Text>,
    /// The working directory is none of the service's own.
    looked_for: bool,
    writable: Vec<Text>,
    readable: Vec<Text>,
    programs: Vec<String>,
}

/// A link that the script makes, since no package did.
#[derive(Serialize)]
struct LinkOf {
    directory: Text,
    file: Text,
    link: Text,
}

/// The script; `head` are comments.
///
/// # Errors
/// A value that rc.subr cannot carry.
pub(super) fn script(port: &Port, service: &Service, spelling: Spelling, head: Vec<String>) -> Result<String> {
    let text = |phrase: &Phrase| spelling.phrase(phrase, port);
    let (form, alone) = match spelling {
        Spelling::Port(_) => (Form::PkgSubst, false),
        Spelling::Resolved => (Form::Resolved, true),
    };
    let facts = &port.profile.service;
    let before: Vec<Before<'_>> = before_start(port, service, |option| option.default).collect();
    let required = before.iter().filter_map(|one| match one {
        Before::Program(program) => (!program.base).then_some(program),
        Before::Linked(program, ..) => Some(program),
        _ => None,
    });
    let timeout = service.stop_timeout.as_secs() + u64::from(service.stop_timeout.subsec_nanos() > 0);
    // Every test starts in the working directory: it comes first, and need only be there when it is none of the data's.
    let is_data = |path: &&Phrase| service.directories.iter().any(|directory| directory.path == **path);
    let writable: Vec<&Phrase> = before
        .iter()
        .filter_map(|one| match one {
            Before::Writable(path) => Some(*path),
            _ => None,
        })
        .filter(is_data)
        .collect();
    let is_own = writable.first() == Some(&&service.directory);
    let context = Context {
        shell: facts.rc_shell.clone().unwrap_or_else(|| "/bin/ksh".into()),
        rc_subr: facts.rc_subr.clone().unwrap_or_else(|| "/etc/rc.d/rc.subr".into()),
        head,
        program: text(&service.program),
        directory: text(&service.directory),
        arguments: service.arguments.iter().map(text).collect(),
        // It bounds starting, too: never less than what it is anyway.
        timeout: (timeout > TIMEOUT).then_some(timeout),
        user: service.user.clone(),
        group: service.group.clone(),
        // Of all that a word of a command may hold only this means something in a regular expression and not itself.
        plus: service.arguments.iter().chain([&service.program]).any(|word| word.literals().contains('+')),
        no_reload: service.reload.is_none(),
        reload_signal: service.reload.clone().filter(|signal| signal != "HUP"),
        stop_signal: Some(service.stop_signal.clone()).filter(|signal| signal != "TERM"),
        configtest: service.configtest.iter().map(text).collect(),
        alone,
        links: service
            .own_links
            .iter()
            .map(|(directory, link)| LinkOf {
                directory: text(directory),
                file: spelling.place(Place::Bin, port).lit(format!("/{}", link.file)),
                link: text(directory).lit(format!("/{}", link.name)),
            })
            .collect(),
        run: uses_run_directory(port, service).then(|| spelling.place(Place::Run, port)),
        looked_for: !is_own,
        writable: writable.into_iter().map(text).collect(),
        readable: before
            .iter()
            .filter_map(|one| match one {
                Before::Readable(config) => Some(text(&config.path)),
                _ => None,
            })
            .collect(),
        programs: required.map(|program| program.name.clone()).collect(),
    };
    Engine::new(Dialect::Sh, form)?.render("rc.d/openbsd.ksh", &context)
}
