//! Lists of tuples: configuration files, directories, permissions.
use std::collections::BTreeSet;

use super::installed::below;
use crate::finding::Place;
use crate::lint::makefile::Item;
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::rules;

/// Variables that are lists of tuples, with how many words each tuple has.
const TUPLES: &[(&str, usize)] = &[
    ("CONF_FILES", 2),
    ("REQD_FILES", 2),
    ("CONF_FILES_PERMS", 5),
    ("REQD_FILES_PERMS", 5),
    ("MAKE_DIRS_PERMS", 4),
    ("OWN_DIRS_PERMS", 4),
    ("REQD_DIRS_PERMS", 4),
    ("SPECIAL_PERMS", 4),
];

pub(super) fn check(package: &Package, out: &mut Out) {
    for (name, size) in TUPLES {
        let Some(words) = words(package, name) else { continue };
        if words.len() % size != 0 {
            let message = format!("{} words are no groups of {size}", words.len());
            let place = words.last().map_or_else(|| package.place_of(name), |(_, place)| place.clone());
            out.say(&rules::TUPLE, place, message);
            continue;
        }
        if name.contains("_FILES") {
            for tuple in words.chunks(*size) {
                configuration(package, tuple, out);
            }
            owners(package, &words, *size, out);
        }
    }
}

/// The words with what they come to; nothing when one of them is not known.
fn words(package: &Package, name: &str) -> Option<Vec<(String, Place)>> {
    if package.program.open {
        return None;
    }
    let mut words = Vec::new();
    for (item, possible) in package.words(name) {
        // Under a condition or not: what is not always there has to be complete by itself, too, which is left to whoever
        // turns it on.
        if !item.sure {
            return None;
        }
        let text = known(package, &item, &possible)?;
        words.extend(text.split_whitespace().map(|word| (word.to_owned(), item.place())));
    }
    Some(words)
}

/// What a word comes to; one that only the user decides stands for one word.
fn known(package: &Package, item: &Item, possible: &crate::lint::makefile::Possible) -> Option<String> {
    if let Some(text) = possible.only() {
        return Some(text.to_owned());
    }
    // A loop makes many words of one.
    if item.word.text.contains(":@") {
        return None;
    }
    // Paths and names with a single unknown in them are one word all the same.
    let lists = package
        .program
        .names()
        .any(|name| item.word.text.contains(&format!("${{{name}}}")) && package.program.value(name).items.len() > 1);
    let single = !lists && item.word.text.contains('/');
    single.then(|| "‹unknown›".to_owned())
}

fn configuration(package: &Package, tuple: &[(String, Place)], out: &mut Out) {
    let Some((example, place)) = tuple.first() else { return };
    let path = below(example).unwrap_or_else(|| example.replace("//", "/"));
    let Some(plist) = &package.plist else { return };
    let unknown = path.contains(['‹', '$']) || path.starts_with('/');
    let variable = plist.entries.iter().any(|listed| listed.path.contains("${"));
    let open = package.program.is_assigned("PLIST_SRC") || package.program.is_assigned("GENERATE_PLIST") || variable;
    if !unknown && !open && !plist.entries.iter().any(|listed| listed.path == path) {
        out.say(&rules::EXAMPLE_MISSING, place.clone(), format!("the package has no `{path}`"));
    }
    if let [_, (target, _)] = tuple {
        secrets(package, &path, target, place, out);
    }
}

/// One finding for each user, at the first configuration that is its own.
fn owners(package: &Package, words: &[(String, Place)], size: usize, out: &mut Out) {
    let made = package.words("PKG_USERS").into_iter().flat_map(|(_, possible)| possible.values);
    let names: BTreeSet<String> = made.filter_map(|one| one.split(':').next().map(str::to_owned)).collect();
    for name in names {
        let owned = words.chunks(size).filter_map(|tuple| tuple.get(2)).filter(|(user, _)| *user == name);
        let places: Vec<&Place> = owned.map(|(_, place)| place).collect();
        let Some(first) = places.first() else { continue };
        let message = match places.len() {
            1 => format!("`{name}` owns the configuration that it runs with"),
            count => format!("`{name}` owns {count} files of the configuration that it runs with"),
        };
        out.say(&rules::SECRET_MODE, (*first).clone(), message);
    }
}

/// Names of keys whose values are nobody else's business.
const SECRETS: &[&str] = &["password", "passwd", "secret", "api_key", "api-key", "private_key", "private-key"];

fn secrets(package: &Package, example: &str, target: &str, place: &Place, out: &mut Out) {
    let name = example.rsplit('/').next().unwrap_or(example);
    let Some(sample) = package.file(name).filter(|_| target.contains("‹PKG_SYSCONFDIR›")) else { return };
    let key = sample.text.lines().find_map(|line| {
        let line = line.trim_start();
        if line.starts_with(['#', ';', '/']) {
            return None;
        }
        let (key, _) = line.split_once(['=', ':'])?;
        let key = key.trim().trim_matches('"');
        let lower = key.to_lowercase();
        (key.len() < 60 && SECRETS.iter().any(|secret| lower.ends_with(secret))).then(|| key.to_owned())
    });
    if let Some(key) = key {
        let message = format!("`{name}` has the key `{key}` and is installed with mode 0644");
        out.say(&rules::WORLD_READABLE, place.clone(), message);
    }
}
