//! Notifications (`lxml_get_notification_parameters`; `usr/src/cmd/svc/common/notify_params.c`).
use super::super::model::{Bundle, owner, service_of};
use super::super::rules::R70;
use super::super::xml::Element;
use super::Out;
use super::out::short;
use crate::diag::did_you_mean;

/// States that a transition is to or from; `all` of them is one, too.
const STATES: [&str; 7] = ["uninitialized", "maintenance", "offline", "disabled", "online", "degraded", "all"];
/// What fault management calls its events besides their classes.
const TAGS: [&str; 4] = ["problem-diagnosed", "problem-updated", "problem-repaired", "problem-resolved"];
/// Classes of events of fault management.
const CLASSES: [&str; 2] = ["list.", "ireport."];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    Transition,
    Fault,
    Unknown,
}

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for element in bundle.tree.elements() {
        match element.name() {
            "notification_parameters" => notification(element, out),
            "paramval" if element.attribute("value").is_some_and(|value| value.value.is_empty()) => {
                let message = format!("the parameter `{}` has no value", short(element.value("name")));
                out.say(&R70, element.value_span("value"), message);
            }
            "type" | "parameter" | "paramval"
                if element.attribute("name").is_some_and(|name| name.value.is_empty()) =>
            {
                out.say(&R70, element.value_span("name"), format!("a `{}` without a name", element.name()));
            }
            _ => {}
        }
    }
}

fn kind(event: &str) -> Event {
    let state = event.strip_prefix("to-").or_else(|| event.strip_prefix("from-")).unwrap_or(event);
    if STATES.contains(&state) {
        Event::Transition
    } else if TAGS.contains(&event) || CLASSES.iter().any(|class| event.starts_with(class)) {
        Event::Fault
    } else {
        Event::Unknown
    }
}

fn notification(parameters: Element<'_>, out: &mut Out) {
    // A second event is reported with the DTD.
    let Some(event) = parameters.first("event") else { return };
    let Some(value) = event.attribute("value") else { return };
    let span = event.value_span("value");
    // strtok(3C) passes over empty ones.
    let names: Vec<&str> = value.value.split(',').filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        out.say(&R70, span, "no event");
        return;
    }
    if let Some(unknown) = names.iter().find(|name| kind(name) == Event::Unknown) {
        let known =
            || STATES.iter().flat_map(|state| [format!("to-{state}"), format!("from-{state}")]).collect::<Vec<_>>();
        let message = format!("there is no event `{}`", short(unknown));
        out.say_with(&R70, span, message, |finding| match did_you_mean(unknown, known().iter().map(String::as_str)) {
            Some(near) => finding.mend(format!("did you mean `{near}`?")),
            None => finding,
        });
        return;
    }
    let faults = names.iter().filter(|name| kind(name) == Event::Fault).count();
    let (Some(entity), Some(service)) = (owner(parameters), service_of(parameters)) else { return };
    if faults > 0 && faults < names.len() {
        out.say(&R70, span, "transitions of smf and events of fault management in one list");
    } else if faults > 0 {
        let right = entity.is("instance")
            && entity.value("name") == "default"
            && service.value("name") == "system/fm/notify-params";
        if !right {
            out.say(&R70, span, "events of fault management are for svc:/system/fm/notify-params:default");
        }
    } else if entity.is("service") && service.value("name") == "system/svc/global" {
        out.say(&R70, span, "svc:/system/svc/global has no events of its own");
    }
}
