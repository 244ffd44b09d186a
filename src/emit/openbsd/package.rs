//! The files of the port.
use anyhow::Result;
use serde::Serialize;

use super::spelling::Spelling;
use super::{crates, distinfo, git, install, login, makefile, plist, rc, readme};
use crate::emit::dialect::{Dialect, Engine, Form, pkg_subst};
use crate::port::{FileSource, Piece, Port};
use crate::tree::{File, Tree};

/// The port of a server, below `CATEGORY/NAME`; nothing for a service-only recipe.
///
/// # Errors
/// A value that one of the files cannot hold.
pub fn emit(port: &Port) -> Result<Tree> {
    let mut tree = Tree::new();
    let Some(release) = &port.release else { return Ok(tree) };
    let directory = port.directory();
    let make = Engine::new(Dialect::OpenbsdMake, Form::PkgSubst)?;
    let text = Engine::new(Dialect::Text, Form::PkgSubst)?;
    let list = Engine::new(Dialect::PackingList, Form::PkgSubst)?;
    let plan = install::plan(port, release);
    let class = login::class(port, Vec::new())?;
    let mut add = |name: &str, content: String| tree.add(format!("{directory}/{name}"), File::new(content));

    add("Makefile", make.render("openbsd/Makefile", &makefile::context(port, release, &plan))?)?;
    if !release.crates.is_empty() {
        add("crates.inc", make.render("openbsd/crates.inc", &crates::context(release))?)?;
    }
    add("distinfo", distinfo::text(release))?;
    add("pkg/DESCR", text.render("openbsd/pkg/DESCR", &Lines { lines: &port.about.description })?)?;
    let context = plist::context(port, &plan, port.service.is_some(), class.is_some());
    add("pkg/PLIST", list.render("openbsd/pkg/PLIST", &context)?)?;
    for (name, fragment) in plist::fragments(port, &plan) {
        add(&format!("pkg/PFRAG.{name}"), list.render("openbsd/pkg/PFRAG", &fragment)?)?;
    }
    if let Some(service) = &port.service {
        add("pkg/README", text.render("openbsd/pkg/README", &readme::context(port, service))?)?;
        add(&format!("pkg/{}.rc", port.ident), rc::script(port, service, Spelling::INSTALLED, Vec::new())?)?;
    }
    if let Some(class) = class {
        add(&format!("pkg/{}.login", port.ident), class)?;
    }
    if !release.git.is_empty() {
        let toml = Engine::new(Dialect::Toml, Form::Resolved)?;
        add("files/git-crates.toml", toml.render("openbsd/git-crates.toml", &git::context(release))?)?;
    }
    for file in &release.files {
        if let FileSource::Own { name, text } = &file.from {
            let filled_in = text.0.iter().any(|piece| matches!(piece, Piece::Place(_)));
            let body = if filled_in {
                pkg_subst(&Spelling::INSTALLED.phrase(text, port))?
            } else {
                // Copied as it is.
                text.literals()
            };
            add(&format!("files/{name}"), body)?;
        }
    }
    Ok(tree)
}

#[derive(Serialize)]
struct Lines<'a> {
    lines: &'a [String],
}
