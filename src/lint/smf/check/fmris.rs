//! FMRIs in `service_fmri`: dependencies, dependents and restarters (`scf_parse_fmri`).
use super::super::model::Bundle;
use super::super::rules::{R16, R17, R18, R19, R20, R33, R50, R52};
use super::super::value::{Fmri, parse_fmri, plain};
use super::super::xml::Element;
use super::Out;
use super::out::short;
use crate::finding::{Fix, Rule, Severity};

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for element in bundle.tree.elements().filter(|element| element.is("service_fmri")) {
        if let (Some(value), Some(parent)) = (element.attribute("value"), element.parent()) {
            fmri(element, &value.value, parent, out);
        }
    }
}

/// The rule that a broken FMRI breaks.
pub(crate) fn rule_of(text: &str) -> &'static Rule {
    if text.starts_with("file:") {
        &R18
    } else if text.starts_with("svc:") {
        &R16
    } else {
        &R17
    }
}

fn fmri(element: Element<'_>, text: &str, parent: Element<'_>, out: &mut Out) {
    let span = element.value_span("value");
    let mut broken = false;
    out.demand(
        text,
        span.clone(),
        |text| parse_fmri(text).is_some(),
        |out, span| {
            broken = true;
            let rule = rule_of(text);
            let what = if rule.code == R17.code { "has no scheme and is no name of a service" } else { "is no FMRI" };
            out.say(rule, span, format!("`{}` {what}", short(text)));
        },
    );
    let expanded = plain(text);
    let Some(parsed) = parse_fmri(&expanded).filter(|_| !broken) else { return };
    match parsed {
        Fmri::Service { service: None, .. } => {
            let message = if text.is_empty() {
                "an empty FMRI names nothing".to_owned()
            } else {
                format!("`{}` names nothing", short(text))
            };
            out.say(&R20, span.clone(), message);
        }
        Fmri::File { .. } if !expanded.starts_with("file://") && parent.is("dependency") => {
            out.say_with(
                &R19,
                span.clone(),
                format!("svc.startd does not know the spelling `{}`", short(text)),
                |finding| {
                    let path = text.strip_prefix("file:").unwrap_or(text);
                    finding.fix(Fix::new(
                        "the spelling with file://localhost",
                        span.clone(),
                        format!("file://localhost{path}"),
                    ))
                },
            );
        }
        Fmri::Service { service: Some(service), .. } if expanded.starts_with('/') && !expanded.starts_with("//") => {
            let message = format!("`{}` is read as the service `svc:/{}`", short(text), short(service));
            out.say_with(&R17, span.clone(), message, |finding| {
                finding.severity(Severity::Warning).effect("svc.startd waits for a service that does not exist.")
            });
        }
        Fmri::File { .. } | Fmri::Service { .. } => {}
    }
    match parent.name() {
        "dependency" => dependency(parent, text, &parsed, span, out),
        "dependent" => dependent(text, &parsed, span, out),
        "restarter" => {
            if let Fmri::Service { service: Some(_), instance: None, properties: None, .. } = parsed {
                out.say(&R33, span, format!("`{}` names a service, not an instance of it", short(text)));
            }
        }
        _ => {}
    }
}

fn dependency(parent: Element<'_>, text: &str, parsed: &Fmri<'_>, span: std::ops::Range<usize>, out: &mut Out) {
    let wanted = match (parent.value("type"), parsed) {
        ("path", Fmri::Service { service: Some(_), .. }) => "a service in a dependency of type `path`",
        ("service", Fmri::File { .. }) => "a file in a dependency of type `service`",
        _ => return,
    };
    let message = format!("`{}` is {wanted}", short(text));
    out.say_with(&R50, span, message, |finding| {
        let kind = if matches!(parsed, Fmri::File { .. }) { "path" } else { "service" };
        finding.mend(format!("write type=\"{kind}\" in the dependency, or name what it is to be on"))
    });
}

fn dependent(text: &str, parsed: &Fmri<'_>, span: std::ops::Range<usize>, out: &mut Out) {
    let why = match parsed {
        Fmri::File { .. } => "is a file",
        Fmri::Service { scope: Some(_), .. } => "is not of this machine",
        Fmri::Service { properties: Some(_), .. } => "is a property",
        Fmri::Service { .. } => return,
    };
    out.say(&R52, span, format!("`{}` {why}, not a service or an instance", short(text)));
}
