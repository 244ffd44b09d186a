//! The values of the Makefile.
use serde::Serialize;

use super::archives::archives;
use super::flavours::{Flavours, flavours};
use super::install::{Block, Plan};
use super::machines::Machines;
use super::needs::Needs;
use super::source::{Source, source};
use crate::port::{Opt, Port, Release};

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the template that is there or not")]
pub(super) struct Context<'a> {
    machines: Machines,
    comment: &'a str,
    source: Source<'a>,
    has_revision: bool,
    revision: Option<u32>,
    categories: &'a [String],
    maintainer: Option<String>,
    licence: String,
    overridden: Vec<String>,
    restricted: Option<String>,
    needs: Needs,
    archives: Vec<[&'a str; 5]>,
    rustflags: &'a [String],
    rustflags_from: Option<&'a str>,
    no_default_features: bool,
    member: Option<&'a str>,
    rust_because_of: Option<&'a str>,
    flavours: Option<Flavours>,
    no_test: bool,
    additions: Additions<'a>,
    drop_cargo_config: Option<&'a str>,
    git: bool,
    blocks: &'a [Block],
    crates: bool,
}

#[derive(Serialize)]
struct Additions<'a> {
    makefile: Option<&'a str>,
    targets: Option<&'a str>,
}

/// The context of the Makefile template.
pub(super) fn context<'a>(port: &'a Port, release: &'a Release, plan: &'a Plan) -> Context<'a> {
    let always: Vec<&Opt> = port.options.iter().filter(|option| port.flavours.always.contains(&option.name)).collect();
    let rust = release.rust.as_ref();
    let notes = release.notes.iter().chain(always.iter().flat_map(|option| &option.notes));
    let depends = notes.clone().flat_map(|note| note.depends.iter().cloned());
    let depends = depends.chain(rust.map(|need| format!("lang/rust>={}", need.version)));
    let needs = Needs::of(port, &always, Some(&release.native), &release.features).with(depends, &release.environment);
    let about = &port.about;
    Context {
        machines: Machines::of(notes),
        comment: &about.comment,
        source: source(port, release),
        // The first change of a port is its revision 0.
        has_revision: about.revision > 0,
        revision: about.revision.checked_sub(1),
        categories: &about.categories,
        maintainer: (about.maintainer != port.profile.maintainer).then(|| match &about.maintainer_name {
            Some(name) => format!("{name} <{}>", about.maintainer),
            None => about.maintainer.clone(),
        }),
        licence: release.licence.to_string(),
        overridden: overridden(release),
        restricted: (!release.restricted.is_empty())
            .then(|| format!("{} restricts use or distribution", release.restricted.join(", "))),
        needs,
        archives: archives(release),
        rustflags: &release.rustflags,
        rustflags_from: release.rustflags_from.as_deref(),
        no_default_features: release.no_default_features,
        member: release.workspace_member.as_ref().map(|member| member.name.as_str()),
        rust_because_of: rust.and_then(|need| need.because_of.as_deref()),
        flavours: flavours(port, plan),
        no_test: !release.has_tests,
        additions: Additions {
            makefile: port.additions.makefile.as_deref(),
            targets: port.additions.targets.as_deref(),
        },
        drop_cargo_config: release.drop_cargo_config.as_deref(),
        git: !release.git.is_empty(),
        blocks: &plan.blocks,
        crates: !release.crates.is_empty(),
    }
}

/// Licences that are not as the crates say, and how that is known.
fn overridden(release: &Release) -> Vec<String> {
    let said = release.statements.iter().filter_map(|one| {
        let reason = one.overridden.as_ref()?;
        Some(format!("{} {}: {} ({reason})", one.krate, one.version, one.licence))
    });
    said.collect()
}
