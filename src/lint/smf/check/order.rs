//! Elements put into the order of the DTD: it is the commonest mistake, and moving them changes nothing else.
use std::ops::Range;

use super::super::dtd::element;
use super::super::xml::{Element, Gap};
use super::Out;
use crate::finding::Fix;

/// The change that puts the elements of `parent` into order, each with the comments before it; nothing when that does
/// not help because one is unknown there.
pub(crate) fn fix(parent: Element<'_>, out: &Out) -> Option<Fix> {
    let declared = element(parent.name())?;
    let children: Vec<Element<'_>> = parent.children().collect();
    let places: Vec<usize> = children.iter().map(|child| declared.place_of(child.name())).collect::<Option<_>>()?;
    if parent
        .gaps()
        .iter()
        .any(|gap| matches!(gap, Gap::Text(_) | Gap::Cdata(_) | Gap::Reference(_) | Gap::Instruction(_)))
    {
        return None;
    }
    // Each element takes along what stands before it: blanks, and comments about it.
    let mut start = parent.tag().end;
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    for (child, place) in children.iter().zip(places) {
        if child.span().start < start {
            return None;
        }
        pieces.push((place, start..child.span().end));
        start = child.span().end;
    }
    let whole = parent.tag().end..start;
    let mut ordered = pieces.clone();
    ordered.sort_by_key(|(place, _)| *place);
    let text: String = ordered.iter().map(|(_, piece)| out.written(piece.clone())).collect();
    (ordered != pieces).then(|| Fix::new(format!("the elements of `{}` in order", parent.name()), whole, text))
}
