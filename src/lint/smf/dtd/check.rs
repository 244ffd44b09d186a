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
    TooLate { before: &'a str },
    /// It must come after an element that follows it.
    TooEarly { after: &'a str },
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
    let mut placed: Vec<(usize, Element<'a>)> = Vec::new();
    let mut counts = vec![0_usize; parts.len()];
    for child in one.children() {
        let Some(part) = parts.iter().position(|part| part.names.contains(&child.name())) else {
            found.push(Violation { element: child, span: child.head(), wrong: Wrong::NotHere });
            continue;
        };
        counts[part] += 1;
        if counts[part] > 1 && matches!(parts[part].occurs, Occurs::Once | Occurs::Optional) {
            found.push(Violation { element: child, span: child.head(), wrong: Wrong::TooMany });
        } else {
            placed.push((part, child));
        }
    }
    out_of_order(&placed, found);
    for (part, count) in parts.iter().zip(counts) {
        if count == 0 && matches!(part.occurs, Occurs::Once | Occurs::Some) {
            found.push(Violation { element: one, span: one.head(), wrong: Wrong::Lacks { names: part.names } });
        }
    }
}

/// The fewest elements whose moving puts all into order.
fn out_of_order<'a>(placed: &[(usize, Element<'a>)], found: &mut Vec<Violation<'a>>) {
    let kept = longest_ordered(&placed.iter().map(|(part, _)| *part).collect::<Vec<_>>());
    let mut next_kept = kept.iter().copied().peekable();
    for (at, (part, child)) in placed.iter().enumerate() {
        if next_kept.next_if_eq(&at).is_some() {
            continue;
        }
        let later = kept.iter().take_while(|kept| **kept < at).find(|kept| placed[**kept].0 > *part);
        let earlier = kept.iter().rev().take_while(|kept| **kept > at).find(|kept| placed[**kept].0 < *part);
        let wrong = match (later, earlier) {
            (Some(before), _) => Wrong::TooLate { before: placed[*before].1.name() },
            (None, Some(after)) => Wrong::TooEarly { after: placed[*after].1.name() },
            (None, None) => continue,
        };
        found.push(Violation { element: *child, span: child.head(), wrong });
    }
}

/// The places of a longest part of the row that does not go down.
fn longest_ordered(row: &[usize]) -> Vec<usize> {
    // For each length, where the row of that length with the lowest end ends; and what comes before each place.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(row.len());
    for (at, value) in row.iter().enumerate() {
        let length = ends.partition_point(|end| row[*end] <= *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut kept: Vec<usize> = std::iter::successors(ends.last().copied(), |at| before[*at]).collect();
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::longest_ordered;

    #[test]
    fn the_fewest_are_left_out() {
        assert_eq!(longest_ordered(&[5, 0, 1, 1, 2]), [1, 2, 3, 4]);
        assert_eq!(longest_ordered(&[0, 1, 2, 0]), [0, 1, 2]);
        assert!(longest_ordered(&[]).is_empty());
    }
}
