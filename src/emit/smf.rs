//! The SMF manifest (illumos smf(7), `service_bundle(5)`).
use anyhow::Result;
use serde::Serialize;

use super::dialect::{Dialect, Engine, Form, Text};
use super::{Account, Spelling};
use crate::port::{Before, Model, Phrase, Place, Port, Service, before_start, paragraphs};
use crate::recipe::Need;

#[derive(Serialize)]
struct Context {
    head: Vec<String>,
    name: String,
    service: Text,
    dependencies: Vec<Dependency>,
    directory: Text,
    user: Text,
    group: Text,
    privileges: String,
    home: Text,
    path: Vec<Text>,
    environment: Vec<Variable>,
    start_notes: Vec<String>,
    script: Option<String>,
    script_arguments: Vec<Text>,
    program: Text,
    property_arguments: Vec<Text>,
    arguments: Vec<Text>,
    background: bool,
    stop_timeout: u64,
    stop: String,
    refresh: Option<String>,
    duration: &'static str,
    configs: Vec<Config>,
    open_files: Option<u64>,
    common_name: String,
    description: Vec<String>,
    homepage: Option<String>,
}

#[derive(Serialize)]
struct Dependency {
    name: String,
    grouping: &'static str,
    restart_on: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    fmri: Text,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    value: Text,
}

#[derive(Serialize)]
struct Config {
    property: String,
    path: Text,
}

/// The property that holds the path of a configuration file.
#[must_use]
pub fn config_property(id: &str) -> String {
    if id == "main" { "config_file".to_owned() } else { format!("config_file_{}", id.replace('-', "_")) }
}

/// Whether a word in a property reaches the server as it is: svc.startd quotes some of the shell's characters when it
/// expands a property, but neither `$` nor `*`, and an empty word is lost.
fn survives_expansion(word: &Phrase) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:=,@%+-".contains(c);
    !word.0.is_empty() && word.literals().chars().all(plain)
}

/// The manifest; empty without a service.
///
/// # Errors
/// A value that XML cannot hold.
pub fn manifest(port: &Port, spelling: &Spelling<'_>) -> Result<String> {
    let Some(service) = &port.service else { return Ok(String::new()) };
    // A token with a property is expanded and quoted by startd when the method runs.
    let config = |id: &str| Text::variable(format!("application/{}", config_property(id)));
    let exec = |phrase: &Phrase| spelling.phrase(phrase, config);
    let plain = |phrase: &Phrase| spelling.phrase(phrase, |id| config_path(service, spelling, id));
    let (form, name) = match spelling {
        Spelling::Package(_) => (Form::Package, Text::token("SMF_PREFIX").lit("/").tok("SMF_NAME")),
        // Services of the site's own are below `site` (smf(7)).
        Spelling::Ports(_) | Spelling::Resolved(_) => (Form::Resolved, Text::new().lit(format!("site/{}", port.name))),
    };
    // Without the path of a configuration file in them, the arguments are what the admin changes.
    let own_arguments = !service.arguments.iter().any(|word| word.names_config() || !survives_expansion(word));
    let (script, script_arguments) = start_script(port, service, &plain);
    let context = Context {
        head: head(port, spelling),
        name: port.name.clone(),
        service: name,
        dependencies: dependencies(service, spelling),
        directory: plain(&service.directory),
        user: spelling.account(port, Account::User),
        group: spelling.account(port, Account::Group),
        privileges: privileges(service),
        home: spelling.place(Place::State),
        path: service.path.iter().map(plain).collect(),
        environment: service
            .environment
            .iter()
            .map(|(name, value)| Variable { name: name.clone(), value: plain(value) })
            .collect(),
        start_notes: start_notes(service),
        script,
        script_arguments,
        program: exec(&service.program),
        property_arguments: if own_arguments { service.arguments.iter().map(plain).collect() } else { Vec::new() },
        arguments: if own_arguments { Vec::new() } else { service.arguments.iter().map(exec).collect() },
        background: service.model == Model::Group,
        stop_timeout: service.stop_timeout.as_secs(),
        stop: match service.stop_signal.as_str() {
            "TERM" => ":kill".to_owned(),
            signal => format!(":kill -{signal}"),
        },
        refresh: service.reload.as_ref().map(|signal| format!(":kill -{signal}")),
        duration: match service.model {
            Model::Process => "child",
            Model::Group => "contract",
        },
        configs: service
            .configs
            .iter()
            .map(|one| Config { property: config_property(&one.id), path: plain(&one.path) })
            .collect(),
        open_files: service.open_files,
        common_name: common_name(&service.summary),
        description: port.about.description.clone(),
        homepage: port.about.homepage.clone(),
    };
    Engine::new(Dialect::Xml, form)?.render("smf/manifest.xml", &context)
}

fn config_path(service: &Service, spelling: &Spelling<'_>, id: &str) -> Text {
    match service.configs.iter().find(|config| config.id == id) {
        Some(config) => spelling.phrase(&config.path, |_| Text::new()),
        None => Text::new(),
    }
}

/// The DTD advises less than 60 characters.
fn common_name(summary: &str) -> String {
    let mut name = summary.to_owned();
    while name.chars().count() > 59 {
        match name.rfind(' ') {
            Some(end) => name.truncate(end),
            None => return name.chars().take(59).collect(),
        }
    }
    name
}

fn head(port: &Port, spelling: &Spelling<'_>) -> Vec<String> {
    let Spelling::Resolved(_) = spelling else { return Vec::new() };
    let mut head = vec![
        format!("{}: {}", port.name, port.about.comment),
        format!("Load with: svccfg import {0}.xml; then: svcadm enable site/{0}", port.name),
    ];
    if let Some(service) = &port.service {
        head.extend(super::preparations(port, service, false));
        if let Some(memory) = service.memory {
            head.push(format!("Needs {} of memory.", crate::port::size(memory)));
        }
    }
    head.extend(super::options_said(port));
    for option in &port.options {
        for setting in option.settings.iter().filter(|_| option.default) {
            head.push(format!("That option needs {} = {} in the configuration.", setting.key, setting.value));
        }
    }
    head
}

fn dependencies(service: &Service, spelling: &Spelling<'_>) -> Vec<Dependency> {
    let to = |name: &str, fmri: &str, restart_on| Dependency {
        name: name.to_owned(),
        grouping: "require_all",
        restart_on,
        kind: "service",
        fmri: Text::new().lit(fmri),
    };
    let mut dependencies = Vec::new();
    if service.needs.contains(&Need::Network) {
        dependencies.push(to("network", "svc:/milestone/network:default", "error"));
    }
    // Whatever a server needs, its files are on local file systems.
    dependencies.push(to("filesystem", "svc:/system/filesystem/local:default", "none"));
    if service.needs.contains(&Need::NameServices) {
        dependencies.push(to("name-services", "svc:/milestone/name-services:default", "none"));
    }
    if service.needs.contains(&Need::Postgresql) {
        let mut dependency = to("postgresql", "svc:/pkgsrc/postgresql", "none");
        // Only if there is one: the database may be on another host.
        dependency.grouping = "optional_all";
        dependencies.push(dependency);
    }
    for config in service.configs.iter().filter(|config| !config.optional) {
        let name = if config.id == "main" { "config-file".to_owned() } else { format!("config-file-{}", config.id) };
        dependencies.push(Dependency {
            name,
            grouping: "require_all",
            restart_on: "none",
            kind: "path",
            // Only the spellings with `file://` pass startd's own check.
            fmri: Text::new().lit("file://localhost").text(&config_path(service, spelling, &config.id)),
        });
    }
    dependencies
}

/// The least that a server needs; ports below 1024 are a privilege of their own.
fn privileges(service: &Service) -> String {
    let low = |address: &String| {
        address
            .rsplit(':')
            .next()
            .and_then(|port| port.parse::<u16>().ok())
            .is_some_and(|port| (1..1024).contains(&port))
    };
    let net = if service.listen.iter().any(low) { ",net_privaddr" } else { "" };
    format!("basic{net},!proc_info,!proc_session")
}

fn start_notes(service: &Service) -> Vec<String> {
    let why = match service.model {
        Model::Process => {
            "duration child: the server stays in the foreground and is itself the service. When it ends it is started \
             again; when a program that it runs fails it is not. Exit status 96 means maintenance."
        }
        Model::Group => {
            "duration contract: the server and all processes it starts are the service; the method returns because of \
             the ampersand. After a few failures it is in maintenance for an admin to look at."
        }
    };
    paragraphs(why, 10)
}

/// What has to happen before the server runs, in its own process: programs are looked for in the PATH it gets, and the
/// soft limit of open files is set. startd puts `exec` in front, so this cannot be a bare list of commands.
fn start_script(port: &Port, service: &Service, plain: &impl Fn(&Phrase) -> Text) -> (Option<String>, Vec<Text>) {
    let before: Vec<Before<'_>> = before_start(port, service, |option| option.default).collect();
    let programs: Vec<&str> = before
        .iter()
        .filter_map(|one| match one {
            Before::Program(program) | Before::Linked(program, ..) => Some(program.name.as_str()),
            _ => None,
        })
        .collect();
    let mut script = String::new();
    for (directory, link) in &service.own_links {
        // Only a stand-alone manifest has these: all paths are plain literals there.
        let directory = plain(directory).to_string();
        let file = format!("{}/{}", Place::Bin.path(&port.profile.paths, &port.name), link.file);
        script = format!("{script}mkdir -p {directory} && ln -sf {file} {directory}/{}; ", link.name);
    }
    if !programs.is_empty() {
        // Names are checked to be plain when the recipe is resolved.
        script = format!(
            "{script}m=; for p in {}; do command -v $p >/dev/null || m=\"$m $p\"; done; \
             [ -z \"$m\" ] || {{ echo \"not started, not found in PATH:$m\"; exit 96; }}; ",
            programs.join(" ")
        );
    }
    let limit = before.iter().any(|one| matches!(one, Before::OpenFiles(_)));
    if limit {
        script.push_str("ulimit -S -n \"$0\" || exit 96; ");
    }
    if script.is_empty() {
        return (None, Vec::new());
    }
    script.push_str("exec \"$@\"");
    // The word after the script is its $0.
    let first = if limit { Text::variable("application/nofiles") } else { Text::new().lit(port.name.as_str()) };
    (Some(script), vec![first])
}
