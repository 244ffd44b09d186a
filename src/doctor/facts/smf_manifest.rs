//! SMF manifests and profiles as files (`service_bundle(5)`), read as svccfg would.
use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

/// More elements than this are not read.
const NODES: u32 = 20_000;

/// What a manifest says of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The service's name, without `svc:/`.
    pub(super) service: String,
    /// The instance's name.
    pub(super) instance: String,
    /// Whether the instance is enabled as delivered.
    pub(super) enabled: Option<bool>,
    /// The start method.
    pub(super) exec: String,
    /// Its user; nothing for root.
    pub(super) user: Option<String>,
    /// Its privileges; nothing for those of every process.
    pub(super) privileges: Option<String>,
    /// Its environment.
    pub(super) environment: BTreeMap<String, String>,
    /// Its working directory.
    pub(super) directory: Option<String>,
    /// Properties, as `group/name`.
    pub(super) properties: BTreeMap<String, String>,
}

fn parse(text: &str) -> Result<Document<'_>, String> {
    // A DOCTYPE is required of manifests; entities in it are not followed outside, and their number is bounded.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| error.to_string())
}

/// The service of a manifest whose start method runs `program`, or whose last name is `name`.
pub(super) fn manifest(text: &str, name: &str, program: &str) -> Result<Option<Manifest>, String> {
    let document = parse(text)?;
    let services = document.descendants().filter(|node| node.has_tag_name("service"));
    let mut found = None;
    for service in services {
        let full = service.attribute("name").unwrap_or_default();
        let runs = service.descendants().filter(|node| node.has_tag_name("exec_method")).any(|method| {
            method.attribute("exec").is_some_and(|exec| exec.split([' ', ';']).any(|word| word == program))
        });
        if runs || full.rsplit('/').next() == Some(name) {
            found = Some(read(service, full));
        }
    }
    Ok(found)
}

fn read(service: Node<'_, '_>, name: &str) -> Manifest {
    let default = service.children().find(|node| node.has_tag_name("create_default_instance"));
    let instance = service.children().find(|node| node.has_tag_name("instance"));
    let mut manifest = Manifest {
        service: name.to_owned(),
        instance: instance.and_then(|node| node.attribute("name")).unwrap_or("default").to_owned(),
        enabled: instance.or(default).and_then(|node| node.attribute("enabled")).map(|enabled| enabled == "true"),
        ..Manifest::default()
    };
    // The instance's own comes before the service's; a method's context before either, and nothing is merged.
    let levels: Vec<Node<'_, '_>> = instance.into_iter().chain([service]).collect();
    let method = levels.iter().find_map(|level| {
        level.children().find(|node| node.has_tag_name("exec_method") && node.attribute("name") == Some("start"))
    });
    manifest.exec = method.and_then(|method| method.attribute("exec")).map(ToOwned::to_owned).unwrap_or_default();
    let contexts: Vec<Node<'_, '_>> = method
        .into_iter()
        .chain(levels.iter().copied())
        .filter_map(|level| level.children().find(|node| node.has_tag_name("method_context")))
        .collect();
    manifest.directory =
        contexts.iter().find_map(|context| context.attribute("working_directory")).map(ToOwned::to_owned);
    if let Some(context) = contexts.first() {
        let credential = context.children().find(|node| node.has_tag_name("method_credential"));
        let said = |what| credential.and_then(|node| node.attribute(what)).map(ToOwned::to_owned);
        (manifest.user, manifest.privileges) = (said("user"), said("privileges"));
        for variable in context.descendants().filter(|node| node.has_tag_name("envvar")) {
            if let (Some(name), Some(value)) = (variable.attribute("name"), variable.attribute("value")) {
                manifest.environment.insert(name.to_owned(), value.to_owned());
            }
        }
    }
    for level in levels.iter().rev() {
        properties(*level, &mut manifest.properties);
    }
    manifest
}

fn properties(level: Node<'_, '_>, into: &mut BTreeMap<String, String>) {
    for group in level.children().filter(|node| node.has_tag_name("property_group")) {
        let name = group.attribute("name").unwrap_or_default();
        for property in group.children().filter(Node::is_element) {
            let Some(own) = property.attribute("name") else { continue };
            let values: Vec<&str> = property
                .descendants()
                .filter(|node| node.has_tag_name("value_node"))
                .filter_map(|node| node.attribute("value"))
                .collect();
            let value = property.attribute("value").map_or_else(|| values.join(" "), ToOwned::to_owned);
            into.insert(format!("{name}/{own}"), value);
        }
    }
}

/// Lays a profile over a manifest: what it says of the service's enabling and properties.
pub(super) fn overlay(text: &str, manifest: &mut Manifest) -> Result<bool, String> {
    let document = parse(text)?;
    let mut touched = false;
    for service in document.descendants().filter(|node| node.has_tag_name("service")) {
        if service.attribute("name") != Some(manifest.service.as_str()) {
            continue;
        }
        touched = true;
        properties(service, &mut manifest.properties);
        for instance in service.children().filter(|node| node.has_tag_name("instance")) {
            if instance.attribute("name") == Some(manifest.instance.as_str()) {
                if let Some(enabled) = instance.attribute("enabled") {
                    manifest.enabled = Some(enabled == "true");
                }
                properties(instance, &mut manifest.properties);
            }
        }
    }
    Ok(touched)
}
