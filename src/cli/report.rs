//! What `generate` answers.
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::port::Port;
use crate::port::licence::Statement;
use crate::recipe::Source;
use crate::tree::{Plan, Status, Summary};

/// What was decided about one recipe.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "the names of the JSON answer")]
pub(super) struct Package {
    recipe: String,
    name: String,
    version: Option<String>,
    package_version: Option<String>,
    licence: Option<String>,
    licence_to_accept: Vec<String>,
    licences: Vec<Statement>,
    distfiles: usize,
    dependencies: Vec<String>,
    options: Vec<OptionOf>,
    findings: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct OptionOf {
    name: String,
    tree_name: String,
    description: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    format: u32,
    packages: &'a [Package],
    files: Vec<Summary>,
}

/// What was decided about one recipe.
pub(super) fn package(source: &Source, ports: &[(Port, bool)]) -> Package {
    let first = &ports[0].0;
    let release = first.release.as_ref();
    let mut findings: Vec<String> = Vec::new();
    for (port, _) in ports {
        for remark in &port.remarks {
            if !findings.contains(remark) {
                findings.push(remark.clone());
            }
        }
    }
    let undocumented: Vec<&crate::port::Opt> =
        first.options.iter().filter(|option| release.is_some() && option.tree_name != option.name).collect();
    if !undocumented.is_empty() {
        let lines: Vec<String> =
            undocumented.iter().map(|option| format!("{}\t{}", option.tree_name, option.description)).collect();
        findings
            .push(format!("a pkgsrc tree wants these lines in mk/defaults/options.description:\n{}", lines.join("\n")));
    }
    let mut dependencies: Vec<String> =
        first.programs.iter().map(|program| format!("{}:../../{}", program.pattern, program.package)).collect();
    if let Some(release) = release {
        dependencies.extend(release.native.depends.iter().cloned());
        dependencies.extend(release.native.libraries.iter().filter_map(|library| library.include.clone()));
    }
    dependencies.sort();
    dependencies.dedup();
    Package {
        recipe: source.path.display().to_string(),
        name: first.name.clone(),
        version: release.map(|release| release.version.to_string()),
        package_version: release.map(|release| release.package_version.clone()),
        licence: release.map(|release| release.licence.to_string()),
        licence_to_accept: release.map(|release| release.unaccepted.clone()).unwrap_or_default(),
        licences: release.map(|release| release.statements.clone()).unwrap_or_default(),
        distfiles: release.map_or(0, |release| release.crates.len() + 1),
        dependencies,
        options: first
            .options
            .iter()
            .map(|option| OptionOf {
                name: option.name.clone(),
                tree_name: option.tree_name.clone(),
                description: option.description.clone(),
            })
            .collect(),
        findings,
    }
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
    Ok(serde_json::to_string_pretty(&Answer { format: 1, packages, files: plan.summary() })?)
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
