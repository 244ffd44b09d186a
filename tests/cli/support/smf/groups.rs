//! What one service is made of: property groups and their name space (R22 to R29), methods (R46 to R60), dependencies
//! (R61), and what we ask of our own manifests.
use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::{Found, attribute, elements};

/// Groups that svccfg and the restarter make, with their types.
const IMPLICIT: [&str; 5] = ["general", "startd", "method_context", "dependents", "manifestfiles"];

pub(super) fn check(service: Node<'_, '_>, found: &mut Found) {
    let mut instances: Vec<&str> = elements(service, "instance").map(|node| attribute(node, "name")).collect();
    instances.extend(elements(service, "create_default_instance").map(|_| "default"));
    found.demand(
        "R22-R23",
        instances.iter().collect::<BTreeSet<_>>().len() == instances.len(),
        service,
        "an instance twice",
    );
    check_entity(service, found);
    for wanted in ["start", "stop"] {
        let there = elements(service, "exec_method").any(|method| attribute(method, "name") == wanted);
        found.demand("R55", there, service, &format!("no {wanted} method"));
    }
    own(service, found);
}

/// A service or an instance.
pub(super) fn check_entity(entity: Node<'_, '_>, found: &mut Found) {
    let mut groups: BTreeMap<&str, &str> = BTreeMap::new();
    let mut properties: BTreeSet<(&str, &str)> = BTreeSet::new();
    for node in entity.children().filter(Node::is_element) {
        let name = attribute(node, "name");
        let (kind, implicit): (&str, &[&str]) = match node.tag_name().name() {
            "exec_method" => ("method", &["exec", "type", "timeout_seconds"]),
            "dependency" => ("dependency", &["entities", "type", "grouping", "restart_on"]),
            "property_group" => (attribute(node, "type"), &[]),
            "dependent" => {
                found.demand(
                    "R27",
                    groups.insert(name, "dependents").is_none(),
                    node,
                    "a dependent with the name of a group",
                );
                continue;
            }
            _ => continue,
        };
        let before = groups.insert(name, kind);
        found.demand("R26", before.is_none_or(|before| before == kind), node, "a name for two kinds of groups");
        found.demand(
            "R29",
            !IMPLICIT.contains(&name) || kind == "framework",
            node,
            "the restarter's own group with another type",
        );
        let own = node.children().filter(|child| child.has_tag_name("propval") || child.has_tag_name("property"));
        for property in own.map(|child| attribute(child, "name")).chain(implicit.iter().copied()) {
            found.demand("R28", properties.insert((name, property)), node, &format!("the property {property} twice"));
        }
        match kind {
            "method" => method(node, found),
            "dependency" => dependency(node, found),
            _ if name == "startd" => startd(node, found),
            _ => {}
        }
    }
}

fn method(node: Node<'_, '_>, found: &mut Found) {
    found.demand(
        "R49",
        matches!(attribute(node, "name"), "start" | "stop" | "refresh"),
        node,
        "nobody runs that method",
    );
    found.demand("R56", attribute(node, "type") == "method", node, "a method of type monitor");
    found.demand("R56", !attribute(node, "exec").trim().is_empty(), node, "nothing to run");
}

fn dependency(node: Node<'_, '_>, found: &mut Found) {
    found.demand("R51", matches!(attribute(node, "type"), "service" | "path"), node, "neither service nor path");
    found.demand("R61", elements(node, "service_fmri").count() > 0, node, "depends on nothing");
    let grouping = ["require_all", "require_any", "exclude_all", "optional_all"];
    found.demand("R61", grouping.contains(&attribute(node, "grouping")), node, "no such grouping");
    let restart = ["error", "restart", "refresh", "none"];
    found.demand("R61", restart.contains(&attribute(node, "restart_on")), node, "no such restart_on");
}

fn startd(node: Node<'_, '_>, found: &mut Found) {
    for property in elements(node, "propval") {
        let (kind, value) = (attribute(property, "type"), attribute(property, "value"));
        match attribute(property, "name") {
            "duration" => {
                let known = kind == "astring" && matches!(value, "contract" | "transient" | "child");
                found.demand("R58", known, property, "no such duration");
            }
            "ignore_error" => {
                let known = kind == "astring" && matches!(value, "core" | "signal" | "core,signal" | "signal,core");
                found.demand("R59", known, property, "errors that svc.startd does not know");
            }
            "need_session" => found.demand("R60", kind == "boolean", property, "not a boolean"),
            _ => {}
        }
    }
}

/// What we ask of our own manifests: svc.startd's PATH has no packages' directories, HOME is not set, and without a
/// working directory a user without a home keeps the service from starting.
fn own(service: Node<'_, '_>, found: &mut Found) {
    let context = elements(service, "method_context").next();
    let directory = context.map(|context| attribute(context, "working_directory")).unwrap_or_default();
    found.demand(
        "directory",
        directory.starts_with('/') || directory.starts_with('@'),
        service,
        "no working directory",
    );
    let variables: Vec<&str> =
        service.descendants().filter(|node| node.has_tag_name("envvar")).map(|node| attribute(node, "name")).collect();
    for wanted in ["PATH", "HOME"] {
        found.demand(wanted, variables.contains(&wanted), service, &format!("no {wanted} in the environment"));
    }
    found.demand(
        "envvar",
        variables.iter().collect::<BTreeSet<_>>().len() == variables.len(),
        service,
        "a variable twice",
    );
    let credential = service
        .descendants()
        .any(|node| node.has_tag_name("method_credential") && !matches!(attribute(node, "user"), "root" | "0"));
    found.demand("user", credential, service, "runs as root");
    // A foreground server must be `child`, or be sent to the background: else its start times out.
    let child =
        service.descendants().any(|node| attribute(node, "name") == "duration" && attribute(node, "value") == "child");
    let starts = elements(service, "exec_method").find(|method| attribute(*method, "name") == "start");
    let background = starts.is_some_and(|start| attribute(start, "exec").trim_end().ends_with('&'));
    found.demand("duration", child != background, service, "the start method and the duration do not fit together");
}
