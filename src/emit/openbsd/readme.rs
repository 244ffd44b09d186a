//! pkg/README: what the admin has to do.
use serde::Serialize;

use super::order::order;
use super::spelling::Spelling;
use crate::emit::dialect::Text;
use crate::port::{Port, Service, size};
use crate::recipe::Backup;

/// The context of the template.
#[derive(Serialize)]
pub(super) struct Context {
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    title: &'static str,
    rule: String,
    paragraphs: Vec<Paragraph>,
}

/// Running text, or lines that stay as they are.
#[derive(Serialize)]
struct Paragraph {
    text: Option<Text>,
    lines: Vec<Text>,
}

/// The context of the README template.
pub(super) fn context(port: &Port, service: &Service) -> Context {
    let mut sections = vec![
        section("Configuration", configuration(port, service)),
        section("Running", running(port, service)),
        section("Limits", limits(port, service)),
        section("Data", data(port, service)),
        section("Flavors", flavours(port)),
    ];
    sections.retain(|section| !section.paragraphs.is_empty());
    Context { sections }
}

fn section(title: &'static str, paragraphs: Vec<Paragraph>) -> Section {
    Section { title, rule: "=".repeat(title.len()), paragraphs }
}

fn text(text: impl Into<Text>) -> Paragraph {
    Paragraph { text: Some(text.into()), lines: Vec::new() }
}

fn lines(lines: impl IntoIterator<Item = Text>) -> Paragraph {
    Paragraph { text: None, lines: lines.into_iter().collect() }
}

fn configuration(port: &Port, service: &Service) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for config in &service.configs {
        let path = Spelling::INSTALLED.phrase(&config.path, port);
        let end = if config.optional { ", if it is there." } else { "." };
        let mut says = Text::new().lit(format!("{} reads ", port.name)).text(&path).lit(end);
        if config.is_secret() {
            says = says.lit(format!(
                " The file belongs to root and is readable by the group {}, as it may hold secrets; keep it so.",
                service.group
            ));
        }
        if config.sample.is_none() {
            says = says.lit(" No sample comes with the package: write it before the first start.");
        }
        out.push(text(says));
    }
    if !service.listen.is_empty() {
        let addresses = enumeration(&service.listen);
        let local = service.listen.iter().all(|address| is_local(address));
        let reached = if local { "; relayd(8) can give it TLS and make it reachable from elsewhere" } else { "" };
        out.push(text(format!("As configured it listens on {addresses}{reached}.")));
    }
    out
}

fn is_local(address: &str) -> bool {
    ["127.", "[::1]", "localhost"].iter().any(|start| address.starts_with(start))
}

/// `a`, `a and b`, `a, b and c`.
fn enumeration(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn running(port: &Port, service: &Service) -> Vec<Paragraph> {
    let ident = &port.ident;
    let command = |words: &str, rest: &str| Text::new().lit(format!("  # rcctl {words} {ident}{rest}"));
    let mut out = vec![lines([command("enable", ""), command("start", "")])];
    let mut says = format!(
        "What it prints goes to syslogd(8) as daemon.info, which by default is /var/log/daemon; what keeps it from starting is \
         there and on the terminal. `rcctl -d start {ident}` shows each step."
    );
    if !service.configtest.is_empty() {
        says = format!("{says} `rcctl configtest {ident}` checks the configuration.");
    }
    if service.reload.is_none() {
        says = format!("{says} It cannot reload its configuration: restart it after a change.");
    }
    out.push(text(says));
    if !service.arguments.is_empty() {
        out.push(text(
            "Its arguments are the flags of the service; who sets others has to repeat those that stay:".to_owned(),
        ));
        out.push(lines([command("get", " flags")]));
    }
    if let Some(order) = order(port, service) {
        out.push(text(order.why.to_owned() + ":"));
        out.push(lines([Text::new().lit(format!("  # {}", order.command))]));
    }
    out
}

fn limits(port: &Port, service: &Service) -> Vec<Paragraph> {
    let mut out = Vec::new();
    if let Some(memory) = service.memory {
        out.push(text(format!("{} needs {} of memory.", port.name, size(memory))));
    }
    let Some(class) = &service.class else { return out };
    let mut says = Text::new()
        .lit(format!("Its login class {} is in ", port.ident))
        .tok("SYSCONFDIR")
        .lit(format!("/login.conf.d/{}", port.ident));
    let mut allows: Vec<String> = Vec::new();
    allows.extend(class.open_files.map(|files| format!("{files} open files")));
    allows.extend(class.memory.map(|mebibytes| format!("{} of memory for data", size(mebibytes << 20))));
    let mut has = Vec::new();
    if !allows.is_empty() {
        has.push(format!("allows {}", enumeration(&allows)));
    }
    if !service.environment.is_empty() {
        let names: Vec<String> = service.environment.keys().cloned().collect();
        has.push(format!("sets {}", enumeration(&names)));
    }
    if !has.is_empty() {
        says = says.lit(format!("; it {}", has.join(", and ")));
    }
    out.push(text(says.lit(".")));
    if let (Some(facts), Some(open_files)) = (&port.profile.service.class, service.open_files)
        && class.more_than_system
    {
        out.push(text(format!(
            "The whole system may have {} files open as it comes, and limits above that are cut to it. Raise that first:",
            facts.system_open_files
        )));
        // Room for everything else that runs.
        let wanted = open_files + facts.system_open_files;
        out.push(lines([
            Text::new().lit(format!("  # sysctl kern.maxfiles={wanted}")),
            Text::new().lit(format!("  # echo kern.maxfiles={wanted} >>/etc/sysctl.conf")),
        ]));
    }
    out
}

fn data(port: &Port, service: &Service) -> Vec<Paragraph> {
    let mut listed = Vec::new();
    for directory in &service.directories {
        let path = Text::new().lit("  ").text(&Spelling::INSTALLED.phrase(&directory.path, port));
        listed.push(match directory.backup {
            Backup::Files => path,
            Backup::Sqlite => path.lit(" (an SQLite database)"),
            Backup::None => path.lit(" (needs no backup)"),
        });
    }
    vec![text(format!("{} owns these; back them up while the service is stopped:", service.user)), lines(listed)]
}

fn flavours(port: &Port) -> Vec<Paragraph> {
    let described = port.flavours.all.iter().map(|flavour| {
        let option = port.options.iter().find(|option| Some(&option.name) == flavour.option.as_ref());
        let says = option.map_or("leaves it out", |option| option.description.as_str());
        text(format!("{}: {says}", flavour.name))
    });
    described.collect()
}
