//! The values of the Makefile.
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::install::{Copy, Line, Plan};
use super::{accounts, sites};
use crate::emit::Names;
use crate::emit::dialect::Text;
use crate::port::family::Family;
use crate::port::{LibraryUse, Native, Origin, Port, Release, version};

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the template that is there or not")]
pub(super) struct Context<'a> {
    distname: String,
    pkgname: Option<String>,
    revision: Option<u32>,
    categories: &'a [String],
    registry: Option<Site<'a>>,
    github: Option<Github<'a>>,
    local: bool,
    extract_sufx: Option<&'static str>,
    maintainer: &'a str,
    homepage: Option<&'a str>,
    comment: &'a str,
    licence: String,
    broken: Vec<Broken<'a>>,
    depends: bool,
    tool_depends: &'a BTreeSet<String>,
    run_depends: Vec<String>,
    languages: Vec<String>,
    tools: &'a BTreeSet<String>,
    rust: Option<&'a str>,
    rust_because_of: Option<&'a str>,
    native_environment: Vec<Variable>,
    environment: Vec<Variable>,
    rustflags: &'a [String],
    rustflags_from: Option<&'a str>,
    rpaths: Vec<String>,
    features: &'a [String],
    no_default_features: bool,
    member: Option<&'a str>,
    prefs: bool,
    has_options: bool,
    systems: Vec<System>,
    name: &'a str,
    ident: &'a str,
    upper: &'a str,
    user: Text,
    group: Text,
    home: Text,
    service: Option<accounts::Service>,
    files_subst: Vec<Variable>,
    subst: Option<Subst>,
    installation_dirs: &'a [Text],
    additions: Additions<'a>,
    extract: bool,
    git: Vec<Git>,
    archives: Vec<Archive<'a>>,
    drop_cargo_config: Option<&'a str>,
    subst_copies: &'a [Copy],
    install: &'a [Line],
    odd_sites: Vec<Crate<'a>>,
    includes: Vec<String>,
}

#[derive(Serialize)]
struct Crate<'a> {
    name: &'a str,
    version: String,
}

/// A crate from git, put where cargo.mk puts the others.
#[derive(Serialize)]
struct Git {
    directory: String,
    vendored: String,
}

/// The archive of a commit.
#[derive(Serialize)]
struct Archive<'a> {
    file: &'a str,
    owner: &'a str,
    repo: &'a str,
    rev: &'a str,
}

/// Where the registry has the crate.
#[derive(Serialize)]
struct Site<'a> {
    name: &'a str,
    version: Text,
}

#[derive(Serialize)]
struct Github<'a> {
    owner: &'a str,
    project: Option<&'a str>,
    tag: String,
}

#[derive(Serialize)]
struct Broken<'a> {
    opsys: &'a str,
    reason: &'a str,
}

/// A variable of the environment or of `FILES_SUBST`.
#[derive(Serialize)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Serialize)]
struct System {
    opsys: String,
    tools: BTreeSet<String>,
    depends: BTreeSet<String>,
    environment: Vec<Variable>,
    rpaths: Vec<String>,
    includes: Vec<String>,
}

#[derive(Serialize)]
struct Subst {
    files: Vec<String>,
    vars: BTreeSet<String>,
}

#[derive(Serialize)]
struct Additions<'a> {
    makefile: Option<&'a str>,
    targets: Option<&'a str>,
}

/// The context of the Makefile template.
pub(super) fn context<'a>(family: &'a Family, release: &'a Release, names: &'a Names, plan: &'a Plan) -> Context<'a> {
    let port = &family.port;
    let krate = release.statements.first().map_or(port.name.as_str(), |own| own.krate.as_str());
    // What fetch calls the file without its suffix.
    let file = &release.distfile.file;
    let distname = [".crate", ".tar.gz"].iter().find_map(|suffix| file.strip_suffix(suffix)).unwrap_or(file).to_owned();
    let github = match &release.origin {
        Origin::Github { owner, repo, tag } => Some(Github {
            owner,
            project: (*repo != port.name).then_some(repo.as_str()),
            tag: tag_expression(tag, &release.package_version),
        }),
        _ => None,
    };
    let pkgname = version::pkgname(&port.name, &release.version, &distname);
    let run_depends = run_depends(port, None);
    let native = &release.native;
    let own_rustflags = !release.rustflags.is_empty() && release.rustflags_from.is_some();
    Context {
        registry: (release.origin == Origin::Registry && pkgname.is_some())
            .then(|| Site { name: krate, version: site_version(release) }),
        local: release.origin == Origin::Path,
        extract_sufx: (release.origin == Origin::Registry).then_some(".crate"),
        distname,
        pkgname,
        revision: Some(port.about.revision).filter(|revision| *revision > 0),
        categories: &port.about.categories,
        github,
        maintainer: &port.about.maintainer,
        homepage: port.about.homepage.as_deref(),
        comment: &port.about.comment,
        licence: licence(family, release),
        broken: family.broken.iter().map(|(opsys, reason)| Broken { opsys, reason }).collect(),
        depends: !run_depends.is_empty() || !native.depends.is_empty(),
        tool_depends: &native.depends,
        run_depends,
        languages: languages(native),
        tools: &native.tools,
        rust: release.rust.as_ref().map(|need| need.version.as_str()),
        rust_because_of: release.rust.as_ref().and_then(|need| need.because_of.as_deref()),
        native_environment: variables(&native.environment),
        environment: variables(&release.environment),
        rustflags: &release.rustflags,
        rustflags_from: release.rustflags_from.as_deref().filter(|_| own_rustflags),
        rpaths: rpaths(&native.libraries),
        features: &release.features,
        // With options.mk it stands there, beside the features that it switches off.
        no_default_features: release.no_default_features && family.options.is_empty(),
        member: release.workspace_member.as_ref().map(|member| member.name.as_str()),
        prefs: port.service.is_some() || !family.native.is_empty() || !family.options.is_empty(),
        has_options: !family.options.is_empty(),
        systems: family.native.iter().map(|(opsys, native)| system(opsys, native)).collect(),
        name: &port.name,
        ident: &port.ident,
        upper: &names.upper,
        user: Text::token(format!("{}_USER", names.upper)),
        group: Text::token(format!("{}_GROUP", names.upper)),
        home: Text::token(format!("{}_HOME", names.upper)),
        service: accounts::service(family, names),
        files_subst: accounts::files_subst(port, names),
        subst: (!plan.copies.is_empty()).then(|| Subst {
            files: plan.copies.iter().map(|copy| copy.to.clone()).collect(),
            vars: plan.vars.clone(),
        }),
        installation_dirs: &plan.directories,
        additions: Additions {
            makefile: port.additions.makefile.as_deref(),
            targets: port.additions.targets.as_deref(),
        },
        extract: release.drop_cargo_config.is_some() || !plan.copies.is_empty() || !release.git.is_empty(),
        git: release
            .git
            .iter()
            .map(|one| Git {
                directory: if one.dir.is_empty() {
                    format!("{}-{}", one.repo, one.rev)
                } else {
                    format!("{}-{}/{}", one.repo, one.rev, one.dir)
                },
                vendored: format!("{}-{}", one.name, one.version),
            })
            .collect(),
        archives: archives(release),
        drop_cargo_config: release.drop_cargo_config.as_deref(),
        subst_copies: &plan.copies,
        install: &plan.lines,
        odd_sites: odd_sites(release),
        includes: includes(&native.libraries),
    }
}

/// One line for each archive, however many crates come out of it.
fn archives(release: &Release) -> Vec<Archive<'_>> {
    let mut archives: Vec<Archive<'_>> = Vec::new();
    for one in &release.git {
        if !archives.iter().any(|known| known.file == one.distfile.file) {
            archives.push(Archive { file: &one.distfile.file, owner: &one.owner, repo: &one.repo, rev: &one.rev });
        }
    }
    archives
}

fn odd_sites(release: &Release) -> Vec<Crate<'_>> {
    let odd = release.crates.iter().filter(|one| sites::is_odd(&one.name, &one.version));
    odd.map(|one| Crate { name: &one.name, version: one.version.clone() }).collect()
}

/// The version in a URL: the package's own where it is the same as upstream's.
fn site_version(release: &Release) -> Text {
    let version = release.version.to_string();
    if version == release.package_version { Text::token("PKGVERSION_NOREV") } else { Text::new().lit(version) }
}

/// `v1.2.3` is written with the package's version in it, as committers do.
fn tag_expression(tag: &str, version: &str) -> String {
    match tag.find(version) {
        Some(at) => format!("{}${{PKGVERSION_NOREV}}{}", &tag[..at], &tag[at + version.len()..]),
        None => tag.to_owned(),
    }
}

/// The context of the cargo-depends.mk template.
#[must_use]
pub(super) fn cargo_depends(release: &Release) -> CargoDepends {
    CargoDepends { crates: release.crates.iter().map(|one| format!("{}-{}", one.name, one.version)).collect() }
}

#[derive(Serialize)]
pub(super) struct CargoDepends {
    crates: Vec<String>,
}

/// `DEPENDS` of the programs that belong to `option` (or to none), sorted, one line a package.
pub(super) fn run_depends(port: &Port, option: Option<&str>) -> Vec<String> {
    let mut lines: BTreeMap<&str, &str> = BTreeMap::new();
    for program in port.programs.iter().filter(|program| !program.base && program.option.as_deref() == option) {
        let line = lines.entry(&program.package).or_insert(&program.pattern);
        // Of two patterns for one package the one that asks for a version says more.
        if line.ends_with("-[0-9]*") {
            *line = &program.pattern;
        }
    }
    let mut lines: Vec<String> =
        lines.into_iter().map(|(package, pattern)| format!("{pattern}:../../{package}")).collect();
    lines.sort();
    lines
}

/// `USE_LANGUAGES`, when C alone (the default) is not enough.
fn languages(native: &Native) -> Vec<String> {
    let mut languages = native.languages.clone();
    languages.remove("c");
    if languages.is_empty() {
        return Vec::new();
    }
    std::iter::once("c".to_owned()).chain(languages).collect()
}

pub(super) fn variables(map: &BTreeMap<String, String>) -> Vec<Variable> {
    map.iter().map(|(name, value)| Variable { name: name.clone(), value: value.clone() }).collect()
}

/// `LICENSE`; options.mk may add to it with AND.
fn licence(family: &Family, release: &Release) -> String {
    let added_to = family.options.iter().any(|one| !one.option.licence.is_empty());
    if added_to { release.licence.beside_and() } else { release.licence.to_string() }
}

/// Libraries outside the base prefix are found at run time by the run path only.
pub(super) fn rpaths(libraries: &[LibraryUse]) -> Vec<String> {
    let names = libraries.iter().filter_map(|library| library.buildlink.as_ref());
    names.map(|name| format!("${{BUILDLINK_PREFIX.{name}}}")).collect()
}

pub(super) fn includes(libraries: &[LibraryUse]) -> Vec<String> {
    let mut includes: Vec<String> = libraries.iter().filter_map(|library| library.include.clone()).collect();
    includes.sort();
    includes.dedup();
    includes
}

fn system(opsys: &str, native: &Native) -> System {
    System {
        opsys: opsys.to_owned(),
        tools: native.tools.clone(),
        depends: native.depends.clone(),
        environment: variables(&native.environment),
        rpaths: rpaths(&native.libraries),
        includes: includes(&native.libraries),
    }
}
