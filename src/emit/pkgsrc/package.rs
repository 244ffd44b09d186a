//! The files of the package.
use anyhow::Result;
use serde::Serialize;

use super::{distinfo, install, makefile, options, readme};
use crate::emit::dialect::{Dialect, Engine, Form};
use crate::emit::{Names, Spelling, rcd, smf};
use crate::port::family::Family;
use crate::port::{FileSource, Release};
use crate::profile::Manager;
use crate::tree::{File, Tree};

/// Where the package goes, below the root of a pkgsrc tree.
#[must_use]
pub fn directory(family: &Family) -> String {
    family.port.directory()
}

/// The package of a server; nothing for a service-only recipe. `patches` are those that the directory already has:
/// they belong to people, their digests to distinfo.
///
/// # Errors
/// A value that one of the files cannot hold.
pub fn emit(family: &Family, patches: &[distinfo::Patch]) -> Result<Tree> {
    let mut tree = Tree::new();
    let Some(release) = &family.port.release else { return Ok(tree) };
    let directory = directory(family);
    let make = Engine::new(Dialect::Make, Form::Package)?;
    let text = Engine::new(Dialect::Text, Form::Package)?;
    let plist = Engine::new(Dialect::Plist, Form::Package)?;
    let names = Names::of(&family.port);
    let plan = install::plan(family, &names);
    let mut add = |name: &str, content: String| tree.add(format!("{directory}/{name}"), File::new(content));

    add("DESCR", text.render("pkgsrc/DESCR", &Lines { lines: &family.port.about.description })?)?;
    add("Makefile", make.render("pkgsrc/Makefile", &makefile::context(family, release, &names, &plan))?)?;
    add("PLIST", plist.render("pkgsrc/PLIST", &plan.plist(&family.port.additions.plist))?)?;
    add("cargo-depends.mk", make.render("pkgsrc/cargo-depends.mk", &makefile::cargo_depends(release))?)?;
    add("distinfo", distinfo::text(release, patches))?;
    if !family.options.is_empty() {
        add("options.mk", make.render("pkgsrc/options.mk", &options::context(family, release, &plan))?)?;
    }
    add("files/README.pkgsrc", text.render("pkgsrc/README.pkgsrc", &readme::context(family, release, &names))?)?;
    if !release.git.is_empty() {
        let toml = Engine::new(Dialect::Toml, Form::Package)?;
        add("files/git-sources.toml", toml.render("pkgsrc/git-sources.toml", &git_sources(release))?)?;
    }
    let spelling = Spelling::Package(names);
    for file in &release.files {
        if let FileSource::Own { name, text } = &file.from {
            let own = spelling.phrase(text, |_| crate::emit::dialect::Text::new());
            add(&format!("files/{name}"), readme::with_tokens(&own))?;
        }
    }
    if family.port.service.is_some() {
        add(&format!("files/{}.sh", family.port.name), rcd::script(family.managed_by(Manager::RcD), &spelling)?)?;
        add("files/smf/manifest.xml", smf::manifest(family.managed_by(Manager::Smf), &spelling)?)?;
    }
    Ok(tree)
}

/// cargo's replacement of each repository by the directory of vendored crates.
#[derive(Serialize)]
struct GitSources<'a> {
    sources: Vec<GitSource<'a>>,
}

#[derive(Serialize)]
struct GitSource<'a> {
    name: String,
    url: &'a str,
    kind: Option<&'static str>,
    value: Option<&'a str>,
}

fn git_sources(release: &Release) -> GitSources<'_> {
    let mut sources: Vec<GitSource<'_>> = Vec::new();
    for one in &release.git {
        let (kind, value) = match &one.reference {
            Some((kind, value)) => (Some(*kind), Some(value.as_str())),
            None => (None, None),
        };
        if sources.iter().any(|known| known.url == one.url && known.kind == kind && known.value == value) {
            continue;
        }
        sources.push(GitSource { name: format!("git-{}", sources.len() + 1), url: &one.url, kind, value });
    }
    GitSources { sources }
}

#[derive(Serialize)]
struct Lines<'a> {
    lines: &'a [String],
}
