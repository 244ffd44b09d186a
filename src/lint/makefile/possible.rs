//! What a text of a makefile can come to.
use std::collections::BTreeSet;

/// More values than this are as good as any.
const MOST: usize = 64;
/// Longer values than this are not looked at.
const LONGEST: usize = 16 << 10;

/// What a text can come to: what depends on an option or the OS has several values, what cannot be known is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Possible {
    /// The values that are known.
    pub values: BTreeSet<String>,
    /// There may be others.
    pub open: bool,
}

impl Possible {
    /// One value.
    #[must_use]
    pub fn one(value: impl Into<String>) -> Self {
        Self { values: BTreeSet::from([value.into()]), open: false }
    }

    /// Any value.
    #[must_use]
    pub fn unknown() -> Self {
        Self { values: BTreeSet::new(), open: true }
    }

    /// The value, when there is only one.
    #[must_use]
    pub fn only(&self) -> Option<&str> {
        if self.open || self.values.len() != 1 {
            return None;
        }
        self.values.first().map(String::as_str)
    }

    /// All values, when all are known.
    #[must_use]
    pub fn all(&self) -> Option<&BTreeSet<String>> {
        (!self.open).then_some(&self.values)
    }

    /// Whether one of the known values is so.
    #[must_use]
    pub fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.values.iter().any(|value| is(value))
    }

    /// Takes in what the other can be.
    pub fn or(&mut self, other: Self) {
        self.open |= other.open;
        self.values.extend(other.values);
        self.limit();
    }

    /// This, then the other.
    #[must_use]
    pub fn then(&self, other: &Self) -> Self {
        let mut values = BTreeSet::new();
        for left in &self.values {
            for right in &other.values {
                values.insert(format!("{left}{right}"));
                if values.len() > MOST {
                    return Self::unknown();
                }
            }
        }
        let mut both = Self { values, open: self.open || other.open };
        both.limit();
        both
    }

    /// Each value changed; what cannot be changed makes it open.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> Option<String>) -> Self {
        let mut changed = Self { values: BTreeSet::new(), open: self.open };
        for value in &self.values {
            match change(value) {
                Some(value) => drop(changed.values.insert(value)),
                None => changed.open = true,
            }
        }
        changed.limit();
        changed
    }

    fn limit(&mut self) {
        let before = self.values.len();
        self.values.retain(|value| value.len() <= LONGEST);
        self.open |= self.values.len() < before;
        if self.values.len() > MOST {
            *self = Self::unknown();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Possible};

    #[test]
    fn possibilities_are_combined_and_bounded() {
        let mut both = Possible::one("a");
        both.or(Possible::one("b"));
        assert_eq!(both.only(), None);
        assert_eq!(both.then(&both).values.len(), 4);
        assert_eq!(both.then(&Possible::unknown()), Possible::unknown());
        let mut many = Possible::default();
        (0..=MOST).for_each(|at| many.or(Possible::one(at.to_string())));
        assert_eq!(many, Possible::unknown());
        assert!(Possible::one("x".repeat(20_000)).then(&Possible::one("")).open);
    }
}
