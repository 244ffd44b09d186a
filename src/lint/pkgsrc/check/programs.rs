//! Programs of other packages that the package names.
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::scripts::named;
use crate::finding::{Place, Source};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::runs::{of_manifest, of_script};
use crate::lint::pkgsrc::{facts, rules};

pub(super) fn check(package: &Package, out: &mut Out) {
    if package.program.open {
        return;
    }
    let mut sources: Vec<Arc<Source>> = named(package).into_iter().filter_map(|(_, _, source)| source).collect();
    sources.extend(package.directory.below("files/smf").map(|(_, source)| Arc::clone(source)));
    let run: &[&str] = &["DEPENDS"];
    for source in sources {
        let mut said = BTreeSet::new();
        for (name, span) in below_prefix(&source.text, &["@PREFIX@/", "@LOCALBASE@/"]) {
            if let Some(directory) = missing(package, name, run).filter(|_| said.insert(name.to_owned())) {
                let message = format!("`{name}` comes with {directory}, which is not in DEPENDS");
                out.say(&rules::PROGRAM, Place::text(&source, span), message);
            }
        }
    }
    by_name(package, out);
    let build: &[&str] = &["DEPENDS", "BUILD_DEPENDS", "TOOL_DEPENDS"];
    for makefile in package.makefiles() {
        let mut said = BTreeSet::new();
        for (name, span) in below_prefix(&makefile.source.text, &["${PREFIX}/", "${LOCALBASE}/", "${TOOLBASE}/"]) {
            let comment = makefile.comments.iter().any(|comment| comment.contains(&span.start));
            let directory = missing(package, name, build).filter(|_| !comment && said.insert(name.to_owned()));
            if let Some(directory) = directory {
                let message = format!("`{name}` comes with {directory}, on which the package does not depend");
                out.say(&rules::TOOL, makefile.place(span), message);
            }
        }
    }
}

/// What a server runs by name without its script saying so.
fn by_name(package: &Package, out: &mut Out) {
    let scripts = named(package).into_iter().filter_map(|(_, _, source)| source).map(|source| {
        let runs = of_script(&source);
        (source, vec![runs])
    });
    let manifest = package.file("smf/manifest.xml").map(|source| (Arc::clone(source), of_manifest(source)));
    // Script and manifest start the same server: it is said once.
    let mut said = BTreeSet::new();
    for (source, runs) in scripts.chain(manifest) {
        for program in runs.iter().filter_map(|runs| runs.program.as_ref()) {
            let name = program.value.rsplit('/').next().unwrap_or_default();
            let lacking: BTreeSet<&str> = crate::lint::rcd::runs_by_name(name)
                .iter()
                .filter_map(|called| facts::profile().programs.get(called))
                .filter(|called| !depended(package, &called.package, &["DEPENDS"]))
                .map(|called| called.package.as_str())
                .collect();
            if lacking.is_empty() || !said.insert(name.to_owned()) {
                continue;
            }
            let called = crate::lint::rcd::runs_by_name(name).join(", ");
            let packages: Vec<&str> = lacking.into_iter().collect();
            let message = format!("`{name}` runs {called} by name, and DEPENDS has not {}", packages.join(", "));
            out.say(&rules::PROGRAM, Place::text(&source, program.span.clone().unwrap_or(0..0)), message);
        }
    }
}

/// Programs below bin, sbin and libexec behind one of the starts.
fn below_prefix<'a>(text: &'a str, starts: &[&str]) -> Vec<(&'a str, Range<usize>)> {
    let mut found = Vec::new();
    for start in starts {
        for (at, _) in text.match_indices(start) {
            let path = at + start.len();
            let Some(directory) = ["bin/", "sbin/"].iter().find(|directory| text[path..].starts_with(**directory))
            else {
                continue;
            };
            let name = path + directory.len();
            let end = text[name..]
                .find(|one: char| !(one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.' | '+')))
                .map_or(text.len(), |more| name + more);
            if end > name {
                found.push((&text[name..end], at..end));
            }
        }
    }
    found
}

/// The directory of the package that has a program, when it is another package and none of the variables names it.
fn missing(package: &Package, name: &str, variables: &[&str]) -> Option<&'static str> {
    let directory = facts::programs().get(name)?;
    let own = package.plist.as_ref().is_some_and(|plist| {
        plist.entries.iter().any(|listed| listed.path == format!("bin/{name}") || listed.path == format!("sbin/{name}"))
    });
    if own {
        return None;
    }
    let tool = package.words("USE_TOOLS").into_iter().any(|(item, _)| item.word.text.split(':').next() == Some(name));
    (!depended(package, directory, variables) && !tool).then_some(directory.as_str())
}

/// Whether one of the variables, or an include, names a package.
fn depended(package: &Package, directory: &str, variables: &[&str]) -> bool {
    // The same program comes with packages of other versions: ffmpeg5, postgresql14-client.
    let stem = directory.trim_end_matches(|one: char| one.is_ascii_digit() || one == '.');
    let named = |text: &str| text.contains(stem) || text.contains(directory);
    let depended = variables.iter().any(|variable| {
        package
            .words(variable)
            .into_iter()
            .any(|(item, possible)| named(&item.word.text) || possible.any(|text| named(text)))
    });
    depended || package.program.includes.iter().any(|one| named(&one.path))
}
