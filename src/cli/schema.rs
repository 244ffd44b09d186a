//! `portwright schema`
use std::io::Write as _;

use anyhow::Result;
use clap::Args;

use super::Outcome;
use crate::recipe;

/// Print the JSON schema of recipes, for editors that complete and check TOML
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {}

/// Runs the verb.
pub(super) fn run(_: &SchemaArgs) -> Result<Outcome> {
    anstream::stdout().lock().write_all(recipe::json_schema().as_bytes())?;
    Ok(Outcome::Done)
}
