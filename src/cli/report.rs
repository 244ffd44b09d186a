//! What `generate` answers.
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::emit::freebsd::account_lines;
use crate::port::Port;
use crate::port::licence::Statement;
use crate::profile::Packaging;
use crate::recipe::Source;
use crate::tree::{Plan, Status, Summary};

/// What was decided about one recipe.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Package {
    recipe: String,
    name: String,
    version: Option<String>,
    licences: Vec<Statement>,
    distfiles: usize,
    systems: Vec<System>,
    findings: Vec<String>,
}

/// What was decided for one OS.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct System {
    profile: String,
    package_version: Option<String>,
    licence: Option<String>,
    licence_to_accept: Vec<String>,
    dependencies: Vec<String>,
    options: Vec<OptionOf>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct OptionOf {
    name: String,
    tree_name: String,
    description: String,
    default: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<String>,
}

#[derive(Serialize)]
struct Answer<'a> {
    format: u32,
    packages: &'a [Package],
    files: Vec<Summary>,
}

/// What was decided about one recipe; nothing when no OS is left for it.
pub(super) fn package(source: &Source, ports: &[(Port, bool)]) -> Option<Package> {
    let (first, _) = ports.first()?;
    let release = first.release.as_ref();
    let mut findings: Vec<String> = Vec::new();
    let mut licences: Vec<Statement> = Vec::new();
    for (port, _) in ports {
        findings.extend(port.remarks.iter().filter(|remark| !findings.contains(remark)).cloned().collect::<Vec<_>>());
        for statement in port.release.iter().flat_map(|release| &release.statements) {
            if !licences.contains(statement) {
                licences.push(statement.clone());
            }
        }
    }
    // The server's own stays first.
    if let Some(others) = licences.get_mut(1..) {
        others.sort();
    }
    findings.extend(undocumented_options(ports));
    findings.extend(unregistered_accounts(ports));
    Some(Package {
        recipe: source.path.display().to_string(),
        name: first.name.clone(),
        version: release.map(|release| release.version.to_string()),
        licences,
        distfiles: release.map_or(0, |release| release.crates.len() + 1),
        systems: ports.iter().map(|(port, _)| system(port)).collect(),
        findings,
    })
}

fn system(port: &Port) -> System {
    let release = port.release.as_ref();
    let packaging = port.profile.packaging;
    let mut dependencies: Vec<String> =
        port.programs.iter().filter(|program| !program.base).map(|program| program.dependency(packaging)).collect();
    if let Some(release) = release {
        dependencies.extend(release.native.depends.iter().cloned());
        for library in &release.native.libraries {
            dependencies.extend(library.include.iter().chain(&library.lib_depends).cloned());
        }
    }
    dependencies.sort();
    dependencies.dedup();
    System {
        profile: port.profile.name.clone(),
        package_version: release.map(|release| release.package_version.clone()),
        licence: release.map(|release| release.licence.to_string()),
        licence_to_accept: release.map(|release| release.unaccepted.clone()).unwrap_or_default(),
        dependencies,
        options: port
            .options
            .iter()
            .map(|option| OptionOf {
                name: option.name.clone(),
                tree_name: option.tree_name.clone(),
                description: option.description.clone(),
                default: option.default,
                broken: option.broken.clone(),
            })
            .collect(),
    }
}

/// A user and a group that FreeBSD's tree has to know before the port can be installed. Who gives their numbers in the
/// recipe has registered them.
fn unregistered_accounts(ports: &[(Port, bool)]) -> Option<String> {
    let (port, _) = ports.iter().find(|(port, _)| port.profile.packaging == Packaging::Freebsd)?;
    let numbered = port.service.as_ref().is_some_and(|service| service.ids != (None, None));
    let (user, group) = account_lines(port).filter(|_| !numbered)?;
    Some(format!("a FreeBSD tree wants these lines, in UIDs and in GIDs, if it has none for them:\n{user}\n{group}"))
}

/// Options that pkgsrc has no description of in its central list.
fn undocumented_options(ports: &[(Port, bool)]) -> Option<String> {
    let (port, _) =
        ports.iter().find(|(port, _)| port.profile.packaging == Packaging::Pkgsrc && port.release.is_some())?;
    let undocumented = port.options.iter().filter(|option| option.tree_name != option.name);
    let lines: Vec<String> =
        undocumented.map(|option| format!("{}\t{}", option.tree_name, option.description)).collect();
    (!lines.is_empty())
        .then(|| format!("a pkgsrc tree wants these lines in mk/defaults/options.description:\n{}", lines.join("\n")))
}

/// Remarks go to standard error, with the recipe's name.
pub(super) fn remarks(packages: &[Package]) {
    for package in packages {
        for finding in &package.findings {
            anstream::eprintln!("{}: {}", package.recipe, finding.replace('\n', "\n    "));
        }
    }
}

/// The answer for programs; the same bytes every time.
pub(super) fn json(packages: &[Package], plan: &Plan) -> Result<String> {
    Ok(serde_json::to_string_pretty(&Answer { format: 2, packages, files: plan.summary() })?)
}

/// A line a file that changed, and a count.
pub(super) fn human(plan: &Plan, out: &Path) -> String {
    let mut text = String::new();
    let mut same = 0;
    for entry in plan.entries() {
        let word = match entry.status {
            Status::Missing => "new",
            Status::Same | Status::Kept => {
                same += 1;
                continue;
            }
            Status::Changed => "changed",
            Status::Edited => "overwritten",
            Status::Stale => "removed",
            Status::StaleEdited => "left alone",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{word:<12}{}", out.join(entry.path.as_str()).display());
    }
    match same {
        0 => {}
        1 => text.push_str("1 file was as it should be\n"),
        // Writing to a string cannot fail.
        _ => drop(writeln!(text, "{same} files were as they should be")),
    }
    text
}

/// The command that makes a failed `--check` pass: the same one without it.
pub(super) fn command_to_mend() -> String {
    let words = std::env::args().skip(1).filter(|word| word != "--check");
    std::iter::once("portwright".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}
