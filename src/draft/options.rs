//! Features that are a person's choice, as options.
use std::collections::BTreeSet;

use super::document::Section;
use super::features::{Declared, closure, declared};
use super::guess::{Reason, Seen};
use super::material::Material;
use super::package::Built;
use super::unfit::unfit;

/// More choices than this nobody makes; the others are named in a comment.
const MOST: usize = 12;

/// The `[[option]]` sections, and what has to be said about the features that are none.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// One an option.
    pub(super) sections: Vec<Section>,
    /// Their features.
    pub(super) features: BTreeSet<String>,
    /// What was left out.
    pub(super) remarks: Vec<Reason>,
}

const DATABASES: &[&str] = &[
    "sqlite",
    "sqlite3",
    "postgres",
    "postgresql",
    "pgsql",
    "mysql",
    "mariadb",
    "sled",
    "lmdb",
    "rocksdb",
    "redb",
    "fjall",
    "libsql",
    "duckdb",
    "mongodb",
];

/// A feature that becomes an option.
struct Candidate<'a> {
    feature: &'a str,
    name: String,
    declared: Declared,
    default: bool,
    choice: Option<(&'static str, &'static str)>,
}

/// Features that look like choices; `built` are the programs and what they need.
pub(super) fn options(material: &Material<'_>, built: &Built) -> Options {
    let krate = material.krate;
    let (file, declared) = declared(material);
    let defaults = krate.default_features();
    let mut out = Options::default();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let needed_all = closure(krate, built.needed.iter().map(String::as_str));
    let mut left_out: Vec<(&'static str, &str)> = Vec::new();
    for (feature, turns_on) in &krate.features {
        let Some(own) = declared.get(feature) else { continue };
        if needed_all.contains(feature.as_str()) || feature == "default" {
            continue;
        }
        let bundled = turns_on.iter().filter(|item| declared.contains_key(*item)).count();
        let other_defaults = defaults.iter().filter(|other| *other != feature).map(String::as_str);
        let old = own.comment.as_ref().is_some_and(|comment| {
            let comment = comment.to_lowercase();
            ["renamed", "deprecated", "alias", "compatibility with", "keep compat", "backward"]
                .iter()
                .any(|word| comment.contains(word))
        });
        let left = krate.binaries.iter().filter(|binary| !built.binaries.contains(&binary.name));
        let of_others = left.flat_map(|binary| &binary.required_features).any(|needed| needed == feature);
        let of_others = of_others.then_some("for a program that is not installed");
        let why = unfit(feature).or(of_others).or(old.then_some("an old name")).or_else(|| {
            if closure(krate, other_defaults).contains(feature.as_str()) {
                Some("on by way of another feature that is on by default")
            } else {
                (bundled >= 2).then_some("a bundle of other features")
            }
        });
        let counterpart = feature.replace("rustls", "native-tls");
        let excluded = counterpart != *feature
            && declared.contains_key(&counterpart)
            && unfit(&counterpart).is_none()
            && closure(krate, defaults.iter().map(String::as_str)).contains(counterpart.as_str())
            && !defaults.contains(&counterpart);
        let why = why.or(excluded.then_some("its counterpart native-tls is on by way of another feature"));
        if let Some(why) = why {
            if !feature.starts_with('_') {
                left_out.push((why, feature));
            }
            continue;
        }
        let name = feature.to_ascii_lowercase().replace(['_', '.'], "-").replace('+', "plus");
        let good = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !good || candidates.iter().any(|other| other.name == name) {
            left_out.push(("its name cannot be an option's", feature));
            continue;
        }
        candidates.push(Candidate {
            feature,
            name,
            declared: own.clone(),
            default: defaults.contains(feature),
            choice: None,
        });
    }
    choices(&mut candidates);
    for candidate in candidates.iter().skip(MOST) {
        left_out.push(("one of very many", candidate.feature));
    }
    candidates.truncate(MOST);
    for candidate in &candidates {
        out.features.insert(candidate.feature.to_owned());
        out.sections.push(section(candidate, &file));
    }
    left_out.sort_unstable();
    for group in left_out.chunk_by(|left, right| left.0 == right.0) {
        let names: Vec<&str> = group.iter().map(|(_, name)| *name).collect();
        out.remarks.push(Reason::new(format!("no option for {}: {}", names.join(", "), group[0].0)));
    }
    out
}

/// Which of them belong together.
fn choices(candidates: &mut [Candidate<'_>]) {
    let database = |name: &str| {
        let bare = name
            .trim_end_matches("-backend")
            .trim_end_matches("-db")
            .trim_start_matches("db-")
            .trim_start_matches("store-")
            .trim_start_matches("storage-");
        DATABASES.contains(&bare)
    };
    let databases = candidates.iter().filter(|one| database(&one.name)).count();
    if databases >= 2 {
        for one in candidates.iter_mut().filter(|one| database(&one.name)) {
            one.choice = Some(("set", "database"));
        }
        // Without a default the first one is on: the database that needs no server of its own.
        candidates.sort_by_key(|one| match one.choice {
            Some(_) if one.name.contains("sqlite") => 0,
            Some(_) => 1,
            None => 2,
        });
    }
    let openssl = |name: &str| name.contains("native-tls") || name.contains("openssl") || name.ends_with("-native");
    let rustls = |name: &str| name.contains("rustls");
    let with_openssl: Vec<usize> =
        (0..candidates.len()).filter(|at| openssl(&candidates[*at].name) && !rustls(&candidates[*at].name)).collect();
    let with_rustls: Vec<usize> = (0..candidates.len()).filter(|at| rustls(&candidates[*at].name)).collect();
    if let ([one], [other]) = (with_openssl.as_slice(), with_rustls.as_slice()) {
        let kind = match (candidates[*one].default, candidates[*other].default) {
            (true, true) => "set",
            (false, false) => "optional-group",
            _ => "group",
        };
        candidates[*one].choice = Some((kind, "tls"));
        candidates[*other].choice = Some((kind, "tls"));
    }
}

fn section(candidate: &Candidate<'_>, file: &str) -> Section {
    let seen = Seen::at(file, candidate.declared.line);
    let why = if candidate.default { "a feature that is on by default" } else { "a feature that is off by default" };
    let mut section = Section::because("[[option]]", Reason::seen(why, seen.clone()));
    section.fact("name", candidate.name.clone());
    if let Some(description) = candidate.declared.own_comment().and_then(describe) {
        section.guess("description", description, Reason::new("the comment on the feature"));
    }
    match candidate.choice {
        Some((kind @ "set", "database")) => {
            section.guess(kind, "database", Reason::new("databases: at least one is needed"));
        }
        Some((kind @ "group", name)) => section.guess(kind, name, Reason::new("two ways of TLS: exactly one")),
        Some((kind @ "optional-group", name)) => section.guess(kind, name, Reason::new("two ways of TLS: one at most")),
        Some((kind, name)) => section.guess(kind, name, Reason::new("two ways of TLS, both on by default")),
        None => {}
    }
    section.fact("features", vec![candidate.feature.to_owned()]);
    section
}

/// The first sentence of a comment, when it reads like a description.
fn describe(comment: &str) -> Option<String> {
    let plain: String =
        comment.chars().filter(|c| *c == ' ' || c.is_ascii_graphic()).filter(|c| !"`*\\".contains(*c)).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = plain.split(". ").next().unwrap_or("").trim_end_matches(['.', ':', ';', '!']).trim();
    // Rulers, to-do notes and commented-out lines are no descriptions.
    let words = sentence.split(' ').filter(|word| word.chars().all(char::is_alphabetic) && word.len() > 1).count();
    let code = sentence.contains(['=', '[', '{', '<', '|', '$', '"'])
        || sentence.contains("://")
        || sentence.to_ascii_lowercase().starts_with("todo");
    if words < 2 || code || sentence.len() > 90 {
        return None;
    }
    let mut chars = sentence.chars();
    let first = chars.next()?.to_ascii_uppercase();
    Some(format!("{first}{}.", chars.as_str()))
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn descriptions_from_comments() {
        assert_eq!(describe("enable the `k2v` API. More.").as_deref(), Some("Enable the k2v API."));
        for not in ["-----", "a = [\"b\"]", "TODO remove this", "x", "see https://example.org for more"] {
            assert_eq!(describe(not), None, "{not}");
        }
    }
}
