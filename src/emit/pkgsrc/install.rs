//! What do-install does, and the PLIST that follows from it.
use std::collections::BTreeSet;

use serde::Serialize;

use super::readme;
use crate::emit::Names;
use crate::emit::dialect::Text;
use crate::port::family::Family;
use crate::port::{FileKind, FileSource, Phrase, Piece, Place};

/// The suffix of copies in which paths are filled in; upstream may have a file of the same name.
const FILLED_IN: &str = ".pkgsrc";
/// What the admin must know.
pub(super) const README: &str = "README.pkgsrc";

/// Everything that is installed.
#[derive(Debug)]
pub(super) struct Plan {
    /// Lines of do-install.
    pub(super) lines: Vec<Line>,
    /// Directories that must be there before.
    pub(super) directories: Vec<Text>,
    /// Files of the package in which paths are filled in: name in files/, name in `${WRKSRC}`.
    pub(super) copies: Vec<Copy>,
    /// Names that are filled in.
    pub(super) vars: BTreeSet<String>,
    entries: Vec<Entry>,
}

/// A line of do-install.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    command: &'static str,
    from: Text,
    to: Text,
    link: Option<Text>,
    option: Option<String>,
}

/// A file of the package in which paths are filled in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Copy {
    from: String,
    /// Below `${WRKSRC}`.
    pub(super) to: String,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    path: String,
    option: Option<String>,
}

/// The context of the PLIST template.
#[derive(Debug, Serialize)]
pub(super) struct Plist {
    lines: Vec<Entry>,
}

/// Plans the installation.
///
/// # Panics
/// Never: it is called with a release.
#[must_use]
pub(super) fn plan(family: &Family, names: &Names) -> Plan {
    let mut plan = Plan {
        lines: Vec::new(),
        directories: Vec::new(),
        copies: Vec::new(),
        vars: BTreeSet::new(),
        entries: Vec::new(),
    };
    let Some(release) = &family.port.release else { return plan };
    let name = &family.port.name;
    let paths = &family.port.profile.paths;
    let mut directories: BTreeSet<String> = BTreeSet::new();
    let tree_option = |option: &Option<String>| {
        option
            .as_ref()
            .map(|wanted| family.option(wanted).map_or_else(|| wanted.clone(), |one| one.option.tree_name.clone()))
    };
    for binary in &release.binaries {
        let directory = binary.place.below_prefix(paths, name).unwrap_or_default();
        let from = Text::token("WRKSRC").lit(format!("/target/release/{}", binary.name));
        plan.put("${INSTALL_PROGRAM}", from, &directory, &binary.name, &binary.name, None);
        directories.insert(directory);
    }
    for file in &release.files {
        let option = tree_option(&file.option);
        let below = file.place.below_prefix(paths, name).unwrap_or_default();
        let full = if below.is_empty() { file.path.clone() } else { format!("{below}/{}", file.path) };
        let (directory, target) = full.rsplit_once('/').unwrap_or(("", &full));
        let (from, source) = plan.source(&file.from, names);
        let command = match file.kind {
            FileKind::Data => "${INSTALL_DATA}",
            FileKind::Script => "${INSTALL_SCRIPT}",
            FileKind::Man => "${INSTALL_MAN}",
        };
        plan.put(command, from, directory, target, &source, option);
        directories.insert(directory.to_owned());
    }
    let doc = Place::Doc.below_prefix(paths, name).unwrap_or_default();
    let vars = readme::vars(family, release, names);
    // mk/subst.mk takes a file in which nothing changes for an error.
    let from = if vars.is_empty() {
        Text::token("FILESDIR")
    } else {
        plan.copies.push(Copy { from: README.to_owned(), to: README.to_owned() });
        Text::token("WRKSRC")
    };
    plan.vars.extend(vars);
    plan.put("${INSTALL_DATA}", from.lit(format!("/{README}")), &doc, README, README, None);
    directories.insert(doc);
    for link in &release.links {
        let directory = format!("{}/bin", Place::Libexec.below_prefix(paths, name).unwrap_or_default());
        let option = tree_option(&link.option);
        // Relative: it survives DESTDIR and another prefix.
        let up = "../".repeat(directory.split('/').count());
        plan.entries.push(Entry { path: format!("{directory}/{}", link.name), option: option.clone() });
        plan.lines.push(Line {
            command: "",
            from: Text::new(),
            to: Text::token("PREFIX").lit(format!("/{directory}/{}", link.name)),
            link: Some(Text::new().lit(format!("{up}bin/{}", link.file))),
            option,
        });
        directories.insert(directory);
    }
    plan.directories = directories.iter().map(|directory| with_mandir(directory)).collect();
    plan.entries.sort();
    plan
}

/// `man/…` is `${PKGMANDIR}/…` in makefiles.
fn with_mandir(path: &str) -> Text {
    match path.strip_prefix("man/") {
        Some(rest) => Text::token("PKGMANDIR").lit(format!("/{rest}")),
        None => Text::new().lit(path),
    }
}

impl Plan {
    fn put(
        &mut self,
        command: &'static str,
        from: Text,
        directory: &str,
        target: &str,
        source: &str,
        option: Option<String>,
    ) {
        let mut to = Text::token("PREFIX").lit("/").text(&with_mandir(directory));
        if target != source {
            to = to.lit(format!("/{target}"));
        }
        self.entries.push(Entry { path: format!("{directory}/{target}"), option: option.clone() });
        self.lines.push(Line { command, from, to, link: None, option });
    }

    /// Where a file is during the build, and its name there.
    fn source(&mut self, from: &FileSource, names: &Names) -> (Text, String) {
        match from {
            FileSource::Distribution(path) => {
                let base = path.rsplit('/').next().unwrap_or(path).to_owned();
                (Text::token("WRKSRC").lit(format!("/{path}")), base)
            }
            FileSource::Own { name, text } => {
                let tokens = tokens(text, names);
                if tokens.is_empty() {
                    return (Text::token("FILESDIR").lit(format!("/{name}")), name.clone());
                }
                self.vars.extend(tokens);
                let copy = format!("{name}{FILLED_IN}");
                self.copies.push(Copy { from: name.clone(), to: copy.clone() });
                (Text::token("WRKSRC").lit(format!("/{copy}")), copy)
            }
        }
    }

    /// The context of the PLIST template, with the recipe's own lines.
    #[must_use]
    pub(super) fn plist(&self, additions: &[String]) -> Plist {
        let mut lines = self.entries.clone();
        lines.extend(additions.iter().map(|path| Entry { path: path.clone(), option: None }));
        lines.sort();
        lines.dedup();
        Plist { lines }
    }

    /// Tree names of the options that PLIST asks for, sorted.
    #[must_use]
    pub(super) fn options(&self) -> BTreeSet<&str> {
        self.entries.iter().filter_map(|entry| entry.option.as_deref()).collect()
    }
}

/// Names that must be filled in in a text.
fn tokens(text: &Phrase, names: &Names) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in &text.0 {
        if let Piece::Place(place) = piece {
            found.extend(token_names(&names.place(*place)));
        }
    }
    found
}

/// Names of the tokens in a text.
pub(super) fn token_names(text: &Text) -> Vec<String> {
    use crate::emit::dialect::Part;
    let names = text.parts().iter().filter_map(|part| match part {
        Part::Token(name) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}
