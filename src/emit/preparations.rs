//! What has to be there before a stand-alone service starts; a package sees to it by itself.
use crate::port::{Phrase, Place, Port, Service};

use super::Spelling;
use super::dialect::Text;

/// Commands for the head of a script or manifest, ready to be typed as root; `log` when the service writes its own.
#[must_use]
pub fn preparations(port: &Port, service: &Service, log: bool) -> Vec<String> {
    let spelling = Spelling::Resolved(port);
    let path = |phrase: &Phrase| spelling.phrase(phrase, |_| Text::new()).to_string();
    let place = |place: Place| place.path(&port.profile.paths, &port.name);
    let (user, group) = (&service.user, &service.group);
    let mut lines = vec![
        "The package makes these; without it, as root:".to_owned(),
        format!("  {}", filled(&port.profile.users.group_add, port, service)),
        format!("  {}", filled(&port.profile.users.user_add, port, service)),
    ];
    let mut directories: Vec<(String, u32)> =
        service.directories.iter().map(|one| (path(&one.path), one.mode)).collect();
    if log {
        directories.push((place(Place::Log), 0o750));
    }
    for (directory, mode) in directories {
        lines.push(format!(
            "  mkdir -p {directory} && chown {user}:{group} {directory} && chmod {mode:04o} {directory}"
        ));
    }
    for config in &service.configs {
        let file = path(&config.path);
        let owner = if config.is_secret() { format!("root:{group}") } else { "root".to_owned() };
        lines.push(format!("  chown {owner} {file} && chmod {:04o} {file}", config.mode));
    }
    lines
}

/// A command of the profile with names and ids filled in.
pub(crate) fn filled(command: &str, port: &Port, service: &Service) -> String {
    let id = |id: Option<u32>, flag: &str| id.map_or_else(String::new, |id| format!(" {flag} {id}"));
    command
        .replace("{group}", &service.group)
        .replace("{user}", &service.user)
        .replace("{home}", &Place::State.path(&port.profile.paths, &port.name))
        .replace("{shell}", &port.profile.users.nologin)
        .replace("{gid}", &id(service.ids.1, "-g"))
        .replace("{uid}", &id(service.ids.0, "-u"))
}

/// Which build options a stand-alone file is made for, and which do not work on its OS.
#[must_use]
pub fn options_said(port: &Port) -> Vec<String> {
    let said = port.options.iter().filter_map(|option| match &option.broken {
        Some(reason) => Some(format!("Not with the build option {}: {reason}.", option.name)),
        None => option.default.then(|| format!("Made for the build option {}.", option.name)),
    });
    said.collect()
}
