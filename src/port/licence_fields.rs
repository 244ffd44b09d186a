//! The licence of the whole in the fields of FreeBSD's ports, which know one licence, all of several, or any of several
//! (`Mk/bsd.licenses.mk`: `LICENSE`, `LICENSE_COMB`, `LICENSE_FILE`).
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::licence::Condition;
use crate::profile::Licence;

/// What a port says about its licence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenceFields {
    /// Names in the tree, sorted.
    pub names: Vec<String>,
    /// How they belong together, with more than one.
    pub combination: Option<Combination>,
    /// What holds, when the fields cannot say all of it.
    pub simplified: Option<String>,
    /// Licences that the port has to define itself.
    pub defined: Vec<Defined>,
    /// Files of the distribution with the text of a licence: name in the tree ⇒ path.
    pub files: BTreeMap<String, String>,
}

/// How several licences belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combination {
    /// All of them hold.
    Multi,
    /// The user chooses.
    Dual,
}

/// A licence that the tree does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defined {
    /// Its name in the port.
    pub name: String,
    /// Its full name.
    pub title: String,
    /// What it permits, when that is not the usual.
    pub permissions: Vec<String>,
}

/// The fields for a condition; `own` are the names that the server's own licence has, `files` those of the
/// distribution, `told_by` the file that the server's manifest names.
#[must_use]
pub(super) fn fields<'a>(
    condition: &Condition,
    own: &BTreeSet<&str>,
    licences: &BTreeMap<String, Licence>,
    files: impl Iterator<Item = &'a str>,
    told_by: Option<&str>,
) -> LicenceFields {
    let (names, combination) = flat(condition);
    let simplified = (!is_flat(condition)).then(|| condition.to_string());
    let defined = names.iter().filter_map(|name| {
        let licence = licences.values().find(|licence| licence.name == *name && licence.title.is_some())?;
        Some(Defined { name: name.clone(), title: licence.title.clone()?, permissions: licence.permissions.clone() })
    });
    let texts: Vec<&str> = files.filter(|file| is_text_of_licence(file)).collect();
    let mut found = BTreeMap::new();
    for name in names.iter().filter(|name| own.contains(name.as_str())) {
        let text = match own.len() {
            1 => told_by.filter(|file| texts.contains(file)).or_else(|| only(&texts)),
            _ => texts.iter().find(|file| is_text_of(file, name)).copied(),
        };
        if let Some(text) = text {
            found.insert(name.clone(), text.to_owned());
        }
    }
    LicenceFields {
        defined: defined.collect(),
        combination,
        simplified,
        files: found,
        names: names.into_iter().collect(),
    }
}

fn is_flat(condition: &Condition) -> bool {
    match condition {
        Condition::Name(_) => true,
        Condition::And(parts) | Condition::Or(parts) => parts.iter().all(|part| matches!(part, Condition::Name(_))),
    }
}

/// Names and how they belong together. Of a choice inside a condition that holds as a whole, one is taken, as the user
/// may; the plainest is the one without further conditions, MIT before others.
fn flat(condition: &Condition) -> (BTreeSet<String>, Option<Combination>) {
    match condition {
        Condition::Name(name) => (BTreeSet::from([name.clone()]), None),
        Condition::Or(parts) if is_flat(condition) => (names(parts.iter()), Some(Combination::Dual)),
        Condition::And(parts) => {
            let names: BTreeSet<String> = parts.iter().flat_map(|part| flat(chosen(part)).0).collect();
            let combination = (names.len() > 1).then_some(Combination::Multi);
            (names, combination)
        }
        Condition::Or(_) => flat(chosen(condition)),
    }
}

fn names<'a>(parts: impl Iterator<Item = &'a Condition>) -> BTreeSet<String> {
    parts.flat_map(Condition::names).map(ToOwned::to_owned).collect()
}

fn chosen(condition: &Condition) -> &Condition {
    let Condition::Or(parts) = condition else { return condition };
    let plain = || parts.iter().filter(|part| matches!(part, Condition::Name(_)));
    plain()
        .find(|part| **part == Condition::Name("MIT".into()))
        .or_else(|| plain().next())
        .or_else(|| parts.first())
        .unwrap_or(condition)
}

/// A file at the top that is called as licence texts are.
fn is_text_of_licence(file: &str) -> bool {
    let upper = file.to_ascii_uppercase();
    let data = Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    !file.contains('/')
        && !data
        && ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|start| upper.starts_with(start))
        && file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte))
}

/// The one text there is, or the one with the plainest name.
fn only<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let plain = |file: &&&str| ["LICENSE", "LICENCE", "COPYING"].contains(&stem(file).as_str());
    match texts {
        [one] => Some(one),
        _ => texts.iter().find(plain).copied(),
    }
}

/// The name without its extension, in upper case.
fn stem(file: &str) -> String {
    let upper = file.to_ascii_uppercase();
    [".MD", ".TXT"].iter().find_map(|end| upper.strip_suffix(end)).unwrap_or(&upper).to_owned()
}

/// `LICENSE-APACHE` is the text of `APACHE20`.
fn is_text_of(file: &str, name: &str) -> bool {
    let stem = stem(file);
    let word = stem
        .strip_prefix("LICENSE")
        .or_else(|| stem.strip_prefix("LICENCE"))
        .map_or(stem.as_str(), |rest| rest.trim_start_matches(['-', '_', '.']));
    let letters: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
    let letters = letters.trim_end_matches('v').to_ascii_uppercase();
    !word.is_empty() && word.starts_with(letters.trim_end_matches("CLAUSE"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Condition {
        Condition::Name(name.into())
    }

    fn of(condition: &Condition, own: &[&str], files: &[&str]) -> LicenceFields {
        let licences = crate::profile::load("freebsd").unwrap().licences;
        fields(condition, &own.iter().copied().collect(), &licences, files.iter().copied(), None)
    }

    #[test]
    fn one_all_or_any() {
        let files = ["LICENSE-MIT", "LICENSE-APACHE", "src/LICENSE", "README.md"];
        let dual = Condition::Or([name("MIT"), name("APACHE20")].into());
        let made = of(&dual, &["MIT", "APACHE20"], &files);
        assert_eq!(made.names, ["APACHE20", "MIT"]);
        assert_eq!(made.combination, Some(Combination::Dual));
        assert_eq!(made.files["APACHE20"], "LICENSE-APACHE");
        assert_eq!(made.files["MIT"], "LICENSE-MIT");
        assert_eq!(made.simplified, None);

        let all = Condition::And([name("AGPLv3"), name("MPL20")].into());
        let made = of(&all, &["AGPLv3"], &["LICENSE", "LICENSE.toml"]);
        assert_eq!(made.combination, Some(Combination::Multi));
        assert_eq!(made.files.into_iter().collect::<Vec<_>>(), [("AGPLv3".into(), "LICENSE".into())]);
    }

    #[test]
    fn a_choice_among_others_is_made_and_said() {
        let nested = Condition::And([Condition::Or([name("MIT"), name("APACHE20")].into()), name("MPL20")].into());
        let made = of(&nested, &["MIT", "APACHE20"], &[]);
        assert_eq!(made.names, ["MIT", "MPL20"]);
        assert_eq!(made.combination, Some(Combination::Multi));
        assert_eq!(made.simplified.as_deref(), Some("MPL20 AND (APACHE20 OR MIT)"));
    }

    #[test]
    fn what_the_tree_does_not_know_is_defined() {
        let made = of(&name("EUPL12"), &["EUPL12"], &["LICENSE.txt"]);
        assert_eq!(made.defined[0].title, "European Union Public License 1.2");
        assert_eq!(made.files["EUPL12"], "LICENSE.txt");
    }
}
