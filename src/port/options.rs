//! Options and how they belong together.
use std::collections::BTreeMap;

use super::{Choice, Native, Opt, Rule, Setting};
use crate::profile::{Packaging, Profile};
use crate::recipe::{self, Located, Pointer, parse_size};

/// Which cargo features are on whatever is chosen, and whether cargo's defaults are off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseFeatures {
    /// On in any case.
    pub features: Vec<String>,
    /// `--no-default-features`.
    pub no_default: bool,
}

/// Features that no option governs.
///
/// # Errors
/// A feature that the crate does not have.
pub fn base_features(
    recipe: &recipe::Recipe,
    known: &BTreeMap<String, Vec<String>>,
    defaults: &[String],
) -> Result<BaseFeatures, Located> {
    let build = recipe.build.clone().unwrap_or_default();
    for (index, feature) in build.features.iter().enumerate() {
        check_feature(feature, known, &Pointer::new(&[&"build", &"features", &index]))?;
    }
    let mut governed = Vec::new();
    for (index, option) in recipe.option.iter().enumerate() {
        for (nth, feature) in option.features.iter().enumerate() {
            check_feature(feature, known, &Pointer::new(&[&"option", &index, &"features", &nth]))?;
            governed.push(feature.as_str());
        }
    }
    let touches_defaults = defaults.iter().any(|feature| governed.contains(&feature.as_str()));
    let no_default = match build.default_features {
        Some(true) if touches_defaults => {
            return Err(Located::new(
                Pointer::new(&[&"build", &"default-features"]),
                "an option governs one of cargo's default features, so they cannot all be on",
            ));
        }
        Some(wanted) => !wanted,
        None => touches_defaults,
    };
    let mut features = build.features;
    if no_default && build.default_features.is_none() {
        // The defaults that no option governs stay on.
        let kept = defaults.iter().filter(|feature| !governed.contains(&feature.as_str()));
        features.extend(kept.cloned());
    }
    features.sort();
    features.dedup();
    Ok(BaseFeatures { features, no_default })
}

fn check_feature(feature: &str, known: &BTreeMap<String, Vec<String>>, at: &Pointer) -> Result<(), Located> {
    let own = feature.split('/').next().unwrap_or(feature);
    // `dep/feature` switches on a feature of a dependency; cargo knows whether that exists.
    if known.contains_key(feature) || (own != feature && !own.is_empty()) {
        return Ok(());
    }
    let error = Located::new(at.clone(), format!("the crate has no feature `{feature}`"))
        .note(format!("features: {}", known.keys().map(String::as_str).collect::<Vec<_>>().join(", ")));
    Err(match crate::diag::did_you_mean(feature, known.keys().map(String::as_str)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    })
}

/// The options on one OS. What they need from the tree, and what they add to the licence, is filled in later.
///
/// # Errors
/// Whatever in them cannot be, located.
pub fn resolve(
    recipe: &recipe::Recipe,
    profile: &Profile,
    name: &str,
    defaults: &[String],
) -> Result<(Vec<Opt>, Vec<Choice>), Located> {
    let mut options: Vec<Opt> = Vec::new();
    for (index, option) in recipe.option.iter().enumerate() {
        let at = Pointer::new(&[&"option", &index]);
        let good = option.name.starts_with(|c: char| c.is_ascii_lowercase())
            && option.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !good {
            return Err(Located::new(
                at.then("name"),
                format!("`{}` cannot be an option: lower-case letters, digits, `-`", option.name),
            ));
        }
        if options.iter().any(|before| before.name == option.name) {
            return Err(Located::new(at.then("name"), format!("there are two options `{}`", option.name)));
        }
        for os in option.on.keys() {
            check_os(os, &at.then("on").then(os))?;
        }
        let there = option.on.get(&profile.os);
        let broken = there.and_then(|on| on.broken.clone());
        let cargo_default =
            !option.features.is_empty() && option.features.iter().all(|feature| defaults.contains(feature));
        let wanted = there.and_then(|on| on.default).or(option.default).unwrap_or(cargo_default);
        let memory = match there.and_then(|on| on.memory.as_ref()).or(option.memory.as_ref()) {
            Some(text) => Some(parse_size(text).map_err(|message| Located::new(at.then("memory"), message))?),
            None => None,
        };
        let mut settings = settings(&option.settings, recipe, &at.then("settings"))?;
        if let Some(on) = there {
            settings.extend(self::settings(&on.settings, recipe, &at.then("on").then(&profile.os).then("settings"))?);
        }
        options.push(Opt {
            name: option.name.clone(),
            tree_name: tree_name(&option.name, name, profile),
            description: option
                .description
                .clone()
                .filter(|said| !said.trim().is_empty())
                .unwrap_or_else(|| describe(option)),
            default: wanted && broken.is_none(),
            broken,
            forced: false,
            features: option.features.clone(),
            native: Native::default(),
            environment: option.environment.clone(),
            memory,
            settings,
            licence: Vec::new(),
            notes: Vec::new(),
        });
    }
    let mut choices = choices(recipe, &mut options)?;
    for choice in &mut choices {
        choice.tree_name = choice_name(&choice.name, &options, profile);
    }
    Ok((options, choices))
}

/// How the tree calls an option of the package `package`.
fn tree_name(option: &str, package: &str, profile: &Profile) -> String {
    let known = profile.options.iter().any(|name| name == option);
    match profile.packaging {
        // An established name where there is one, else one with the package's in front.
        Packaging::Pkgsrc if known || option.starts_with(&format!("{package}-")) => option.to_owned(),
        Packaging::Pkgsrc => format!("{package}-{option}"),
        // A hyphen would end the flavour's name in a package's name.
        Packaging::Openbsd => option.replace('-', "_"),
        Packaging::Freebsd => option.replace('-', "_").to_ascii_uppercase(),
    }
}

/// How the tree calls a choice.
fn choice_name(choice: &str, options: &[Opt], profile: &Profile) -> String {
    if profile.packaging != Packaging::Freebsd {
        return choice.to_owned();
    }
    let word: String =
        choice.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    // Its description is NAME_DESC, as an option's is.
    if options.iter().any(|option| option.tree_name == word) { format!("{word}_CHOICE") } else { word }
}

fn describe(option: &recipe::Opt) -> String {
    if option.features.is_empty() {
        return format!("Enable {}.", option.name);
    }
    format!(
        "Enable the {} {}.",
        option.features.join(" and "),
        if option.features.len() == 1 { "feature" } else { "features" }
    )
}

/// OS names that recipes may use.
pub const SYSTEMS: &[&str] = &["netbsd", "illumos", "linux", "openbsd", "freebsd"];

/// Whether `os` is one of [`SYSTEMS`].
///
/// # Errors
/// With a suggestion.
pub fn check_os(os: &str, at: &Pointer) -> Result<(), Located> {
    if SYSTEMS.contains(&os) {
        return Ok(());
    }
    let error = Located::new(at.clone(), format!("unknown OS `{os}`")).note(format!("known: {}", SYSTEMS.join(", ")));
    Err(match crate::diag::did_you_mean(os, SYSTEMS.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    })
}

fn settings(wanted: &BTreeMap<String, String>, recipe: &recipe::Recipe, at: &Pointer) -> Result<Vec<Setting>, Located> {
    let ids: Vec<&str> =
        recipe.service.iter().flat_map(|service| &service.config).map(|config| config.id.as_str()).collect();
    let mut settings = Vec::new();
    for (key, value) in wanted {
        let (config, key_in_file) = key.split_once(':').unwrap_or(("", key));
        if !ids.contains(&config) || key_in_file.is_empty() {
            return Err(Located::new(
                at.then(key).key(),
                format!("`{key}` names no configuration file of this recipe"),
            )
            .note(format!("configuration files: {}", ids.join(", ")))
            .help("write it as \"main:key\" = \"value\", with the id of a [[service.config]]"));
        }
        settings.push(Setting {
            config: config.to_owned(),
            key: key_in_file.to_owned(),
            value: value.clone(),
            edit: None,
        });
    }
    Ok(settings)
}

fn choices(recipe: &recipe::Recipe, options: &mut [Opt]) -> Result<Vec<Choice>, Located> {
    let mut choices: Vec<Choice> = Vec::new();
    for (index, option) in recipe.option.iter().enumerate() {
        let at = Pointer::new(&[&"option", &index]);
        let memberships: Vec<(&str, Rule, &String)> = [
            ("group", Rule::One, &option.group),
            ("optional-group", Rule::AtMostOne, &option.optional_group),
            ("set", Rule::AtLeastOne, &option.set),
        ]
        .into_iter()
        .filter_map(|(field, rule, name)| name.as_ref().map(|name| (field, rule, name)))
        .collect();
        if memberships.len() > 1 {
            return Err(Located::new(at.then(memberships[1].0), "an option belongs to one group or set only"));
        }
        let Some(&(field, rule, name)) = memberships.first() else { continue };
        match choices.iter_mut().find(|choice| choice.name == *name) {
            Some(choice) if choice.rule != rule => {
                return Err(Located::new(at.then(field), format!("`{name}` is another kind of choice above")));
            }
            Some(choice) => choice.options.push(option.name.clone()),
            None => choices.push(Choice {
                name: name.clone(),
                tree_name: name.clone(),
                rule,
                options: vec![option.name.clone()],
            }),
        }
    }
    for choice in &mut choices {
        choice.options.retain(|name| options.iter().any(|option| option.name == *name && option.broken.is_none()));
        settle(choice, recipe, options)?;
    }
    choices.retain(|choice| !choice.options.is_empty());
    Ok(choices)
}

/// The defaults of a choice must satisfy its rule.
fn settle(choice: &Choice, recipe: &recipe::Recipe, options: &mut [Opt]) -> Result<(), Located> {
    let on: Vec<&Opt> =
        options.iter().filter(|option| option.default && choice.options.contains(&option.name)).collect();
    if on.len() > 1 && choice.rule != Rule::AtLeastOne {
        let (first, second) = (on[0].name.clone(), on[1].name.clone());
        let index = recipe.option.iter().position(|option| option.name == second).unwrap_or(0);
        return Err(Located::new(
            Pointer::new(&[&"option", &index]),
            format!("`{first}` and `{second}` are both on by default, but only one of `{}` may be", choice.name),
        )
        .help("say `default = true` for one and `default = false` for the others"));
    }
    if on.is_empty()
        && choice.rule != Rule::AtMostOne
        && let Some(first) = choice.options.first()
        && let Some(option) = options.iter_mut().find(|option| option.name == *first)
    {
        option.default = true;
    }
    Ok(())
}
