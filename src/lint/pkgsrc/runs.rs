//! What a service runs: its user, its program, its configuration; read out of its script and its manifest.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::finding::Source;
use crate::lint::package::lines;

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

/// Programs that only start another.
const STARTERS: &[&str] =
    &["daemonize", "daemon", "env", "setuidgid", "su", "sh", "nohup", "logger", "sudo", "exec", "limits"];

fn starts(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    STARTERS.contains(&name)
}

/// `@PREFIX@/…` in a text, LOCALBASE taken for the same.
fn paths(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for start in ["@PREFIX@/", "@LOCALBASE@/"] {
        for (at, _) in text.match_indices(start) {
            let end = text[at..]
                .find(|one: char| one.is_whitespace() || matches!(one, '"' | '\'' | ';' | '&' | ')' | ':' | '<' | '>'));
            let end = end.map_or(text.len(), |more| at + more);
            found.push((format!("@PREFIX@/{}", &text[at + start.len()..end]), at..end));
        }
    }
    found.sort_by_key(|(_, span)| span.start);
    found
}

fn configs(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, start) in text.match_indices("@PKG_SYSCONFDIR@/") {
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
    let mut values: BTreeMap<String, Told> = BTreeMap::new();
    let mut code = String::new();
    for (line, span) in lines(&source.text) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('#') {
            continue;
        }
        code.push_str(line);
        code.push('\n');
        if let Some((name, value)) = assigned(trimmed) {
            values.entry(name).or_insert(Told { value, span: Some(span) });
        }
    }
    let name = values.get("name").map(|told| told.value.clone()).unwrap_or_default();
    let expand = |text: &str| expanded(text, &values);
    let command = values.get("command").map(|told| Told { value: expand(&told.value), span: told.span.clone() });
    let arguments = values.get("command_args").map(|told| expand(&told.value)).unwrap_or_default();
    let started = ["start_cmd", "start_precmd"].iter().any(|one| values.contains_key(*one));
    let by_helper = switched(&format!("{arguments}\n{code}"), &values);
    let user = match values.get(&format!("{name}_user")) {
        Some(told) => Some(Told { value: expand(&told.value), span: told.span.clone() }),
        None => match by_helper {
            Some(user) => {
                let span = values.get("command_args").or(values.get("command")).and_then(|told| told.span.clone());
                Some(Told { value: user, span })
            }
            // A command of its own can do anything.
            None if values.contains_key("start_cmd") || name.is_empty() => None,
            None => Some(Told { value: "root".to_owned(), span: command.as_ref().and_then(|told| told.span.clone()) }),
        },
    };
    let user = user.and_then(account);
    let program = command.and_then(|told| {
        let value = told.value.replace("@LOCALBASE@", "@PREFIX@");
        if !starts(&value) {
            return (!started || !values.contains_key("start_cmd")).then_some(Told { value, span: told.span });
        }
        let inner =
            paths(&arguments).into_iter().map(|(path, _)| path).find(|path| path.contains("bin/") && !starts(path));
        inner.map(|value| Told { value, span: told.span })
    });
    let program = program.filter(|told| told.value.starts_with("@PREFIX@") && !told.value.contains('$'));
    Runs { user, program, configs: configs(&code) }
}

/// The account of `user` and `user:group`; nothing when it is only known when the service starts.
fn account(told: Told) -> Option<Told> {
    let value = told.value.split(':').next().unwrap_or_default().to_owned();
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '@' | '_' | '-' | '.');
    (!value.is_empty() && value.chars().all(plain)).then_some(Told { value, span: told.span })
}

/// `name=value`, `: ${name:=value}`, `: ${name=value}`.
fn assigned(line: &str) -> Option<(String, String)> {
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if let Some(rest) = line.strip_prefix(':') {
        let inner = rest.trim_start().trim_start_matches('"').strip_prefix("${")?;
        let (name, value) = inner.split_once('=')?;
        let name = name.trim_end_matches(':');
        let value = value.rsplit_once('}').map_or(value, |(value, _)| value);
        return is_name(name).then(|| (name.to_owned(), bare(value)));
    }
    let (name, value) = line.split_once('=')?;
    is_name(name).then(|| (name.to_owned(), bare(value)))
}

/// `${name}` and `$name` filled in, twice over.
fn expanded(text: &str, values: &BTreeMap<String, Told>) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        for (name, told) in values {
            // A default in place: `${name-value}` is left as it stands.
            if told.value.len() < 200 && !told.value.contains(&format!("{{{name}")) {
                text = text.replace(&format!("${{{name}}}"), &told.value);
                if text.ends_with(&format!("${name}")) || text.contains(&format!("${name} ")) {
                    text = text.replace(&format!("${name}"), &told.value);
                }
            }
        }
        if text.len() > 4096 {
            break;
        }
    }
    text
}

/// The user of `daemonize -u`, `su -m` and `setuidgid`.
fn switched(text: &str, values: &BTreeMap<String, Told>) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(['"', '\''])).collect();
    let name = |word: &str| {
        let value = expanded(word, values);
        (!value.contains('$') && !value.starts_with('-') && !value.is_empty()).then_some(value)
    };
    for (at, word) in words.iter().enumerate() {
        let base = word.rsplit('/').next().unwrap_or(word);
        let next = |more: usize| words.get(at + more).copied();
        let found = match base {
            "-u" | "setuidgid" => next(1).and_then(name),
            "su" | "@SU@" => {
                let more = (1..4).find_map(|more| next(more).filter(|word| !word.starts_with('-')));
                more.and_then(name)
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
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
            let program =
                paths(exec).into_iter().map(|(path, _)| path).find(|path| path.contains("bin/") && !starts(path));
            let text = source.text.get(service.range()).unwrap_or_default();
            let at = Some(start.range());
            let user = match (user, switched(exec, &BTreeMap::new())) {
                (Some(user), _) => Some(Told { value: user.value().to_owned(), span: Some(user.range()) }),
                (None, Some(value)) => Some(Told { value, span: at }),
                // A method of the package's own can switch to anybody, as can what `-u` is given by a property.
                (None, None) if exec.contains("SMF_METHOD_FILE") || exec.contains("-u %") => None,
                (None, None) => Some(Told { value: "root".to_owned(), span: at }),
            };
            Some(Runs {
                user: user.and_then(account),
                program: program.map(|value| Told { value, span: Some(start.range()) }),
                configs: configs(text),
            })
        })
        .collect()
}
