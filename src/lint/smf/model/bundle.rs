//! The document, its services and their instances.
use std::ops::Range;

use super::super::xml::{Element, Tree};

/// What a bundle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// For `svccfg import`.
    Manifest,
    /// For `svccfg apply`.
    Profile,
    /// For `svccfg restore`.
    Archive,
    /// For nothing that svccfg knows.
    Other,
}

/// A document that is a bundle.
#[derive(Clone, Copy)]
pub(crate) struct Bundle<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) kind: Kind,
}

impl<'a> Bundle<'a> {
    pub(crate) fn new(tree: &'a Tree) -> Self {
        let kind = match tree.root().value("type") {
            "manifest" => Kind::Manifest,
            "profile" => Kind::Profile,
            "archive" => Kind::Archive,
            _ => Kind::Other,
        };
        Self { tree, kind }
    }
}

/// The services of a document: those of its root and of bundles in it.
pub(crate) fn services(tree: &Tree) -> impl Iterator<Item = Element<'_>> {
    tree.elements()
        .filter(|element| element.is("service") && element.parent().is_some_and(|parent| parent.is("service_bundle")))
}

/// An instance: its name, whether it is enabled if that is said, and the element that makes it.
pub(crate) struct Instance<'a> {
    pub(crate) name: &'a str,
    pub(crate) name_span: Range<usize>,
    pub(crate) element: Element<'a>,
}

/// The instances of a service; `create_default_instance` makes one called `default`.
pub(crate) fn instances(service: Element<'_>) -> impl Iterator<Item = Instance<'_>> {
    service.children().filter_map(|child| match child.name() {
        "create_default_instance" => Some(Instance { name: "default", name_span: child.head(), element: child }),
        "instance" => Some(Instance { name: child.value("name"), name_span: child.value_span("name"), element: child }),
        _ => None,
    })
}

/// The service or instance that an element belongs to.
pub(crate) fn owner(element: Element<'_>) -> Option<Element<'_>> {
    element.ancestors().find(|one| one.is("service") || one.is("instance"))
}

/// The service that an element belongs to.
pub(crate) fn service_of(element: Element<'_>) -> Option<Element<'_>> {
    std::iter::once(element).chain(element.ancestors()).find(|one| one.is("service"))
}

/// The element that names the restarter of an instance: its own, or else its service's; nothing means svc.startd.
pub(crate) fn restarter<'a>(service: Element<'a>, instance: Option<Element<'a>>) -> Option<Element<'a>> {
    let own = |entity: Element<'a>| entity.first("restarter").and_then(|restarter| restarter.first("service_fmri"));
    instance.and_then(own).or_else(|| own(service))
}
