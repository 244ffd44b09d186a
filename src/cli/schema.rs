//! `portwright schema`
use std::io::Write as _;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::Outcome;
use crate::{doctor, recipe};

/// Print the JSON schema of recipes, for editors that complete and check TOML
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum, default_value_t = Document::Recipe)]
    document: Document,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Document {
    /// portwright.toml
    Recipe,
    /// What `doctor --format json` answers
    Doctor,
}

/// Runs the verb.
pub(super) fn run(args: &SchemaArgs) -> Result<Outcome> {
    let text = match args.document {
        Document::Recipe => recipe::json_schema(),
        Document::Doctor => serde_json::to_string_pretty(&doctor::report::schema())? + "\n",
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}
