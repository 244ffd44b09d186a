//! The DTD: for manifests and archives as a whole, for profiles where svccfg looks.
use super::super::dtd::{self, Presence, Violation, Wrong, element};
use super::super::model::{Bundle, Kind};
use super::super::rules::{R05, R06, R24, R45, R48};
use super::super::xml::Element;
use super::out::short;
use super::{Out, order};
use crate::diag::did_you_mean;
use crate::finding::Rule;

/// Elements of a profile that svccfg validates one by one (`lxml_validate_element`).
const VALIDATED: [&str; 5] = ["stability", "exec_method", "dependency", "dependent", "type"];

/// Attributes that svccfg reads in a profile without asking whether they are there.
const READ_UNSEEN: [(&str, &str); 9] = [
    ("service", "name"),
    ("service", "version"),
    ("instance", "name"),
    ("property_group", "name"),
    ("propval", "name"),
    ("property", "name"),
    ("propval", "value"),
    ("value_node", "value"),
    ("envvar", "name"),
];

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    // What is included takes the place of the element before svccfg validates.
    let included = |one: &Violation<'_>| {
        one.element.name().starts_with("xi:")
            || matches!(one.wrong, Wrong::UnknownAttribute { name: "xmlns:xi" })
                && bundle.tree.elements().any(|one| one.is("xi:include"))
    };
    for violation in dtd::check(bundle.tree.root(), bundle.kind == Kind::Profile) {
        if included(&violation) || is_said_elsewhere(&violation) {
            continue;
        }
        match bundle.kind {
            Kind::Profile => {
                if refused_in_profile(&violation) {
                    say(&R06, &violation, out);
                }
            }
            Kind::Manifest | Kind::Archive | Kind::Other => say(rule(&violation), &violation, out),
        }
    }
    if bundle.kind == Kind::Profile {
        for top in bundle.tree.elements().filter(|one| VALIDATED.contains(&one.name())) {
            for violation in dtd::check(top, false) {
                say(&R06, &violation, out);
            }
        }
    }
}

/// CDATA sections have a rule of their own.
fn is_said_elsewhere(violation: &Violation<'_>) -> bool {
    use super::super::xml::Gap;
    let only_cdata = |element: Element<'_>| {
        element.gaps().iter().any(|gap| matches!(gap, Gap::Cdata(span) if *span == violation.span))
    };
    matches!(violation.wrong, Wrong::Text) && only_cdata(violation.element)
}

/// Some violations have a rule of their own that says more.
fn rule(violation: &Violation<'_>) -> &'static Rule {
    let name = violation.element.name();
    let attribute = match violation.wrong {
        Wrong::LacksAttribute { name } => name,
        Wrong::BadValue { attribute, .. } => attribute,
        _ => "",
    };
    match (name, attribute) {
        ("instance" | "create_default_instance", "enabled") => &R24,
        ("property" | "propval", "type") => &R45,
        ("method_credential", "user") => &R48,
        _ => &R05,
    }
}

/// Whether svccfg apply ends at this place; what a profile's elements are validated for comes on top.
fn refused_in_profile(violation: &Violation<'_>) -> bool {
    let element = violation.element;
    match violation.wrong {
        Wrong::Unknown | Wrong::NotHere => {
            // In a bundle, what is not known is passed over; in a template, everything is refused.
            let parent = element.parent().map(Element::name);
            parent.is_some_and(|parent| parent != "service_bundle") && !element.is("template")
        }
        Wrong::LacksAttribute { name } => READ_UNSEEN.contains(&(element.name(), name)),
        Wrong::BadValue { attribute, .. } => {
            matches!((element.name(), attribute), ("instance", "enabled") | ("propval" | "property", "type"))
        }
        _ => false,
    }
}

fn say(rule: &'static Rule, violation: &Violation<'_>, out: &mut Out) {
    let element = violation.element;
    let fix = match violation.wrong {
        Wrong::TooLate { .. } | Wrong::TooEarly { .. } => element.parent().and_then(|parent| order::fix(parent, out)),
        _ => None,
    };
    out.say_with(rule, violation.span.clone(), message(violation), |mut finding| {
        if let Some(mend) = mend(violation) {
            finding = finding.mend(mend);
        }
        match fix {
            Some(fix) => finding.fix(fix),
            None => finding,
        }
    });
}

fn message(violation: &Violation<'_>) -> String {
    let element = violation.element;
    let name = short(element.name());
    let parent = element.parent().map_or("the document", Element::name);
    match &violation.wrong {
        Wrong::Unknown => format!("there is no element `{name}`"),
        Wrong::NotHere => format!("`{name}` is no element of `{parent}`"),
        Wrong::TooLate { before } => format!("`{name}` must come before `{before}`"),
        Wrong::TooEarly { after } => format!("`{name}` must come after `{after}`"),
        Wrong::TooMany => format!("more than one `{name}` in `{parent}`"),
        Wrong::OtherKind { first } => format!("`{name}` beside `{first}` in a bundle, which has elements of one kind"),
        Wrong::Lacks { names } => format!("`{name}` lacks {}", or(names)),
        Wrong::UnknownAttribute { name: attribute } => format!("`{name}` has no attribute `{}`", short(attribute)),
        Wrong::LacksAttribute { name: attribute } => format!("`{name}` lacks the attribute `{attribute}`"),
        Wrong::BadValue { attribute, value, values: [] } => {
            format!("`{}` is not the only value that `{attribute}` may have", short(value))
        }
        Wrong::BadValue { attribute, value, .. } => format!("`{}` is no value of `{attribute}`", short(value)),
        Wrong::Text => format!("text in `{name}`, which has elements only"),
        Wrong::NotEmpty => format!("`{name}` has contents, and must be empty: not even blanks or a comment"),
    }
}

fn or(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

/// What to do about it.
fn mend(violation: &Violation<'_>) -> Option<String> {
    let one = violation.element;
    match &violation.wrong {
        Wrong::Unknown | Wrong::NotHere => {
            let parent = element(one.parent()?.name())?;
            let known = parent.children();
            Some(match did_you_mean(one.name(), known.iter().copied()) {
                Some(near) if near != one.name() => format!("did you mean `{near}`?"),
                _ if known.is_empty() => format!("remove it: `{}` has no elements", parent.name),
                _ => format!("known there: {}", known.join(", ")),
            })
        }
        Wrong::TooLate { before } => Some(format!("move it before the first `{before}`")),
        Wrong::TooEarly { after } => Some(format!("move it behind the last `{after}`")),
        Wrong::TooMany => Some("keep one of them".to_owned()),
        Wrong::Lacks { names } => Some(format!("add {}", or(names))),
        Wrong::UnknownAttribute { name } => {
            let known: Vec<&str> = element(one.name())?.attributes.iter().map(|attribute| attribute.name).collect();
            Some(match did_you_mean(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "remove it".to_owned(),
                None => format!("known there: {}", known.join(", ")),
            })
        }
        Wrong::BadValue { values, .. } if !values.is_empty() => Some(format!("write one of {}", values.join(", "))),
        Wrong::LacksAttribute { name } => {
            let known = element(one.name())?.attributes.iter().find(|attribute| attribute.name == *name)?;
            debug_assert!(matches!(known.presence, Presence::Required | Presence::RequiredInManifests));
            Some(if known.values.is_empty() {
                format!("add {name}=\"…\"")
            } else {
                format!("add {name}=\"…\" with one of {}", known.values.join(", "))
            })
        }
        _ => None,
    }
}
