//! The part of the Makefile that depends on the flavour.
use std::collections::BTreeMap;

use serde::Serialize;

use super::conditions::When;
use super::install::Plan;
use super::machines::Machines;
use super::needs::Needs;
use crate::port::{Opt, Port};

/// Everything about flavours.
#[derive(Debug, Serialize)]
pub(super) struct Flavours {
    names: Vec<String>,
    /// Pairs that exclude each other.
    conflicts: Vec<Conflict>,
    choices: Vec<Choice>,
    fragments: Vec<Fragment>,
}

/// Two flavours that exclude each other.
#[derive(Debug, Serialize)]
struct Conflict {
    one: String,
    other: String,
}

/// What one flavour, or one of several, adds.
#[derive(Debug, Serialize)]
struct Choice {
    branches: Vec<Branch>,
}

#[derive(Debug, Serialize)]
struct Branch {
    /// One line for each option.
    comments: Vec<String>,
    /// `.if …`, `.elif …` or `.else`.
    test: String,
    needs: Needs,
    restricted: Option<String>,
    machines: Machines,
}

impl Branch {
    fn says_something(&self) -> bool {
        !self.needs.is_silent() || self.restricted.is_some() || !self.machines.is_silent()
    }
}

/// A fragment of the packing list that depends on more than one flavour.
#[derive(Debug, Serialize)]
struct Fragment {
    name: String,
    condition: String,
}

/// Nothing without flavours.
pub(super) fn flavours(port: &Port, plan: &Plan) -> Option<Flavours> {
    let flavours = &port.flavours;
    if flavours.all.is_empty() {
        return None;
    }
    let mut conflicts = Vec::new();
    let mut choices = Vec::new();
    for replaced in &flavours.replaced {
        for (index, one) in replaced.flavours.iter().enumerate() {
            let others = replaced.flavours[index + 1..].iter();
            conflicts.extend(others.map(|other| Conflict { one: one.clone(), other: other.clone() }));
        }
        let members = replaced.flavours.iter().filter_map(|name| flavours.all.iter().find(|one| one.name == *name));
        let options = members.filter_map(|flavour| option(port, flavour.option.as_deref()?));
        let mut branches: Vec<Branch> = options
            .filter_map(|option| Some(branch(port, option, When::of(Some(&option.name), port).condition()?)))
            .collect();
        let all_there = branches.len() == replaced.flavours.len() && branches.iter().all(Branch::says_something);
        if let Some(default) = option(port, replaced.default.as_deref().unwrap_or_default()) {
            let condition =
                if all_there { Some(String::new()) } else { When::of(Some(&default.name), port).condition() };
            branches.extend(condition.map(|condition| branch(port, default, condition)));
        }
        choices.push(choice(branches));
    }
    let is_replacing = |name: &String| flavours.replaced.iter().any(|replaced| replaced.flavours.contains(name));
    for flavour in flavours.all.iter().filter(|flavour| !is_replacing(&flavour.name)) {
        let option = flavour.option.as_deref().and_then(|name| option(port, name));
        let condition = format!("${{FLAVOR:M{}}}", flavour.name);
        choices.push(choice(option.map(|option| branch(port, option, condition)).into_iter().collect()));
    }
    choices.retain(|choice| !choice.branches.is_empty());
    let mut fragments: Vec<Fragment> = Vec::new();
    for entry in &plan.entries {
        if let (Some(name), Some(condition)) = (entry.when.defines(), entry.when.condition())
            && !fragments.iter().any(|known| known.name == name)
        {
            fragments.push(Fragment { name: name.to_owned(), condition });
        }
    }
    Some(Flavours {
        names: flavours.all.iter().map(|flavour| flavour.name.clone()).collect(),
        conflicts,
        choices,
        fragments,
    })
}

fn option<'a>(port: &'a Port, name: &str) -> Option<&'a Opt> {
    port.options.iter().find(|option| option.name == name)
}

fn branch(port: &Port, option: &Opt, condition: String) -> Branch {
    Branch {
        comments: vec![option.description.clone()],
        test: condition,
        needs: Needs::of(port, &[option], None, &[])
            .with(option.notes.iter().flat_map(|note| note.depends.iter().cloned()), &BTreeMap::new()),
        machines: Machines::of(&option.notes),
        restricted: restricted(port, option),
    }
}

/// Why a package with the option may not be passed on, when it is the option that forbids it.
fn restricted(port: &Port, option: &Opt) -> Option<String> {
    let names: Vec<&str> = option.licence.iter().flat_map(|condition| condition.names()).collect();
    let restricts = |name: &&str| {
        let known = port.profile.licences.values().find(|licence| licence.name == **name);
        known.is_some_and(|licence| licence.kind == crate::profile::Kind::Restricted)
    };
    names.into_iter().find(restricts).map(|name| format!("{name} restricts use or distribution"))
}

/// Puts the tests into words, and leaves out what does nothing.
fn choice(branches: Vec<Branch>) -> Choice {
    let mut kept: Vec<Branch> = branches.into_iter().filter(Branch::says_something).collect();
    for (index, branch) in kept.iter_mut().enumerate() {
        branch.test = match (index, branch.test.as_str()) {
            (0, test) => format!(".if {test}"),
            (_, "") => ".else".to_owned(),
            (_, test) => format!(".elif {test}"),
        };
    }
    Choice { branches: kept }
}
