//! rc scripts and login classes.
use std::collections::BTreeSet;

use crate::finding::Place;
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::{Out, lines};

pub(super) fn check(package: &Package, out: &mut Out) {
    // Ports that share a directory above have their scripts there.
    let elsewhere = package.program.is_assigned("PKGDIR");
    let mut scripts = BTreeSet::new();
    for (name, source) in
        package.directory.below("pkg").filter_map(|(name, source)| Some((name.strip_suffix(".rc")?, source)))
    {
        scripts.insert(name.to_owned());
        let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !plain {
            out.say(&rules::RC_NAME, Place::text(source, 0..0), format!("`{name}` does not work in rc.subr(8)"));
        }
        let listed = package.plists.iter().any(|plist| plist.with("rcscript").any(|line| is_entry(&line.rest, name)));
        if !listed && !package.plists.is_empty() {
            let message = format!("no packing list has `@rcscript ${{RCDIR}}/{name}`");
            out.say(&rules::RC_UNLISTED, Place::text(source, 0..0), message);
        }
    }
    for plist in &package.plists {
        for line in plist.with("rcscript") {
            let name = line.rest.rsplit('/').next().unwrap_or_default();
            let variable = name.contains('$');
            if !variable && !elsewhere && !name.is_empty() && !scripts.contains(name) && !package.program.open {
                out.say(&rules::RC_MISSING, plist.place(line.span.clone()), format!("there is no pkg/{name}.rc"));
            }
        }
    }
    for (name, source) in
        package.directory.below("pkg").filter_map(|(name, source)| Some((name.strip_suffix(".login")?, source)))
    {
        if !scripts.contains(name) {
            let message = format!("there is no rc script `{name}`");
            out.say(&rules::LOGIN_NAME, Place::text(source, 0..0), message);
        }
        for (class, span) in classes(&source.text) {
            if class != name {
                let message = format!("the class is called `{class}`, the script `{name}`");
                out.say(&rules::LOGIN_NAME, Place::text(source, span), message);
            }
        }
        let path = format!("login.conf.d/{name}");
        let listed = package.plists.iter().any(|plist| plist.lines.iter().any(|line| line.rest.ends_with(&path)));
        if !listed && !package.plists.is_empty() {
            out.say(&rules::LOGIN_UNLISTED, Place::text(source, 0..0), format!("no packing list has {path}"));
        }
    }
}

/// Whether a line of a packing list is about a script; what variables in the name come to is not known.
fn is_entry(path: &str, name: &str) -> bool {
    let file = ["${RCDIR}/", "${SYSCONFDIR}/rc.d/"].iter().find_map(|directory| path.strip_prefix(directory));
    file.is_some_and(|file| match file.split_once('$') {
        Some((start, _)) => name.starts_with(start),
        None => file == name,
    })
}

/// The names of the classes: what begins a line up to the first colon, without comments (login.conf(5)).
fn classes(text: &str) -> Vec<(&str, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut continued = false;
    for (line, span) in lines(text) {
        let begins = !continued && !line.starts_with(['#', ' ', '\t', ':']) && !line.trim().is_empty();
        continued = line.ends_with('\\');
        if begins {
            let end = line.find([':', '|', '\\']).unwrap_or(line.len());
            found.push((&line[..end], span.start..span.start + end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_of_classes() {
        let text = "# acme\nacme:\\\n\t:openfiles=4096:\\\n\t:tc=daemon:\nother|alias:\\\n\t:tc=daemon:\n";
        let names: Vec<&str> = super::classes(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["acme", "other"]);
    }
}
