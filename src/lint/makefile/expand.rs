//! From references to what they can come to.
use makefile_lossless::{MakefileVariant, Modifier, ParsedReference, TextPart, split_references};

use super::modifiers::{apply, text};
use super::possible::Possible;
use super::program::Program;

/// Deeper than this, references go in circles.
const DEEPEST: usize = 24;

/// A name and what a loop puts in its place.
pub(super) type Bindings = [(String, String)];

impl Program {
    /// What a text can come to; `bindings` are the variables of the loops around it.
    #[must_use]
    pub fn expand(&self, text: &str, bindings: &[(String, String)]) -> Possible {
        self.begin();
        self.expand_at(text, bindings, 0)
    }

    pub(super) fn expand_at(&self, written: &str, bindings: &Bindings, depth: usize) -> Possible {
        if !written.contains('$') {
            return Possible::one(written);
        }
        if depth > DEEPEST || !self.step() {
            return Possible::unknown();
        }
        let mut whole = Possible::one("");
        for part in split_references(written, MakefileVariant::BSDMake) {
            let piece = match part {
                TextPart::Literal(span) => Possible::one(&written[span]),
                TextPart::EscapedDollar(_) => Possible::one("$"),
                TextPart::Reference { parsed: Ok(reference), .. } => self.reference(&reference, bindings, depth),
                _ => Possible::unknown(),
            };
            whole = whole.then(&piece);
            if whole.values.is_empty() {
                break;
            }
        }
        whole
    }

    fn reference(&self, reference: &ParsedReference, bindings: &Bindings, depth: usize) -> Possible {
        let inner = |text: &str| self.expand_at(text, bindings, depth + 1).only().map(str::to_owned);
        let name = self.expand_at(&reference.name, bindings, depth + 1);
        let Some(name) = name.only() else { return Possible::unknown() };
        let bound = bindings.iter().rev().find(|(one, _)| one == name);
        let mut value = match bound {
            Some((_, value)) => self.expand_at(value, &[], depth + 1),
            None if name.is_empty() => Possible::default(),
            None => self.possible_at(name, depth + 1),
        };
        for modifier in &reference.modifiers {
            // `${:Utext}` and `${NAME:Utext}` where nothing sets the name.
            if let Modifier::Default(default) = modifier
                && value.values.is_empty()
                && (name.is_empty() || !self.is_assigned(name))
            {
                let default = text(default, &inner).map_or_else(Possible::unknown, Possible::one);
                let open = value.open && !name.is_empty();
                value = Possible { open: open || default.open, ..default };
                continue;
            }
            value = value.map(|value| apply(value, modifier, &inner));
        }
        value
    }
}
