//! `portwright explain`
use std::io::Write as _;

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::args::{Format, Global};
use crate::diag::Diagnostic;
use crate::finding::{Rule, Severity, page};
use crate::lint::{all_rules, documentation, find_rule};

/// Explain a finding's code: what happens at run time, how to mend it, and the source
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Codes as lint prints them; all are listed when none is given
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
    /// Print the pages of all codes as one document
    #[arg(long, conflicts_with = "codes")]
    markdown: bool,
}

#[derive(Serialize)]
struct Line {
    code: &'static str,
    severity: Severity,
    title: &'static str,
    what: &'static str,
    effect: &'static str,
    mend: &'static str,
    source: &'static str,
}

/// Runs the verb.
pub(super) fn run(args: &ExplainArgs, global: &Global) -> Result<Outcome> {
    let rules: Vec<&'static Rule> = match args.codes.as_slice() {
        [] => all_rules().collect(),
        codes => codes.iter().map(|code| known(code)).collect::<Result<_>>()?,
    };
    let mut stdout = anstream::stdout().lock();
    if args.markdown {
        write!(stdout, "{}", documentation())?;
    } else if global.format == Format::Json {
        let lines: Vec<Line> = rules.iter().map(|rule| line(rule)).collect();
        writeln!(stdout, "{}", serde_json::to_string_pretty(&lines)?)?;
    } else if args.codes.is_empty() {
        for rule in rules {
            writeln!(stdout, "{}  {:8} {}", rule.code, rule.severity.word(), rule.title)?;
        }
    } else {
        let pages: Vec<String> = rules.iter().map(|rule| page(rule)).collect();
        write!(stdout, "{}", pages.join("\n"))?;
    }
    Ok(Outcome::Done)
}

fn known(code: &str) -> Result<&'static Rule> {
    find_rule(code).ok_or_else(|| {
        let error = Diagnostic::input(format!("there is no code `{code}`"));
        // All codes look alike: one letter more, less or other is a slip, two are another code.
        let upper = code.to_ascii_uppercase();
        let slip = |near: &&str| strsim::damerau_levenshtein(near, &upper) <= 1;
        match all_rules().map(|rule| rule.code).find(slip) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        }
        .help("portwright explain lists them")
        .into()
    })
}

fn line(rule: &'static Rule) -> Line {
    Line {
        code: rule.code,
        severity: rule.severity,
        title: rule.title,
        what: rule.what,
        effect: rule.effect,
        mend: rule.mend,
        source: rule.source,
    }
}
