//! What an element may have: content and attributes.

/// An element.
#[derive(Debug)]
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it contains.
    pub(crate) content: Content,
    /// Its attributes.
    pub(crate) attributes: &'static [Attribute],
}

/// What an element contains.
#[derive(Debug)]
pub(crate) enum Content {
    /// Nothing, not even blanks or comments.
    Empty,
    /// Text.
    Text,
    /// Anything.
    Any,
    /// These parts in this order, with blanks and comments between.
    Sequence(&'static [Part]),
    /// Any number of elements, all of one of these names.
    OneKind(&'static [&'static str]),
}

/// A part of a sequence: elements of these names in any order.
#[derive(Debug)]
pub(crate) struct Part {
    /// Their names.
    pub(crate) names: &'static [&'static str],
    /// How many.
    pub(crate) occurs: Occurs,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occurs {
    /// Exactly once.
    Once,
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    Some,
}

/// An attribute.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) name: &'static str,
    /// The values it may have; all when there are none here.
    pub(crate) values: &'static [&'static str],
    /// Whether it must be there.
    pub(crate) presence: Presence,
}

/// Whether an attribute must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It must.
    Required,
    /// It must, but where a profile says `<!ENTITY % profile "INCLUDE">`, and there svccfg does not look.
    RequiredInManifests,
    /// It may be missing.
    Implied,
    /// It may be missing, and then it has this value.
    Default(&'static str),
    /// It may be missing, and has no other value.
    Fixed(&'static str),
}

impl Element {
    /// The elements that it may contain, in order.
    pub(crate) fn children(&self) -> Vec<&'static str> {
        match self.content {
            Content::Empty | Content::Text | Content::Any => Vec::new(),
            Content::Sequence(parts) => parts.iter().flat_map(|part| part.names).copied().collect(),
            Content::OneKind(names) => names.to_vec(),
        }
    }

    /// The place of a child in the order of its siblings.
    pub(crate) fn place_of(&self, child: &str) -> Option<usize> {
        match self.content {
            Content::Sequence(parts) => parts.iter().position(|part| part.names.contains(&child)),
            Content::Empty | Content::Text | Content::Any | Content::OneKind(_) => None,
        }
    }
}
