//! Parse, run, exit code.
use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use super::args::{Cli, Format, Verb};
use super::terminal::colours;
use super::{doctor, documents, explain, generate, init, lint, outcome, profile, schema};
use crate::diag::Diagnostic;

/// Runs the command line `args` (the first is the program's name).
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; everything else is wrong usage.
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_err() { ExitCode::from(3) } else { ExitCode::from(code) };
        }
    };
    let answer = match &cli.verb {
        verb if cli.global.format == Format::Sarif && !matches!(verb, Verb::Lint(_)) => Err(only_lint()),
        Verb::Init(args) => init::run(args, &cli.global),
        Verb::Generate(args) => generate::run(args, &cli.global),
        Verb::Lint(args) => lint::run(args, &cli.global),
        Verb::Doctor(args) => doctor::run(args, &cli.global),
        Verb::Explain(args) => explain::run(args, &cli.global),
        Verb::Profile(args) => profile::run(args, &cli.global),
        Verb::Completions(args) => documents::completions(args),
        Verb::Man(args) => documents::man(args),
        Verb::Schema(args) => schema::run(args),
    };
    match answer {
        Ok(outcome) => outcome.into(),
        // Whoever reads our output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            show(&error);
            outcome::exit_code(&error)
        }
    }
}

fn only_lint() -> anyhow::Error {
    Diagnostic::input("only `lint` answers in SARIF").help("--format json is for programs").into()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

fn show(error: &anyhow::Error) {
    match error.downcast_ref::<Diagnostic>() {
        Some(diagnostic) => anstream::eprintln!("{}", diagnostic.render(colours(&std::io::stderr()))),
        None => anstream::eprintln!("error: {error:#}"),
    }
}
