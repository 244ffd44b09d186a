//! How OpenBSD's ports let people choose: not by options of the builder, but by flavours, each a package of its own.
//!
//! What is on by default is always on. What is off by default is a flavour. Of a group of which one is on, the default is
//! what the port without a flavour has, and the others are flavours that take its place; where none may be on, too, a
//! flavour `no_…` says so.
use std::collections::BTreeMap;

use super::{Choice, Opt, Rule};
use crate::profile::{Packaging, Profile};
use crate::recipe::{Located, Pointer};

/// The flavours of a port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flavours {
    /// All of them, in the order of `FLAVORS`.
    pub all: Vec<Flavour>,
    /// Choices whose default a flavour replaces.
    pub replaced: Vec<Replaced>,
    /// Options that are on whatever flavour is taken.
    pub always: Vec<String>,
}

/// A flavour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flavour {
    /// Its name.
    pub name: String,
    /// The option that it turns on; nothing when it only turns another off.
    pub option: Option<String>,
}

/// A choice of which at most one is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The option that is on without a flavour, if one is.
    pub default: Option<String>,
    /// Flavours that exclude each other, and the default.
    pub flavours: Vec<String>,
}

impl Flavours {
    /// The flavour that turns an option on.
    #[must_use]
    pub fn of(&self, option: &str) -> Option<&Flavour> {
        self.all.iter().find(|flavour| flavour.option.as_deref() == Some(option))
    }

    /// Whether an option is on without a flavour, but not with every one.
    #[must_use]
    pub fn is_replaced(&self, option: &str) -> bool {
        self.replaced.iter().any(|choice| choice.default.as_deref() == Some(option))
    }
}

/// The flavours of these options; none where the tree has options of the builder.
///
/// # Errors
/// Two options would be one flavour.
pub(super) fn resolve(
    options: &[Opt],
    choices: &[Choice],
    profile: &Profile,
    remarks: &mut Vec<String>,
) -> Result<Flavours, Located> {
    if profile.packaging != Packaging::Openbsd {
        return Ok(Flavours::default());
    }
    let mut flavours = Flavours::default();
    let exclusive = |choice: &&Choice| choice.rule != Rule::AtLeastOne;
    for option in options.iter().filter(|option| option.broken.is_none()) {
        let choice = choices.iter().filter(exclusive).find(|choice| choice.options.contains(&option.name));
        let rivals = choice.is_some_and(|choice| choice.options.len() > 1);
        let may_be_none = choice.is_some_and(|choice| choice.rule == Rule::AtMostOne);
        if !option.default {
            flavours.all.push(Flavour { name: option.tree_name.clone(), option: Some(option.name.clone()) });
        } else if may_be_none {
            flavours.all.push(Flavour { name: format!("no_{}", option.tree_name), option: None });
        } else if !rivals {
            flavours.always.push(option.name.clone());
        }
    }
    for choice in choices.iter().filter(exclusive) {
        let default = options.iter().find(|option| option.default && choice.options.contains(&option.name));
        let of_choice = |flavour: &&Flavour| match &flavour.option {
            Some(option) => choice.options.contains(option),
            None => default.is_some_and(|option| flavour.name == format!("no_{}", option.tree_name)),
        };
        let names: Vec<String> = flavours.all.iter().filter(of_choice).map(|flavour| flavour.name.clone()).collect();
        if !names.is_empty() {
            flavours.replaced.push(Replaced { default: default.map(|option| option.name.clone()), flavours: names });
        }
    }
    check_names(&flavours, options)?;
    if !flavours.always.is_empty() {
        remarks.push(format!(
            "on OpenBSD, whose ports have no options of the builder, these are always on: {}; what is off by default is a \
             flavour",
            flavours.always.join(", ")
        ));
    }
    Ok(flavours)
}

fn check_names(flavours: &Flavours, options: &[Opt]) -> Result<(), Located> {
    let mut seen: BTreeMap<&str, &Flavour> = BTreeMap::new();
    for flavour in &flavours.all {
        let Some(before) = seen.insert(&flavour.name, flavour) else { continue };
        let option = flavour.option.as_ref().or(before.option.as_ref());
        let index = options.iter().position(|one| Some(&one.name) == option).unwrap_or(0);
        return Err(Located::new(
            Pointer::new(&[&"option", &index, &"name"]),
            format!("two options would be the flavour `{}` on OpenBSD, where `-` is `_`", flavour.name),
        )
        .help("give one of them another name, or say `broken = \"…\"` for it in [option.on.openbsd]"));
    }
    Ok(())
}
