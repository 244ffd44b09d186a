//! What is installed besides the programs, which cargo installs: the targets that do it, and pkg-plist.
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::emit::Spelling;
use crate::emit::dialect::{Part, Text};
use crate::port::{FileKind, FileSource, Installed, Phrase, Place, Port, Release, Service, Setting};

/// Everything that is installed.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The common target, when it has something to do.
    pub(super) common: Vec<Target>,
    /// The targets of options.
    pub(super) by_option: Vec<Target>,
    /// Lines of pkg-plist.
    pub(super) plist: Vec<Entry>,
    /// Names of documents, which the option DOCS brings.
    pub(super) docs: Vec<String>,
    /// Names of examples, which the option EXAMPLES brings.
    pub(super) examples: Vec<String>,
    /// Files of the port in which names are filled in.
    pub(super) sub_files: Vec<String>,
    /// Files of the port: name below `files/` ⇒ text.
    pub(super) own: BTreeMap<String, Text>,
    /// Options whose names stand in pkg-plist.
    pub(super) plist_options: bool,
}

/// A target of the Makefile.
#[derive(Debug, Serialize)]
pub(super) struct Target {
    name: String,
    lines: Vec<Line>,
}

/// A command: words that are made here, and words with text of others.
#[derive(Debug, Default, Serialize)]
struct Line {
    command: &'static str,
    from: Option<Text>,
    to: Option<Text>,
    /// A sed expression that a command takes.
    edit: Option<String>,
}

/// A line of pkg-plist.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The option it depends on.
    option: Option<String>,
    keyword: Option<Keyword>,
    path: Text,
    /// The second argument of `@sample`.
    target: Option<Text>,
}

/// `@keyword(owner,group,mode)`.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Keyword {
    name: &'static str,
    owner: String,
    group: String,
    mode: String,
}

/// Plans the installation.
#[must_use]
pub(super) fn plan(port: &Port, release: &Release) -> Plan {
    let mut plan = Plan::default();
    let mut common = Target { name: "post-install".into(), lines: Vec::new() };
    let mut docs = Target { name: "post-install-DOCS-on".into(), lines: Vec::new() };
    let mut examples = Target { name: "post-install-EXAMPLES-on".into(), lines: Vec::new() };
    let mut by_option: BTreeMap<String, Target> = BTreeMap::new();
    for binary in &release.binaries {
        plan.plist.push(Entry::file(below(port, Place::Bin, &binary.name), None));
        if !release.strips {
            common.lines.push(Line {
                command: "${STRIP_CMD}",
                to: Some(Text::token("PREFIX").lit(format!("/bin/{}", binary.name))),
                ..Line::default()
            });
        }
    }
    for file in &release.files {
        let from = plan.source(port, &file.from);
        let target = if let Some(sample) = sample(port, file) {
            plan.plist.push(sample.entry);
            common.lines.extend(install(file.kind, from, sample.installed));
            continue;
        } else if file.place == Place::Doc && file.option.is_none() {
            plan.docs.push(file.path.clone());
            &mut docs
        } else if file.place == Place::Examples && file.option.is_none() {
            plan.examples.push(file.path.clone());
            &mut examples
        } else {
            let option = file.option.as_ref().map(|name| tree_name(port, name));
            plan.plist_options |= option.is_some();
            plan.plist.push(Entry::file(listed(port, file), option.clone()));
            match option {
                None => &mut common,
                Some(option) => by_option.entry(option.clone()).or_insert_with(|| on(&option)),
            }
        };
        target.lines.extend(install(file.kind, from, installed(port, file)));
    }
    for link in &release.links {
        let option = link.option.as_ref().map(|name| tree_name(port, name));
        let directory = Place::Libexec.below_prefix(&port.profile.paths, &port.name).unwrap_or_default();
        let path = format!("{directory}/bin/{}", link.name);
        // Relative: it survives STAGEDIR and another prefix.
        let up = "../".repeat(path.matches('/').count());
        let lines = [
            make_directory(Text::token("PREFIX").lit(format!("/{directory}/bin"))),
            Line {
                command: "${LN} -s",
                from: Some(Text::new().lit(format!("{up}bin/{}", link.file))),
                to: Some(Text::token("PREFIX").lit(format!("/{path}"))),
                edit: None,
            },
        ];
        plan.plist_options |= option.is_some();
        plan.plist.push(Entry::file(Text::new().lit(path), option.clone()));
        match option {
            None => common.lines.extend(lines),
            Some(option) => by_option.entry(option.clone()).or_insert_with(|| on(&option)).lines.extend(lines),
        }
    }
    plan.plist.sort();
    if let Some(service) = &port.service {
        let (entries, lines) = directories(port, service);
        plan.plist.extend(entries);
        common.lines.extend(lines);
        for option in port.options.iter().filter(|option| option.broken.is_none()) {
            let lines = option.settings.iter().filter_map(|setting| edit(port, service, setting));
            if option.forced {
                common.lines.extend(lines);
            } else {
                by_option.entry(option.tree_name.clone()).or_insert_with(|| on(&option.tree_name)).lines.extend(lines);
            }
        }
    }
    plan.plist.extend(port.additions.plist.iter().map(|path| Entry::file(Text::new().lit(path.as_str()), None)));
    let tidy = |targets: Vec<Target>| {
        targets.into_iter().filter(|target| !target.lines.is_empty()).map(Target::tidy).collect::<Vec<_>>()
    };
    plan.common = tidy(vec![common]);
    plan.by_option = tidy(by_option.into_values().chain([docs, examples]).collect());
    plan.by_option.sort_by(|left, right| left.name.cmp(&right.name));
    plan
}

fn on(option: &str) -> Target {
    Target { name: format!("post-install-{option}-on"), lines: Vec::new() }
}

fn tree_name(port: &Port, option: &str) -> String {
    port.options.iter().find(|one| one.name == option).map_or_else(|| option.to_owned(), |one| one.tree_name.clone())
}

/// A file below the prefix as pkg-plist names it.
fn below(port: &Port, place: Place, name: &str) -> Text {
    let directory = place.below_prefix(&port.profile.paths, &port.name).unwrap_or_default();
    Text::new().lit(if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") })
}

/// Where a file goes.
fn installed(port: &Port, file: &Installed) -> Text {
    Spelling::Ports(port).place(file.place).lit(format!("/{}", file.path))
}

/// The same for pkg-plist, where manual pages are compressed.
fn listed(port: &Port, file: &Installed) -> Text {
    match file.place {
        Place::Data | Place::Doc | Place::Examples => installed(port, file),
        Place::Man => below(port, file.place, &file.path).lit(".gz"),
        _ => below(port, file.place, &file.path),
    }
}

/// What makes a configuration file at install.
struct Sample {
    installed: Text,
    entry: Entry,
}

/// The sample of a configuration file lies beside it, with `.sample` behind its name (Keywords/sample.ucl).
fn sample(port: &Port, file: &Installed) -> Option<Sample> {
    let service = port.service.as_ref()?;
    let wanted = |phrase: &Phrase| phrase.as_place() == Some((file.place, format!("/{}", file.path).as_str()));
    let config = service.configs.iter().find(|config| config.sample.as_ref().is_some_and(wanted))?;
    let spelling = Spelling::Ports(port);
    let path = spelling.phrase(&config.path, |_| Text::new());
    let in_etc = config.path.as_place().is_some_and(|(place, _)| place == Place::Sysconf);
    let group = if config.is_secret() { service.group.clone() } else { "wheel".to_owned() };
    // What pkg makes without arguments: root:wheel, as it is in the stage directory.
    let (owner, group, mode) = match config.mode {
        0o644 => (String::new(), String::new(), String::new()),
        mode => ("root".to_owned(), group, format!("{mode:o}")),
    };
    let keyword = Keyword { name: "sample", owner, group, mode };
    let (installed, target) = if in_etc {
        (path.lit(".sample"), None)
    } else {
        (Text::token("ETCDIR").lit(format!("/{}.sample", file.path)), Some(path))
    };
    let entry = Entry { option: None, keyword: Some(keyword), path: installed.clone(), target };
    Some(Sample { installed, entry })
}

fn install(kind: FileKind, from: Text, to: Text) -> Vec<Line> {
    let command = match kind {
        FileKind::Data => "${INSTALL_DATA}",
        FileKind::Script => "${INSTALL_SCRIPT}",
        FileKind::Man => "${INSTALL_MAN}",
    };
    vec![make_directory(parent(&to)), Line { command, from: Some(from), to: Some(to), edit: None }]
}

fn make_directory(path: Text) -> Line {
    Line { command: "@${MKDIR}", to: Some(path), ..Line::default() }
}

fn parent(path: &Text) -> Text {
    let mut parts = path.parts().to_vec();
    if let Some(Part::Literal(last)) = parts.last_mut() {
        *last = last.rsplit_once('/').map_or_else(String::new, |(directory, _)| directory.to_owned());
    }
    parts.into_iter().fold(Text::new(), |mut text, part| {
        text.push(part);
        text
    })
}

/// Directories that the service owns; what lies deeper comes first, as pkg removes them in this order.
fn directories(port: &Port, service: &Service) -> (Vec<Entry>, Vec<Line>) {
    let spelling = Spelling::Ports(port);
    let path = |phrase: &Phrase| spelling.phrase(phrase, |_| Text::new());
    let mut all: Vec<(Text, u32)> = service.directories.iter().map(|one| (path(&one.path), one.mode)).collect();
    if logs(port, service) {
        all.push((spelling.place(Place::Log), 0o750));
    }
    let lines = all.iter().map(|(path, _)| make_directory(path.clone())).collect();
    all.sort_by_key(|(path, _)| std::cmp::Reverse(path.to_string()));
    let entries = all.into_iter().map(|(path, mode)| Entry {
        option: None,
        keyword: Some(Keyword {
            name: "dir",
            owner: service.user.clone(),
            group: service.group.clone(),
            mode: format!("{mode:o}"),
        }),
        path,
        target: None,
    });
    (entries.collect(), lines)
}

/// Whether the server writes log files of its own: its output goes to syslog.
fn logs(port: &Port, service: &Service) -> bool {
    let mentions = |phrase: &Phrase| phrase.0.contains(&crate::port::Piece::Place(Place::Log));
    let files = port.release.iter().flat_map(|release| &release.files);
    let own = files.filter_map(|file| match &file.from {
        FileSource::Own { text, .. } => Some(text),
        FileSource::Distribution(_) => None,
    });
    service.arguments.iter().chain(service.environment.values()).chain(own).any(mentions)
}

/// The command that makes a sample carry a setting.
fn edit(port: &Port, service: &Service, setting: &Setting) -> Option<Line> {
    let change = setting.edit.as_ref()?;
    let config = service.configs.iter().find(|config| config.id == setting.config)?;
    let release = port.release.as_ref()?;
    let found = release.files.iter().find_map(|file| {
        let wanted = (file.place, format!("/{}", file.path));
        let is = config.sample.as_ref()?.as_place() == Some((wanted.0, wanted.1.as_str()));
        is.then(|| sample(port, file)).flatten()
    })?;
    let regex: String =
        change.from.chars().flat_map(|c| (r"\.[]*^$,".contains(c).then_some('\\')).into_iter().chain([c])).collect();
    let to: String =
        change.to.chars().flat_map(|c| (r"\&,".contains(c).then_some('\\')).into_iter().chain([c])).collect();
    Some(Line {
        command: "${REINPLACE_CMD} -i ''",
        from: None,
        to: Some(found.installed),
        edit: Some(format!("s,^{regex}$,{to},")),
    })
}

impl Entry {
    fn file(path: Text, option: Option<String>) -> Self {
        Self { option, keyword: None, path, target: None }
    }
}

impl Target {
    /// A directory is made once.
    fn tidy(mut self) -> Self {
        let mut made: BTreeSet<Text> = BTreeSet::new();
        self.lines.retain(|line| {
            line.command != "@${MKDIR}" || line.to.as_ref().is_none_or(|directory| made.insert(directory.clone()))
        });
        self
    }
}

impl Plan {
    /// The files for `PLIST_FILES`, when there are too few, and too plain ones, for a pkg-plist (portlint).
    #[must_use]
    pub(super) fn short_plist(&self) -> Option<Vec<String>> {
        let plain = |entry: &Entry| entry.keyword.is_none() && entry.option.is_none();
        let short = self.plist.len() < 6 && self.plist.iter().all(plain);
        short.then(|| self.plist.iter().filter_map(|entry| entry.path.as_literal().map(ToOwned::to_owned)).collect())
    }

    /// Where a file is during the build; a text of the recipe becomes a file of the port.
    fn source(&mut self, port: &Port, from: &FileSource) -> Text {
        match from {
            FileSource::Distribution(path) => Text::token("WRKSRC").lit(format!("/{path}")),
            FileSource::Own { name, text } => {
                let text = Spelling::Ports(port).phrase(text, |_| Text::new());
                if text.as_literal().is_some() {
                    self.own.insert(name.clone(), text);
                    return Text::token("FILESDIR").lit(format!("/{name}"));
                }
                self.own.insert(format!("{name}.in"), text);
                self.sub_files.push(name.clone());
                Text::token("WRKDIR").lit(format!("/{name}"))
            }
        }
    }
}
