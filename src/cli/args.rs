//! What a user types.
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{doctor, documents, explain, generate, init, lint, profile, schema};

/// Packages and services for BSD and illumos, generated from a Rust server crate and a short recipe
#[derive(Debug, Parser)]
#[command(name = "portwright", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done, 1 findings or drift, 2 wrong input or usage, 3 the environment failed")]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// Options of every verb.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// How answers are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// A profile file that adds to the built-in ones or replaces one; may be given several times
    #[arg(long = "profile-file", global = true, value_name = "FILE")]
    pub(super) profile_files: Vec<PathBuf>,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
    /// For forges and editors: SARIF 2.1.0; other verbs than `lint` are not run with it
    Sarif,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Init(init::InitArgs),
    Generate(generate::GenerateArgs),
    Lint(lint::LintArgs),
    Doctor(doctor::DoctorArgs),
    Explain(explain::ExplainArgs),
    Profile(profile::ProfileArgs),
    Completions(documents::CompletionsArgs),
    Man(documents::ManArgs),
    Schema(schema::SchemaArgs),
}
