//! `[service.environment]` from a unit or a container image.
use std::collections::BTreeMap;

use super::arguments::carries;
use super::document::Section;
use super::guess::{Reason, Seen};
use super::service::Parts;

/// Set by the container's side, or by whoever starts the service.
const NOT_OURS: &[&str] = &[
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "USER",
    "UID",
    "GID",
    "PUID",
    "PGID",
    "SHELL",
    "TERM",
    "PWD",
    "LOGNAME",
    "RUST_BACKTRACE",
    "DEBIAN_FRONTEND",
    "PORT",
    "VERSION",
    "TARGET",
];
/// Of the build in an image.
const BUILDING: &[&str] =
    &["CARGO_", "RUSTUP_", "RUSTFLAGS", "RUSTC", "GOSU", "APP_", "SCCACHE_", "OPENSSL_", "PKG_CONFIG", "CC_", "SQLX_"];
/// A value of these is everybody's in a package.
const SECRETS: &[&str] =
    &["SECRET", "PASSWORD", "PASSWD", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ACCESS_KEY", "CREDENTIAL"];

/// A variable that was found, with its reason.
pub(super) struct Variable<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) reason: Reason,
}

/// The variables of the unit, else of the image, that are about the server.
pub(super) fn variables<'a>(parts: &Parts<'a>) -> Vec<Variable<'a>> {
    let mut found = Vec::new();
    for (unit, one) in parts.unit.iter().flat_map(|unit| unit.environment.iter().map(move |one| (unit, one))) {
        let reason = Reason::seen("Environment of the systemd unit", Seen::at(&unit.file, one.line));
        found.push(Variable { name: &one.value.0, value: &one.value.1, reason });
    }
    for (file, one) in parts.dockerfile.iter().flat_map(|file| file.environment.iter().map(move |one| (file, one))) {
        let reason = Reason::seen("environment of the container image", Seen::at(&file.file, one.line));
        if !BUILDING.iter().any(|start| one.value.0.starts_with(start)) {
            found.push(Variable { name: &one.value.0, value: &one.value.1, reason });
        }
    }
    let good = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !name.starts_with("SMF_")
            && !NOT_OURS.contains(&name)
    };
    found.retain(|variable| good(variable.name));
    found
}

/// The section, when something of it can be carried over; remarks about the rest go to the service.
pub(super) fn section(parts: &Parts<'_>, service: &mut Section) -> Option<Section> {
    let mut found: BTreeMap<&str, (String, Reason)> = BTreeMap::new();
    for Variable { name, value, reason } in variables(parts) {
        let config = parts.config.as_ref().is_some_and(|config| config.found == value);
        let phrase = if config { "{config.main}".to_owned() } else { parts.places.phrase(value) };
        let low_port = name.to_ascii_uppercase().contains("PORT") && value.parse::<u16>().is_ok_and(|port| port < 1024);
        let why = if low_port {
            Err("only root may use ports below 1024 everywhere".to_owned())
        } else if SECRETS.iter().any(|word| name.to_ascii_uppercase().contains(word)) {
            Err("a secret in a package is everybody's: it belongs into the configuration".to_owned())
        } else {
            carries(&phrase)
        };
        match why {
            Ok(()) => {
                found.insert(name, (phrase, reason));
            }
            Err(why) => {
                let shown: String = value.chars().take(80).collect();
                service.remark(Reason {
                    why: format!("left out of the environment: {name}=`{shown}`: {why}"),
                    seen: reason.seen,
                });
            }
        }
    }
    if let Some((name, seen)) = &parts.variable {
        let reason = Reason::seen("the sources read the configuration file's path from it", seen.clone());
        found.entry(name).or_insert(("{config.main}".to_owned(), reason));
    }
    for (unit, file) in parts.unit.iter().flat_map(|unit| unit.environment_files.iter().map(move |file| (unit, file))) {
        let why = format!(
            "the unit reads variables from {}: what is needed of them goes into [service.environment]",
            file.value
        );
        service.remark(Reason::seen(why, Seen::at(&unit.file, file.line)));
    }
    let mut section = Section::new("[service.environment]");
    for (name, (value, reason)) in found {
        section.guess(name, value, reason);
    }
    (!section.entries.is_empty()).then_some(section)
}
