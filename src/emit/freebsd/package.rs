//! The files of the port.
use anyhow::Result;
use serde::Serialize;

use super::{distinfo, install, makefile, message, rc};
use crate::diag::Diagnostic;
use crate::emit::Spelling;
use crate::emit::dialect::{Dialect, Engine, Form, sub_file};
use crate::port::Port;
use crate::tree::{File, Tree};

/// The port of a server, below `CATEGORY/NAME`; nothing for a service-only recipe.
///
/// # Errors
/// A value that one of the files cannot hold.
pub fn emit(port: &Port) -> Result<Tree> {
    let mut tree = Tree::new();
    let Some(release) = &port.release else { return Ok(tree) };
    let directory = port.directory();
    let make = Engine::new(Dialect::Make, Form::Ports)?;
    let plan = install::plan(port, release);
    let message = message::context(port);
    let named = message.as_ref().is_some_and(message::Context::has_names);
    let mut add = |name: &str, content: String| tree.add(format!("{directory}/{name}"), File::new(content));

    add("Makefile", make.render("freebsd/Makefile", &makefile::context(port, release, &plan, named))?)?;
    add("Makefile.crates", make.render("freebsd/Makefile.crates", &makefile::crates(release))?)?;
    add("distinfo", distinfo::text(release))?;
    let text = Engine::new(Dialect::Text, Form::Resolved)?;
    add("pkg-descr", text.render("freebsd/pkg-descr", &Lines { lines: &port.about.description })?)?;
    if plan.short_plist().is_none() {
        let plist = Engine::new(Dialect::PkgPlist, Form::Ports)?;
        add("pkg-plist", plist.render("freebsd/pkg-plist", &Plist { entries: &plan.plist })?)?;
    }
    if let Some(message) = &message {
        let (name, form) = if named { ("files/pkg-message.in", Form::Ports) } else { ("pkg-message", Form::Resolved) };
        add(name, Engine::new(Dialect::Ucl, form)?.render("freebsd/pkg-message", message)?)?;
    }
    for (name, text) in &plan.own {
        let content = match text.as_literal() {
            Some(literal) => literal.to_owned(),
            None => sub_file(text).map_err(|refused| {
                Diagnostic::input(format!("the sample `{name}` cannot be a file of a FreeBSD port: {refused}"))
                    .help("write the text in it another way, or keep it out of the sample")
            })?,
        };
        add(&format!("files/{name}"), content)?;
    }
    if port.service.is_some() {
        add(&format!("files/{}.in", port.ident), rc::script(port, &Spelling::Ports(port))?)?;
    }
    Ok(tree)
}

#[derive(Serialize)]
struct Lines<'a> {
    lines: &'a [String],
}

#[derive(Serialize)]
struct Plist<'a> {
    entries: &'a [install::Entry],
}
