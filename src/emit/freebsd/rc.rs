//! FreeBSD's rc.d script, for rc.subr(8) and daemon(8).
//!
//! Checked against freebsd-src libexec/rc/rc.subr with service jails: the command is `cd DIR && limits … su -m USER -c
//! 'sh -c "env … /usr/sbin/daemon … server"'`. The user is rc.subr's business, not daemon's `-u`, so that
//! `${name}_limits`, `_env`, `_login_class` and the rest hold: the login class of `-u` would undo them. Everything that is
//! started stands in `command_args` from the beginning, as no precmd runs in a service jail.
use anyhow::Result;
use serde::Serialize;

use crate::emit::dialect::{Dialect, Engine, Form, Text};
use crate::emit::rcd::{self, Looked, Setting};
use crate::emit::{Account, Spelling};
use crate::port::{Model, Phrase, Place, Port, Service};
use crate::recipe::Need;

#[derive(Serialize)]
struct Context {
    head: Vec<String>,
    ident: String,
    summary: String,
    require: Vec<&'static str>,
    variables: Vec<Variable>,
    rc_subr: String,
    user: Text,
    group: Text,
    configs: Vec<Config>,
    arguments: Vec<Text>,
    directory: Text,
    env_file: Text,
    open_files: Option<u64>,
    limits: Vec<Text>,
    network: bool,
    home: Text,
    path: Vec<Text>,
    environment: Vec<Pair>,
    program: Text,
    run: Text,
    restarts: bool,
    required_files: Vec<Text>,
    extra_commands: String,
    configtest: Vec<Text>,
    sig_stop: Option<String>,
    sig_reload: Option<String>,
    links: Vec<LinkOf>,
    programs: Vec<String>,
    readable: Vec<Text>,
    writable: Vec<Text>,
    settings: Vec<Setting>,
    v_args: Text,
    v_user: Text,
    v_group: Text,
    v_chdir: Text,
    v_env: Text,
}

/// A variable of rc.conf and what it means.
#[derive(Serialize)]
struct Variable {
    name: String,
    means: String,
}

#[derive(Serialize)]
struct Config {
    variable: String,
    path: Text,
}

#[derive(Serialize)]
struct Pair {
    name: String,
    value: Text,
}

/// A link that the script makes, since no port did.
#[derive(Serialize)]
struct LinkOf {
    name: String,
    directory: Text,
    file: Text,
    link: Text,
}

/// The script; empty without a service.
///
/// # Errors
/// A value that rc.subr cannot carry.
pub(super) fn script(port: &Port, spelling: &Spelling<'_>) -> Result<String> {
    let Some(service) = &port.service else { return Ok(String::new()) };
    let ident = &port.ident;
    let variable = |name: &str| Text::variable(format!("{ident}_{name}"));
    let config = |id: &str| variable(&rcd::config_variable(id));
    let plain = |phrase: &Phrase| spelling.phrase(phrase, config);
    let own = |place: Place, rest: &str| spelling.place(place).lit(rest);
    let packaged = matches!(spelling, Spelling::Ports(_));
    let mut extra_commands = vec!["check"];
    extra_commands.extend((!service.configtest.is_empty()).then_some("configtest"));
    extra_commands.extend(service.reload.is_some().then_some("reload"));
    let looked = Looked::at(port, service, config, plain);
    let context = Context {
        head: if packaged { Vec::new() } else { head(port, service) },
        ident: ident.clone(),
        summary: service.summary.clone(),
        require: require(&service.needs),
        variables: variables(port, service),
        rc_subr: port.profile.service.rc_subr.clone().unwrap_or_else(|| "/etc/rc.subr".into()),
        user: spelling.account(port, Account::User),
        group: spelling.account(port, Account::Group),
        configs: service
            .configs
            .iter()
            .map(|one| Config {
                variable: rcd::config_variable(&one.id),
                path: spelling.phrase(&one.path, |_| Text::new()),
            })
            .collect(),
        arguments: service.arguments.iter().map(plain).collect(),
        directory: plain(&service.directory),
        env_file: own(Place::Sysconf, &format!("/{}.env", port.name)),
        open_files: service.open_files,
        limits: service.open_files.map_or_else(Vec::new, |files| vec!["-n".into(), files.to_string().into()]),
        network: service.needs.contains(&Need::Network) || !service.listen.is_empty(),
        home: own(Place::State, ""),
        path: service.path.iter().map(plain).collect(),
        environment: service
            .environment
            .iter()
            .map(|(name, value)| Pair { name: name.clone(), value: plain(value) })
            .collect(),
        program: plain(&service.program),
        run: own(Place::Run, ""),
        restarts: restarts(service),
        readable: looked.readable.clone(),
        required_files: looked.readable,
        extra_commands: extra_commands.join(" "),
        configtest: service.configtest.iter().map(plain).collect(),
        sig_stop: Some(service.stop_signal.clone()).filter(|signal| signal != "TERM"),
        sig_reload: service.reload.clone(),
        links: links(service, spelling, plain),
        programs: looked.programs,
        writable: looked.writable,
        settings: if packaged { Vec::new() } else { rcd::settings(port, config) },
        v_args: variable("args"),
        v_user: variable("user"),
        v_group: variable("group"),
        v_chdir: variable("chdir"),
        v_env: variable("env"),
    };
    let form = if packaged { Form::Ports } else { Form::Resolved };
    Engine::new(Dialect::Sh, form)?.render("rc.d/freebsd.sh", &context)
}

/// daemon(8) passes on TERM only, and starts the server again after any other end: a server that another signal stops
/// is not started again, and neither is one that is to be put aside after a few failures.
fn restarts(service: &Service) -> bool {
    service.stop_signal == "TERM" && service.model == Model::Process
}

/// All that a server can ask for is there before LOGIN (rcorder(8)), but for what other ports bring.
fn require(needs: &[Need]) -> Vec<&'static str> {
    let mut require = vec!["LOGIN"];
    require.extend(needs.contains(&Need::Postgresql).then_some("postgresql"));
    require
}

fn variables(port: &Port, service: &Service) -> Vec<Variable> {
    let ident = &port.ident;
    let one = |name: &str, means: &str| Variable { name: format!("{ident}_{name}"), means: means.to_owned() };
    let mut all = vec![one("enable", "YES to run it; the default is NO")];
    for config in &service.configs {
        all.push(one(&rcd::config_variable(&config.id), "its configuration file"));
    }
    if !service.arguments.is_empty() {
        all.push(one("args", "all arguments of the server"));
    }
    all.push(one("env", "more environment: words NAME=value"));
    all.push(one("env_file", "a file of lines NAME=value, for secrets: root reads it"));
    all.push(one("flags", "more arguments of daemon(8), as -o FILE for the output"));
    all
}

fn links(service: &Service, spelling: &Spelling<'_>, plain: impl Fn(&Phrase) -> Text) -> Vec<LinkOf> {
    let links = service.own_links.iter().map(|(directory, link)| LinkOf {
        name: link.name.clone(),
        directory: plain(directory),
        file: spelling.place(Place::Bin).lit(format!("/{}", link.file)),
        link: plain(directory).lit(format!("/{}", link.name)),
    });
    links.collect()
}

/// What a stand-alone script says of itself; a port has its pkg-message.
fn head(port: &Port, service: &Service) -> Vec<String> {
    let mut head = vec![format!("{}: {}", port.name, port.about.comment)];
    let facts = &port.profile.service;
    if let (Some(rc_d), Some(rc_conf)) = (&facts.rc_d, &facts.rc_conf) {
        head.push(format!(
            "Install as {rc_d}/{0} (mode 0555) and put {0}_enable=YES into {rc_conf} (sysrc {0}_enable=YES).",
            port.ident
        ));
    }
    head.extend(crate::emit::preparations(port, service, false));
    if let Some(memory) = service.memory {
        head.push(format!("Needs {} of memory.", crate::port::size(memory)));
    }
    head.extend(crate::emit::options_said(port));
    head
}
