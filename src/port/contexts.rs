//! What is linked with which options: the states of a build that its makefiles must describe.
use anyhow::Result;

use super::native::{self, Wishes};
use super::options::BaseFeatures;
use super::release::Inputs;
use super::view::{Features, Linkage};
use super::{Choice, Native, Opt, Rule};
use crate::profile::Profile;

/// The states of a build.
pub(super) struct Contexts {
    /// With the options that are on by default.
    pub(super) default: Linkage,
    /// With all options that work here: not a state that can be built, but everything that may be linked.
    pub(super) all: Linkage,
    /// For each option a state with it, and those it is compared with.
    pub(super) each: Vec<Context>,
}

/// An option among the others.
pub(super) struct Context {
    /// The default with this option on; for one of a group of which exactly one is on, this option alone.
    pub(super) with: Linkage,
    /// The default with it off; for one of a group, each of the group alone.
    pub(super) against: Vec<Linkage>,
}

impl Contexts {
    /// Asks what is linked in each state.
    pub(super) fn gather(
        inputs: &Inputs<'_>,
        base: &BaseFeatures,
        options: &[Opt],
        choices: &[Choice],
    ) -> Result<Self> {
        let state = |on: &dyn Fn(&Opt) -> bool| {
            let chosen = options.iter().filter(|option| option.broken.is_none() && on(option));
            let mut features = base.features.clone();
            features.extend(chosen.flat_map(|option| option.features.iter().cloned()));
            features.sort();
            features.dedup();
            (inputs.view.linkage)(&Features { no_default: base.no_default, features }, &inputs.profile.target)
        };
        // The default, with one option switched and, where only one of a group may be on, the others of it off.
        let switched = |name: &str, to: bool| {
            let rivals: Vec<&String> = choices
                .iter()
                .filter(|choice| choice.rule != Rule::AtLeastOne && choice.options.iter().any(|one| one == name))
                .flat_map(|choice| &choice.options)
                .collect();
            state(&|option| {
                if option.name == name { to } else { option.default && !rivals.contains(&&option.name) }
            })
        };
        let alone = |name: &str| state(&|option| option.name == name);
        let context = |option: &Opt| {
            let group = choices.iter().find(|choice| choice.rule == Rule::One && choice.options.contains(&option.name));
            // One of a group has no state without it. What the others bring in is described where they are.
            if let Some(group) = group {
                let against = group.options.iter().map(|name| alone(name)).collect::<Result<Vec<_>>>()?;
                return Ok(Context { with: alone(&option.name)?, against });
            }
            Ok(Context { with: switched(&option.name, true)?, against: vec![switched(&option.name, false)?] })
        };
        Ok(Self {
            default: state(&|option| option.default)?,
            all: state(&|_| true)?,
            each: options.iter().map(context).collect::<Result<_>>()?,
        })
    }

    /// What every state needs.
    pub(super) fn common(&self, wishes: &Wishes<'_>, profile: &Profile) -> Native {
        let needs = |linkage: &Linkage| native::needs(&linkage.crates(), wishes, profile);
        let states = self.each.iter().flat_map(|context| std::iter::once(&context.with).chain(&context.against));
        states.fold(needs(&self.default), |common, linkage| common.and(&needs(linkage)))
    }
}

impl Context {
    /// What the option needs beyond what is needed without it; `own` are the wishes with the option on.
    pub(super) fn more(&self, all: &Linkage, wishes: &Wishes<'_>, own: &Wishes<'_>, profile: &Profile) -> Native {
        let mut crates = self.with.crates();
        // A library that the option asks for by name may be brought in by another option.
        let everything = all.crates();
        let asked_for = |krate: &str| {
            let libraries = own.system.iter().filter(|name| !wishes.system.contains(name));
            libraries
                .filter_map(|name| profile.libraries.known.get(*name))
                .any(|library| library.crates.iter().any(|one| one == krate))
        };
        for (krate, features) in everything.linked.iter().filter(|(krate, _)| asked_for(krate)) {
            crates.linked.entry(krate).or_insert(features);
        }
        let needs = |linkage: &Linkage| native::needs(&linkage.crates(), wishes, profile);
        let without = self.against.iter().map(needs).reduce(|left, right| left.and(&right)).unwrap_or_default();
        native::needs(&crates, own, profile).beyond(&without)
    }
}
