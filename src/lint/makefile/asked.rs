//! What the variables of a program can be.
use std::sync::Arc;

use super::possible::Possible;
use super::program::{Assigned, Item, Program, Value};
use super::statement::Op;
use super::words::{logical, words};

/// References that are followed for one answer.
const MOST_STEPS: usize = 2000;

impl Program {
    pub(super) fn begin(&self) {
        // What the framework sets is asked for in the middle of an answer.
        if self.within.borrow().is_empty() {
            self.steps.set(0);
        }
    }

    /// Whether one more reference may be followed: references to references to references take for ever otherwise.
    pub(super) fn step(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() <= MOST_STEPS
    }

    /// What a variable can be.
    #[must_use]
    pub fn possible(&self, name: &str) -> Possible {
        self.begin();
        self.possible_at(name, 0)
    }

    pub(super) fn possible_at(&self, name: &str, depth: usize) -> Possible {
        // `NAME:= ${NAME} more` is what it was before, and more.
        if let Some((_, so_far)) = self.within.borrow().iter().find(|(one, _)| one == name) {
            return so_far.clone();
        }
        self.within.borrow_mut().push((name.to_owned(), Possible::default()));
        let value = self.possible_now(name, depth);
        self.within.borrow_mut().pop();
        value
    }

    fn possible_now(&self, name: &str, depth: usize) -> Possible {
        let mut value = Possible::default();
        let mut unset = true;
        for one in self.assigned(name) {
            if let Some((_, so_far)) = self.within.borrow_mut().last_mut() {
                so_far.clone_from(&value);
            }
            let written = logical(one.file.text(&one.assign.value));
            let new = if one.assign.op == Op::Shell {
                Possible::unknown()
            } else {
                self.expand_at(written.trim(), &one.bindings, depth + 1)
            };
            match one.assign.op {
                Op::Set | Op::Shell if one.sure => value = new,
                Op::Set | Op::Shell => value.or(new),
                Op::Default if unset => value.or(new),
                Op::Default => {}
                Op::Append => {
                    let before = value.clone();
                    let mut with = value.then(&Possible::one(" ")).then(&new);
                    if unset {
                        with.or(new);
                    }
                    value = with;
                    if !one.sure {
                        value.or(before);
                    }
                }
            }
            unset &= !one.sure;
        }
        if unset {
            match (self.defaults)(self, name) {
                Some(default) => value.or(default),
                None => value.open = true,
            }
        }
        value
    }

    /// The words of a variable that is a list.
    #[must_use]
    pub fn value(&self, name: &str) -> Value {
        let mut value = Value { items: Vec::new(), open: self.open };
        let mut unset = true;
        for one in self.assigned(name) {
            if one.assign.op == Op::Shell {
                value.open = true;
            }
            match one.assign.op {
                Op::Set | Op::Shell if one.sure => value.items.clear(),
                // It may replace what was there.
                Op::Set | Op::Shell => value.items.iter_mut().for_each(|item| item.sure = false),
                Op::Default if !unset => continue,
                Op::Default | Op::Append => {}
            }
            let found = words(&one.file.source.text, &one.assign.value);
            value.items.extend(found.into_iter().map(|word| Item { word, from: Arc::clone(one), sure: one.sure }));
            unset &= !one.sure;
        }
        value
    }

    /// What a word of a variable can come to.
    #[must_use]
    pub fn item(&self, item: &Item) -> Possible {
        self.expand(&item.word.text, &item.from.bindings)
    }

    /// The text of the assignment's value in one line, references unexpanded.
    #[must_use]
    pub fn written(assigned: &Assigned) -> String {
        logical(assigned.file.text(&assigned.assign.value)).trim().to_owned()
    }
}
