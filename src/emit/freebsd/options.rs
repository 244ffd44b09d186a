//! The options of the Makefile (Mk/bsd.options.mk).
use std::collections::BTreeSet;

use serde::Serialize;

use super::install::Plan;
use super::makefile::{lib_depends, run_depends, uses, variables};
use crate::port::licence::Condition;
use crate::port::{Choice, Opt, Port, Rule};

#[derive(Serialize)]
pub(super) struct Context<'a> {
    define: Vec<&'a str>,
    default: Vec<&'a str>,
    groups: Vec<Group<'a>>,
    sub: bool,
    descriptions: Vec<Description<'a>>,
    each: Vec<Of<'a>>,
}

/// The choices of one kind.
#[derive(Serialize)]
struct Group<'a> {
    variable: &'static str,
    names: Vec<&'a str>,
    members: Vec<Members<'a>>,
}

#[derive(Serialize)]
struct Members<'a> {
    name: &'a str,
    options: Vec<&'a str>,
}

#[derive(Serialize)]
struct Description<'a> {
    name: &'a str,
    text: String,
}

/// What an option does.
#[derive(Serialize)]
struct Of<'a> {
    name: &'a str,
    comments: Vec<String>,
    offered: bool,
    build_depends: &'a BTreeSet<String>,
    lib_depends: BTreeSet<String>,
    run_depends: Vec<String>,
    uses: Vec<String>,
    native_environment: Vec<String>,
    environment: Vec<String>,
    vars: Vec<String>,
}

/// The context of the options.
#[must_use]
pub(super) fn context<'a>(port: &'a Port, plan: &Plan) -> Context<'a> {
    let mut offered: Vec<&Opt> = port.options.iter().filter(|option| is_offered(option)).collect();
    offered.sort_by(|left, right| left.tree_name.cmp(&right.tree_name));
    let chosen = |option: &Opt| port.choices.iter().any(|choice| choice.options.contains(&option.name));
    let mut define: Vec<&str> =
        offered.iter().filter(|option| !chosen(option)).map(|option| option.tree_name.as_str()).collect();
    define.extend((!plan.docs.is_empty()).then_some("DOCS"));
    define.extend((!plan.examples.is_empty()).then_some("EXAMPLES"));
    define.sort_unstable();
    define.dedup();
    let groups =
        [(Rule::AtLeastOne, "OPTIONS_MULTI"), (Rule::AtMostOne, "OPTIONS_RADIO"), (Rule::One, "OPTIONS_SINGLE")];
    let mut descriptions: Vec<Description<'_>> = offered
        .iter()
        .map(|option| Description {
            name: &option.tree_name,
            text: option.description.trim_end_matches('.').to_owned(),
        })
        .chain(port.choices.iter().map(|choice| Description { name: &choice.tree_name, text: describe(choice) }))
        .collect();
    // As portclippy sorts: by the whole name of the variable.
    descriptions.sort_by_key(|one| format!("{}_DESC", one.name));
    let mut each: Vec<Of<'_>> = port.options.iter().map(|option| of(port, option)).collect();
    each.retain(Of::says_something);
    each.sort_by(|left, right| left.name.cmp(right.name));
    Context {
        default: offered.iter().filter(|option| option.default).map(|option| option.tree_name.as_str()).collect(),
        define,
        groups: groups.into_iter().filter_map(|(rule, variable)| group(port, rule, variable)).collect(),
        sub: plan.plist_options,
        descriptions,
        each,
    }
}

fn group<'a>(port: &'a Port, rule: Rule, variable: &'static str) -> Option<Group<'a>> {
    let mut members: Vec<Members<'_>> = port
        .choices
        .iter()
        .filter(|choice| choice.rule == rule)
        .map(|choice| {
            let here = port.options.iter().filter(|option| choice.options.contains(&option.name));
            let mut options: Vec<&str> = here.map(|option| option.tree_name.as_str()).collect();
            options.sort_unstable();
            Members { name: &choice.tree_name, options }
        })
        .collect();
    members.sort_by(|left, right| left.name.cmp(right.name));
    let names = members.iter().map(|one| one.name).collect();
    (!members.is_empty()).then_some(Group { variable, names, members })
}

/// A heading: a recipe gives a choice no more than a name, and the dialogue says how many may be chosen.
fn describe(choice: &Choice) -> String {
    let name = choice.name.replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn is_offered(option: &Opt) -> bool {
    option.broken.is_none() && !option.forced
}

fn of<'a>(port: &'a Port, option: &'a Opt) -> Of<'a> {
    let native = &option.native;
    let mut comments = Vec::new();
    match (&option.broken, option.memory) {
        (Some(reason), _) => comments.push(format!("{} is not offered: {reason}", option.tree_name)),
        (None, Some(memory)) if option.forced => {
            comments.push(format!("The server needs {} of memory.", crate::port::size(memory)));
        }
        (None, Some(memory)) => comments.push(format!(
            "With {} the server needs {} of memory.",
            option.tree_name,
            crate::port::size(memory)
        )),
        (None, None) => {}
    }
    Of {
        name: &option.tree_name,
        comments,
        offered: is_offered(option),
        build_depends: &native.depends,
        lib_depends: lib_depends(&native.libraries),
        run_depends: run_depends(port, Some(&option.name)),
        uses: uses(&native.tools, false),
        native_environment: variables(&native.environment),
        environment: variables(&option.environment),
        vars: vars(option),
    }
}

/// Variables that the option adds to; bsd.options.mk has no helper of its own for them.
fn vars(option: &Opt) -> Vec<String> {
    let mut vars: Vec<String> = option.features.iter().map(|feature| format!("CARGO_FEATURES+={feature}")).collect();
    let licences: BTreeSet<&str> = option.licence.iter().flat_map(Condition::names).collect();
    vars.extend(licences.iter().map(|name| format!("LICENSE+={name}")));
    vars.extend((!licences.is_empty()).then(|| "LICENSE_COMB=multi".to_owned()));
    vars
}

impl Of<'_> {
    fn says_something(&self) -> bool {
        let environment = !(self.native_environment.is_empty() && self.environment.is_empty());
        let depends = !(self.build_depends.is_empty() && self.lib_depends.is_empty() && self.run_depends.is_empty());
        let sets = !(self.uses.is_empty() && self.vars.is_empty());
        !self.comments.is_empty() || self.offered && (environment || depends || sets)
    }
}
