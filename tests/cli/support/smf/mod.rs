//! What svccfg and svc.startd ask of a manifest beyond the DTD, as far as generated manifests can offend. Rules have
//! numbers (R01 …); those that are not here concern profiles, archives, templates with patterns and notifications.
mod document;
mod groups;
mod names;
mod values;

pub(crate) use names::{fmri, ident, service};
pub(crate) use values::value;

use roxmltree::{Document, Node, ParsingOptions};

/// Complaints about a manifest, each with its rule; none for a good one.
pub(crate) fn check(manifest: &str) -> Vec<String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let parsed = match Document::parse_with_options(manifest, options) {
        Ok(parsed) => parsed,
        Err(error) => return vec![format!("R01: {error}")],
    };
    let mut found = Found(Vec::new());
    document::check(manifest, parsed.root_element(), &mut found);
    for service in elements(parsed.root_element(), "service") {
        groups::check(service, &mut found);
        for instance in elements(service, "instance") {
            groups::check_entity(instance, &mut found);
        }
    }
    found.0
}

/// What was found so far.
struct Found(Vec<String>);

impl Found {
    /// Rule `rule` holds, or there is a complaint.
    fn demand(&mut self, rule: &str, holds: bool, node: Node<'_, '_>, what: &str) {
        if !holds {
            let name = node.attribute("name").unwrap_or_default();
            self.0.push(format!("{rule}: {what} (<{}> {name})", node.tag_name().name()));
        }
    }
}

/// Children of that name.
fn elements<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default()
}
