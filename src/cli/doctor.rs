//! `portwright doctor`
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Args;

use super::Outcome;
use super::args::{Format, Global};
use crate::diag::Diagnostic;
use crate::doctor::check::Status;
use crate::doctor::fix::{Action, Kept, apply};
use crate::doctor::report::{Answer, Fixed, human};
use crate::doctor::root::Root;
use crate::doctor::run::System;
use crate::doctor::{Check, Host, Subject, examine};
use crate::port::{Port, resolve};
use crate::profile::{Profile, Profiles};
use crate::recipe::{self, parse_size};

/// The time for looking at a root, whoever made it, with the programs that are run for it.
const ROOT: Duration = Duration::from_secs(4);
/// The time for the machine itself, whose commands may be slow.
const LIVE: Duration = Duration::from_secs(60);

/// Say whether a host is fit to run the service, as the service will meet it
///
/// Exit status: 0 fit, 1 not fit, 2 wrong input or usage, 3 could not decide.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// The recipe: a portwright.toml file, a Cargo.toml file with [package.metadata.portwright], or a directory
    #[arg(value_name = "RECIPE", default_value = ".")]
    recipe: PathBuf,
    /// The host's OS; this machine's, or what the root looks like, unless given
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// Look at the host whose file system is below this directory: a zone's root, a mounted disk, an unpacked package
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Make missing links and directories and set what is to be set in rc.conf, keeping a copy of it
    #[arg(long)]
    fix: bool,
    /// Run programs of the root to ask for their versions
    #[arg(long)]
    run_programs: bool,
    /// A build option that the server was built with, where the package database does not tell
    #[arg(long = "option", value_name = "NAME", value_delimiter = ',')]
    options: Vec<String>,
    /// The memory that the host has, as `1G`, where it cannot be asked
    #[arg(long, value_name = "SIZE")]
    memory: Option<String>,
    /// Show what is as it should be, too
    #[arg(long)]
    all: bool,
}

/// Runs the verb.
pub(super) fn run(args: &DoctorArgs, global: &Global) -> Result<Outcome> {
    let (recipe, source) = recipe::load(&args.recipe)?;
    let directory = args.root.as_deref().unwrap_or(Path::new("/"));
    let root = Root::open(directory).map_err(|failure| {
        Diagnostic::input(format!("the root cannot be looked at: {failure}")).help("--root names a directory")
    })?;
    let until = Instant::now() + if root.is_live() { LIVE } else { ROOT };
    let root = root.until(until);
    let system = System { until: Some(until) };
    let profiles = Profiles::new(&global.profile_files)?;
    let profile = Arc::new(profile(args, &profiles, &root)?);
    let port = resolve(&recipe, &source, None, &profile)?;
    let Some(service) = &port.service else {
        return Err(Diagnostic::input(format!("{} has no service", port.name))
            .help("the doctor looks at services: the recipe needs [service]")
            .into());
    };
    check_options(&port, &args.options)?;
    let memory = match &args.memory {
        Some(text) => Some(parse_size(text).map_err(Diagnostic::input)?),
        None => None,
    };
    let callers_path = std::env::var("PATH").ok();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok());
    let host = Host {
        root: &root,
        runner: if root.is_live() { Some(&system) } else { None },
        own: &system,
        run_programs: args.run_programs,
        profile: &profile,
        memory,
        callers_path: callers_path.as_deref(),
        now,
    };
    let look = || Subject::gather(host, &port, service, &args.options);
    let mut subject = look();
    let mut checks = examine(&subject);
    let mut fixed = Vec::new();
    if args.fix {
        fixed = fix(&root, &checks);
        subject = look();
        checks = examine(&subject);
    }
    let answer = Answer::new(&subject, &checks, fixed);
    let mut stdout = anstream::stdout().lock();
    if global.format == Format::Json {
        writeln!(stdout, "{}", serde_json::to_string_pretty(&answer)?)?;
    } else {
        write!(stdout, "{}", human(&answer, &checks, args.all))?;
    }
    Ok(match answer.verdict {
        Status::Ok | Status::Warn => Outcome::Done,
        Status::Bad => Outcome::Findings,
        Status::Unknown => Outcome::Undecided,
    })
}

/// Does what is safe, saying so before.
fn fix(root: &Root, checks: &[Check]) -> Vec<Fixed> {
    let mut done: Vec<&Action> = Vec::new();
    let mut kept = Kept::default();
    let mut fixed = Vec::new();
    for action in checks.iter().flat_map(|check| &check.fixes) {
        if done.contains(&action) {
            continue;
        }
        done.push(action);
        anstream::eprintln!("{action}");
        fixed.push(Fixed {
            what: action.to_string(),
            outcome: match apply(root, action, &mut kept) {
                Ok(true) => "done".to_owned(),
                Ok(false) => "there already".to_owned(),
                Err(failure) => format!("not done: {failure}; by hand: {}", action.command()),
            },
        });
    }
    fixed
}

/// The profile that is named, the one of this machine, or the one whose dynamic linker is in the root.
fn profile(args: &DoctorArgs, profiles: &Profiles, root: &Root) -> Result<Profile> {
    if let Some(name) = &args.profile {
        return profiles.get(name);
    }
    let all = profiles.names().map(|name| profiles.get(name)).collect::<Result<Vec<Profile>>>()?;
    let fits = |profile: &Profile| {
        if root.is_live() {
            profile.os == std::env::consts::OS
        } else {
            profile.host.interpreters.iter().any(|path| root.find(path).is_ok())
        }
    };
    let names: Vec<String> = all.iter().map(|profile| profile.name.clone()).collect();
    let mut fitting = all.into_iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(profile), None) => Ok(profile),
        (first, _) => {
            let what = if first.is_none() { "no profile fits" } else { "several profiles fit" };
            let error = Diagnostic::input(format!("{what} what is at `{}`", root.path().display()));
            Err(error.help(format!("--profile {}", names.join(" | "))).into())
        }
    }
}

fn check_options(port: &Port, named: &[String]) -> Result<()> {
    for name in named {
        if !port.options.iter().any(|option| option.name == *name || option.tree_name == *name) {
            let known: Vec<&str> = port.options.iter().map(|option| option.name.as_str()).collect();
            let mut error = Diagnostic::input(format!("{} has no option `{name}`", port.name));
            if let Some(near) = crate::diag::did_you_mean(name, known.iter().copied()) {
                error = error.help(format!("did you mean `{near}`?"));
            }
            return Err(error.note(format!("options: {}", known.join(", "))).into());
        }
    }
    Ok(())
}
