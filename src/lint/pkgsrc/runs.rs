//! What a service runs: its user, its program, its configuration; read out of its script and its manifest.
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::finding::Source;
use crate::lint::rcd::{self, Started};

/// What a service runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// As whom; nothing when that is not known.
    pub(super) user: Option<Told>,
    /// Which program; nothing when that is not known.
    pub(super) program: Option<Told>,
    /// Files of the configuration that it names.
    pub(super) configs: BTreeSet<String>,
}

/// A value, and where it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) value: String,
    pub(super) span: Option<Range<usize>>,
}

/// The files of the configuration that a text names, but in these comments.
fn configs(text: &str, comments: &[Range<usize>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let is_said = |at: usize| !comments.iter().any(|comment| comment.contains(&at));
    for (at, start) in text.match_indices("@PKG_SYSCONFDIR@/").filter(|(at, _)| is_said(*at)) {
        let path = &text[at + start.len()..];
        let end = path
            .find(|one: char| !(one.is_ascii_alphanumeric() || matches!(one, '.' | '_' | '-' | '/' | '@')))
            .unwrap_or(path.len());
        let path = path[..end].trim_end_matches(['.', '/']);
        // A directory is no file.
        if path.contains('.') {
            found.insert(path.to_owned());
        }
    }
    found
}

/// What an rc.d script of NetBSD's kind runs.
pub(super) fn of_script(source: &Arc<Source>) -> Runs {
    let started = rcd::of_script(source);
    Runs { configs: configs(&source.text, &started.comments), ..runs(started) }
}

fn runs(started: Started) -> Runs {
    let told = |(value, span)| Told { value, span: Some(span) };
    Runs {
        user: started.user.map(told).and_then(account),
        program: started.program.map(told),
        configs: BTreeSet::new(),
    }
}

/// The account of `user` and `user:group`; nothing when it is only known when the service starts.
fn account(told: Told) -> Option<Told> {
    let value = told.value.split(':').next().unwrap_or_default().to_owned();
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '@' | '_' | '-' | '.');
    (!value.is_empty() && value.chars().all(plain)).then_some(Told { value, span: told.span })
}

fn credential<'a, 'b>(node: roxmltree::Node<'a, 'b>) -> Option<roxmltree::Attribute<'a, 'b>> {
    node.descendants().find(|node| node.has_tag_name("method_credential"))?.attribute_node("user")
}

/// What the services of an SMF manifest run.
pub(super) fn of_manifest(source: &Arc<Source>) -> Vec<Runs> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let Ok(document) = roxmltree::Document::parse_with_options(&source.text, options) else { return Vec::new() };
    let services = document.descendants().filter(|node| node.has_tag_name("service"));
    services
        .filter_map(|service| {
            let start = service
                .descendants()
                .find(|node| node.has_tag_name("exec_method") && node.attribute("name") == Some("start"))?;
            let context = service.children().chain(service.children().flat_map(|child| child.children()));
            let outer = context.filter(|node| node.has_tag_name("method_context")).find_map(credential);
            let user = credential(start).or(outer);
            let exec = start.attribute("exec").unwrap_or_default();
            let at = |told: Told| Told { span: Some(start.range()), ..told };
            let by_exec = runs(rcd::of_command(exec));
            let user = match user {
                Some(user) => account(Told { value: user.value().to_owned(), span: Some(user.range()) }),
                // A method of the package's own can switch to anybody.
                None if exec.contains("SMF_METHOD_FILE") => None,
                None => by_exec.user.map(at),
            };
            let text = source.text.get(service.range()).unwrap_or_default();
            Some(Runs { user, program: by_exec.program.map(at), configs: configs(text, &[]) })
        })
        .collect()
}
