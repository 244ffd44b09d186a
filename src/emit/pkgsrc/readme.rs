//! README.pkgsrc: what the admin must know, under share/doc; MESSAGE files are obsolete (pkglint).
use std::collections::BTreeSet;

use serde::Serialize;

use super::install::token_names;
use crate::emit::dialect::{Part, Text};
use crate::emit::{Names, Spelling, rcd};
use crate::port::family::Family;
use crate::port::{Place, Port, Release, paragraphs};
use crate::recipe::Backup;

/// The context of the template: lines are ready, names to be filled in by SUBST are in them as tokens.
#[derive(Serialize)]
pub(super) struct Context {
    title: String,
    rule: String,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    title: &'static str,
    rule: String,
    lines: Vec<String>,
}

/// A text with tokens as `@NAME@`: what `SUBST_VARS` fills in.
#[must_use]
pub(super) fn with_tokens(text: &Text) -> String {
    text.parts()
        .iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.clone(),
            Part::Token(name) | Part::Var(name) => format!("@{name}@"),
        })
        .collect()
}

/// Names that SUBST fills in here, as far as they occur.
pub(super) fn vars(family: &Family, release: &Release, names: &Names) -> BTreeSet<String> {
    let context = context(family, release, names);
    let lines = || context.sections.iter().flat_map(|section| &section.lines);
    let mut known = BTreeSet::from(["PREFIX".to_owned()]);
    for place in [Place::Sysconf, Place::State, Place::Log, Place::Run] {
        known.extend(token_names(&names.place(place)));
    }
    known.extend([format!("{}_USER", names.upper), format!("{}_GROUP", names.upper)]);
    known.retain(|name| lines().any(|line| line.contains(&format!("@{name}@"))));
    known
}

/// The context of the README template.
#[must_use]
pub(super) fn context(family: &Family, release: &Release, names: &Names) -> Context {
    let port = &family.port;
    let title = format!("{} {} from pkgsrc", port.name, release.version);
    let mut sections = Vec::new();
    if port.service.is_some() {
        sections.push(section("Configuration", configuration(port, names)));
        sections.push(section("Starting", starting(port, names)));
        sections.push(section("State", state(port, names)));
    }
    if !port.programs.is_empty() {
        sections.push(section("Programs", programs(family)));
    }
    if !family.options.is_empty() {
        sections.push(section("Options", options(family)));
    }
    sections.push(section("Licences", licences(release)));
    Context { rule: "=".repeat(title.len()), title, sections }
}

fn section(title: &'static str, lines: Vec<String>) -> Section {
    Section { title, rule: "-".repeat(title.len()), lines }
}

fn wrapped(text: &str) -> Vec<String> {
    paragraphs(text, 200)
}

fn configuration(port: &Port, names: &Names) -> Vec<String> {
    let spelling = Spelling::Package(names.clone());
    let Some(service) = &port.service else { return Vec::new() };
    let mut lines = Vec::new();
    for config in &service.configs {
        let path = with_tokens(&spelling.phrase(&config.path, |_| Text::new()));
        lines.push(format!("  {path}"));
        if config.is_secret() {
            lines.extend(wrapped(&format!(
                "It belongs to root and is readable by the group @{}_GROUP@ only: it holds secrets. Keep it so.",
                names.upper
            )));
        }
        if config.sample.is_none() {
            lines.extend(wrapped("No sample comes with the package: write it before the service is started."));
        }
    }
    if service.configs.is_empty() {
        lines.extend(wrapped(
            "The server has no configuration file; it is configured by its arguments and environment.",
        ));
    }
    if !service.listen.is_empty() {
        lines.extend(wrapped(&format!(
            "As configured the server listens on {}; change that first where another service has the port.",
            enumeration(&service.listen)
        )));
    }
    lines
}

/// `a`, `a and b`, `a, b and c`.
fn enumeration(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn starting(port: &Port, names: &Names) -> Vec<String> {
    let Some(service) = &port.service else { return Vec::new() };
    let ident = &port.ident;
    let mut lines = wrapped(
        "With rc.d (NetBSD): copy the script, unless PKG_RCD_SCRIPTS=yes was set when the package was added, and enable it.",
    );
    lines.extend([
        format!("  cp @PREFIX@/share/examples/rc.d/{ident} /etc/rc.d/"),
        format!("  echo {ident}=YES >>/etc/rc.conf"),
        format!("  service {ident} start"),
        String::new(),
    ]);
    lines.extend(wrapped(&format!(
        "rc.conf also takes {ident}_flags (global options of the server), {ident}_args (all other arguments), {ident}_user, {ident}_env (NAME=value words), {ident}_log, {ident}_chdir{}{}. \
         `service {ident} check` says what keeps it from starting. The output goes to @{}_LOGDIR@/{}.log; to rotate it, rename the file and restart the service. \
         Nothing starts the server again when it dies: rc.d watches no process. Stop the service before the package is updated or deleted.",
        service.configs.iter().fold(String::new(), |names, config| names + ", " + ident + "_" + &rcd::config_variable(&config.id)),
        if service.open_files.is_some() { format!(", {ident}_nofiles") } else { String::new() },
        names.upper,
        port.name,
    )));
    lines.push(String::new());
    lines.extend(wrapped("With SMF (illumos):"));
    lines.extend([format!("  svcadm enable svc:/pkgsrc/{}:default", port.name), String::new()]);
    lines.extend(wrapped(&format!(
        "Properties of the group `application` hold what an admin changes (svccfg -s pkgsrc/{0} listprop application; after setprop: svcadm refresh and restart). \
         The output is in the service's log (svcs -L pkgsrc/{0}). Before the package is updated or deleted: svcadm disable -s pkgsrc/{0}; \
         after it is deleted for good: svccfg delete pkgsrc/{0}.",
        port.name
    )));
    if let Some(memory) = service.memory {
        lines.push(String::new());
        lines.extend(wrapped(&format!("The server needs {} of memory.", crate::port::size(memory))));
    }
    lines
}

fn state(port: &Port, names: &Names) -> Vec<String> {
    let Some(service) = &port.service else { return Vec::new() };
    let spelling = Spelling::Package(names.clone());
    let mut lines = wrapped(&format!(
        "These directories belong to the user @{}_USER@ and stay when the package is deleted:",
        names.upper
    ));
    for directory in &service.directories {
        let what = match directory.backup {
            Backup::Files => "back up with the service stopped",
            Backup::Sqlite => "an SQLite database",
            Backup::None => "",
        };
        let path = with_tokens(&spelling.phrase(&directory.path, |_| Text::new()));
        lines.push(if what.is_empty() { format!("  {path}") } else { format!("  {path} ({what})") });
    }
    lines
}

fn programs(family: &Family) -> Vec<String> {
    let port = &family.port;
    let mut lines = wrapped("The server runs these programs by name:");
    for program in &port.programs {
        let mut line = format!("  {} (from {})", program.name, program.package);
        if let Some(version) = &program.version {
            line = format!("{line}, version {version} or later");
        }
        lines.push(line);
    }
    let has_links = port.release.as_ref().is_some_and(|release| !release.links.is_empty());
    if has_links {
        lines.extend(wrapped(&format!(
            "Where a package installs one under another name, @PREFIX@/libexec/{}/bin has a link to it, and that directory comes first in the PATH of the service.",
            port.name
        )));
    }
    lines
}

fn options(family: &Family) -> Vec<String> {
    let mut lines =
        wrapped(&format!("Chosen when the package is built, by PKG_OPTIONS.{} in mk.conf:", family.port.name));
    for one in &family.options {
        let mut text = format!("{}: {}", one.option.tree_name, one.option.description);
        if let Some(memory) = one.option.memory {
            text = format!("{text} Needs {} of memory.", crate::port::size(memory));
        }
        for (opsys, reason) in &one.broken {
            text = format!("{text} Not on {opsys}: {reason}.");
        }
        let settings = one.option.settings.iter().map(|setting| (None, setting));
        let some = one
            .settings
            .iter()
            .flat_map(|(opsys, settings)| settings.iter().map(move |setting| (Some(opsys), setting)));
        for (opsys, setting) in settings.chain(some) {
            let on = opsys.map_or_else(|| "Needs".to_owned(), |opsys| format!("On {opsys} needs"));
            text = format!("{text} {on} {} = {} in the configuration.", setting.key, setting.value);
        }
        lines.extend(wrapped(&text).into_iter().map(|line| format!("  {line}")));
    }
    lines
}

fn licences(release: &Release) -> Vec<String> {
    let mut lines = wrapped(&format!("The package as a whole is under: {}.", release.licence));
    if !release.unaccepted.is_empty() {
        lines.extend(wrapped("pkgsrc does not accept all of that by itself; to build it, mk.conf needs:"));
        lines.push(format!("  ACCEPTABLE_LICENSES+= {}", release.unaccepted.join(" ")));
    }
    lines.push(String::new());
    lines.extend(wrapped("What each crate in the programs says:"));
    for statement in &release.statements {
        lines.push(format!("  {} {}: {}", statement.krate, statement.version, statement.licence));
        if let Some(reason) = &statement.overridden {
            lines.extend(wrapped(reason).into_iter().map(|line| format!("    {line}")));
        }
    }
    lines
}
