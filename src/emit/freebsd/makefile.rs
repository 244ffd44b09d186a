//! The values of the Makefile.
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::install::{Plan, Target};
use super::{distinfo, options};
use crate::emit::dialect::Text;
use crate::port::licence_fields::Combination;
use crate::port::{LibraryUse, Origin, Port, Release, version_freebsd};
use crate::profile::Packaging;

#[derive(Serialize)]
pub(super) struct Context<'a> {
    name: &'a str,
    distversion_prefix: Option<&'static str>,
    distversion: String,
    distversion_suffix: Option<String>,
    revision: Option<u32>,
    categories: &'a [String],
    site: Option<Site<'a>>,
    local: bool,
    distname: Option<Text>,
    maintainer: &'a str,
    comment: &'a str,
    homepage: Option<&'a str>,
    licence: Licence<'a>,
    not_for_archs: Option<Archs<'a>>,
    build_depends: Vec<String>,
    rust_because_of: Option<&'a str>,
    lib_depends: BTreeSet<String>,
    run_depends: Vec<String>,
    uses: Vec<String>,
    github: Option<Github<'a>>,
    rc_script: Option<&'a str>,
    features: Vec<&'a str>,
    build_arguments: Vec<String>,
    install_arguments: Vec<String>,
    install_path: Option<&'a str>,
    native_environment: Vec<String>,
    environment: Vec<String>,
    rustflags: &'a [String],
    rustflags_from: Option<&'a str>,
    sub_files: Vec<&'a str>,
    accounts: Option<Accounts<'a>>,
    plist_files: Vec<String>,
    docs: &'a [String],
    examples: &'a [String],
    options: options::Context<'a>,
    additions: Additions<'a>,
    drop_cargo_config: Option<&'a str>,
    common_targets: &'a [Target],
    option_targets: &'a [Target],
}

/// Where the registry has a crate that is not called like the port.
#[derive(Serialize)]
struct Site<'a> {
    krate: Option<&'a str>,
}

/// Machines on which the port cannot be built.
#[derive(Serialize)]
struct Archs<'a> {
    names: BTreeSet<&'a str>,
    reason: String,
}

/// `NOT_FOR_ARCHS` of all crates that some machines cannot have; the reason is one line.
fn not_for_archs(release: &Release) -> Option<Archs<'_>> {
    let limits = || release.notes.iter().filter(|note| !note.not_for.is_empty());
    let names: BTreeSet<&str> = limits().flat_map(|note| &note.not_for).map(String::as_str).collect();
    let reasons: Vec<&str> = limits().map(|note| note.why.as_str()).collect();
    (!names.is_empty()).then(|| Archs { names, reason: reasons.join("; ") })
}

#[derive(Serialize)]
struct Licence<'a> {
    names: &'a [String],
    combination: Option<&'static str>,
    simplified: Option<&'a str>,
    lines: Vec<Field>,
}

/// A variable about one licence.
#[derive(Serialize)]
struct Field {
    variable: String,
    value: Text,
    words: Vec<String>,
}

#[derive(Serialize)]
struct Github<'a> {
    account: &'a str,
    project: Option<&'a str>,
    tag: Option<&'a str>,
}

#[derive(Serialize)]
struct Accounts<'a> {
    user: &'a str,
    group: &'a str,
}

#[derive(Serialize)]
struct Additions<'a> {
    makefile: Option<&'a str>,
    targets: Option<&'a str>,
}

/// The context of Makefile.crates.
#[derive(Serialize)]
pub(super) struct Crates {
    crates: Vec<String>,
}

/// The context of Makefile.crates.
#[must_use]
pub(super) fn crates(release: &Release) -> Crates {
    Crates { crates: distinfo::crates(release) }
}

/// The context of the Makefile; `message` when the port has a pkg-message in which names are filled in.
#[must_use]
pub(super) fn context<'a>(port: &'a Port, release: &'a Release, plan: &'a Plan, message: bool) -> Context<'a> {
    let krate = release.statements.first().map_or(port.name.as_str(), |own| own.krate.as_str());
    let version = version_freebsd::without_build(&release.version);
    let github = match &release.origin {
        Origin::Github { owner, repo, tag } => Some(Github {
            account: owner,
            project: (*repo != port.name).then_some(repo.as_str()),
            tag: (*tag != version && *tag != format!("v{version}")).then_some(tag.as_str()),
        }),
        _ => None,
    };
    let prefixed = matches!(&release.origin, Origin::Github { tag, .. } if *tag == format!("v{version}"));
    // GitHub's archives are named by their tag.
    let renamed = github.is_none() && krate != port.name;
    let suffix = (!release.version.build.is_empty() && github.is_none()).then(|| format!("+{}", release.version.build));
    let mut sub_files: Vec<&str> = plan.sub_files.iter().map(String::as_str).collect();
    sub_files.extend(message.then_some("pkg-message"));
    sub_files.sort_unstable();
    let mut features: Vec<&str> = Vec::new();
    features.extend(release.no_default_features.then_some("--no-default-features"));
    features.extend(release.features.iter().map(String::as_str));
    Context {
        name: &port.name,
        distversion_prefix: prefixed.then_some("v"),
        distversion: version,
        distversion_suffix: suffix,
        revision: Some(port.about.revision).filter(|revision| *revision > 0),
        categories: &port.about.categories,
        site: (release.origin == Origin::Registry).then(|| Site { krate: renamed.then_some(krate) }),
        local: release.origin == Origin::Path,
        distname: renamed.then(|| Text::new().lit(format!("{krate}-")).tok("DISTVERSIONFULL")),
        maintainer: &port.about.maintainer,
        comment: &port.about.comment,
        homepage: port.about.homepage.as_deref(),
        licence: licence(release),
        not_for_archs: not_for_archs(release),
        build_depends: build_depends(release),
        rust_because_of: release.rust.as_ref().and_then(|need| need.because_of.as_deref()),
        lib_depends: lib_depends(&release.native.libraries),
        run_depends: run_depends(port, None),
        uses: uses(&release.native.tools, true),
        github,
        rc_script: port.service.as_ref().map(|_| port.ident.as_str()),
        features,
        build_arguments: member_arguments(release).into_iter().chain(binary_arguments(release)).collect(),
        install_arguments: binary_arguments(release),
        install_path: release.workspace_member.as_ref().map(|member| member.dir.as_str()).filter(|dir| !dir.is_empty()),
        native_environment: variables(&release.native.environment),
        environment: variables(&release.environment),
        rustflags: &release.rustflags,
        rustflags_from: release.rustflags_from.as_deref().filter(|_| !release.rustflags.is_empty()),
        sub_files,
        accounts: port.service.as_ref().map(|service| Accounts { user: &service.user, group: &service.group }),
        plist_files: plan.short_plist().unwrap_or_default(),
        docs: &plan.docs,
        examples: &plan.examples,
        options: options::context(port, plan),
        additions: Additions {
            makefile: port.additions.makefile.as_deref(),
            targets: port.additions.targets.as_deref(),
        },
        drop_cargo_config: release.drop_cargo_config.as_deref(),
        common_targets: &plan.common,
        option_targets: &plan.by_option,
    }
}

fn licence(release: &Release) -> Licence<'_> {
    let fields = &release.licence_fields;
    let several = fields.combination.is_some();
    // The suffixed forms are for several licences; make would take the `+` of a name for part of an operator.
    let variable = |what: &str, name: &str| match (several, name.ends_with('+')) {
        (false, _) => format!("LICENSE_{what}"),
        (true, true) => format!("LICENSE_{what}_{name} "),
        (true, false) => format!("LICENSE_{what}_{name}"),
    };
    let mut lines = Vec::new();
    for defined in &fields.defined {
        let title = Text::new().lit(defined.title.as_str());
        lines.push(Field { variable: variable("NAME", &defined.name), value: title, words: Vec::new() });
    }
    for defined in fields.defined.iter().filter(|defined| !fields.files.contains_key(&defined.name)) {
        let text = Text::new().lit(format!("see the {}", defined.title));
        lines.push(Field { variable: variable("TEXT", &defined.name), value: text, words: Vec::new() });
    }
    for (name, file) in &fields.files {
        let path = Text::token("WRKSRC").lit(format!("/{file}"));
        lines.push(Field { variable: variable("FILE", name), value: path, words: Vec::new() });
    }
    for defined in fields.defined.iter().filter(|defined| !defined.permissions.is_empty()) {
        lines.push(Field {
            variable: variable("PERMS", &defined.name),
            value: Text::new(),
            words: defined.permissions.clone(),
        });
    }
    Licence {
        names: &fields.names,
        combination: fields.combination.map(|combination| match combination {
            Combination::Multi => "multi",
            Combination::Dual => "dual",
        }),
        simplified: fields.simplified.as_deref(),
        lines,
    }
}

/// cargo.mk asks for its own least version of rust; a port that needs a newer one says so besides.
fn build_depends(release: &Release) -> Vec<String> {
    let mut lines: Vec<String> = release.native.depends.iter().cloned().collect();
    if let Some(need) = &release.rust {
        lines.push(format!("${{RUST_DEFAULT}}>={}:lang/${{RUST_DEFAULT}}", need.version));
    }
    lines.sort();
    lines
}

/// `LIB_DEPENDS` of libraries that are taken from the tree.
pub(super) fn lib_depends(libraries: &[LibraryUse]) -> BTreeSet<String> {
    libraries.iter().flat_map(|library| library.lib_depends.iter().cloned()).collect()
}

/// Dependencies on the programs that belong to `option` (or to none), sorted.
pub(super) fn run_depends(port: &Port, option: Option<&str>) -> Vec<String> {
    let programs = port.programs.iter().filter(|program| !program.base && program.option.as_deref() == option);
    // One file of a port stands for all of it.
    let mut by_package: BTreeMap<&str, String> = BTreeMap::new();
    for program in programs {
        by_package.entry(&program.package).or_insert_with(|| program.dependency(Packaging::Freebsd));
    }
    let mut lines: Vec<String> = by_package.into_values().collect();
    lines.sort();
    lines
}

/// Words of `USES`, sorted.
pub(super) fn uses(tools: &BTreeSet<String>, cargo: bool) -> Vec<String> {
    let mut words = tools.clone();
    if cargo {
        words.insert("cargo".to_owned());
    }
    words.into_iter().collect()
}

/// `NAME=value` words.
pub(super) fn variables(map: &BTreeMap<String, String>) -> Vec<String> {
    map.iter().map(|(name, value)| format!("{name}={value}")).collect()
}

/// `cargo build` at the top of a workspace builds all of it; `cargo install` is given a path.
fn member_arguments(release: &Release) -> Vec<String> {
    release.workspace_member.iter().flat_map(|member| ["--package".to_owned(), member.name.clone()]).collect()
}

/// What keeps cargo from building and installing other binaries.
fn binary_arguments(release: &Release) -> Vec<String> {
    if !release.only_some_binaries {
        return Vec::new();
    }
    release.binaries.iter().flat_map(|binary| ["--bin".to_owned(), binary.name.clone()]).collect()
}
