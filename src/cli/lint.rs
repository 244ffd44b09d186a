//! `portwright lint`
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use clap::Args;

use super::Outcome;
use super::args::{Format, Global};
use super::terminal::colours;
use crate::diag::Diagnostic;
use crate::finding::{Severity, Source, human, sarif};
use crate::lint::{self, Around, Mended, Report, mend};
use crate::tree::Tree;

/// Judge packaging and services on any machine, without the OS that they are for
///
/// SMF manifests, profiles and archives, rc.d scripts of NetBSD, OpenBSD and FreeBSD, and packages of pkgsrc, OpenBSD's
/// and FreeBSD's ports, found by their content in the files and trees that are given. A file of a package stands for
/// the whole of its directory.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that a user types")]
#[command(after_help = "A comment in a file allows a finding of the element that follows it, with the reason:\n\
                        \u{20} <!-- portwright: allow PW1113: part of the system image -->\n\
                        \u{20} # portwright: allow PW2102: watched from outside")]
pub(super) struct LintArgs {
    /// Files and directories
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The Cargo.lock of what the package builds; otherwise it is looked for in the package, the distfile and cargo's cache
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// A directory with distfiles; can be given again
    #[arg(long, value_name = "DIR")]
    distfiles: Vec<PathBuf>,
    /// The package is not in its tree yet: what only an update has is found, too
    #[arg(long)]
    new: bool,
    /// Exit with 1 on warnings, too
    #[arg(long)]
    strict: bool,
    /// Write what can be mended without changing anything else, and show it
    #[arg(long)]
    fix: bool,
    /// Show what --fix would write, and write nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
}

/// Runs the verb.
pub(super) fn run(args: &LintArgs, global: &Global) -> Result<Outcome> {
    let around = Around { lock: args.lock.clone(), distfiles: args.distfiles.clone(), cargo_home: true, new: args.new };
    let mut report = lint::lint(&args.paths, &around)?;
    let mut stdout = anstream::stdout().lock();
    if args.fix || args.diff {
        let mended = mend(&report);
        for one in &mended {
            if args.fix && !write_file(one)? {
                continue;
            }
            // Answers for programs stay what they are.
            let diff = difference(one);
            if global.format == Format::Human { write!(stdout, "{diff}")? } else { anstream::eprint!("{diff}") }
        }
        if args.fix && !mended.is_empty() {
            report = lint::lint(&args.paths, &around)?;
        }
    }
    match global.format {
        Format::Human => print(&report, &mut stdout)?,
        Format::Json => writeln!(stdout, "{}", serde_json::to_string_pretty(&report.answer())?)?,
        Format::Sarif => {
            let allowed: Vec<_> = report.allowed.iter().map(|one| (&one.finding, one.reason.as_str())).collect();
            writeln!(stdout, "{}", serde_json::to_string_pretty(&sarif(&report.findings, &allowed))?)?;
        }
    }
    drop(stdout);
    summary(&report, args.fix);
    let fails = |severity| report.count(severity) > 0;
    let failed = fails(Severity::Error) || args.strict && fails(Severity::Warning);
    Ok(if failed { Outcome::Findings } else { Outcome::Done })
}

/// Numbers of accounts that a committer of the tree gives: `generate` has just said which are to be put in, and where.
const SAID_BY_GENERATE: &[&str] = &["PW4324"];

/// The end of `generate`: says what is wrong with what it made; whether nothing is an error.
pub(super) fn judge_generated(tree: &Tree, out: &Path) -> bool {
    let mut sources: Vec<Arc<Source>> = tree
        .files()
        .filter_map(|(path, file)| {
            Some(Arc::new(Source::new(path.below(out), std::str::from_utf8(&file.content).ok()?)))
        })
        .collect();
    sources.extend(
        tree.files()
            .filter(|(path, _)| path.as_str().ends_with("/Makefile"))
            .flat_map(|(makefile, _)| patches(makefile.below(out).parent().unwrap_or(out))),
    );
    let mut report = lint::judge(&sources);
    report.findings.retain(|finding| !SAID_BY_GENERATE.contains(&finding.rule.code));
    let colour = colours(&std::io::stderr());
    for finding in report.findings.iter().filter(|one| matches!(one.severity, Severity::Error | Severity::Warning)) {
        anstream::eprintln!("{}\n", human(finding, colour));
    }
    report.count(Severity::Error) == 0
}

/// The patches of a package: a person's work, and part of what distinfo speaks of. One that cannot be read is for
/// `lint` to say, which reads the disk.
fn patches(package: &Path) -> Vec<Arc<Source>> {
    let entries = ["patches", "files"].iter().filter_map(|directory| std::fs::read_dir(package.join(directory)).ok());
    let patches = entries.flatten().flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with("patch-"));
    patches
        .filter_map(|entry| Some(Arc::new(Source::new(entry.path(), std::fs::read_to_string(entry.path()).ok()?))))
        .collect()
}

/// What was found, each with its place; what could not be decided comes last, a line each.
fn print(report: &Report, stdout: &mut impl Write) -> Result<()> {
    let colour = colours(&std::io::stdout());
    let (open, decided): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|finding| finding.severity == Severity::Unknown);
    for finding in decided {
        writeln!(stdout, "{}\n", human(finding, colour))?;
    }
    for finding in open {
        writeln!(stdout, "unknown[{}]: {}: {}", finding.rule.code, finding.place.name(), finding.message)?;
    }
    Ok(())
}

/// The count, on standard error: the answer is what was found.
fn summary(report: &Report, fixed: bool) {
    let files: usize = report.judged.values().sum();
    let counts: Vec<String> = Severity::ALL
        .iter()
        .filter(|severity| report.count(**severity) > 0)
        .map(|severity| match (report.count(*severity), severity) {
            (count, Severity::Unknown) => format!("{count} unknown"),
            (1, severity) => format!("1 {severity}"),
            (count, severity) => format!("{count} {severity}s"),
        })
        .collect();
    let counts = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let allowed = if report.allowed.is_empty() { String::new() } else { format!(", {} allowed", report.allowed.len()) };
    anstream::eprintln!("{files} {} judged: {counts}{allowed}", if files == 1 { "file" } else { "files" });
    if let Some(finding) = report.findings.first() {
        anstream::eprintln!("more about a code: portwright explain {}", finding.rule.code);
    }
    let fixable = report.findings.iter().filter(|finding| finding.fix.is_some()).count();
    if fixable > 0 && !fixed {
        anstream::eprintln!("--fix mends {fixable} of them; --diff shows how");
    }
}

fn difference(one: &Mended) -> String {
    let path = one.path.display();
    let header = (format!("a/{path}"), format!("b/{path}"));
    similar::TextDiff::from_lines(&one.before, &one.after).unified_diff().header(&header.0, &header.1).to_string()
}

/// Writes the file as a whole or not at all, with the mode it has; whether it did.
fn write_file(one: &Mended) -> Result<bool> {
    let path = std::fs::canonicalize(&one.path).unwrap_or_else(|_| one.path.clone());
    let cannot =
        |error: &std::io::Error| Diagnostic::environment(format!("cannot write `{}`: {error}", one.path.display()));
    if std::fs::read(&path).map_err(|error| cannot(&error))? != one.before.as_bytes() {
        anstream::eprintln!("`{}` is not UTF-8, or changed meanwhile: left as it is", one.path.display());
        return Ok(false);
    }
    let write = || -> std::io::Result<()> {
        let directory = path.parent().unwrap_or(Path::new("."));
        let mode = std::fs::metadata(&path)?.permissions();
        let mut temporary = tempfile::Builder::new().prefix(".portwright").permissions(mode).tempfile_in(directory)?;
        temporary.write_all(one.after.as_bytes())?;
        temporary.as_file().sync_all()?;
        temporary.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| cannot(&error))?;
    Ok(true)
}
