//! A document held against the grammar.
use std::ops::Range;

use super::super::xml::{Element, Gap};
use super::{Content, Part, Presence, element};
use crate::lint::smf::dtd::Occurs;

/// A place where a document does not follow the grammar.
#[derive(Debug)]
pub(crate) struct Violation<'a> {
    /// The element that is wrong in itself or in its place.
    pub(crate) element: Element<'a>,
    /// Where to point.
    pub(crate) span: Range<usize>,
    /// What is wrong.
    pub(crate) wrong: Wrong<'a>,
}

/// What is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong<'a> {
    /// No such element.
    Unknown,
    /// Not an element of the one that it is in.
    NotHere,
    /// It must come before an element that it follows.
    OutOfOrder { before: &'a str },
    /// One more than there may be.
    TooMany,
    /// The elements of a bundle are of one kind; there is another before it.
    OtherKind { first: &'a str },
    /// It lacks one of these.
    Lacks { names: &'static [&'static str] },
    /// It has no such attribute.
    UnknownAttribute { name: &'a str },
    /// It lacks an attribute.
    LacksAttribute { name: &'static str },
    /// An attribute has none of the values that it may have.
    BadValue { attribute: &'a str, value: &'a str, values: &'static [&'static str] },
    /// It has text, and only elements are allowed.
    Text,
    /// It has something, and nothing is allowed.
    NotEmpty,
}

/// Everything in an element, and the element itself, that does not follow the grammar. With `as_profile`, the types that
/// profiles may leave out may be missing.
pub(crate) fn check(top: Element<'_>, as_profile: bool) -> Vec<Violation<'_>> {
    let mut found = Vec::new();
    for one in top.subtree() {
        let Some(declared) = element(one.name()) else {
            // The one that it is in has said so already, if it can say anything.
            let said = one != top
                && one
                    .parent()
                    .and_then(|parent| element(parent.name()))
                    .is_some_and(|parent| !matches!(parent.content, Content::Any));
            if !said {
                found.push(Violation { element: one, span: one.head(), wrong: Wrong::Unknown });
            }
            continue;
        };
        attributes(one, declared.attributes, as_profile, &mut found);
        content(one, &declared.content, &mut found);
    }
    found
}

fn attributes<'a>(
    one: Element<'a>,
    declared: &'static [super::Attribute],
    as_profile: bool,
    found: &mut Vec<Violation<'a>>,
) {
    for attribute in one.attributes() {
        let Some(known) = declared.iter().find(|known| known.name == attribute.name) else {
            let wrong = Wrong::UnknownAttribute { name: &attribute.name };
            found.push(Violation { element: one, span: attribute.span.clone(), wrong });
            continue;
        };
        // A value out of a list is normalised further: blanks around it do not count (XML 1.0, 3.3.3).
        let among = known.values.is_empty() || known.values.contains(&attribute.value.trim_matches(' '));
        let fixed = !matches!(known.presence, Presence::Fixed(value) if value != attribute.value);
        if !(among && fixed) {
            let wrong = Wrong::BadValue { attribute: &attribute.name, value: &attribute.value, values: known.values };
            found.push(Violation { element: one, span: one.value_span(&attribute.name), wrong });
        }
    }
    for known in declared {
        let needed = match known.presence {
            Presence::Required => true,
            Presence::RequiredInManifests => !as_profile,
            Presence::Implied | Presence::Default(_) | Presence::Fixed(_) => false,
        };
        if needed && one.attribute(known.name).is_none() {
            found.push(Violation { element: one, span: one.head(), wrong: Wrong::LacksAttribute { name: known.name } });
        }
    }
}

fn content<'a>(one: Element<'a>, content: &Content, found: &mut Vec<Violation<'a>>) {
    let text = |gap: &Gap| match gap {
        Gap::Text(span) | Gap::Cdata(span) | Gap::Reference(span) => Some(span.clone()),
        Gap::Instruction(_) | Gap::Comment(_) | Gap::Blank(_) => None,
    };
    match content {
        Content::Empty => {
            let first = one.gaps().first().map(|gap| match gap {
                Gap::Text(span)
                | Gap::Cdata(span)
                | Gap::Reference(span)
                | Gap::Instruction(span)
                | Gap::Comment(span)
                | Gap::Blank(span) => span.clone(),
            });
            if let Some(span) = one.children().next().map(Element::head).or(first) {
                found.push(Violation { element: one, span, wrong: Wrong::NotEmpty });
            }
        }
        Content::Text => {
            let wrong = |child: Element<'a>| Violation { element: child, span: child.head(), wrong: Wrong::NotHere };
            found.extend(one.children().map(wrong));
        }
        Content::Any => {}
        Content::Sequence(parts) => {
            if let Some(span) = one.gaps().iter().find_map(text) {
                found.push(Violation { element: one, span, wrong: Wrong::Text });
            }
            sequence(one, parts, found);
        }
        Content::OneKind(names) => {
            if let Some(span) = one.gaps().iter().find_map(text) {
                found.push(Violation { element: one, span, wrong: Wrong::Text });
            }
            let mut first = None;
            for child in one.children() {
                let wrong = if names.contains(&child.name()) {
                    match first.get_or_insert(child.name()) {
                        first if *first == child.name() => continue,
                        first => Wrong::OtherKind { first },
                    }
                } else {
                    Wrong::NotHere
                };
                found.push(Violation { element: child, span: child.head(), wrong });
            }
        }
    }
}

fn sequence<'a>(one: Element<'a>, parts: &'static [Part], found: &mut Vec<Violation<'a>>) {
    let mut counts = vec![0_usize; parts.len()];
    // The part that was reached, and where in it the first element is.
    let mut reached: Vec<(usize, &str)> = Vec::new();
    for child in one.children() {
        let Some(part) = parts.iter().position(|part| part.names.contains(&child.name())) else {
            found.push(Violation { element: child, span: child.head(), wrong: Wrong::NotHere });
            continue;
        };
        counts[part] += 1;
        let wrong = if let Some((_, before)) = reached.iter().find(|(other, _)| *other > part) {
            Wrong::OutOfOrder { before }
        } else if counts[part] > 1 && matches!(parts[part].occurs, Occurs::Once | Occurs::Optional) {
            Wrong::TooMany
        } else {
            if reached.last().is_none_or(|(last, _)| *last != part) {
                reached.push((part, child.name()));
            }
            continue;
        };
        found.push(Violation { element: child, span: child.head(), wrong });
    }
    for (part, count) in parts.iter().zip(counts) {
        if count == 0 && matches!(part.occurs, Occurs::Once | Occurs::Some) {
            found.push(Violation { element: one, span: one.head(), wrong: Wrong::Lacks { names: part.names } });
        }
    }
}
