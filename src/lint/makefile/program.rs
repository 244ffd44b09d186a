//! A makefile with what it includes: what it sets, and in which order.
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Makefile;
use super::possible::Possible;
use super::statement::{Assign, For, Include, Statement, Target};
use super::words::Word;
use crate::finding::Place;

/// Deeper than this, files include each other.
const DEEPEST: usize = 12;
/// Loops run as often as this at most, all together.
const MOST_ROUNDS: usize = 4096;
/// Statements that are taken at most, all together: loops in loops multiply them.
const MOST_TAKEN: usize = 1 << 16;
/// A file is read as often as this at most.
const MOST_OFTEN: usize = 16;

/// What is included.
pub enum Included {
    /// A file of packages.
    File(Arc<Makefile>),
    /// A file of the ports tree's own framework, which sets nothing that a package does not expect.
    Framework,
    /// Something that cannot be read: it may set anything.
    Unknown,
}

/// An assignment as the program meets it.
#[derive(Clone, Debug)]
pub struct Assigned {
    /// The file that it is in.
    pub file: Arc<Makefile>,
    /// The assignment.
    pub assign: Assign,
    /// The variables of the loops around it.
    pub bindings: Vec<(String, String)>,
    /// It always happens: there is no conditional around it.
    pub sure: bool,
}

/// A target as the program meets it.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The file that it is in.
    pub file: Arc<Makefile>,
    /// The target.
    pub target: Target,
    /// There is no conditional around it.
    pub sure: bool,
}

/// An inclusion as the program meets it.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The file that it is in.
    pub file: Arc<Makefile>,
    /// The inclusion.
    pub include: Include,
    /// Its path with what is known filled in.
    pub path: String,
    /// There is no conditional around it.
    pub sure: bool,
}

/// A word of a variable.
#[derive(Clone, Debug)]
pub struct Item {
    /// As it stands.
    pub word: Word,
    /// The assignment.
    pub from: Arc<Assigned>,
    /// It is always there.
    pub sure: bool,
}

impl Item {
    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Place {
        self.from.file.place(self.word.span.clone())
    }
}

/// The words of a variable.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// Those that are there, or can be.
    pub items: Vec<Item>,
    /// There may be others.
    pub open: bool,
}

/// What the framework sets when a package does not.
pub(crate) type Defaults = fn(&Program, &str) -> Option<Possible>;

/// A makefile with what it includes.
pub struct Program {
    assigned: BTreeMap<String, Vec<Arc<Assigned>>>,
    /// Assignments whose name is not known.
    pub unnamed: Vec<Arc<Assigned>>,
    /// All targets, in order.
    pub targets: Vec<Reached>,
    /// All inclusions, in order.
    pub includes: Vec<Taken>,
    /// All files, in the order in which they are first read.
    pub files: Vec<Arc<Makefile>>,
    /// Something is included that cannot be read: it may set anything.
    pub open: bool,
    pub(super) defaults: Defaults,
    rounds: usize,
    taken: usize,
    /// The files that are being read, each included by the one before.
    reading: Vec<Arc<Makefile>>,
    /// How often each file was read, by its address.
    often: BTreeMap<usize, usize>,
    /// How many references were followed for the answer that is being worked out.
    pub(super) steps: Cell<usize>,
    /// The variables whose values are being worked out, each with what it is by then.
    pub(super) within: RefCell<Vec<(String, Possible)>>,
}

/// Finds what is included: the file with the inclusion, the inclusion, and its path with what is known filled in.
pub(crate) type Resolve<'a> = &'a dyn Fn(&Makefile, &Include, &str) -> Included;

impl Program {
    /// Reads `first` and what it includes.
    #[must_use]
    pub fn new(first: &Arc<Makefile>, resolve: Resolve<'_>, defaults: Defaults) -> Self {
        let mut program = Self {
            assigned: BTreeMap::new(),
            unnamed: Vec::new(),
            targets: Vec::new(),
            includes: Vec::new(),
            files: Vec::new(),
            open: false,
            defaults,
            rounds: 0,
            taken: 0,
            reading: Vec::new(),
            often: BTreeMap::new(),
            steps: Cell::new(0),
            within: RefCell::new(Vec::new()),
        };
        program.take_file(first, resolve, &[], true, 0);
        program
    }

    fn take_file(
        &mut self,
        file: &Arc<Makefile>,
        resolve: Resolve<'_>,
        bindings: &[(String, String)],
        sure: bool,
        depth: usize,
    ) {
        // A file that includes itself does so within a condition that does not hold the second time, or make never ends.
        let often = self.often.entry(Arc::as_ptr(file).addr()).or_default();
        *often += 1;
        if *often > MOST_OFTEN || self.reading.iter().any(|one| Arc::ptr_eq(one, file)) {
            self.open = true;
            return;
        }
        if !self.files.iter().any(|one| Arc::ptr_eq(one, file)) {
            self.files.push(Arc::clone(file));
        }
        self.reading.push(Arc::clone(file));
        self.take(file, &file.statements, resolve, bindings, sure, depth);
        self.reading.pop();
    }

    fn take(
        &mut self,
        file: &Arc<Makefile>,
        statements: &[Statement],
        resolve: Resolve<'_>,
        bindings: &[(String, String)],
        sure: bool,
        depth: usize,
    ) {
        for statement in statements {
            self.taken += 1;
            if self.taken > MOST_TAKEN {
                self.open = true;
                return;
            }
            match statement {
                Statement::Assign(assign) => {
                    let assigned = Arc::new(Assigned {
                        file: Arc::clone(file),
                        assign: assign.clone(),
                        bindings: bindings.to_vec(),
                        sure,
                    });
                    match self.expand(&assign.name, bindings).only() {
                        Some(name) => self.assigned.entry(name.to_owned()).or_default().push(assigned),
                        None => self.unnamed.push(assigned),
                    }
                }
                Statement::Include(include) => {
                    let path = self.expand(&include.path, bindings).only().unwrap_or(&include.path).to_owned();
                    let included = if depth < DEEPEST { resolve(file, include, &path) } else { Included::Unknown };
                    self.includes.push(Taken { file: Arc::clone(file), include: include.clone(), path, sure });
                    match included {
                        Included::File(file) => self.take_file(&file, resolve, bindings, sure, depth + 1),
                        Included::Framework => {}
                        Included::Unknown => self.open = true,
                    }
                }
                Statement::If(branches) => {
                    for branch in branches {
                        self.take(file, &branch.body, resolve, bindings, false, depth);
                    }
                }
                Statement::For(one) => self.take_for(file, one, resolve, bindings, sure, depth),
                Statement::Target(target) => {
                    self.targets.push(Reached { file: Arc::clone(file), target: target.clone(), sure });
                }
                Statement::Undef(names) => {
                    for name in names.iter().filter(|_| sure) {
                        self.assigned.remove(name);
                    }
                }
            }
        }
    }

    fn take_for(
        &mut self,
        file: &Arc<Makefile>,
        one: &For,
        resolve: Resolve<'_>,
        bindings: &[(String, String)],
        sure: bool,
        depth: usize,
    ) {
        let list = self.expand(&one.list, bindings);
        let Some(list) = list.only().filter(|_| !one.variables.is_empty()) else {
            // What it runs over is not known: its body may happen, with any values.
            return self.take(file, &one.body, resolve, bindings, false, depth);
        };
        let values: Vec<&str> = list.split_whitespace().collect();
        for round in values.chunks(one.variables.len()) {
            self.rounds += 1;
            if self.rounds > MOST_ROUNDS {
                self.open = true;
                return;
            }
            let mut inside = bindings.to_vec();
            let named = one.variables.iter().zip(round);
            inside.extend(named.map(|(name, value)| (name.clone(), unquoted(value).to_owned())));
            self.take(file, &one.body, resolve, &inside, sure, depth);
        }
    }

    /// The assignments of a variable, in order.
    #[must_use]
    pub fn assigned(&self, name: &str) -> &[Arc<Assigned>] {
        self.assigned.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the program sets it somewhere.
    #[must_use]
    pub fn is_assigned(&self, name: &str) -> bool {
        self.assigned.contains_key(name)
    }

    /// The names of all variables that it sets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.assigned.keys().map(String::as_str)
    }

    /// Whether the program surely sets it.
    #[must_use]
    pub fn is_sure(&self, name: &str) -> bool {
        self.assigned(name).iter().any(|one| one.sure)
    }
}

impl Assigned {
    /// Where the value is, or the whole assignment when the value is empty.
    #[must_use]
    pub fn place(&self) -> Place {
        let span: &Range<usize> = if self.assign.value.is_empty() { &self.assign.span } else { &self.assign.value };
        self.file.place(span.clone())
    }
}

fn unquoted(word: &str) -> &str {
    let inner = |quote: char| word.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(word)
}
