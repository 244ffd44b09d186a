//! Services, instances and their property groups as svccfg puts them together (`svccfg_internal.c`).
use std::collections::BTreeMap;

use super::super::model::{Bundle, Group, Kind, instances, pieces, services};
use super::super::rules::{R09, R22, R23, R25, R26, R27, R28, R29, R30, R31, R32};
use super::super::xml::Element;
use super::Out;
use super::out::short;
use crate::finding::{Fix, Severity};

/// Groups that svccfg makes itself, all of type framework. `startd` is svc.startd's, whose template says more.
const MADE: [&str; 4] = ["general", "method_context", "dependents", "manifestfiles"];

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    let mut known: BTreeMap<&str, Element<'_>> = BTreeMap::new();
    for service in services(bundle.tree) {
        let name = service.value("name");
        if let Some(first) = known.get(name) {
            let other = out.place(first.value_span("name"));
            let message = format!("a second service `{}`", short(name));
            out.say_with(&R09, service.value_span("name"), message, |finding| finding.related(other, "the first one"));
        } else {
            known.insert(name, service);
        }
        instances_of(bundle, service, out);
        entity(service, out);
        for instance in instances(service) {
            entity(instance.element, out);
        }
    }
    for element in bundle.tree.elements() {
        obsolete(bundle, element, out);
    }
}

fn instances_of(bundle: &Bundle<'_>, service: Element<'_>, out: &mut Out) {
    let mut known: BTreeMap<&str, Element<'_>> = BTreeMap::new();
    for instance in instances(service) {
        if let Some(first) = known.get(instance.name) {
            let by_default = first.is("create_default_instance") || instance.element.is("create_default_instance");
            let rule = if by_default { &R22 } else { &R23 };
            let other = out.place(first.head());
            let message = format!("a second instance `{}`", short(instance.name));
            out.say_with(rule, instance.name_span, message, |finding| finding.related(other, "the first one"));
        } else {
            known.insert(instance.name, instance.element);
        }
    }
    let makes_nothing = known.is_empty() && service.value("type") != "restarter";
    if makes_nothing && bundle.kind == Kind::Manifest && !service.value("name").is_empty() {
        out.say(&R25, service.value_span("name"), "no instance: there is nothing to enable");
    }
}

/// A service or an instance.
fn entity(entity: Element<'_>, out: &mut Out) {
    let pieces = pieces(entity);
    types(&pieces, out);
    dependents(entity, &pieces, out);
    properties(&pieces, out);
}

/// Groups of one name have one type.
fn types(pieces: &[Group<'_>], out: &mut Out) {
    let mut known: BTreeMap<&str, &Group<'_>> = BTreeMap::new();
    for piece in pieces {
        let Some(kind) = piece.kind else { continue };
        if MADE.contains(&piece.name) && kind != "framework" {
            let message = format!("the group `{}` with type `{}`", piece.name, short(kind));
            out.say(&R29, piece.span.clone(), message);
            continue;
        }
        let first = *known.entry(piece.name).or_insert(piece);
        if let Some(before) = first.kind.filter(|before| *before != kind) {
            let message = format!(
                "the group `{}` has type `{}` here and `{}` before",
                short(piece.name),
                short(kind),
                short(before)
            );
            let other = out.place(first.span.clone());
            let what = format!("made by `{}`", first.made_by);
            out.say_with(&R26, piece.span.clone(), message, |finding| finding.related(other, what));
        }
    }
}

fn dependents(entity: Element<'_>, pieces: &[Group<'_>], out: &mut Out) {
    let mut known: BTreeMap<&str, Element<'_>> = BTreeMap::new();
    for dependent in entity.all("dependent") {
        let name = dependent.value("name");
        let span = dependent.value_span("name");
        if let Some(first) = known.get(name) {
            let other = out.place(first.value_span("name"));
            let message = format!("a second dependent `{}`", short(name));
            out.say_with(&R27, span, message, |finding| finding.related(other, "the first one"));
            continue;
        }
        known.insert(name, dependent);
        if let Some(group) = pieces.iter().find(|piece| piece.name == name) {
            let other = out.place(group.span.clone());
            let message = format!("the dependent `{}` has the name of a group", short(name));
            out.say_with(&R27, span, message, |finding| finding.related(other, "the group"));
        }
    }
}

/// A property is once in its group.
fn properties(pieces: &[Group<'_>], out: &mut Out) {
    let mut known: BTreeMap<(&str, Option<&str>, &str), std::ops::Range<usize>> = BTreeMap::new();
    for piece in pieces {
        for property in &piece.properties {
            // Dependents of one name are reported as such.
            if property.name.is_empty() || piece.name == "dependents" && piece.made_by == "dependent" {
                continue;
            }
            match known.get(&(piece.name, piece.kind, property.name.as_ref())) {
                Some(first) if *first != property.span => {
                    let message = format!("`{}/{}` is there already", short(piece.name), short(&property.name));
                    let other = out.place(first.clone());
                    out.say_with(&R28, property.span.clone(), message, |finding| {
                        finding.related(other, "the first one")
                    });
                }
                Some(_) => {}
                None => {
                    known.insert((piece.name, piece.kind, property.name.as_ref()), property.span.clone());
                }
            }
        }
    }
}

/// Elements and attributes that do something else than they seem to.
fn obsolete(bundle: &Bundle<'_>, element: Element<'_>, out: &mut Out) {
    if element.is("single_instance") && element.parent().is_some_and(|parent| parent.is("service")) {
        let span = line_of(element, out);
        out.say_with(&R30, element.head(), "`single_instance` does nothing", |finding| {
            finding.fix(Fix::new("without single_instance", span, ""))
        });
    }
    if bundle.kind != Kind::Manifest {
        return;
    }
    let said = |attribute: &str| element.value(attribute) == "true";
    let group = element.parent().filter(|parent| parent.is("property_group"));
    if let (Some(group), true) = (group, element.is("propval") || element.is("property")) {
        let name = element.value("name");
        if group.value("name") == "general" && matches!(name, "enabled" | "restarter") {
            let message = format!("`general/{name}` is set by the first import only");
            out.say(&R31, element.value_span("name"), message);
        }
    }
    if said("override") && !element.is("dependent") {
        let message = format!("a later version's value of `{}` replaces the admin's own", short(element.value("name")));
        out.say_with(&R32, element.value_span("override"), message, |finding| finding.severity(Severity::Note));
    }
    // A dependency that is to be removed is often written out in full.
    let holds_something =
        element.children().next().is_some() && matches!(element.name(), "property_group" | "exec_method");
    if said("delete") && holds_something {
        let message = format!("`{}` is removed at import, with all that stands in it", short(element.value("name")));
        out.say(&R32, element.value_span("delete"), message);
    }
}

/// An element with its line when it is alone on it.
fn line_of(element: Element<'_>, out: &Out) -> std::ops::Range<usize> {
    let span = element.span();
    let before = out.written(0..span.start);
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let alone = before.trim_end_matches([' ', '\t']).ends_with('\n') && out.written(span.end..span.end + 1) == "\n";
    if alone { span.start - blanks..span.end + 1 } else { span }
}
