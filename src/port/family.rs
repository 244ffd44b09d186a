//! One package for several OSes: what their Ports have in common, and where they differ.
use std::collections::BTreeMap;

use super::licence::Condition;
use super::{Native, Opt, Port, Rule};
use crate::profile::Manager;

/// The Ports of one server on all OSes that a ports tree serves, seen as one.
#[derive(Clone, Debug)]
pub struct Family {
    /// The common Port; what differs by OS is in the other fields.
    pub port: Port,
    /// The Ports themselves: what one service manager reads is written from a Port of its OS.
    members: Vec<Port>,
    /// OSes on which it does not work, with the reason: `${OPSYS}` ⇒ reason.
    pub broken: BTreeMap<String, String>,
    /// What the build needs on one OS beyond what it needs everywhere.
    pub native: BTreeMap<String, Native>,
    /// Numeric ids of user and group that are asked for on one OS.
    pub ids: BTreeMap<String, (Option<u32>, Option<u32>)>,
    /// Options with their differences, in the order of the recipe.
    pub options: Vec<FamilyOption>,
    /// Choices with all their options.
    pub choices: Vec<FamilyChoice>,
}

/// An option on all OSes.
#[derive(Clone, Debug)]
pub struct FamilyOption {
    /// The option as on the first OS.
    pub option: Opt,
    /// Where it does not work: `${OPSYS}` ⇒ reason.
    pub broken: BTreeMap<String, String>,
    /// Where it is on by default, if not everywhere or nowhere.
    pub default_on: Vec<String>,
    /// On by default wherever it works.
    pub default: bool,
    /// Settings that only one OS asks for, by `${OPSYS}`.
    pub settings: BTreeMap<String, Vec<super::Setting>>,
}

/// A choice on all OSes.
#[derive(Clone, Debug)]
pub struct FamilyChoice {
    /// Its name.
    pub name: String,
    /// How many may be on.
    pub rule: Rule,
    /// Options by name.
    pub options: Vec<String>,
}

impl Family {
    /// Joins Ports of one recipe; the first one is the one whose words are used.
    ///
    /// # Panics
    /// Never with at least one Port.
    #[must_use]
    pub fn new(ports: &[Port]) -> Option<Self> {
        let first = ports.first()?;
        let mut port = first.clone();
        let opsys = |port: &Port| port.profile.opsys.clone();
        let broken = ports.iter().filter_map(|port| Some((opsys(port), port.broken.clone()?))).collect();
        let mut native = BTreeMap::new();
        if let Some(release) = &mut port.release {
            let others = || ports.iter().filter_map(|other| Some((opsys(other), other.release.as_ref()?)));
            // What all need is common; the rest belongs to its OS.
            release.native = others().fold(release.native.clone(), |common, (_, other)| common.and(&other.native));
            for (system, other) in others() {
                let more = other.native.beyond(&release.native);
                if !more.is_silent() {
                    native.insert(system, more);
                }
            }
            release.licence = Condition::all(others().map(|(_, other)| other.licence.clone()));
            for (_, other) in others() {
                for name in &other.unaccepted {
                    if !release.unaccepted.contains(name) {
                        release.unaccepted.push(name.clone());
                    }
                }
                for statement in &other.statements {
                    if !release.statements.contains(statement) {
                        release.statements.push(statement.clone());
                    }
                }
            }
            let (own, others) = release.statements.split_at_mut(1);
            debug_assert_eq!(own.len(), 1);
            others.sort();
        }
        for other in ports {
            for remark in &other.remarks {
                if !port.remarks.contains(remark) {
                    port.remarks.push(remark.clone());
                }
            }
        }
        let options = first.options.iter().enumerate().map(|(index, _)| option(ports, index)).collect();
        let mut choices: Vec<FamilyChoice> = Vec::new();
        for choice in ports.iter().flat_map(|port| &port.choices) {
            match choices.iter_mut().find(|known| known.name == choice.name) {
                Some(known) => {
                    let more = choice.options.iter().filter(|name| !known.options.contains(name)).cloned();
                    let more: Vec<String> = more.collect();
                    known.options.extend(more);
                }
                None => choices.push(FamilyChoice {
                    name: choice.name.clone(),
                    rule: choice.rule,
                    options: choice.options.clone(),
                }),
            }
        }
        let asked = |port: &Port| port.service.as_ref().map(|service| service.ids).filter(|ids| *ids != (None, None));
        let ids = ports.iter().filter_map(|port| Some((opsys(port), asked(port)?))).collect();
        Some(Self { port, members: ports.to_vec(), broken, native, ids, options, choices })
    }

    /// The Port of the first OS with this service manager; without one the common Port.
    #[must_use]
    pub fn managed_by(&self, manager: Manager) -> &Port {
        self.members.iter().find(|port| port.profile.service.manager == manager).unwrap_or(&self.port)
    }

    /// The option called `name`.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&FamilyOption> {
        self.options.iter().find(|option| option.option.name == name)
    }
}

fn option(ports: &[Port], index: usize) -> FamilyOption {
    let everywhere: Vec<(&str, &Opt)> =
        ports.iter().map(|port| (port.profile.opsys.as_str(), &port.options[index])).collect();
    let mut option = everywhere[0].1.clone();
    let broken: BTreeMap<String, String> =
        everywhere.iter().filter_map(|(system, option)| Some(((*system).to_owned(), option.broken.clone()?))).collect();
    let works: Vec<_> = everywhere.iter().filter(|(_, option)| option.broken.is_none()).collect();
    let on: Vec<String> =
        works.iter().filter(|(_, option)| option.default).map(|(system, _)| (*system).to_owned()).collect();
    // Suggesting an option where it is not supported does no harm to bsd.options.mk, but pkglint's readers wonder.
    let default = !on.is_empty() && on.len() == everywhere.len();
    let common: Vec<_> = option
        .settings
        .iter()
        .filter(|one| everywhere.iter().all(|(_, other)| other.settings.contains(one)))
        .cloned()
        .collect();
    let settings = everywhere
        .iter()
        .map(|(system, other)| {
            (
                (*system).to_owned(),
                other.settings.iter().filter(|one| !common.contains(one)).cloned().collect::<Vec<_>>(),
            )
        })
        .filter(|(_, settings)| !settings.is_empty())
        .collect();
    option.settings = common;
    for (_, other) in &everywhere[1..] {
        option.native = option.native.or(&other.native);
        for condition in &other.licence {
            if !option.licence.contains(condition) {
                option.licence.push(condition.clone());
            }
        }
    }
    FamilyOption { option, broken, default_on: if default { Vec::new() } else { on }, default, settings }
}
