//! The values of options.mk.
use std::collections::BTreeSet;

use serde::Serialize;

use super::install::Plan;
use super::makefile::{Variable, includes, rpaths, run_depends, variables};
use crate::port::family::{Family, FamilyOption};
use crate::port::licence::Condition;
use crate::port::{FileSource, Phrase, Release, Rule, Setting};

#[derive(Serialize)]
pub(super) struct Context<'a> {
    name: &'a str,
    supported: Vec<&'a str>,
    required_groups: Vec<&'a str>,
    optional_groups: Vec<&'a str>,
    sets: Vec<&'a str>,
    choices: Vec<Choice<'a>>,
    suggested: Vec<&'a str>,
    suggested_on: Vec<SuggestedOn<'a>>,
    partly: Vec<Partly<'a>>,
    no_default_features: bool,
    plist_vars: BTreeSet<&'a str>,
    options: Vec<Opt<'a>>,
    additions: Option<&'a str>,
}

#[derive(Serialize)]
struct Choice<'a> {
    variable: String,
    options: Vec<&'a str>,
}

#[derive(Serialize)]
struct SuggestedOn<'a> {
    opsys: &'a str,
    options: Vec<&'a str>,
}

/// An option that is not offered everywhere.
#[derive(Serialize)]
struct Partly<'a> {
    reasons: Vec<String>,
    condition: String,
    variable: String,
    option: &'a str,
}

#[derive(Serialize)]
struct Opt<'a> {
    name: &'a str,
    comments: Vec<String>,
    plist: Option<&'a str>,
    languages: Vec<String>,
    tools: &'a BTreeSet<String>,
    tool_depends: &'a BTreeSet<String>,
    run_depends: Vec<String>,
    features: &'a [String],
    native_environment: Vec<Variable>,
    environment: Vec<Variable>,
    rpaths: Vec<String>,
    licences: Vec<String>,
    edits: Vec<EditOf<'a>>,
    includes: Vec<String>,
}

#[derive(Serialize)]
struct EditOf<'a> {
    opsys: Option<&'a str>,
    class: String,
    message: String,
    file: String,
    sed: String,
}

/// The context of the options.mk template.
pub(super) fn context<'a>(family: &'a Family, release: &'a Release, plan: &'a Plan) -> Context<'a> {
    let tree_name = |option: &'a FamilyOption| option.option.tree_name.as_str();
    let everywhere = |option: &&'a FamilyOption| option.broken.is_empty();
    let in_choice =
        |option: &FamilyOption| family.choices.iter().any(|choice| choice.options.contains(&option.option.name));
    let by_rule = |rule: Rule| {
        family.choices.iter().filter(move |choice| choice.rule == rule).map(|choice| choice.name.as_str()).collect()
    };
    let choices = family.choices.iter().map(|choice| {
        let members = family.options.iter().filter(|option| choice.options.contains(&option.option.name));
        Choice {
            variable: choice_variable(choice.rule, &choice.name),
            options: members.filter(everywhere).map(tree_name).collect(),
        }
    });
    let mut systems: BTreeSet<&str> = BTreeSet::new();
    systems.extend(family.options.iter().flat_map(|option| option.default_on.iter().map(String::as_str)));
    let suggested_on = systems.into_iter().map(|opsys| {
        let here = family.options.iter().filter(|option| option.default_on.iter().any(|system| system == opsys));
        SuggestedOn { opsys, options: here.map(tree_name).collect() }
    });
    let mut supported: Vec<&str> =
        family.options.iter().filter(everywhere).filter(|option| !in_choice(option)).map(tree_name).collect();
    supported.sort_unstable();
    Context {
        name: &family.port.name,
        supported,
        required_groups: by_rule(Rule::One),
        optional_groups: by_rule(Rule::AtMostOne),
        sets: by_rule(Rule::AtLeastOne),
        choices: choices.collect(),
        suggested: family.options.iter().filter(|option| option.default).map(tree_name).collect(),
        suggested_on: suggested_on.collect(),
        partly: family
            .options
            .iter()
            .filter(|option| !option.broken.is_empty())
            .map(|option| partly(option, family))
            .collect(),
        no_default_features: release.no_default_features,
        plist_vars: plan.options(),
        options: family.options.iter().map(|option| opt(option, family, release, plan)).collect(),
        additions: family.port.additions.options.as_deref(),
    }
}

fn choice_variable(rule: Rule, name: &str) -> String {
    match rule {
        Rule::One | Rule::AtMostOne => format!("PKG_OPTIONS_GROUP.{name}"),
        Rule::AtLeastOne => format!("PKG_OPTIONS_SET.{name}"),
    }
}

fn partly<'a>(option: &'a FamilyOption, family: &'a Family) -> Partly<'a> {
    let choice = family.choices.iter().find(|choice| choice.options.contains(&option.option.name));
    Partly {
        reasons: option.broken.iter().map(|(opsys, reason)| format!("{opsys}: {reason}")).collect(),
        condition: option
            .broken
            .keys()
            .map(|opsys| format!("${{OPSYS}} != \"{opsys}\""))
            .collect::<Vec<_>>()
            .join(" && "),
        variable: choice
            .map_or_else(|| "PKG_SUPPORTED_OPTIONS".to_owned(), |choice| choice_variable(choice.rule, &choice.name)),
        option: &option.option.tree_name,
    }
}

fn opt<'a>(family_option: &'a FamilyOption, family: &'a Family, release: &'a Release, plan: &Plan) -> Opt<'a> {
    let option = &family_option.option;
    let native = &option.native;
    let mut comments = Vec::new();
    if let Some(memory) = option.memory {
        comments.push(format!("The server needs {} of memory with this.", crate::port::size(memory)));
    }
    let common = option.settings.iter().map(|setting| (None, setting));
    let particular = family_option
        .settings
        .iter()
        .flat_map(|(opsys, settings)| settings.iter().map(move |setting| (Some(opsys.as_str()), setting)));
    Opt {
        name: &option.tree_name,
        comments,
        plist: plan.options().contains(option.tree_name.as_str()).then_some(option.tree_name.as_str()),
        languages: native.languages.iter().filter(|language| *language != "c").cloned().collect(),
        tools: &native.tools,
        tool_depends: &native.depends,
        run_depends: run_depends(&family.port, Some(&option.name)),
        features: &option.features,
        native_environment: variables(&native.environment),
        environment: variables(&option.environment),
        rpaths: rpaths(&native.libraries),
        licences: option.licence.iter().map(Condition::beside_and).collect(),
        edits: common
            .chain(particular)
            .filter_map(|(opsys, setting)| edit(opsys, setting, &option.tree_name, family, release))
            .collect(),
        includes: includes(&native.libraries),
    }
}

/// The sed command that makes a sample carry a setting.
fn edit<'a>(
    opsys: Option<&'a str>,
    setting: &'a Setting,
    option: &str,
    family: &Family,
    release: &Release,
) -> Option<EditOf<'a>> {
    let edit = setting.edit.as_ref()?;
    let service = family.port.service.as_ref()?;
    let config = service.configs.iter().find(|config| config.id == setting.config)?;
    let file = sample_file(config.sample.as_ref()?, release)?;
    let class =
        format!("{option}-{}", setting.key.replace(|c: char| !c.is_ascii_alphanumeric(), "-")).to_ascii_lowercase();
    let sed = format!("s,^{}$,{},", basic_regex(&edit.from), replacement(&edit.to));
    Some(EditOf { opsys, class, message: format!("Setting {} for {option}.", setting.key), file, sed })
}

/// Where the sample is while it can still be changed, below `${WRKSRC}`.
fn sample_file(sample: &Phrase, release: &Release) -> Option<String> {
    let (place, rest) = sample.as_place()?;
    let installed =
        release.files.iter().find(|file| file.place == place && file.path == rest.trim_start_matches('/'))?;
    Some(match &installed.from {
        FileSource::Distribution(path) => path.clone(),
        FileSource::Own { name, .. } => format!("{name}.pkgsrc"),
    })
}

fn basic_regex(line: &str) -> String {
    line.chars().flat_map(|c| (r"\.[]*^$,".contains(c).then_some('\\')).into_iter().chain([c])).collect()
}

fn replacement(line: &str) -> String {
    line.chars().flat_map(|c| (r"\&,".contains(c).then_some('\\')).into_iter().chain([c])).collect()
}
