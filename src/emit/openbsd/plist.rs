//! The packing list, and its fragments.
use std::collections::BTreeMap;

use serde::Serialize;

use super::conditions::When;
use super::install::{Entry, Plan};
use super::spelling::Spelling;
use crate::emit::dialect::Text;
use crate::port::{Config, Place, Port, Service};

/// The context of the PLIST template.
#[derive(Serialize)]
pub(super) struct Context {
    service: Option<Accounts>,
    lines: Vec<Line>,
    /// Lines that take fragments in.
    fragments: Vec<String>,
}

/// What comes first: accounts, the script, and directories of root and of the service.
#[derive(Serialize)]
struct Accounts {
    user: String,
    group: String,
    uid: String,
    gid: String,
    /// The group is the user's own, and has its number.
    own_group: bool,
    gecos: String,
    home: Text,
    nologin: String,
    script: String,
    plain_directories: Vec<Text>,
    directories: Vec<Directory>,
}

#[derive(Serialize)]
struct Directory {
    mode: String,
    path: Text,
    /// The line before says another mode.
    changes: bool,
}

/// A line of the list below the prefix.
#[derive(Serialize)]
struct Line {
    keyword: &'static str,
    path: Text,
    /// The copy that is made of the file where the service reads it.
    samples: Vec<Sample>,
    /// A recipe's own line, as it stands.
    verbatim: Option<String>,
}

#[derive(Serialize)]
struct Sample {
    path: Text,
    mode: Option<String>,
    group: Option<String>,
}

/// The context of a fragment: the lines that are there with one option.
#[derive(Serialize)]
pub(super) struct Fragment {
    lines: Vec<Line>,
}

/// The list without what depends on options.
pub(super) fn context(port: &Port, plan: &Plan, readme: bool, class: bool) -> Context {
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for entry in plan.entries.iter().filter(|entry| entry.when == When::Always) {
        lines.insert(entry.path.clone(), line(entry, port));
    }
    if readme {
        let path = "share/doc/pkg-readmes/";
        lines.insert(path.to_owned(), plain(Text::new().lit(path).tok("PKGSTEM")));
    }
    if class {
        let path = format!("share/examples/login.conf.d/{}", port.ident);
        let sample = Sample {
            path: Text::token("SYSCONFDIR").lit(format!("/login.conf.d/{}", port.ident)),
            mode: None,
            group: None,
        };
        let line = Line { samples: vec![sample], ..plain(Text::new().lit(path.as_str())) };
        lines.insert(path, line);
    }
    for verbatim in &port.additions.plist {
        let path = verbatim.rsplit(' ').next().unwrap_or(verbatim).to_owned();
        lines.insert(path, Line { verbatim: Some(verbatim.clone()), ..plain(Text::new()) });
    }
    let mut fragments: Vec<String> =
        plan.entries.iter().filter_map(|entry| entry.when.fragment()).map(|(_, line)| line).collect();
    fragments.sort();
    fragments.dedup();
    Context {
        service: port.service.as_ref().map(|service| accounts(port, service)),
        lines: lines.into_values().collect(),
        fragments,
    }
}

/// The fragments: name ⇒ context.
pub(super) fn fragments(port: &Port, plan: &Plan) -> BTreeMap<String, Fragment> {
    let mut fragments: BTreeMap<String, BTreeMap<String, Line>> = BTreeMap::new();
    for entry in &plan.entries {
        if let Some((name, _)) = entry.when.fragment() {
            fragments.entry(name).or_default().insert(entry.path.clone(), line(entry, port));
        }
    }
    fragments.into_iter().map(|(name, lines)| (name, Fragment { lines: lines.into_values().collect() })).collect()
}

fn plain(path: Text) -> Line {
    Line { keyword: "", path, samples: Vec::new(), verbatim: None }
}

fn line(entry: &Entry, port: &Port) -> Line {
    let service = port.service.as_ref();
    let configs = service.iter().flat_map(|service| &service.configs);
    let samples = configs.filter(|config| sample_path(config, port).as_deref() == Some(&entry.path));
    Line {
        keyword: entry.keyword,
        path: Text::new().lit(entry.path.as_str()),
        samples: samples.map(|config| sample(config, port)).collect(),
        verbatim: None,
    }
}

/// The path of a sample below the prefix.
fn sample_path(config: &Config, port: &Port) -> Option<String> {
    let (place, rest) = config.sample.as_ref()?.as_place()?;
    Some(format!("{}{rest}", place.below_prefix(&port.profile.paths, &port.name)?))
}

fn sample(config: &Config, port: &Port) -> Sample {
    let own = config.mode != 0o644;
    let group = port.service.as_ref().map(|service| service.group.clone());
    Sample {
        path: Spelling::INSTALLED.phrase(&config.path, port),
        mode: own.then(|| format!("{:04o}", config.mode)),
        group: group.filter(|_| own),
    }
}

fn accounts(port: &Port, service: &Service) -> Accounts {
    let number = |id: Option<u32>| id.map_or_else(|| "NNN".to_owned(), |id| id.to_string());
    let own_group = service.user == service.group;
    let (uid, gid) = service.ids;
    let phrase = |phrase| Spelling::INSTALLED.phrase(phrase, port);
    let mut last = None;
    let directories = service.directories.iter().map(|directory| {
        let changes = last.replace(directory.mode) != Some(directory.mode);
        Directory { mode: format!("{:04o}", directory.mode), path: phrase(&directory.path).lit("/"), changes }
    });
    Accounts {
        user: service.user.clone(),
        group: service.group.clone(),
        uid: number(uid),
        // A user and a group that are made together share the number (infrastructure/db/user.list).
        gid: number(gid.or(if own_group { uid } else { None })),
        own_group,
        gecos: format!("{} daemon", port.name),
        home: Spelling::INSTALLED.place(Place::State, port),
        nologin: port.profile.users.nologin.clone(),
        script: port.ident.clone(),
        directories: directories.collect(),
        plain_directories: config_directories(port, service),
    }
}

/// Directories of root's that configuration files are in.
fn config_directories(port: &Port, service: &Service) -> Vec<Text> {
    let mut directories: Vec<Text> = Vec::new();
    for (place, rest) in service.configs.iter().filter_map(|config| config.path.as_place()) {
        if place != Place::Sysconf {
            continue;
        }
        let mut path = Spelling::INSTALLED.place(place, port).lit("/");
        let parts: Vec<&str> = rest.trim_start_matches('/').split('/').collect();
        for part in std::iter::once("").chain(parts[..parts.len() - 1].iter().copied()) {
            if !part.is_empty() {
                path = path.lit(format!("{part}/"));
            }
            if !directories.contains(&path) {
                directories.push(path.clone());
            }
        }
    }
    directories
}
