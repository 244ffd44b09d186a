//! Which machines a port is for, and what its linker must be told.
use std::collections::BTreeSet;

use serde::Serialize;

use crate::port::CrateNote;

/// The lines that say it.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Machines {
    no_execute_only: Option<String>,
    only_for: Vec<Archs>,
    not_for: Vec<Archs>,
}

/// Machine types, and why.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Archs {
    why: String,
    archs: Vec<String>,
}

impl Machines {
    /// What these notes say.
    pub(super) fn of<'a>(notes: impl IntoIterator<Item = &'a CrateNote> + Clone) -> Self {
        let no_execute_only = notes.clone().into_iter().find(|note| note.no_execute_only).map(|note| note.why.clone());
        Self {
            no_execute_only,
            only_for: archs(notes.clone(), |note| &note.only_for),
            not_for: archs(notes, |note| &note.not_for),
        }
    }

    /// All machines are the same.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

/// Each note that says something new.
fn archs<'a>(
    notes: impl IntoIterator<Item = &'a CrateNote>,
    of: impl Fn(&'a CrateNote) -> &'a Vec<String>,
) -> Vec<Archs> {
    let mut said: BTreeSet<&String> = BTreeSet::new();
    let mut all = Vec::new();
    for note in notes {
        let archs = of(note);
        if archs.iter().any(|arch| !said.contains(arch)) {
            said.extend(archs);
            all.push(Archs { why: note.why.clone(), archs: archs.clone() });
        }
    }
    all
}
