//! What do-install does, and the files that come of it.
use std::collections::BTreeSet;

use serde::Serialize;

use super::conditions::When;
use super::spelling::Spelling;
use crate::emit::dialect::Text;
use crate::port::{FileKind, FileSource, Piece, Place, Port, Release};

/// Everything that is installed.
#[derive(Debug)]
pub(super) struct Plan {
    /// Commands of do-install, in blocks of one condition each.
    pub(super) blocks: Vec<Block>,
    /// The files and directories that come of them.
    pub(super) entries: Vec<Entry>,
}

/// Commands that run under one condition.
#[derive(Debug, Serialize)]
pub(super) struct Block {
    condition: Option<String>,
    commands: Vec<Command>,
}

/// A command: words that make and the shell take as they are, then arguments.
#[derive(Debug, Serialize)]
pub(super) struct Command {
    program: &'static str,
    arguments: Vec<Text>,
}

/// A file or directory below the prefix.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What stands before the path, with its blank.
    pub(super) keyword: &'static str,
    /// Directories end in a slash.
    pub(super) path: String,
    /// When it is there.
    pub(super) when: When,
}

/// Plans the installation.
pub(super) fn plan(port: &Port, release: &Release) -> Plan {
    let mut planner = Planner { port, made: BTreeSet::new(), parts: Vec::new(), entries: Vec::new() };
    for binary in &release.binaries {
        let from = Text::token("MODCARGO_TARGET_DIR").lit(format!("/release/{}", binary.name));
        planner.file("${INSTALL_PROGRAM}", "@bin ", from, binary.place, &binary.name, &binary.name, &When::Always);
    }
    for file in &release.files {
        let when = When::of(file.option.as_deref(), port);
        if when == When::Never {
            continue;
        }
        let (from, source, subst) = source(&file.from);
        let (command, keyword) = match (file.kind, subst) {
            (FileKind::Man, _) => ("${INSTALL_MAN}", "@man "),
            (FileKind::Script, _) => ("${INSTALL_SCRIPT}", ""),
            (FileKind::Data, true) => ("${SUBST_DATA}", ""),
            (FileKind::Data, false) => ("${INSTALL_DATA}", ""),
        };
        // ${SUBST_DATA} copies to a file, not into a directory.
        let source = if subst { String::new() } else { source };
        planner.file(command, keyword, from, file.place, &file.path, &source, &when);
    }
    for link in &release.links {
        let when = When::of(link.option.as_deref(), port);
        if when == When::Never {
            continue;
        }
        let directory = format!("{}/bin", below(Place::Libexec, port));
        // Relative: it survives another root and another prefix.
        let target = format!("{}bin/{}", "../".repeat(directory.split('/').count()), link.file);
        planner.directory(&directory, &when);
        let path = format!("{directory}/{}", link.name);
        let to = Text::token("PREFIX").lit(format!("/{path}"));
        planner.command(&when, "ln -s", vec![Text::new().lit(target), to]);
        planner.entry("", path, when);
    }
    planner.edits(release);
    Plan { blocks: blocks(planner.parts), entries: planner.entries }
}

fn below(place: Place, port: &Port) -> String {
    place.below_prefix(&port.profile.paths, &port.name).unwrap_or_default()
}

/// Where a file is during the build, its name there, and whether names are filled in.
fn source(from: &FileSource) -> (Text, String, bool) {
    match from {
        FileSource::Distribution(path) => {
            let base = path.rsplit('/').next().unwrap_or(path).to_owned();
            (Text::token("WRKSRC").lit(format!("/{path}")), base, false)
        }
        FileSource::Own { name, text } => {
            let subst = text.0.iter().any(|piece| matches!(piece, Piece::Place(_)));
            (Text::token("FILESDIR").lit(format!("/{name}")), name.clone(), subst)
        }
    }
}

struct Planner<'a> {
    port: &'a Port,
    /// Directories that are made already, with the condition.
    made: BTreeSet<(When, String)>,
    parts: Vec<(When, Command)>,
    entries: Vec<Entry>,
}

impl Planner<'_> {
    #[expect(clippy::too_many_arguments, reason = "what an install command and a line of PLIST are made of")]
    fn file(
        &mut self,
        command: &'static str,
        keyword: &'static str,
        from: Text,
        place: Place,
        path: &str,
        source: &str,
        when: &When,
    ) {
        let root = below(place, self.port);
        let full = if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") };
        let (directory, target) = full.rsplit_once('/').unwrap_or(("", &full));
        self.directory(directory, when);
        let to = Text::token("PREFIX").lit(format!("/{directory}/"));
        let last = self.parts.last_mut().filter(|(condition, last)| condition == when && last.program == command);
        match last {
            // One command for files that keep their names and go where the last one went.
            Some((_, last)) if target == source && last.arguments.last() == Some(&to) => {
                last.arguments.insert(last.arguments.len() - 1, from);
            }
            _ => {
                let to = if target == source { to } else { to.lit(target) };
                self.command(when, command, vec![from, to]);
            }
        }
        self.entry(keyword, full.clone(), when.clone());
    }

    /// Makes a directory that is not there already, with those above it.
    fn directory(&mut self, directory: &str, when: &When) {
        let there = |path: &str| self.port.profile.tree_directories.iter().any(|known| known == path);
        if there(directory) || self.made.contains(&(When::Always, directory.to_owned())) {
            return;
        }
        let mut new = Vec::new();
        let mut path = directory;
        while !path.is_empty() && !there(path) && self.made.insert((when.clone(), path.to_owned())) {
            new.push(format!("{path}/"));
            path = path.rsplit_once('/').map_or("", |(above, _)| above);
        }
        if !new.is_empty() {
            let to = Text::token("PREFIX").lit(format!("/{directory}"));
            self.command(when, "${INSTALL_DATA_DIR}", vec![to]);
        }
        for path in new {
            self.entry("", path, when.clone());
        }
    }

    fn command(&mut self, when: &When, program: &'static str, arguments: Vec<Text>) {
        self.parts.push((when.clone(), Command { program, arguments }));
    }

    fn entry(&mut self, keyword: &'static str, path: String, when: When) {
        self.entries.push(Entry { keyword, path, when });
    }

    /// Lines of samples that options change.
    fn edits(&mut self, release: &Release) {
        let port = self.port;
        let Some(service) = &port.service else { return };
        for option in port.options.iter().filter(|option| option.broken.is_none()) {
            let when = When::of(Some(&option.name), port);
            for setting in &option.settings {
                let config = service.configs.iter().find(|config| config.id == setting.config);
                let sample = config.and_then(|config| config.sample.as_ref()).and_then(|sample| sample.as_place());
                let (Some(edit), Some((place, rest))) = (&setting.edit, sample) else { continue };
                let installed =
                    |file: &crate::port::Installed| file.place == place && file.path == rest.trim_start_matches('/');
                if !release.files.iter().any(installed) {
                    continue;
                }
                let script = format!("s,^{}$,{},", basic_regex(&edit.from), replacement(&edit.to));
                let file = Spelling::STAGED.place(place, port).lit(rest);
                self.command(&when, "sed -i", vec![Text::new().lit(script), file]);
            }
        }
    }
}

/// Neighbours with one condition share a block.
fn blocks(parts: Vec<(When, Command)>) -> Vec<Block> {
    let mut blocks: Vec<(When, Block)> = Vec::new();
    for (when, command) in parts {
        match blocks.last_mut() {
            Some((last, block)) if *last == when => block.commands.push(command),
            _ => {
                let block = Block { condition: when.condition(), commands: vec![command] };
                blocks.push((when, block));
            }
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}

fn basic_regex(line: &str) -> String {
    line.chars().flat_map(|c| (r"\.[]*^$,".contains(c).then_some('\\')).into_iter().chain([c])).collect()
}

fn replacement(line: &str) -> String {
    line.chars().flat_map(|c| (r"\&,".contains(c).then_some('\\')).into_iter().chain([c])).collect()
}
