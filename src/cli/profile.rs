//! `portwright profile`
use std::io::Write as _;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::Outcome;
use super::args::{Format, Global};
use crate::profile::{Profile, Profiles};

/// Look at the OS profiles
#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    #[command(subcommand)]
    verb: ProfileVerb,
}

#[derive(Debug, Subcommand)]
enum ProfileVerb {
    /// The profiles that can be generated for
    List,
    /// A profile: its file with the source of each fact, or with --format json what holds after merging
    Show {
        /// Its name
        #[arg(value_name = "PROFILE")]
        name: String,
    },
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    os: &'a str,
    summary: &'a str,
}

/// Runs the verb.
pub(super) fn run(args: &ProfileArgs, global: &Global) -> Result<Outcome> {
    let profiles = Profiles::new(&global.profile_files)?;
    let mut stdout = anstream::stdout().lock();
    match (&args.verb, global.format) {
        (ProfileVerb::List, format) => {
            let all = profiles.names().map(|name| profiles.get(name)).collect::<Result<Vec<Profile>>>()?;
            let lines: Vec<Line<'_>> = all
                .iter()
                .map(|profile| Line { name: &profile.name, os: &profile.os, summary: &profile.summary })
                .collect();
            if format == Format::Json {
                writeln!(stdout, "{}", serde_json::to_string_pretty(&lines)?)?;
            } else {
                for line in lines {
                    writeln!(stdout, "{:14}{}", line.name, line.summary)?;
                }
            }
        }
        (ProfileVerb::Show { name }, Format::Json | Format::Sarif) => {
            writeln!(stdout, "{}", serde_json::to_string_pretty(&profiles.get(name)?)?)?;
        }
        (ProfileVerb::Show { name }, Format::Human) => {
            // The bases first, as they are merged.
            for text in profiles.texts(name)? {
                write!(stdout, "{text}")?;
            }
        }
    }
    Ok(Outcome::Done)
}
