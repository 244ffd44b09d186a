//! pkg-message: what the admin has to do after the package was added.
use serde::Serialize;

use crate::emit::Spelling;
use crate::emit::dialect::{Part, Text};
use crate::port::{Port, Service, paragraphs};

/// The context of the template.
#[derive(Serialize)]
pub(super) struct Context {
    lines: Vec<Text>,
}

impl Context {
    /// Whether the port fills names in.
    pub(super) fn has_names(&self) -> bool {
        let name = |part: &Part| matches!(part, Part::Token(_));
        self.lines.iter().any(|line| line.parts().iter().any(name))
    }
}

/// The message; nothing without a service.
#[must_use]
pub(super) fn context(port: &Port) -> Option<Context> {
    let service = port.service.as_ref()?;
    let mut lines = configuration(port, service);
    lines.push(Text::new());
    lines.extend(wrapped(&format!("To start {} now and at every boot:", port.name)));
    lines.push(format!("  sysrc {}_enable=YES", port.ident).into());
    lines.push(format!("  service {} start", port.ident).into());
    lines.push(Text::new());
    lines.extend(wrapped(&format!("Its output goes to syslog with the tag {}.", port.ident)));
    if let Some(memory) = service.memory {
        lines.extend(wrapped(&format!("The server needs {} of memory.", crate::port::size(memory))));
    }
    for setting in port.options.iter().filter(|option| option.default).flat_map(|option| &option.settings) {
        lines.extend(wrapped(&format!(
            "As it is built by default it needs {} = {} in its configuration.",
            setting.key, setting.value
        )));
    }
    for program in port.programs.iter().filter(|program| program.optional) {
        lines.extend(wrapped(&format!("With {} ({}) it can do more.", program.name, program.package)));
    }
    Some(Context { lines })
}

fn configuration(port: &Port, service: &Service) -> Vec<Text> {
    let spelling = Spelling::Ports(port);
    let mut lines = Vec::new();
    for config in &service.configs {
        let path = spelling.phrase(&config.path, |_| Text::new());
        lines.push(Text::new().lit(format!("{} is configured in ", port.name)).text(&path).lit("."));
        if config.sample.is_none() {
            lines.extend(wrapped("No sample comes with the package: write it before the service is started."));
        }
        if config.is_secret() {
            lines.extend(wrapped(&format!(
                "It may hold secrets: keep it readable by root and the group {} only.",
                service.group
            )));
        }
    }
    if !service.listen.is_empty() {
        lines.extend(wrapped(&format!("As configured it listens on {}.", enumeration(&service.listen))));
    }
    if lines.is_empty() {
        lines.extend(wrapped(&format!("{} is configured by {}_args in rc.conf.", port.name, port.ident)));
    }
    lines
}

fn wrapped(text: &str) -> Vec<Text> {
    paragraphs(text, 200).into_iter().map(Text::from).collect()
}

/// `a`, `a and b`, `a, b and c`.
fn enumeration(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
