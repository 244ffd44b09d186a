//! rc.d scripts that are named, and those that are there.
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

pub(super) fn check(package: &Package, out: &mut Out) {
    let own = package.program.is_assigned("FILESDIR");
    let named = named(package);
    for (name, place, source) in &named {
        let in_loop = package.program.unnamed.iter().any(|one| one.assign.name.starts_with("RCD_SCRIPT_SRC."));
        let elsewhere = in_loop || package.program.is_assigned(&format!("RCD_SCRIPT_SRC.{name}"));
        if source.is_none() && !elsewhere && !own && !package.program.open {
            out.say(&rules::SCRIPT_MISSING, place.clone(), format!("there is no files/{name}.sh"));
        }
    }
    let used: BTreeSet<&std::path::Path> =
        named.iter().filter_map(|(_, _, source)| source.as_ref()).map(|source| source.path.as_path()).collect();
    let known = !package.words("RCD_SCRIPTS").iter().any(|(_, possible)| possible.open);
    for (_, source) in package.directory.below("files").filter(|_| known && !own && !package.program.open) {
        if is_script(source) && !used.contains(source.path.as_path()) {
            let name = source.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // A script that is put to use in another way is named somewhere.
            if !package.mentions(&name) {
                let message = "RCD_SCRIPTS does not name this script";
                out.say(&rules::SCRIPT_UNUSED, Place::text(source, 0..0), message);
            }
        }
    }
    let has_script = named.iter().any(|(_, _, source)| source.is_some());
    let has_manifest = package.program.is_assigned("SMF_MANIFEST")
        || package.program.is_assigned("SMF_SRCDIR")
        || package.file("smf/manifest.xml").is_some();
    if has_script && !has_manifest && package.cargo {
        let message = "the package has no SMF manifest: no service on illumos";
        out.say(&rules::NO_SMF, package.place_of("RCD_SCRIPTS"), message);
    }
    for (item, possible) in package.words("FILES_SUBST") {
        for text in &possible.values {
            if text.split_once('=').is_some_and(|(_, value)| value.contains('!')) {
                out.say(&rules::SUBST_BANG, item.place(), format!("`{text}` has a `!`"));
            }
        }
    }
}

/// The scripts that `RCD_SCRIPTS` names: name, where it is named, and the source.
pub(super) fn named(package: &Package) -> Vec<(String, Place, Option<Arc<Source>>)> {
    let mut named = Vec::new();
    for (item, possible) in package.words("RCD_SCRIPTS") {
        for name in possible.values.iter().flat_map(|text| text.split_whitespace()) {
            let elsewhere = package.program.possible(&format!("RCD_SCRIPT_SRC.{name}"));
            let source = match elsewhere.only() {
                Some(path) => package.directory.get(path).cloned(),
                None => package.file(&format!("{name}.sh")).cloned(),
            };
            named.push((name.to_owned(), item.place(), source));
        }
    }
    named
}

fn is_script(source: &Source) -> bool {
    source.text.contains("PROVIDE:") && source.text.contains("run_rc_command") && source.text.starts_with("#!")
}
