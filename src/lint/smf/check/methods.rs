//! Methods and what they run with, as svccfg reads them (`lxml_get_exec_method`, `lxml_get_envvar`).
use super::super::model::{Bundle, Kind, owner, restarter, service_of};
use super::super::rules::{R46, R47, R48, R49};
use super::super::value::{count, envvar_name};
use super::super::xml::Element;
use super::Out;
use super::out::short;
use crate::finding::{Fix, Severity};

/// The methods that svc.startd runs.
pub(crate) const RUN: [&str; 3] = ["start", "stop", "refresh"];

/// svc.startd counts in nanoseconds of 63 bits: longer than this is for ever.
pub(crate) const FOR_EVER: u64 = i64::MAX as u64 / 1_000_000_000;

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for element in bundle.tree.elements() {
        match element.name() {
            "exec_method" => {
                timeout(element, out);
                if bundle.kind == Kind::Manifest {
                    never_run(element, out);
                }
            }
            "envvar" => {
                let name = element.value("name");
                if element.attribute("name").is_some() && !envvar_name(name) {
                    let message = match name {
                        "" => "a variable without a name".to_owned(),
                        _ if name.starts_with("SMF_") => format!("`{}` is svc.startd's", short(name)),
                        _ => format!("`{}` cannot be the name of a variable", short(name)),
                    };
                    out.say(&R47, element.value_span("name"), message);
                }
            }
            "method_credential" if element.attribute("user").is_some_and(|user| user.value.is_empty()) => {
                out.say_with(&R48, element.value_span("user"), "the user has no name", |finding| {
                    finding.effect("svc.startd finds no such user: the service goes into maintenance.")
                });
            }
            _ => {}
        }
    }
}

fn timeout(method: Element<'_>, out: &mut Out) {
    let Some(attribute) = method.attribute("timeout_seconds") else { return };
    let text = attribute.value.as_str();
    let span = method.value_span("timeout_seconds");
    out.demand(
        text,
        span.clone(),
        |text| count(text).is_some(),
        |out, span| {
            out.say(&R46, span, format!("`{}` is no number of seconds", short(text)));
        },
    );
    if count(text).is_some_and(|seconds| seconds > FOR_EVER) {
        out.say_with(&R46, span.clone(), format!("`{}` means no end, and 0 says so", short(text)), |finding| {
            finding
                .severity(Severity::Note)
                .effect("svc.startd waits without end for the method.")
                .mend("write timeout_seconds=\"0\"")
                .fix(Fix::new("0 for no end", span, "0"))
        });
    }
}

fn never_run(method: Element<'_>, out: &mut Out) {
    let name = method.value("name");
    let (Some(service), Some(entity)) = (service_of(method), owner(method)) else { return };
    // Other restarters have methods of other names, and a service's own restarter may be named in its instances.
    let instances = service.all("instance").any(|instance| restarter(service, Some(instance)).is_some());
    let delegated = restarter(service, Some(entity)).is_some() || instances;
    if !RUN.contains(&name) && !delegated && !name.is_empty() {
        out.say(&R49, method.value_span("name"), format!("nobody runs a method `{}`", short(name)));
    }
}
