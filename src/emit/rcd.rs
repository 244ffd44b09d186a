//! NetBSD's rc.d script, for rc.subr(8).
//!
//! Checked against src etc/rc.subr 1.102 and pkgtools/rc.subr 20180826: the command is `cd DIR; env … command flags
//! args`, evaluated as it is or inside `su -m USER -c 'sh -c "…"'`. pkgtools' does not know `${name}_env`, so the
//! script exports it as well.
use anyhow::Result;
use serde::Serialize;

use super::dialect::{Dialect, Engine, Form, Text};
use super::{Account, Spelling};
use crate::port::{Before, Phrase, Place, Port, Service, before_start};
use crate::recipe::Need;

#[derive(Serialize)]
struct Context {
    shell: Text,
    rc_subr: String,
    head: Vec<String>,
    ident: String,
    require: Vec<&'static str>,
    program: Text,
    pidfile: Text,
    run: Text,
    extra_commands: String,
    configtest: Vec<Text>,
    sig_stop: Option<String>,
    sig_reload: Option<String>,
    user: Text,
    home: Text,
    directory: Text,
    log: Text,
    configs: Vec<Config>,
    open_files: Option<u64>,
    path: Vec<Text>,
    environment: Vec<Variable>,
    required_files: Vec<Text>,
    readable: Vec<Text>,
    writable: Vec<Text>,
    programs: Vec<String>,
    settings: Vec<Setting>,
    arguments: Vec<Text>,
    links: Vec<LinkOf>,
    v_args: Text,
    v_user: Text,
    v_chdir: Text,
    v_log: Text,
    v_env: Text,
    v_nofiles: Text,
}

/// A link that the script makes, since no package did.
#[derive(Serialize)]
struct LinkOf {
    name: String,
    directory: Text,
    file: Text,
    link: Text,
}

#[derive(Serialize)]
struct Config {
    variable: String,
    path: Text,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    value: Text,
}

/// A setting that the configuration should have.
#[derive(Serialize)]
pub(super) struct Setting {
    pattern: String,
    file: Text,
    key: String,
    value: String,
    reason: String,
}

/// What a script looks at before it starts the server.
pub(super) struct Looked {
    /// Files that the server reads.
    pub(super) readable: Vec<Text>,
    /// Directories in which it writes.
    pub(super) writable: Vec<Text>,
    /// Programs that it runs by name.
    pub(super) programs: Vec<String>,
}

impl Looked {
    /// What [`before_start`] lists, as a script spells it.
    pub(super) fn at(
        port: &Port,
        service: &Service,
        config: impl Fn(&str) -> Text,
        plain: impl Fn(&Phrase) -> Text,
    ) -> Self {
        let mut looked = Self { readable: Vec::new(), writable: Vec::new(), programs: Vec::new() };
        for one in before_start(port, service, |option| option.default) {
            match one {
                Before::Readable(file) => looked.readable.push(config(&file.id)),
                Before::Writable(path) if *path == service.directory => {
                    looked.writable.push(Text::variable(format!("{}_chdir", port.ident)));
                }
                Before::Writable(path) => looked.writable.push(plain(path)),
                Before::Program(program) => looked.programs.push(program.name.clone()),
                _ => {}
            }
        }
        looked
    }
}

/// The end of the variable's name that rc.conf sets for a configuration file: `config` for the main one.
#[must_use]
pub fn config_variable(id: &str) -> String {
    if id == "main" { "config".to_owned() } else { format!("config_{}", id.replace('-', "_")) }
}

/// The script; empty without a service.
///
/// # Errors
/// A value that rc.subr cannot carry.
pub fn script(port: &Port, spelling: &Spelling<'_>) -> Result<String> {
    let Some(service) = &port.service else { return Ok(String::new()) };
    let ident = &port.ident;
    let variable = |name: &str| Text::variable(format!("{ident}_{name}"));
    let config = |id: &str| variable(&config_variable(id));
    let plain = |phrase: &Phrase| spelling.phrase(phrase, config);
    let own = |place: Place, rest: &str| spelling.place(place).lit(rest);
    let mut extra_commands = vec!["check"];
    if !service.configtest.is_empty() {
        extra_commands.push("configtest");
    }
    if service.reload.is_some() {
        extra_commands.push("reload");
    }
    let looked = Looked::at(port, service, config, plain);
    let form = match spelling {
        Spelling::Package(_) => Form::Package,
        Spelling::Ports(_) | Spelling::Resolved(_) => Form::Resolved,
    };
    let facts = &port.profile.service;
    let context = Context {
        shell: match spelling {
            Spelling::Package(_) => Text::token("RCD_SCRIPTS_SHELL"),
            Spelling::Ports(_) | Spelling::Resolved(_) => {
                Text::new().lit(facts.rc_shell.clone().unwrap_or_else(|| "/bin/sh".into()))
            }
        },
        rc_subr: facts.rc_subr.clone().unwrap_or_else(|| "/etc/rc.subr".into()),
        head: head(port, spelling),
        ident: ident.clone(),
        require: require(&service.needs),
        program: plain(&service.program),
        pidfile: own(Place::Run, &format!("/{}.pid", port.name)),
        run: own(Place::Run, ""),
        extra_commands: extra_commands.join(" "),
        configtest: service.configtest.iter().map(plain).collect(),
        // rc.subr's own defaults need no line.
        sig_stop: Some(service.stop_signal.clone()).filter(|signal| signal != "TERM"),
        sig_reload: service.reload.clone().filter(|signal| signal != "HUP"),
        user: spelling.account(port, Account::User),
        home: own(Place::State, ""),
        directory: plain(&service.directory),
        log: own(Place::Log, &format!("/{}.log", port.name)),
        configs: service
            .configs
            .iter()
            .map(|one| Config { variable: config_variable(&one.id), path: spelling.phrase(&one.path, |_| Text::new()) })
            .collect(),
        open_files: service.open_files,
        path: service.path.iter().map(plain).collect(),
        environment: service
            .environment
            .iter()
            .map(|(name, value)| Variable { name: name.clone(), value: plain(value) })
            .collect(),
        readable: looked.readable.clone(),
        required_files: looked.readable,
        writable: looked.writable,
        programs: looked.programs,
        settings: if matches!(spelling, Spelling::Resolved(_)) { settings(port, config) } else { Vec::new() },
        arguments: service.arguments.iter().map(plain).collect(),
        links: service
            .own_links
            .iter()
            .map(|(directory, link)| LinkOf {
                name: link.name.clone(),
                directory: plain(directory),
                file: own(Place::Bin, &format!("/{}", link.file)),
                link: plain(directory).lit(format!("/{}", link.name)),
            })
            .collect(),
        v_args: variable("args"),
        v_user: variable("user"),
        v_chdir: variable("chdir"),
        v_log: variable("log"),
        v_env: variable("env"),
        v_nofiles: variable("nofiles"),
    };
    Engine::new(Dialect::Sh, form)?.render("rc.d/netbsd.sh", &context)
}

/// What a stand-alone script says of itself; a package has its README.
fn head(port: &Port, spelling: &Spelling<'_>) -> Vec<String> {
    let Spelling::Resolved(_) = spelling else { return Vec::new() };
    let mut head = Vec::new();
    let facts = &port.profile.service;
    head.push(format!("{}: {}", port.name, port.about.comment));
    if let (Some(rc_d), Some(rc_conf)) = (&facts.rc_d, &facts.rc_conf) {
        head.push(format!("Install as {rc_d}/{0} (mode 0555) and put {0}=YES into {rc_conf}.", port.ident));
    }
    if let Some(service) = &port.service {
        head.extend(super::preparations(port, service, true));
        if let Some(memory) = service.memory {
            head.push(format!("Needs {} of memory.", crate::port::size(memory)));
        }
    }
    head.extend(super::options_said(port));
    head
}

fn require(needs: &[Need]) -> Vec<&'static str> {
    let mut require = vec!["DAEMON"];
    for need in needs {
        match need {
            Need::Network => require.push("NETWORKING"),
            Need::NameServices => require.push("SERVERS"),
            Need::Postgresql => require.push("pgsql"),
            // DAEMON comes after the local file systems are mounted.
            Need::LocalFilesystems => {}
        }
    }
    require
}

/// Settings that the build option which is on by default asks for; a package's options are not known to its script.
pub(super) fn settings(port: &Port, config: impl Fn(&str) -> Text) -> Vec<Setting> {
    let Some(service) = &port.service else { return Vec::new() };
    let mut settings = Vec::new();
    for one in before_start(port, service, |option| option.default) {
        let Before::Setting(option, setting) = one else { continue };
        let key = setting.key.rsplit('.').next().unwrap_or(&setting.key);
        settings.push(Setting {
            pattern: format!(
                "^[[:space:]]*{}[[:space:]]*[:=][[:space:]]*[\"']*{}[\"']*[[:space:]]*$",
                regex(key),
                regex(&setting.value)
            ),
            file: config(&setting.config),
            key: key.to_owned(),
            value: setting.value.clone(),
            reason: format!("the build option {} needs it on this system", option.name),
        });
    }
    settings
}

/// A text inside a basic regular expression.
fn regex(text: &str) -> String {
    text.chars().flat_map(|c| (r"\.[]*^$".contains(c).then_some('\\')).into_iter().chain([c])).collect()
}
