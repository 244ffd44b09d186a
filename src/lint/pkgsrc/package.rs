//! A package as lint sees it.
use std::collections::BTreeSet;
use std::sync::Arc;

use super::defaults;
use super::plist::Plist;
use super::rules;
use crate::finding::{Place, Source};
use crate::lint::Around;
use crate::lint::makefile::{Include, Included, Item, Makefile, Possible, Program};
use crate::lint::package::{Directory, Distinfo, Entry, Found, Out, Search};

/// A package as lint sees it.
pub(super) struct Package {
    pub(super) directory: Directory,
    pub(super) program: Program,
    pub(super) distinfo: Option<Distinfo>,
    pub(super) plist: Option<Plist>,
    /// It is built by lang/rust/cargo.mk.
    pub(super) cargo: bool,
    /// The crates that it lists.
    pub(super) crates: Vec<Entry>,
    /// There may be more of them.
    pub(super) crates_open: bool,
    /// What the main distfile and others can be called; nothing when that is not known.
    pub(super) distfiles: Option<BTreeSet<String>>,
    /// The lock and the manifest of what it builds, when they were looked for.
    pub(super) found: Option<Found>,
    pub(super) around: Around,
}

impl Package {
    /// Reads a directory. A makefile that cannot be read is said.
    pub(super) fn read(directory: Directory, around: &Around, out: &mut Out) -> Option<Self> {
        let Some(makefile) = directory.get("Makefile").and_then(Makefile::read).map(Arc::new) else {
            let message = "the Makefile is too large to be one of a package: it is not judged";
            out.say(&rules::TOO_LARGE, directory.place_of("Makefile"), message);
            return None;
        };
        let program =
            Program::new(&makefile, &|file, include, path| resolve(&directory, file, include, path), defaults::value);
        for place in directory.too_large() {
            out.say(&rules::TOO_LARGE, place, "the makefile is too large: what it sets is not known");
        }
        let cargo = program.includes.iter().any(|one| one.path.ends_with("lang/rust/cargo.mk"));
        let value = program.value("CARGO_CRATE_DEPENDS");
        let mut crates = Vec::new();
        let mut crates_open = value.open;
        for item in &value.items {
            match program.item(item).all() {
                Some(ids) => crates.extend(ids.iter().filter_map(|id| entry(item, id))),
                None => crates_open = true,
            }
        }
        let distinfo = directory.get("distinfo").map(Distinfo::read);
        let plist = directory.get("PLIST").map(Plist::read);
        let distfiles = distfiles(&program);
        Some(Self {
            directory,
            program,
            distinfo,
            plist,
            cargo,
            crates,
            crates_open,
            distfiles,
            found: None,
            around: around.clone(),
        })
    }

    /// The search for the lock of what it builds.
    pub(super) fn search(&self) -> Option<Search> {
        let names = || self.distfiles.iter().flatten().cloned().collect();
        self.cargo.then(|| Search::new(&self.directory, names(), &self.around))
    }

    /// The files below `files/` and where FILESDIR points.
    pub(super) fn file(&self, name: &str) -> Option<&Arc<Source>> {
        self.directory.get(&format!("files/{name}"))
    }

    /// The place of a variable's first assignment, or of the Makefile.
    pub(super) fn place_of(&self, name: &str) -> Place {
        self.program.assigned(name).first().map_or_else(|| self.directory.place_of("Makefile"), |one| one.place())
    }

    /// The words of a variable with what they can come to.
    pub(super) fn words(&self, name: &str) -> Vec<(Item, Possible)> {
        self.program.value(name).items.into_iter().map(|item| (item.clone(), self.program.item(&item))).collect()
    }

    /// All makefiles of the package itself.
    pub(super) fn makefiles(&self) -> impl Iterator<Item = &Arc<Makefile>> {
        self.program.files.iter().filter(|file| file.source.path.starts_with(&self.directory.path))
    }

    /// Whether its own makefiles have that text.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.program.files.iter().any(|file| file.source.text.contains(text))
    }
}

fn entry(item: &Item, id: &str) -> Option<Entry> {
    let (name, version) = Entry::split(id)?;
    Some(Entry {
        name: name.to_owned(),
        version: version.to_owned(),
        source: Arc::clone(&item.from.file.source),
        span: item.word.span.clone(),
    })
}

/// What is included: the package's own files, files of other packages when they are there, the framework.
fn resolve(directory: &Directory, file: &Makefile, include: &Include, path: &str) -> Included {
    if include.system {
        return Included::Framework;
    }
    let path = path.strip_prefix("${.CURDIR}/").or_else(|| path.strip_prefix("${.PARSEDIR}/")).unwrap_or(path);
    let from_tree = path.strip_prefix("../../").or_else(|| path.strip_prefix("${PKGSRCDIR}/"));
    let framework = from_tree.is_some_and(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        path.starts_with("mk/") || name.ends_with("buildlink3.mk") || name == "builtin.mk" || path.starts_with("lang/")
            // What packages let others include to build with them: tool.mk, extension.mk, version.mk, module.mk …
            || (name.strip_suffix(".mk").is_some() && !name.starts_with("Makefile") && !matches!(name, "options.mk" | "common.mk" | "distinfo.mk"))
    });
    if framework {
        return Included::Framework;
    }
    // BSD make looks beside the file that includes, too.
    let beside = file.source.path.parent().and_then(|parent| parent.strip_prefix(&directory.path).ok());
    let near = beside.and_then(|near| near.join(path).to_str().map(str::to_owned));
    match directory.makefile(path).or_else(|| near.and_then(|near| directory.makefile(&near))) {
        Some(makefile) => Included::File(makefile),
        None if include.optional => Included::Framework,
        None => Included::Unknown,
    }
}

/// The names of the distfiles but for the crates.
fn distfiles(program: &Program) -> Option<BTreeSet<String>> {
    let value = program.value("DISTFILES");
    // Frameworks of languages and of checkouts (gem.mk, git-package.mk) have distfiles, and suffixes, of their own.
    let foreign = program.includes.iter().any(|one| {
        let plain = ["rust", "go", "python", "perl5"].iter().any(|name| one.path.contains(&format!("/lang/{name}/")));
        let languages = one.path.contains("/lang/") && !plain;
        let checkouts = one.path.ends_with("-package.mk");
        // What a package lets others include can set DIST_SUBDIR.
        let package = one.path.strip_prefix("../../").is_some_and(|path| {
            ["mk/", "lang/"].iter().all(|start| !path.starts_with(start)) && !path.ends_with("/builtin.mk")
        });
        (languages || checkouts || package) && !one.path.ends_with("buildlink3.mk")
    });
    // PKGNAME in DISTNAME has the revision, too.
    let revised = program.is_assigned("PKGREVISION")
        && program.assigned("DISTNAME").iter().any(|one| one.file.text(&one.assign.value).contains("${PKGNAME}"));
    if value.open || foreign || revised {
        return None;
    }
    let mut names = BTreeSet::new();
    // With `DISTFILES+=` under a condition the main archive need not be among them.
    if !program.is_assigned("DISTFILES") {
        let default = program.possible("DEFAULT_DISTFILES");
        // A name that depends on a condition has one digest for each case, or the condition makes it none.
        names.insert(default.only()?.to_owned());
    }
    for item in &value.items {
        for text in program.item(item).all()? {
            names.extend(text.split_whitespace().map(str::to_owned));
        }
    }
    names.extend(submodules(program)?);
    Some(names)
}

/// `GITHUB_SUBMODULES`: groups of user, project, tag and directory (mk/fetch/github.mk).
fn submodules(program: &Program) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for item in program.value("GITHUB_SUBMODULES").items {
        words.extend(program.item(&item).only()?.split_whitespace().map(str::to_owned));
    }
    Some(
        words
            .chunks(4)
            .filter(|one| one.len() == 4)
            .map(|one| format!("{}-{}-{}.tar.gz", one[0], one[1], one[2]))
            .collect(),
    )
}
