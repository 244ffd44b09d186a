//! The service as it will be met.
use std::collections::BTreeMap;

use crate::doctor::Host;
use crate::port::{Phrase, Piece, Port, Service};
use crate::profile::Manager;

use super::{rc_freebsd, rc_netbsd, rc_openbsd, smf};

/// Something that is known, or why it is not; and what said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<T> {
    /// It, or why it cannot be told.
    pub value: Result<T, String>,
    /// Where that is from.
    pub from: String,
}

impl<T> Fact<T> {
    /// It is known.
    pub fn known(value: T, from: impl Into<String>) -> Self {
        Self { value: Ok(value), from: from.into() }
    }

    /// It is not.
    pub fn unknown(why: impl Into<String>, from: impl Into<String>) -> Self {
        Self { value: Err(why.into()), from: from.into() }
    }

    /// Something made of it.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Fact<U> {
        Fact { value: self.value.map(make), from: self.from }
    }

    /// Another fact when there is none.
    #[must_use]
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.value.is_ok() { self } else { other() }
    }
}

/// A limit of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// That much.
    Of(u64),
    /// None.
    Unlimited,
}

/// The service as it will be met on a host.
#[derive(Clone, Debug)]
pub struct Met {
    /// Its name for the service manager: the script's, or an FMRI.
    pub name: String,
    /// The script or manifest that defines it; where it was looked for when there is none.
    pub definition: Result<String, Vec<String>>,
    /// The service manager that runs knows nothing of it, although the definition is there (SMF).
    pub not_imported: bool,
    /// A file that would define it if it were put there, and where.
    pub uninstalled: Option<(String, String)>,
    /// The user it runs as.
    pub user: Fact<String>,
    /// The program.
    pub program: Fact<String>,
    /// Its PATH.
    pub path: Fact<Vec<String>>,
    /// Working directory.
    pub directory: Fact<String>,
    /// Paths of the configuration files, by id.
    pub configs: BTreeMap<String, Fact<String>>,
    /// Soft limit of open files.
    pub open_files: Fact<Limit>,
    /// The admin, or the script itself, gives the service an environment already.
    pub has_environment: bool,
    /// The script sets that limit from a variable of its own.
    pub own_limit: bool,
    /// Limit of memory for data in bytes.
    pub memory: Fact<Limit>,
    /// Whether it is started at boot.
    pub enabled: Fact<bool>,
    /// The file with its process id.
    pub pidfile: Option<String>,
    /// Privileges that the service manager gives it (SMF); nothing for those of every process.
    pub privileges: Option<String>,
    /// Its log.
    pub log: Option<String>,
    /// What the service manager says of it, when it runs and was asked: the state in its own words.
    pub state: Option<Fact<String>>,
}

impl Met {
    /// Nothing is known but what the recipe says, because of `why`.
    #[must_use]
    pub fn nothing(port: &Port, service: &Service, name: &str, why: &str) -> Self {
        let unknown = || Fact::unknown(why, "");
        Self {
            name: name.to_owned(),
            definition: Err(Vec::new()),
            not_imported: false,
            uninstalled: None,
            user: Fact::unknown(why, ""),
            program: Fact::known(resolved(port, service, &service.program), "the recipe"),
            path: Fact::unknown(why, ""),
            directory: Fact::known(resolved(port, service, &service.directory), "the recipe"),
            configs: recipe_configs(port, service),
            open_files: Fact::unknown(why, ""),
            has_environment: false,
            own_limit: false,
            memory: Fact::known(Limit::Unlimited, "nothing limits it"),
            enabled: unknown(),
            pidfile: None,
            privileges: None,
            log: None,
            state: None,
        }
    }
}

/// A phrase of the recipe on this OS.
#[must_use]
pub fn resolved(port: &Port, service: &Service, phrase: &Phrase) -> String {
    let pieces = phrase.0.iter().map(|piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Place(place) => place.path(&port.profile.paths, &port.name),
        Piece::Config(id) => {
            let config = service.configs.iter().find(|config| config.id == *id);
            config.map(|config| resolved(port, service, &config.path)).unwrap_or_default()
        }
    });
    pieces.collect()
}

/// Where the recipe says the configuration files are.
#[must_use]
pub(super) fn recipe_configs(port: &Port, service: &Service) -> BTreeMap<String, Fact<String>> {
    let path = |phrase| Fact::known(resolved(port, service, phrase), "the recipe");
    service.configs.iter().map(|config| (config.id.clone(), path(&config.path))).collect()
}

/// Works out what the service gets on the host.
#[must_use]
pub fn meet(host: &Host<'_>, port: &Port, service: &Service) -> Met {
    match port.profile.service.manager {
        Manager::RcD => rc_netbsd::meet(host, port, service),
        Manager::OpenbsdRc => rc_openbsd::meet(host, port, service),
        Manager::FreebsdRc => rc_freebsd::meet(host, port, service),
        Manager::Smf => smf::meet(host, port, service),
    }
}
