//! A port as lint sees it.
use std::cell::Cell;
use std::sync::Arc;

use super::plist::Plist;
use super::{defaults, rules};
use crate::finding::Place;
use crate::lint::Around;
use crate::lint::makefile::{Include, Included, Item, Makefile, Possible, Program};
use crate::lint::package::{Directory, Distinfo, Entry, Found, Out, Search};

/// A port as lint sees it.
pub(super) struct Package {
    pub(super) directory: Directory,
    pub(super) makefile: Arc<Makefile>,
    pub(super) program: Program,
    pub(super) distinfo: Option<Distinfo>,
    pub(super) plist: Option<Plist>,
    /// `cargo` is among its USES.
    pub(super) cargo: bool,
    /// It has another port's Makefile in it.
    pub(super) slave: bool,
    /// The crates of the registry that it lists.
    pub(super) crates: Vec<Entry>,
    /// Crates from git, as they stand.
    pub(super) from_git: Vec<Item>,
    /// Words of `CARGO_CRATES` that are neither.
    pub(super) odd: Vec<Item>,
    /// There may be more crates.
    pub(super) crates_open: bool,
    /// The lock of what it builds.
    pub(super) found: Option<Found>,
    pub(super) around: Around,
}

impl Package {
    /// Reads a directory. A makefile that cannot be read is said.
    pub(super) fn read(directory: Directory, around: &Around, out: &mut Out) -> Option<Self> {
        let Some(makefile) = directory.get("Makefile").and_then(Makefile::read).map(Arc::new) else {
            let message = "the Makefile is too large to be one of a port: it is not judged";
            out.say(&rules::TOO_LARGE, directory.place_of("Makefile"), message);
            return None;
        };
        // cargo.mk reads Makefile.crates where bsd.port.mk or bsd.port.pre.mk is included, whichever comes first.
        let crates_list = directory.makefile("Makefile.crates");
        let taken = Cell::new(false);
        let program = Program::new(
            &makefile,
            &|_, include, path| resolve(&directory, crates_list.as_ref(), &taken, include, path),
            defaults::value,
        );
        for place in directory.too_large() {
            out.say(&rules::TOO_LARGE, place, "the makefile is too large: what it sets is not known");
        }
        let slave = makefile.includes().iter().any(|(include, _)| include.path.starts_with("${MASTERDIR}"));
        let cargo = uses(&program).iter().any(|word| word.split(':').next() == Some("cargo"));
        let mut package = Self {
            distinfo: directory.get("distinfo").map(Distinfo::read),
            plist: directory.get("pkg-plist").map(Plist::read),
            directory,
            makefile,
            program,
            cargo,
            slave,
            crates: Vec::new(),
            from_git: Vec::new(),
            odd: Vec::new(),
            crates_open: false,
            found: None,
            around: around.clone(),
        };
        package.read_crates();
        if package.cargo {
            package.found = Search::new(&package.directory, package.archives(), around).look();
        }
        Some(package)
    }

    fn read_crates(&mut self) {
        let value = self.program.value("CARGO_CRATES");
        self.crates_open = value.open;
        for item in value.items {
            let Some(text) = self.program.item(&item).only().map(str::to_owned) else {
                self.crates_open = true;
                continue;
            };
            if text.contains("@git+") {
                self.from_git.push(item);
            } else if let Some((name, version)) = Entry::split(&text) {
                self.crates.push(Entry {
                    name: name.to_owned(),
                    version: version.to_owned(),
                    source: Arc::clone(&item.from.file.source),
                    span: item.word.span.clone(),
                });
            } else {
                self.odd.push(item);
            }
        }
    }

    /// What the main distfile can be called: all that distinfo has beside crates.
    fn archives(&self) -> Vec<String> {
        let Some(distinfo) = &self.distinfo else { return Vec::new() };
        distinfo
            .by_file()
            .keys()
            .filter(|file| !file.starts_with("rust/crates/"))
            .map(|file| (*file).to_owned())
            .collect()
    }

    /// The words of a variable with what they can come to.
    pub(super) fn words(&self, name: &str) -> Vec<(Item, Possible)> {
        self.program.value(name).items.into_iter().map(|item| (item.clone(), self.program.item(&item))).collect()
    }

    /// All that a list can have.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let possible = self.words(name).into_iter().flat_map(|(_, possible)| possible.values);
        possible.flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    /// USES, those of options among them.
    pub(super) fn uses(&self) -> Vec<String> {
        uses(&self.program)
    }

    /// The options that it declares, in whatever kind of group.
    pub(super) fn options(&self) -> Vec<(String, Item)> {
        let kinds = ["OPTIONS_DEFINE", "OPTIONS_SINGLE_", "OPTIONS_RADIO_", "OPTIONS_MULTI_", "OPTIONS_GROUP_"];
        let declares = |name: &str| {
            kinds.iter().any(|kind| {
                if kind.ends_with('_') {
                    name.starts_with(kind)
                } else {
                    name == *kind || name.starts_with("OPTIONS_DEFINE_")
                }
            })
        };
        let names: Vec<String> = self.program.names().filter(|name| declares(name)).map(str::to_owned).collect();
        let mut options = Vec::new();
        for name in names {
            for (item, possible) in self.words(&name) {
                let words = possible.values.iter().flat_map(|text| text.split_whitespace());
                options.extend(words.map(|word| (word.to_owned(), item.clone())));
            }
        }
        options
    }

    /// The place of a variable's first assignment, or of the Makefile.
    pub(super) fn place_of(&self, name: &str) -> Place {
        self.program.assigned(name).first().map_or_else(|| self.directory.place_of("Makefile"), |one| one.place())
    }
}

fn uses(program: &Program) -> Vec<String> {
    let is_uses = |name: &str| name == "USES" || name.ends_with("_USES");
    let names: Vec<String> = program.names().filter(|name| is_uses(name)).map(str::to_owned).collect();
    let items = names.iter().flat_map(|name| program.value(name).items);
    items.map(|item| item.word.text).collect()
}

fn resolve(
    directory: &Directory,
    crates: Option<&Arc<Makefile>>,
    taken: &Cell<bool>,
    include: &Include,
    path: &str,
) -> Included {
    if include.system {
        let first = matches!(path, "bsd.port.mk" | "bsd.port.pre.mk") && !taken.replace(true);
        return match crates {
            Some(crates) if first => Included::File(Arc::clone(crates)),
            _ => Included::Framework,
        };
    }
    let near = ["${.CURDIR}/", "${.PARSEDIR}/"].iter().find_map(|start| path.strip_prefix(start)).unwrap_or(path);
    match directory.makefile(near) {
        Some(makefile) => Included::File(makefile),
        None if include.optional => Included::Framework,
        None => Included::Unknown,
    }
}
