//! `portwright init`
use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::args::{Format, Global};
use super::init_licences::licences;
use super::init_target::Target;
use super::progress::Bars;
use super::{Outcome, generate, init_report};
use crate::diag::Diagnostic;
use crate::draft::{Draft, Material, draft};
use crate::krate::{self, FeatureChoice, Krate, LockedSource, Options};
use crate::profile::{Profile, Profiles};
use crate::recipe::{self, Source};

/// Draft a recipe from what a crate shows; every guess is marked
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// A crate of the registry (NAME or NAME@VERSION) or the directory of one
    #[arg(value_name = "CRATE|PATH", default_value = ".")]
    target: String,
    /// The package of a workspace that is meant
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// The recipe to write, `-` for standard output; PATH/portwright.toml or NAME.toml unless given
    #[arg(long, short, value_name = "FILE", conflicts_with = "stdout")]
    out: Option<PathBuf>,
    /// Print the draft instead of writing a file
    #[arg(long)]
    stdout: bool,
    /// Never touch the network
    #[arg(long)]
    offline: bool,
    /// Overwrite a recipe that is there
    #[arg(long)]
    force: bool,
}

/// Runs the verb.
pub(super) fn run(args: &InitArgs, global: &Global) -> Result<Outcome> {
    let target = Target::parse(&args.target, args.package.as_deref())?;
    let out = out(args, &target);
    if let Some(file) = &out {
        refuse_to_overwrite(file, args.force)?;
    }
    let profiles = Profiles::new(&global.profile_files)?;
    let profiles: Vec<Profile> = profiles.names().map(|name| profiles.get(name)).collect::<Result<_>>()?;
    let bars = Bars::new();
    let opts = Options { offline: args.offline, progress: &bars, ..Options::default() };
    let krate = krate::open(&target.upstream(), &opts).map_err(|error| target.explain(error))?;
    if krate.binaries.is_empty() {
        return Err(Diagnostic::input(format!("the crate `{}` is a library: it builds no program", krate.name))
            .help("the server itself may be another crate: see the project's readme")
            .into());
    }

    // Without the crates of its lock, what they could tell is missing from the draft; generating says so then.
    let siblings = krate::siblings(&krate, &opts).unwrap_or_default();
    let whole = krate.dist.unfiltered()?;
    let members = members(&krate, &profiles, &opts);
    let material =
        Material { krate: &krate, whole: &whole, siblings: &siblings, members: &members, profiles: &profiles };
    let directory = out.as_deref().map_or(Path::new(""), |file| file.parent().unwrap_or(Path::new("")));
    let mut draft = draft(&material, &target.origin(&krate, directory));
    licences(&mut draft, &krate, &profiles, &opts);

    let source =
        Source { path: out.clone().unwrap_or_else(|| "portwright.toml".into()), text: draft.text(), root: Vec::new() };
    let problem = rehearse(source, args, global).err();
    if let Some(file) = &out {
        write(file, &draft, args.force)?;
    }
    let mut stdout = anstream::stdout().lock();
    match (global.format, &out) {
        (Format::Json | Format::Sarif, _) => {
            writeln!(stdout, "{}", init_report::json(&draft, out.as_deref(), problem.as_ref())?)?;
        }
        (Format::Human, None) => write!(stdout, "{}", draft.text())?,
        (Format::Human, Some(file)) => writeln!(stdout, "{}", file.display())?,
    }
    drop(stdout);
    init_report::review(&draft, out.as_deref(), &args.target, problem.as_ref(), std::io::stderr().is_terminal());
    Ok(if problem.is_some() { Outcome::Findings } else { Outcome::Done })
}

/// Where the draft goes; nothing for standard output.
fn out(args: &InitArgs, target: &Target) -> Option<PathBuf> {
    match &args.out {
        _ if args.stdout => None,
        Some(file) if file.as_os_str() == "-" => None,
        Some(file) => Some(file.clone()),
        None => Some(target.recipe()),
    }
}

fn refuse_to_overwrite(file: &Path, force: bool) -> Result<()> {
    if force || file.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Diagnostic::input(format!("there is a recipe `{}` already", file.display()))
        .help("--force overwrites it, --out FILE writes another one, --stdout prints the draft")
        .into())
}

/// The packages of the crate's own workspace that are linked into its programs.
fn members(krate: &Krate, profiles: &[Profile], opts: &Options<'_>) -> BTreeSet<String> {
    let is_member = |name: &str, version: &semver::Version| {
        krate.lock.find(name, version).is_none_or(|package| package.source == LockedSource::Path)
    };
    let linked = profiles
        .iter()
        .filter_map(|profile| krate::linked(krate, &FeatureChoice::default(), &profile.target, opts).ok());
    linked
        .take(1)
        .flat_map(|linked| linked.normal)
        .filter(|package| is_member(&package.name, &package.version))
        .map(|package| package.name)
        .collect()
}

/// What `generate` would do with the draft, without writing.
fn rehearse(source: Source, args: &InitArgs, global: &Global) -> Result<()> {
    let (recipe, source) = recipe::parse(source)?;
    generate::rehearse(&recipe, &source, args.offline, global)
}

/// Writes the file as a whole or not at all.
fn write(file: &Path, draft: &Draft, force: bool) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let cannot =
        |error: &std::io::Error| Diagnostic::environment(format!("cannot write `{}`: {error}", file.display()));
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        // Temporary files are for their owner only; a recipe is for everybody whom the umask lets.
        let mode = std::fs::Permissions::from_mode(0o666);
        let mut temporary = tempfile::Builder::new().prefix(".portwright").permissions(mode).tempfile_in(directory)?;
        temporary.write_all(draft.text().as_bytes())?;
        temporary.as_file().sync_all()?;
        if force { temporary.persist(file) } else { temporary.persist_noclobber(file) }.map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| cannot(&error).into())
}
