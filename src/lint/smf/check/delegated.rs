//! Services whose restarter is not svc.startd: what it wants is in a template that is not here.
use super::super::model::{Bundle, Kind, instances, restarter, services};
use super::super::rules::OTHER_RESTARTER;
use super::super::xml::Element;
use super::Out;
use super::out::short;

/// svc.startd, as it can be written.
const STARTD: [&str; 4] = [
    "svc:/system/svc/restarter:default",
    "svc://localhost/system/svc/restarter:default",
    "system/svc/restarter:default",
    "svc:/system/svc/restarter",
];

pub(crate) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    if bundle.kind != Kind::Manifest {
        return;
    }
    for service in services(bundle.tree) {
        for instance in instances(service) {
            if let Some(named) = restarter(service, Some(instance.element)).filter(|named| !is_startd(*named)) {
                let message =
                    format!("the methods are for `{}` to run, and were not judged", short(named.value("value")));
                out.say(&OTHER_RESTARTER, named.value_span("value"), message);
            }
        }
    }
}

/// Whether the element that names a restarter names svc.startd.
pub(crate) fn is_startd(named: Element<'_>) -> bool {
    STARTD.contains(&named.value("value"))
}
