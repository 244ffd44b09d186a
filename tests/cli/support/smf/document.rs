//! The document, names and values wherever they stand (R01 to R19, R34 to R50), and prose (R67 to R69).
use std::collections::BTreeSet;

use roxmltree::Node;

use super::{Found, attribute, elements, fmri, ident, service, value};

/// The one system identifier that svccfg takes.
const DTD: &str = "<!DOCTYPE service_bundle SYSTEM \"/usr/share/lib/xml/dtd/service_bundle.dtd.1\">";
/// Import makes `TEMP/NAME` of a service's name, in the same buffer (R15).
const LONGEST_SERVICE: usize = 113;

pub(super) fn check(text: &str, root: Node<'_, '_>, found: &mut Found) {
    found.demand("R01", text.contains(DTD), root, "another document type");
    found.demand("R02", root.has_tag_name("service_bundle"), root, "another root element");
    found.demand("R03", attribute(root, "type") == "manifest", root, "not a manifest");
    found.demand("R04", !attribute(root, "name").is_empty(), root, "a bundle without a name");
    let odd = |node: &Node<'_, '_>| node.is_pi();
    found.demand(
        "R08",
        !root.descendants().any(|node| odd(&node)) && !text.contains("<![CDATA["),
        root,
        "more than text and comments",
    );
    let services: Vec<&str> = elements(root, "service").map(|node| attribute(node, "name")).collect();
    found.demand("R09", services.iter().collect::<BTreeSet<_>>().len() == services.len(), root, "a service twice");
    for node in root.descendants().filter(Node::is_element) {
        element(node, found);
    }
}

fn element(node: Node<'_, '_>, found: &mut Found) {
    let name = attribute(node, "name");
    match node.tag_name().name() {
        "service" => {
            found.demand("R10", attribute(node, "version").parse::<u32>().is_ok(), node, "a version that is no number");
            found.demand("R12", service(name), node, "not a service's name");
            found.demand("R15", name.len() <= LONGEST_SERVICE, node, "the name is too long");
            let instances = elements(node, "instance").count() + elements(node, "create_default_instance").count();
            found.demand("R25", instances > 0, node, "no instance, nothing can run");
        }
        "instance" | "create_default_instance" => {
            let enabled = attribute(node, "enabled");
            found.demand("R24", matches!(enabled, "true" | "false"), node, "enabled is neither true nor false");
            found.demand("enabled", enabled == "false", node, "the admin decides when the service starts");
            found.demand(
                "R11",
                node.has_tag_name("create_default_instance") || ident(name),
                node,
                "not an instance's name",
            );
        }
        "single_instance" => found.demand("R30", false, node, "never implemented"),
        "dependency" | "dependent" | "exec_method" | "property_group" | "propval" | "property" => {
            found.demand("R11", ident(name), node, "not a name");
            typed(node, found);
        }
        "service_fmri" => reference(node, found),
        "envvar" => {
            let good = !name.is_empty() && !name.contains('=') && !name.starts_with("SMF_");
            found.demand("R47", good, node, "not a variable's name");
        }
        "method_credential" => found.demand("R48", !attribute(node, "user").is_empty(), node, "no user"),
        "loctext" => {
            let text = node.text().unwrap_or_default();
            found.demand("R67", !text.trim().is_empty(), node, "an empty text");
            let common = node.parent().is_some_and(|parent| parent.has_tag_name("common_name"));
            found.demand(
                "R69",
                !common || text.trim().chars().count() < 60,
                node,
                "a common name of 60 characters and more",
            );
        }
        "common_name" | "description" => {
            let languages: Vec<_> = elements(node, "loctext")
                .map(|text| text.attributes().map(|one| one.value()).collect::<Vec<_>>())
                .collect();
            found.demand(
                "R67",
                languages.iter().collect::<BTreeSet<_>>().len() == languages.len(),
                node,
                "a language twice",
            );
        }
        "documentation" => {
            let key = |link: &Node<'_, '_>| (attribute(*link, "name").to_owned(), attribute(*link, "title").to_owned());
            let links: Vec<_> = node.children().filter(Node::is_element).map(|link| key(&link)).collect();
            found.demand("R68", links.iter().collect::<BTreeSet<_>>().len() == links.len(), node, "a link twice");
        }
        _ => {}
    }
}

/// Types of groups, and values of properties.
fn typed(node: Node<'_, '_>, found: &mut Found) {
    let kind = attribute(node, "type");
    match node.tag_name().name() {
        "property_group" => found.demand("R14", ident(kind), node, "not a type of groups"),
        "propval" => {
            let text = attribute(node, "value");
            found.demand("R34-R44", value(kind, text), node, "a value that is not of its type");
            found.demand("R15", text.len() <= 4095, node, "the value is too long");
        }
        "property" => {
            for list in node.children().filter(Node::is_element) {
                found.demand("R45", list.tag_name().name() == format!("{kind}_list"), node, "a list of another type");
                for one in elements(list, "value_node") {
                    found.demand(
                        "R34-R44",
                        value(kind, attribute(one, "value")),
                        node,
                        "a value that is not of its type",
                    );
                }
            }
        }
        "exec_method" => {
            found.demand("R46", value("count", attribute(node, "timeout_seconds")), node, "not a timeout");
            found.demand("R46", !attribute(node, "timeout_seconds").contains('-'), node, "0 says infinite, not -1");
            found.demand("R15", attribute(node, "exec").len() <= 4095, node, "the command is too long");
        }
        _ => {}
    }
}

fn reference(node: Node<'_, '_>, found: &mut Found) {
    let text = attribute(node, "value");
    found.demand("R50", !text.is_empty() && fmri(text), node, "not an FMRI");
    // svc.startd itself looks for these spellings only.
    found.demand("R19", !text.starts_with("file:") || text.starts_with("file://"), node, "write file://localhost/…");
    let is_path = node.parent().is_some_and(|parent| attribute(parent, "type") == "path");
    found.demand("R50", is_path == text.starts_with("file:"), node, "the type says otherwise");
}
