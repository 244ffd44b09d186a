//! What a variable holds, as far as the script tells.
use super::model::Model;
use crate::lint::shell::{Operator, Part, Span, Word};

/// Stands for what is not known.
pub(super) const HOLE: char = '\u{fffc}';

/// How far variables are looked into that hold variables.
const DEEPEST: usize = 8;
/// A value that grows beyond this is no value of a script.
const LONGEST: usize = 16 << 10;

/// What a variable holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    /// The text, with a [`HOLE`] for each thing that is not known.
    pub(super) text: String,
    /// What is not known, in the order of the holes.
    pub(super) holes: Vec<Hole>,
    /// Pieces of the text: where they begin, where they are from, and whether byte for byte.
    pieces: Vec<(usize, Span, bool)>,
}

/// What is not known.
#[derive(Clone, Debug)]
pub(super) struct Hole {
    /// Where it is in the text.
    pub(super) at: usize,
    /// The variable's name; empty for a command's output.
    pub(super) name: String,
    /// Where it stands in the script.
    pub(super) span: Span,
}

impl Value {
    /// What these parts make. Variables that have one value are filled in, others are holes.
    pub(super) fn of(model: &Model<'_>, parts: &[Part], span: Span) -> Self {
        let mut value = Self::default();
        value.take(model, parts, None, 0);
        if value.pieces.is_empty() {
            value.pieces.push((0, span, false));
        }
        value
    }

    /// What a word makes.
    pub(super) fn word(model: &Model<'_>, word: &Word) -> Self {
        Self::of(model, &word.parts, word.span.clone())
    }

    /// What a variable makes that is set in one way; nothing when it is not set, or in several ways.
    pub(super) fn variable(model: &Model<'_>, name: &str) -> Option<Self> {
        let set = model.only_set(name)?;
        Some(Self::of(model, set.value, set.value_span.clone()))
    }

    /// Adds something of which only the name is known.
    pub(super) fn hole(&mut self, name: &str, span: Span) {
        self.pieces.push((self.text.len(), span.clone(), false));
        self.holes.push(Hole { at: self.text.len(), name: name.to_owned(), span });
        self.text.push(HOLE);
    }

    /// Adds a text that does not stand in the script.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        self.pieces.push((self.text.len(), span, false));
        self.text.push_str(text);
    }

    /// Adds another value.
    pub(super) fn append(&mut self, other: &Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.holes.extend(other.holes.iter().map(|hole| Hole { at: hole.at + by, ..hole.clone() }));
        self.pieces.extend(other.pieces.iter().map(|(at, span, exact)| (at + by, span.clone(), *exact)));
    }

    /// Where a part of the text is from.
    pub(super) fn place(&self, range: &Span) -> Span {
        let of = |at: usize, end: bool| {
            let index = self.pieces.partition_point(|(start, ..)| *start < at + usize::from(!end)).saturating_sub(1);
            let (start, span, exact) = self.pieces.get(index)?;
            Some(match (*exact, end) {
                (true, _) => (span.start + at.saturating_sub(*start)).min(span.end),
                (false, false) => span.start,
                (false, true) => span.end,
            })
        };
        let start = of(range.start, false).unwrap_or(0);
        let end = of(range.end, true).unwrap_or(start);
        // A part that is put together from several places is shown where it begins.
        if end < start { start..start } else { start..end }
    }

    /// The names of the variables in a part of the text.
    pub(super) fn names_in(&self, range: &Span) -> impl Iterator<Item = &str> {
        let range = range.clone();
        self.holes.iter().filter(move |hole| range.contains(&hole.at)).map(|hole| hole.name.as_str())
    }

    fn take(&mut self, model: &Model<'_>, parts: &[Part], from: Option<&Span>, depth: usize) {
        for part in parts {
            if self.text.len() > LONGEST {
                self.hole("", part.span());
                return;
            }
            match part {
                Part::Literal(span) | Part::Escaped(span) | Part::Single(span) => {
                    let exact = from.is_none();
                    self.pieces.push((self.text.len(), from.unwrap_or(span).clone(), exact));
                    self.text.push_str(&model.text[span.clone()]);
                }
                Part::Double(more, _) => self.take(model, more, from, depth),
                Part::Parameter(parameter) if parameter.operator == Operator::None => {
                    let name = &model.text[parameter.name.clone()];
                    let place = from.unwrap_or(&parameter.span).clone();
                    let set = model.only_set(name).filter(|_| depth < DEEPEST);
                    match set.filter(|_| !may_be_changed(model, name)) {
                        Some(set) => self.take(model, set.value, Some(&place), depth + 1),
                        None => self.hole(name, place),
                    }
                }
                Part::Parameter(parameter) => {
                    let name = &model.text[parameter.name.clone()];
                    self.hole(name, from.unwrap_or(&parameter.span).clone());
                }
                other => self.hole("", from.unwrap_or(&other.span()).clone()),
            }
        }
    }
}

/// Whether rc.conf may set the variable to something else.
fn may_be_changed(model: &Model<'_>, name: &str) -> bool {
    let Some(set) = model.only_set(name) else { return true };
    // What is set after rc.conf was read stays.
    let after = model.load.is_some_and(|load| set.span.start > load);
    model.suffix_of(name).is_some() && !after
}
