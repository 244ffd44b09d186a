//! The directory of a package.
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::makefile::{LARGEST, Makefile};

/// The directory of a package with all its files that are text.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// By their path in it.
    pub(crate) files: BTreeMap<String, Arc<Source>>,
    /// Makefiles that were read, by their path: what is included twice is one makefile.
    makefiles: RefCell<BTreeMap<String, Option<Arc<Makefile>>>>,
}

impl Directory {
    /// A file of it.
    pub(crate) fn get(&self, name: &str) -> Option<&Arc<Source>> {
        self.files.get(name)
    }

    /// The directory as a place.
    pub(crate) fn place(&self) -> Place {
        Place::File(Arc::from(self.path.as_path()))
    }

    /// A file of it as a place.
    pub(crate) fn place_of(&self, name: &str) -> Place {
        Place::File(Arc::from(self.path.join(name).as_path()))
    }

    /// The files below a directory of it, by their path there.
    pub(crate) fn below<'a>(&'a self, directory: &'a str) -> impl Iterator<Item = (&'a str, &'a Arc<Source>)> {
        self.files
            .iter()
            .filter_map(move |(name, source)| Some((name.strip_prefix(directory)?.strip_prefix('/')?, source)))
    }

    /// A makefile of it, or beside it on the disk; `path` is as from the directory.
    pub(crate) fn makefile(&self, path: &str) -> Option<Arc<Makefile>> {
        let path = path.trim_start_matches("./");
        if let Some(makefile) = self.makefiles.borrow().get(path) {
            return makefile.clone();
        }
        let source = self.files.get(path).cloned().or_else(|| read(&self.path.join(path)));
        let makefile = source.and_then(|source| Makefile::read(&source)).map(Arc::new);
        self.makefiles.borrow_mut().insert(path.to_owned(), makefile.clone());
        makefile
    }

    /// The makefiles of it that were asked for, and are too large.
    pub(crate) fn too_large(&self) -> Vec<Place> {
        let asked = self.makefiles.borrow();
        let large = asked.iter().filter(|(path, makefile)| makefile.is_none() && self.files.contains_key(*path));
        large.map(|(path, _)| self.place_of(path)).collect()
    }
}

/// A makefile that was not given, but is there.
fn read(path: &Path) -> Option<Arc<Source>> {
    let size = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?.len();
    if size > LARGEST as u64 {
        return None;
    }
    std::fs::read_to_string(path).ok().map(|text| Arc::new(Source::new(path, text)))
}

/// The files by package: each belongs to the nearest directory above it that has a makefile of a package.
pub(crate) fn directories(files: &[Arc<Source>], is_package: impl Fn(&Path, &str) -> bool) -> Vec<Directory> {
    let mut found: BTreeMap<PathBuf, Directory> = BTreeMap::new();
    for source in files.iter().filter(|source| source.path.file_name().is_some_and(|name| name == "Makefile")) {
        if is_package(&source.path, &source.text) {
            let path = source.path.parent().unwrap_or(Path::new("")).to_owned();
            found.insert(path.clone(), Directory { path, ..Directory::default() });
        }
    }
    for source in files {
        let Some(path) = source.path.ancestors().skip(1).find(|above| found.contains_key(*above)) else { continue };
        let name = source.path.strip_prefix(path).ok().and_then(Path::to_str).map(str::to_owned);
        if let (Some(name), Some(directory)) = (name, found.get_mut(path)) {
            directory.files.insert(name, Arc::clone(source));
        }
    }
    found.into_values().collect()
}
