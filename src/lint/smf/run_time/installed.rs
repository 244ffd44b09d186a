//! When the service is installed, and how often it may fail.
use super::service::Run;
use crate::lint::smf::check::Out;
use crate::lint::smf::rules::{ENABLED, FAILURE_RATE};
use crate::lint::smf::xml::Element;

/// Enabled by the manifest itself.
pub(super) fn check_instance(instance: Option<Element<'_>>, out: &mut Out) {
    if let Some(instance) = instance.filter(|instance| instance.value("enabled") == "true") {
        out.say(&ENABLED, instance.value_span("enabled"), "the service starts when the manifest is imported");
    }
}

/// `critical_failure_count` and `critical_failure_period` (usr/src/cmd/svc/startd/method.c).
pub(super) fn check_rate(run: &Run<'_>, out: &mut Out) {
    let both = ["critical_failure_count", "critical_failure_period"];
    for group in run.groups.iter().filter(|group| group.name == "startd") {
        let found: Vec<_> = both.iter().filter_map(|name| group.property(name)).collect();
        if let [one] = found[..] {
            let missing = both.iter().find(|name| **name != one.name).copied().unwrap_or_default();
            out.say(&FAILURE_RATE, one.span.clone(), format!("`startd/{}` without `{missing}`", one.name));
        }
        for property in found.iter().filter(|property| property.kind.is_some_and(|kind| kind != "integer")) {
            let kind = property.kind.unwrap_or_default();
            out.say(
                &FAILURE_RATE,
                property.span.clone(),
                format!("`startd/{}` has type `{kind}`, not `integer`", property.name),
            );
        }
    }
}
