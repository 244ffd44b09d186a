//! Options.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::lint::freebsd::facts::{GLOBAL, is_described};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::plist::variables;
use crate::lint::freebsd::rules;
use crate::lint::makefile::{Branch, Item, Statement, each};
use crate::lint::package::Out;

pub(super) fn check(package: &Package, out: &mut Out) {
    let program = &package.program;
    if program.open {
        return;
    }
    let mut options: BTreeMap<String, Item> = BTreeMap::new();
    for (name, item) in package.options() {
        options.entry(name).or_insert(item);
    }
    let open = options.keys().any(|name| name.contains('$'));
    let groups = groups(package, out);
    for (name, item) in options.iter().filter(|(name, _)| !name.contains('$')) {
        let described =
            program.is_assigned(&format!("{name}_DESC")) || is_described(name) || GLOBAL.contains(&name.as_str());
        if !described && program.unnamed.is_empty() {
            out.say(&rules::UNDESCRIBED, item.place(), format!("`{name}` has no `{name}_DESC`"));
        }
        if !GLOBAL.contains(&name.as_str()) && !used(package, name) {
            out.say(&rules::UNUSED, item.place(), format!("nothing depends on `{name}`"));
        }
    }
    if open {
        return;
    }
    for variable in program.names().filter(|name| name.ends_with("_DESC")) {
        let name = variable.trim_end_matches("_DESC");
        // Names of options are upper case; others are a loop's own.
        let plain = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        let described = !plain || options.contains_key(name) || groups.contains(name) || GLOBAL.contains(&name);
        // Without options of its own a port may describe those of its slaves.
        if !described
            && !options.is_empty()
            && !package.slave
            && let Some(one) = program.assigned(variable).first()
        {
            let message = format!("`{name}` is neither an option nor a group");
            out.say(&rules::GROUP_DESC, one.file.place(one.assign.name_span.clone()), message);
        }
    }
    for variable in
        program.names().filter(|name| name.starts_with("OPTIONS_DEFAULT")).map(str::to_owned).collect::<Vec<_>>()
    {
        for (item, possible) in package.words(&variable) {
            for word in possible.values.iter().flat_map(|text| text.split_whitespace()) {
                if !options.contains_key(word) && !GLOBAL.contains(&word) && !package.slave {
                    out.say(&rules::UNDEFINED, item.place(), format!("`{word}` is not declared"));
                }
            }
        }
    }
    asked(package, &options, out);
    early(package, out);
}

/// `.if ${PORT_OPTIONS:MX}` of the Makefile itself before the options are there; targets are read at the end.
fn early(package: &Package, out: &mut Out) {
    if package.slave {
        return;
    }
    let makefile = &package.makefile;
    let there = makefile.includes().into_iter().find(|(include, _)| {
        // What another makefile includes is not known.
        !include.system || matches!(include.path.as_str(), "bsd.port.options.mk" | "bsd.port.pre.mk")
    });
    let there = there.map_or(usize::MAX, |(include, _)| include.span.start);
    let mut first: Option<Range<usize>> = None;
    each(&makefile.statements, &mut |statement, _| {
        let Statement::If(branches) = statement else { return };
        let asks = |branch: &&Branch| branch.condition.as_ref().is_some_and(|one| one.contains("PORT_OPTIONS:M"));
        if let Some(branch) = branches.iter().find(asks).filter(|branch| branch.line.start < there) {
            first.get_or_insert_with(|| branch.line.clone());
        }
    });
    if let Some(line) = first {
        out.say(&rules::EARLY, makefile.place(line), "the options are not there yet");
    }
}

/// The groups; one without options is said.
fn groups(package: &Package, out: &mut Out) -> BTreeSet<String> {
    let mut groups = BTreeSet::new();
    for kind in ["OPTIONS_SINGLE", "OPTIONS_RADIO", "OPTIONS_MULTI", "OPTIONS_GROUP"] {
        for (item, possible) in package.words(kind) {
            for group in possible.values.iter().flat_map(|text| text.split_whitespace()) {
                groups.insert(group.to_owned());
                if !package.program.is_assigned(&format!("{kind}_{group}")) && package.program.unnamed.is_empty() {
                    out.say(&rules::NO_GROUP, item.place(), format!("`{kind}_{group}` is not set"));
                }
            }
        }
    }
    groups
}

/// Whether something in the port depends on an option.
fn used(package: &Package, option: &str) -> bool {
    let helper = |name: &str| {
        name.strip_prefix(option).and_then(|rest| rest.strip_prefix('_')).is_some_and(|rest| rest != "DESC")
    };
    let in_texts = package.program.files.iter().any(|file| {
        let text = &file.source.text;
        ["-on", "-off"].iter().any(|end| text.contains(&format!("-{option}{end}")))
            || text.contains(&format!("PORT_OPTIONS:M{option}"))
            // Targets and helpers that are made in a loop.
            || text.contains("PORT_OPTIONS:M${") || text.contains("PORT_OPTIONS}")
    });
    let in_list = |text: &str| {
        variables(text).into_iter().any(|(name, _)| name == option || name.strip_prefix("NO_") == Some(option))
    };
    let filled = package
        .directory
        .files
        .iter()
        .any(|(name, source)| (name.starts_with("pkg-") || name.starts_with("files/")) && in_list(&source.text));
    package.program.names().any(helper) || !package.program.unnamed.is_empty() || in_texts || filled || package.slave
}

fn asked(package: &Package, options: &BTreeMap<String, Item>, out: &mut Out) {
    const MARK: &str = "PORT_OPTIONS:M";
    for makefile in &package.program.files {
        for (at, _) in makefile.source.text.match_indices(MARK) {
            let start = at + MARK.len();
            let rest = &makefile.source.text[start..];
            let length = rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_')).unwrap_or(rest.len());
            let name = &rest[..length];
            let comment = makefile.comments.iter().any(|comment| comment.contains(&at));
            let plain = !name.is_empty() && !rest[length..].starts_with(['$', '*', '?', '[']);
            if plain && !comment && !options.contains_key(name) && !GLOBAL.contains(&name) && !package.slave {
                out.say(&rules::UNDEFINED, makefile.place(start..start + length), format!("`{name}` is not declared"));
            }
        }
    }
}
