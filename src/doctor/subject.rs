//! Everything that checks look at, gathered once.
use super::Host;
use super::facts::{Account, Accounts, Installed, Met, installed, meet, resolved};
use crate::port::{Before, Opt, Phrase, Port, Rule, Service, before_start};
use crate::profile::Packaging;

/// A server on a host.
pub struct Subject<'a> {
    /// The host.
    pub host: Host<'a>,
    /// The server on the host's OS.
    pub port: &'a Port,
    /// Its service.
    pub service: &'a Service,
    /// What the service gets.
    pub met: Met,
    /// The account that it runs as, or why that is not known.
    pub account: Result<Account, String>,
    /// Its groups.
    pub groups: Vec<u32>,
    /// The build options in use, or the ones to be taken for them.
    pub chosen: Vec<&'a Opt>,
    /// What says so, or why that is not known.
    pub chosen_by: Result<String, String>,
    /// The package, nothing when it is not installed.
    pub package: Result<Option<Installed>, String>,
}

impl<'a> Subject<'a> {
    /// Gathers it. `options` are those that the person who asks names.
    #[must_use]
    pub fn gather(host: Host<'a>, port: &'a Port, service: &'a Service, options: &[String]) -> Self {
        let met = meet(&host, port, service);
        let accounts = Accounts::new(host.root);
        let account = match &met.user.value {
            Err(why) => Err(why.clone()),
            Ok(user) => match accounts.user(user) {
                Ok(Some(account)) => Ok(account),
                Ok(None) => Err(format!("there is no user {user}")),
                Err(failure) => Err(failure.to_string()),
            },
        };
        // Who it is without all of its groups is not who it is.
        let (account, groups) = match account.map(|account| (accounts.groups_of(&account), account)) {
            Ok((Ok(groups), account)) => (Ok(account), groups),
            Ok((Err(failure), _)) => (Err(failure.to_string()), Vec::new()),
            Err(why) => (Err(why), Vec::new()),
        };
        let package = installed(&host, &port.name);
        let (chosen, chosen_by) = choose(&host, port, options, &package);
        Self { host, port, service, met, account, groups, chosen, chosen_by, package }
    }

    /// A phrase of the recipe on this OS.
    #[must_use]
    pub fn path_of(&self, phrase: &Phrase) -> String {
        resolved(self.port, self.service, phrase)
    }

    /// The service's user for permission checks.
    #[must_use]
    pub fn who(&self) -> Option<(u32, &[u32])> {
        self.account.as_ref().ok().map(|account| (account.uid, self.groups.as_slice()))
    }

    /// What the generated scripts and methods test before they start the server.
    pub fn before_start(&self) -> impl Iterator<Item = Before<'a>> {
        let chosen = self.chosen.iter().map(|option| option.name.as_str()).collect::<Vec<_>>();
        // The iterator borrows from the Port only.
        before_start(self.port, self.service, |_| true).filter(move |before| match before {
            Before::Setting(option, _) => chosen.contains(&option.name.as_str()),
            _ => true,
        })
    }

    /// The name of the service's user in messages.
    #[must_use]
    pub fn user_name(&self) -> &str {
        self.met.user.value.as_ref().map_or(self.service.user.as_str(), String::as_str)
    }

    /// Whether something of the recipe belongs to an option that is in use.
    #[must_use]
    pub fn is_chosen(&self, option: Option<&str>) -> bool {
        option.is_none_or(|name| self.chosen.iter().any(|option| option.name == name))
    }
}

/// Options by what the person says, by what the package was built with, or by what is on by default.
fn choose<'a>(
    host: &Host<'_>,
    port: &'a Port,
    named: &[String],
    package: &Result<Option<Installed>, String>,
) -> (Vec<&'a Opt>, Result<String, String>) {
    let default: Vec<&Opt> = port.options.iter().filter(|option| option.default).collect();
    if !named.is_empty() {
        return (taken(port, named), Ok("--option".to_owned()));
    }
    if port.options.is_empty() {
        return (default, Ok("the recipe has no options".to_owned()));
    }
    let exactly = |words: &str| -> Vec<&'a Opt> {
        let named = |option: &Opt| words.split_whitespace().any(|word| word == option.tree_name || word == option.name);
        let on = |option: &&Opt| option.forced || named(option);
        port.options.iter().filter(on).collect()
    };
    let installed = match package {
        Ok(Some(installed)) => installed,
        Ok(None) => return (default, Ok("the defaults, since no package is installed".to_owned())),
        Err(why) => {
            let command = &host.profile.host.commands.package_options;
            return match host.command(command, &[("{package}", &port.name)]) {
                Some(Ok(output)) if output.success() => {
                    let on = output.stdout.lines().filter_map(|line| line.strip_suffix(" on"));
                    (exactly(&on.collect::<Vec<_>>().join(" ")), Ok(format!("`{}`", command.join(" "))))
                }
                _ => (default, Err(why.clone())),
            };
        }
    };
    if port.profile.packaging == Packaging::Openbsd {
        // What is on by default is always on there; the rest is a flavour, which the package's name says.
        let flavours: Vec<String> = installed.flavours().map(ToOwned::to_owned).collect();
        return (taken(port, &flavours), Ok(format!("the name {}", installed.name)));
    }
    match installed.options(host) {
        Ok(Some(words)) => {
            (exactly(&words), Ok(format!("the options of {} in {}", installed.name, installed.directory)))
        }
        Ok(None) => (default, Err(format!("the package {} does not say how it was built", installed.name))),
        Err(why) => (default, Err(why)),
    }
}

/// The defaults with options that are named: one of a group takes the place of the group's default.
fn taken<'a>(port: &'a Port, named: &[String]) -> Vec<&'a Opt> {
    let is_named = |option: &Opt| named.iter().any(|name| *name == option.name || *name == option.tree_name);
    let replaced = |option: &Opt| {
        port.choices.iter().any(|choice| {
            choice.rule != Rule::AtLeastOne
                && choice.options.contains(&option.name)
                && port.options.iter().any(|other| is_named(other) && choice.options.contains(&other.name))
        }) || port.options.iter().any(|other| is_named(other) && other.broken.is_some())
    };
    port.options.iter().filter(|option| is_named(option) || option.default && !replaced(option)).collect()
}
