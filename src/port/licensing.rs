//! Who says what about licences: the recipe over the crates, and what each option adds.
use std::collections::BTreeSet;

use anyhow::Result;

use super::Opt;
use super::contexts::Contexts;
use super::licence::{self, Condition, Statement};
use super::licence_fields::{self, LicenceFields};
use super::release::Inputs;
use super::view::{Linkage, LinkedCrate};
use crate::diag::Diagnostic;
use crate::recipe::{Recipe, Source};

/// What is known about the licence of a release.
pub(super) struct Licensing {
    /// The condition for the whole.
    pub(super) condition: Condition,
    /// The same in the fields of a tree that has no expressions.
    pub(super) fields: LicenceFields,
    /// What each linked crate says, the server first.
    pub(super) statements: Vec<Statement>,
}

/// The condition for the whole, and what each option adds to it.
pub(super) fn licences(inputs: &Inputs<'_>, contexts: &Contexts, options: &mut [Opt]) -> Result<Licensing> {
    let Inputs { recipe, source, view, profile, .. } = inputs;
    let krate = view.krate;
    let own = Statement {
        krate: krate.name.clone(),
        version: krate.version.to_string(),
        licence: recipe.package.licence.clone().or_else(|| krate.license.clone()).unwrap_or_default(),
        overridden: recipe.package.licence.as_ref().map(|_| "the recipe says so".to_owned()),
        file: krate.license_file.clone(),
    };
    let state = |linkage: &Linkage| -> Vec<Statement> {
        let others = linkage.linked.iter().filter(|one| one.name != krate.name);
        let mut statements: Vec<Statement> = others.map(|one| statement(one, recipe)).collect();
        statements.sort();
        statements.dedup();
        statements
    };
    let judge = |linkage: &Linkage| {
        licence::whole(&own, &state(linkage), &profile.licences)
            .map_err(|problems| unclear(&problems, &krate.name, source))
    };
    let whole = judge(&contexts.default)?;
    let named = whole.names().into_iter().map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    for (option, context) in options.iter_mut().zip(&contexts.each) {
        let Condition::And(parts) = judge(&context.with)? else { continue };
        let adds = |part: &&Condition| !part.names().iter().any(|name| named.contains(*name));
        option.licence = parts.iter().filter(adds).cloned().collect();
    }
    let alone =
        licence::whole(&own, &[], &profile.licences).map_err(|problems| unclear(&problems, &krate.name, source))?;
    let files = krate.dist.files().iter().map(|file| file.path.as_str());
    let fields =
        licence_fields::fields(&whole, &alone.names(), &profile.licences, files, krate.license_file.as_deref());
    let mut statements = vec![own.clone()];
    statements.extend(state(&contexts.all));
    Ok(Licensing { condition: whole, fields, statements })
}

fn statement(one: &LinkedCrate, recipe: &Recipe) -> Statement {
    let over = recipe
        .licence
        .iter()
        .find(|over| over.krate == one.name && over.version.as_ref().is_none_or(|version| *version == one.version));
    Statement {
        krate: one.name.clone(),
        version: one.version.clone(),
        licence: over.map(|over| over.licence.clone()).or_else(|| one.licence.clone()).unwrap_or_default(),
        overridden: over.map(|over| over.reason.clone()),
        file: one.licence_file.clone(),
    }
}

fn unclear(problems: &[licence::Problem], own: &str, source: &Source) -> Diagnostic {
    let crates = if problems.len() == 1 { "a crate" } else { "crates" };
    let mut error = Diagnostic::input(format!("the licence of {crates} in the program is not clear"));
    for problem in problems {
        error = error.note(format!("{} {}: {}", problem.statement.krate, problem.statement.version, problem.why));
    }
    let mut blocks = String::new();
    for problem in problems {
        if problem.statement.krate == own {
            blocks.push_str("\n[package]\nlicence = \"SPDX-expression\"");
            continue;
        }
        let Statement { krate, version, .. } = &problem.statement;
        blocks = format!(
            "{blocks}\n[[licence]]\ncrate = \"{krate}\"\nversion = \"{version}\"\nlicence = \"SPDX-expression\"\nreason = \"how you know\""
        );
    }
    error.help(format!("find out which it is, and say so in `{}`:{blocks}", source.path.display()))
}
