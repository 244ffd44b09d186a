//! A port as lint sees it.
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
    pub(super) program: Program,
    pub(super) distinfo: Option<Distinfo>,
    pub(super) plists: Vec<Plist>,
    /// devel/cargo is among its modules.
    pub(super) cargo: bool,
    /// The crates that it lists.
    pub(super) crates: Vec<Entry>,
    /// There may be more of them.
    pub(super) crates_open: bool,
    /// Words of `MODCARGO_CRATES` that are no pair.
    pub(super) odd: Vec<Item>,
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
        // bsd.port.mk reads Makefile.inc of the directory above before anything of the port's is used.
        let above = directory.makefile("../Makefile.inc");
        let program = Program::new(
            &makefile,
            &|_, include, path| resolve(&directory, above.as_ref(), include, path),
            defaults::value,
        );
        for place in directory.too_large() {
            out.say(&rules::TOO_LARGE, place, "the makefile is too large: what it sets is not known");
        }
        let modules = program.value("MODULES");
        let cargo = modules.items.iter().any(|item| item.word.text == "devel/cargo");
        let (crates, crates_open, odd) = crates(&program);
        let distinfo = directory.get("distinfo").map(Distinfo::read);
        let is_list = |name: &str| name.starts_with("PLIST") || name.starts_with("PFRAG");
        let plists = directory.below("pkg").filter(|(name, _)| is_list(name)).map(|(_, source)| Plist::read(source));
        let plists = plists.collect();
        let mut package = Self {
            directory,
            program,
            distinfo,
            plists,
            cargo,
            crates,
            crates_open,
            odd,
            found: None,
            around: around.clone(),
        };
        if cargo {
            package.found = Search::new(&package.directory, package.archives(), around).look();
        }
        Some(package)
    }

    /// What the main distfile can be called: all that distinfo has beside crates.
    fn archives(&self) -> Vec<String> {
        let Some(distinfo) = &self.distinfo else { return Vec::new() };
        distinfo.by_file().keys().filter(|file| !file.starts_with("cargo/")).map(|file| (*file).to_owned()).collect()
    }

    /// The words of a variable with what they can come to.
    pub(super) fn words(&self, name: &str) -> Vec<(Item, Possible)> {
        self.program.value(name).items.into_iter().map(|item| (item.clone(), self.program.item(&item))).collect()
    }

    /// Whether a list, whatever its subpackage, can have such a word.
    pub(super) fn lists(&self, variable: &str, is: impl Fn(&str) -> bool) -> bool {
        let start = format!("{variable}-");
        let names: Vec<String> = self
            .program
            .names()
            .filter(|name| *name == variable || name.starts_with(&start))
            .map(str::to_owned)
            .collect();
        names.iter().any(|name| {
            self.words(name).iter().any(|(_, possible)| possible.any(|text| text.split_whitespace().any(&is)))
        })
    }

    /// The place of a variable's first assignment, or of the Makefile.
    pub(super) fn place_of(&self, name: &str) -> Place {
        self.program.assigned(name).first().map_or_else(|| self.directory.place_of("Makefile"), |one| one.place())
    }
}

/// `MODCARGO_CRATES`: pairs of name and version.
fn crates(program: &Program) -> (Vec<Entry>, bool, Vec<Item>) {
    let value = program.value("MODCARGO_CRATES");
    let mut crates = Vec::new();
    let mut odd = Vec::new();
    let mut open = value.open;
    let mut items = value.items.into_iter().peekable();
    while let Some(name) = items.next() {
        // A pair stands in one assignment.
        let Some(version) = items.next_if(|one| Arc::ptr_eq(&one.from, &name.from)) else {
            odd.push(name);
            continue;
        };
        let texts = (program.item(&name), program.item(&version));
        match (texts.0.only(), texts.1.only()) {
            (Some(id), Some(number)) if semver::Version::parse(number).is_ok() => crates.push(Entry {
                name: id.to_owned(),
                version: number.to_owned(),
                source: Arc::clone(&name.from.file.source),
                span: name.word.span.start..version.word.span.end,
            }),
            (Some(_), Some(_)) => odd.push(version),
            _ => open = true,
        }
    }
    (crates, open, odd)
}

fn resolve(directory: &Directory, above: Option<&Arc<Makefile>>, include: &Include, path: &str) -> Included {
    if include.system {
        return match above {
            Some(above) if path == "bsd.port.mk" => Included::File(Arc::clone(above)),
            _ => Included::Framework,
        };
    }
    let near = path.strip_prefix("${.CURDIR}/").unwrap_or(path);
    match directory.makefile(near) {
        Some(makefile) => Included::File(makefile),
        None if include.optional => Included::Framework,
        None => Included::Unknown,
    }
}
