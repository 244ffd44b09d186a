//! Property groups.
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A property group, or a piece of one: what one element adds to it.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its type; profiles may leave it out.
    pub(crate) kind: Option<&'a str>,
    /// Where it is named.
    pub(crate) span: Range<usize>,
    /// The name of the element that makes it.
    pub(crate) made_by: &'a str,
    /// Whether it says `delete="true"`.
    pub(crate) delete: bool,
    /// Its properties.
    pub(crate) properties: Vec<Property<'a>>,
}

/// A property.
#[derive(Clone, Debug)]
pub(crate) struct Property<'a> {
    /// Its name.
    pub(crate) name: Cow<'a, str>,
    /// Its type; profiles may leave it out.
    pub(crate) kind: Option<&'a str>,
    /// Its values.
    pub(crate) values: Vec<Value<'a>>,
    /// Where it is named; for one that an attribute makes, where that is.
    pub(crate) span: Range<usize>,
}

/// A value.
#[derive(Clone, Debug)]
pub(crate) struct Value<'a> {
    /// As it is written.
    pub(crate) text: Cow<'a, str>,
    /// Where.
    pub(crate) span: Range<usize>,
}

impl<'a> Group<'a> {
    /// One of its properties.
    pub(crate) fn property(&self, name: &str) -> Option<&Property<'a>> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The only value of a property.
    pub(crate) fn value(&self, name: &str) -> Option<&Value<'a>> {
        match self.property(name)?.values.as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }
}

/// Pieces of the same name and type as one group each, in the order of the first ones.
pub(crate) fn merged<'a>(pieces: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for piece in pieces {
        if let Some(at) = known.get(&(piece.name, piece.kind)) {
            groups[*at].properties.extend(piece.properties);
            groups[*at].delete |= piece.delete;
        } else {
            known.insert((piece.name, piece.kind), groups.len());
            groups.push(piece);
        }
    }
    groups
}

/// The groups of an instance as the restarter sees them: its own properties go before those of its service.
pub(crate) fn composed<'a>(instance: Vec<Group<'a>>, service: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let mut groups = merged(instance);
    for from_service in merged(service) {
        match groups.iter_mut().find(|own| (own.name, own.kind) == (from_service.name, from_service.kind)) {
            Some(own) => {
                for property in from_service.properties {
                    if own.property(&property.name).is_none() {
                        own.properties.push(property);
                    }
                }
            }
            None => groups.push(from_service),
        }
    }
    groups.retain(|group| !group.delete);
    groups
}
