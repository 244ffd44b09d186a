//! `portwright generate`
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::args::{Format, Global};
use super::gather::{Gathered, gather};
use super::ports::{Chosen, choose, ports};
use super::progress::Bars;
use super::{Outcome, lint, patches, report};
use crate::diag::Diagnostic;
use crate::emit::{Spelling, freebsd, openbsd, pkgsrc, rcd, smf};
use crate::krate::Options;
use crate::port::Port;
use crate::port::family::Family;
use crate::profile::{Manager, Packaging, Profile, Profiles};
use crate::recipe::{self, Recipe, Source};
use crate::tree::{File, OnEdit, Tree, apply, plan};

/// Write packages and services from recipes
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that a user types")]
pub(super) struct GenerateArgs {
    /// Recipes: portwright.toml files, Cargo.toml files with [package.metadata.portwright], or directories
    #[arg(value_name = "RECIPE", default_value = ".")]
    recipes: Vec<PathBuf>,
    /// What to write; everything unless given
    #[arg(long, value_enum, value_name = "TARGET", value_delimiter = ',')]
    target: Vec<Target>,
    /// For which OSes; all unless given
    #[arg(long = "profile", value_name = "PROFILE", value_delimiter = ',')]
    profiles: Vec<String>,
    /// Where to write: pkgsrc/, ports/, smf/ and rc.d/ are made below
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Write nothing; exit with 1 and show the difference if something would be written
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// Never touch the network
    #[arg(long)]
    offline: bool,
    /// Where to put distributions that are packed from a directory (`[upstream] path`)
    #[arg(long, value_name = "DIR")]
    distfiles: Option<PathBuf>,
    /// Overwrite files that were edited by hand, keeping them as FILE.orig
    #[arg(long)]
    force: bool,
}

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// pkgsrc packages, below pkgsrc/
    Pkgsrc,
    /// OpenBSD ports, below ports/openbsd/
    Openbsd,
    /// FreeBSD ports, below ports/freebsd/
    Freebsd,
    /// Stand-alone SMF manifests, below smf/
    Smf,
    /// Stand-alone rc.d scripts, below rc.d/
    #[value(name = "rc.d")]
    RcD,
}

impl Target {
    /// Whether a Port for this OS is written as this.
    fn is_of(self, profile: &Profile) -> bool {
        match self {
            Self::Pkgsrc => profile.packaging == Packaging::Pkgsrc,
            Self::Openbsd => profile.packaging == Packaging::Openbsd,
            Self::Freebsd => profile.packaging == Packaging::Freebsd,
            Self::Smf => profile.service.manager == Manager::Smf,
            Self::RcD => profile.service.manager != Manager::Smf,
        }
    }
}

/// Runs the verb.
pub(super) fn run(args: &GenerateArgs, global: &Global) -> Result<Outcome> {
    if args.out.exists() && !args.out.is_dir() {
        return Err(Diagnostic::input(format!("`{}` is not a directory", args.out.display()))
            .help("--out names the directory below which pkgsrc/, ports/, smf/ and rc.d/ are written")
            .into());
    }
    let profiles = Profiles::new(&global.profile_files)?;
    let chosen = chosen(args, &profiles)?;
    let bars = Bars::new();
    let opts = Options { offline: args.offline, progress: &bars, ..Options::default() };
    let mut tree = Tree::new();
    let mut reports = Vec::new();
    for path in &args.recipes {
        let (recipe, source) = recipe::load(path)?;
        let gathered = gather(&recipe, &source, lists_licences(&chosen), &opts)?;
        if let (Some(directory), Some(gathered)) = (&args.distfiles, &gathered) {
            write_distfile(gathered, directory)?;
        }
        let ports = ports(&recipe, &source, gathered.as_ref(), &chosen, &opts)?;
        emit(&ports, args, &mut tree)?;
        reports.extend(report::package(&source, &ports));
    }
    let plan = plan(&tree, &args.out)?;
    let writes = !args.check && !args.diff;
    if writes {
        apply(&plan, if args.force { OnEdit::Overwrite } else { OnEdit::Refuse })?;
    }
    report::remarks(&reports);
    let mut stdout = anstream::stdout().lock();
    match global.format {
        Format::Json | Format::Sarif => writeln!(stdout, "{}", report::json(&reports, &plan)?)?,
        Format::Human if writes => write!(stdout, "{}", report::human(&plan, &args.out))?,
        Format::Human => write!(stdout, "{}", plan.diff())?,
    }
    drop(stdout);
    let sound = lint::judge_generated(&tree, &args.out);
    if args.check && !plan.is_clean() {
        anstream::eprintln!("some files are not as the recipes say; to write them: {}", report::command_to_mend());
        return Ok(Outcome::Findings);
    }
    Ok(if sound { Outcome::Done } else { Outcome::Findings })
}

/// Everything but the writing, for all profiles: whether a recipe generates.
pub(super) fn rehearse(recipe: &Recipe, source: &Source, offline: bool, global: &Global) -> Result<()> {
    let args = GenerateArgs {
        recipes: Vec::new(),
        target: Vec::new(),
        profiles: Vec::new(),
        out: source.directory().to_owned(),
        check: true,
        diff: false,
        offline,
        force: false,
        distfiles: None,
    };
    let profiles = Profiles::new(&global.profile_files)?;
    let chosen = chosen(&args, &profiles)?;
    let bars = Bars::new();
    let opts = Options { offline, progress: &bars, ..Options::default() };
    let gathered = gather(recipe, source, lists_licences(&chosen), &opts)?;
    let ports = ports(recipe, source, gathered.as_ref(), &chosen, &opts)?;
    emit(&ports, &args, &mut Tree::new())
}

/// Whether a tree wants the licence of every crate in the lock, not of what is linked alone.
fn lists_licences(chosen: &[Chosen]) -> bool {
    chosen.iter().any(|one| one.profile.packaging == Packaging::Openbsd)
}

/// Packs a distribution once more, this time into a file, for DISTDIR.
fn write_distfile(gathered: &Gathered, directory: &Path) -> Result<()> {
    if gathered.krate.dist.directory().is_none() {
        return Ok(());
    }
    let packed = crate::krate::pack(&gathered.krate)?;
    std::fs::create_dir_all(directory)?;
    // Whoever builds may be another user.
    let mode = std::fs::Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().permissions(mode).tempfile_in(directory)?;
    file.write_all(&packed.bytes)?;
    file.as_file().sync_all()?;
    file.persist(directory.join(&packed.file_name))?;
    Ok(())
}

/// The profiles that what is to be written needs.
fn chosen(args: &GenerateArgs, profiles: &Profiles) -> Result<Vec<Chosen>> {
    let wanted = |profile: &Profile| args.target.is_empty() || args.target.iter().any(|target| target.is_of(profile));
    let mut chosen = choose(&args.profiles, profiles)?;
    if let Some(useless) = chosen.iter().find(|one| one.named && !wanted(&one.profile)) {
        return Err(Diagnostic::input(format!(
            "nothing that --target asks for is written for the profile `{}`",
            useless.profile.name
        ))
        .help("leave --target out to get everything that there is for a profile")
        .into());
    }
    chosen.retain(|one| wanted(&one.profile));
    Ok(chosen)
}

fn emit(ports: &[(Port, bool)], args: &GenerateArgs, tree: &mut Tree) -> Result<()> {
    let wanted = |target: Target| args.target.is_empty() || args.target.contains(&target);
    if wanted(Target::Pkgsrc) {
        let members: Vec<Port> = ports
            .iter()
            .filter(|(port, _)| port.profile.packaging == Packaging::Pkgsrc)
            .map(|(port, _)| port.clone())
            .collect();
        if let Some(family) = Family::new(&members).filter(|family| family.port.release.is_some()) {
            let directory = format!("pkgsrc/{}", pkgsrc::directory(&family));
            let patches = patches::read(&args.out.join(&directory))?;
            put(tree, "pkgsrc", &pkgsrc::emit(&family, &patches)?)?;
            tree.claim(directory)?;
        }
    }
    for (port, _) in ports {
        let (target, root, emit) = match port.profile.packaging {
            Packaging::Pkgsrc => continue,
            Packaging::Openbsd => (Target::Openbsd, "ports/openbsd", openbsd::emit as fn(&Port) -> Result<Tree>),
            Packaging::Freebsd => (Target::Freebsd, "ports/freebsd", freebsd::emit as fn(&Port) -> Result<Tree>),
        };
        if wanted(target) && port.release.is_some() && port.broken.is_none() {
            put(tree, root, &emit(port)?)?;
            tree.claim(format!("{root}/{}", port.directory()))?;
        }
    }
    for (port, named) in ports {
        if port.service.is_none() || port.broken.is_some() {
            continue;
        }
        let spelling = Spelling::Resolved(port);
        match port.profile.service.manager {
            Manager::Smf if wanted(Target::Smf) => {
                tree.add(
                    stand_alone("smf", port, *named, &format!("{}.xml", port.name)),
                    File::new(smf::manifest(port, &spelling)?),
                )?;
            }
            // On Linux nothing but a trial runs these scripts: only on request.
            Manager::RcD if wanted(Target::RcD) && (*named || port.profile.os == "netbsd") => {
                let path = format!("rc.d/{}/{}", port.profile.name, port.ident);
                tree.add(path, File::new(rcd::script(port, &spelling)?).executable())?;
            }
            Manager::OpenbsdRc if wanted(Target::RcD) => {
                put(tree, &format!("rc.d/{}", port.profile.name), &openbsd::stand_alone(port)?)?;
            }
            Manager::FreebsdRc if wanted(Target::RcD) => {
                put(tree, &format!("rc.d/{}", port.profile.name), &freebsd::stand_alone(port)?)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Adds a tree below `root`.
fn put(tree: &mut Tree, root: &str, below: &Tree) -> Result<()> {
    for (path, file) in below.files() {
        tree.add(format!("{root}/{}", path.as_str()), file.clone())?;
    }
    Ok(())
}

/// One manifest serves every illumos; a profile of the user's own gets a folder of its own.
fn stand_alone(folder: &str, port: &Port, named: bool, file: &str) -> String {
    if named && port.profile.name != "illumos" {
        return format!("{folder}/{}/{file}", port.profile.name);
    }
    Path::new(folder).join(file).display().to_string()
}
