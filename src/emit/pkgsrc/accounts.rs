//! The part of the Makefile that pkginstall reads: accounts, configuration files and directories.
use serde::Serialize;

use super::makefile::Variable;
use crate::emit::dialect::Text;
use crate::emit::{Names, Spelling};
use crate::port::Port;
use crate::port::family::Family;

/// What the service needs to be installed.
#[derive(Serialize)]
pub(super) struct Service {
    user: String,
    group: String,
    ids: Vec<Ids>,
    configs: Vec<Config>,
    directories: Vec<Vec<Text>>,
    log: Vec<Text>,
}

/// Numeric ids that the recipe asks for on one OS.
#[derive(Serialize)]
struct Ids {
    opsys: String,
    uid: Option<u32>,
    gid: Option<u32>,
}

#[derive(Serialize)]
struct Config {
    owned: bool,
    words: Vec<Text>,
}

/// What the service needs to be installed; nothing without one.
pub(super) fn service(family: &Family, names: &Names) -> Option<Service> {
    let port = &family.port;
    let service = port.service.as_ref()?;
    let spelling = Spelling::Package(names.clone());
    let text = |phrase| spelling.phrase(phrase, |_| Text::new());
    let user = || Text::token(format!("{}_USER", names.upper));
    let group = || Text::token(format!("{}_GROUP", names.upper));
    let mode = |mode: u32| Text::new().lit(format!("{mode:04o}"));
    let mut configs = Vec::new();
    for config in &service.configs {
        let Some(sample) = &config.sample else { continue };
        // CONF_FILES wants examples relative to the prefix.
        let sample = match sample.as_place() {
            Some((place, rest)) => Text::new()
                .lit(format!("{}{rest}", place.below_prefix(&port.profile.paths, &port.name).unwrap_or_default())),
            None => text(sample),
        };
        let owned = config.mode != 0o644;
        let mut words = vec![sample, text(&config.path)];
        if owned {
            words.extend([Text::token("REAL_ROOT_USER"), group(), mode(config.mode)]);
        }
        configs.push(Config { owned, words });
    }
    Some(Service {
        user: service.user.clone(),
        group: service.group.clone(),
        ids: family.ids.iter().map(|(opsys, (uid, gid))| Ids { opsys: opsys.clone(), uid: *uid, gid: *gid }).collect(),
        configs,
        directories: service
            .directories
            .iter()
            .map(|dir| vec![text(&dir.path), user(), group(), mode(dir.mode)])
            .collect(),
        log: vec![Text::token(format!("{}_LOGDIR", names.upper)), user(), group(), mode(0o750)],
    })
}

/// What rc.d scripts and manifests need beyond pkgsrc's own names.
pub(super) fn files_subst(port: &Port, names: &Names) -> Vec<Variable> {
    if port.service.is_none() {
        return Vec::new();
    }
    ["USER", "GROUP", "HOME", "LOGDIR"]
        .into_iter()
        .map(|what| {
            let name = format!("{}_{what}", names.upper);
            Variable { value: format!("${{{name}:Q}}"), name }
        })
        .collect()
}
