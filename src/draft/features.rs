//! What the manifest tells about features: which there are, and what its comments say of them.
use std::collections::{BTreeMap, BTreeSet};

use super::material::Material;
use crate::krate::Krate;

/// A feature as the manifest declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// The comment above or behind it.
    pub(super) comment: Option<String>,
    /// 1-based.
    pub(super) line: usize,
    /// Another feature follows without a comment of its own: the comment may be about all of them.
    shared: bool,
}

impl Declared {
    /// The comment, when it is about this feature alone.
    pub(super) fn own_comment(&self) -> Option<&str> {
        self.comment.as_deref().filter(|_| !self.shared)
    }
}

/// Features of the manifest's own `[features]`, with comments: those of `Cargo.toml.orig`, which cargo's own rewriting
/// of the manifest drops. `None` for a feature that only cargo infers.
pub(super) fn declared(material: &Material<'_>) -> (String, BTreeMap<String, Declared>) {
    let krate = material.krate;
    let original = format!("{}.orig", krate.manifest_path);
    let files = material.files();
    match files.text(&original) {
        Some(text) => (original, parse(&text)),
        None => (krate.manifest_path.clone(), parse(&krate.manifest_text)),
    }
}

fn parse(text: &str) -> BTreeMap<String, Declared> {
    let mut found = BTreeMap::new();
    let (mut inside, mut depth) = (false, 0_usize);
    let mut comment: Vec<&str> = Vec::new();
    // The feature of the line before, when nothing has come in between.
    let mut before: Option<String> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim();
        if depth == 0 && trimmed.starts_with('[') {
            inside = trimmed.trim_end_matches(|c: char| c != ']') == "[features]";
            comment.clear();
            before = None;
        } else if !inside {
        } else if let Some(words) = trimmed.strip_prefix('#') {
            if depth == 0 {
                before = None;
                comment.push(words.trim_start_matches(['#', '!']).trim());
            }
        } else if trimmed.is_empty() {
            comment.clear();
            before = None;
        } else {
            if depth == 0
                && let Some((key, _)) = trimmed.split_once('=')
            {
                let behind = trimmed.rsplit_once("] #").map(|(_, words)| words.trim());
                let words = if comment.is_empty() { behind.unwrap_or("").to_owned() } else { paragraph(&comment) };
                if let Some(above) = before.take().filter(|_| comment.is_empty() && behind.is_none())
                    && let Some(above) = found.get_mut(&above)
                {
                    let above: &mut Declared = above;
                    above.shared = true;
                }
                let comment = Some(words).filter(|words| !words.is_empty());
                let name = key.trim().trim_matches(['"', '\'']).to_owned();
                before = Some(name.clone()).filter(|_| behind.is_none());
                found.insert(name, Declared { comment, line: number, shared: false });
            }
            comment.clear();
            // Brackets in strings do not occur in names of features.
            let code = trimmed.split(" #").next().unwrap_or(trimmed);
            depth = (depth + code.matches('[').count()).saturating_sub(code.matches(']').count());
        }
    }
    found
}

/// Lines of a comment as one text; a line that begins with a capital letter begins a sentence.
fn paragraph(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            let sentence = line.starts_with(|c: char| c.is_uppercase()) && !text.ends_with(['.', ',', ':', ';']);
            text.push_str(if sentence { ". " } else { " " });
        }
        text.push_str(line);
    }
    text
}

/// Everything that `start` turns on among the crate's own features, itself included.
pub(super) fn closure<'a>(krate: &'a Krate, start: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut all = BTreeSet::new();
    let mut todo: Vec<&str> = start.collect();
    while let Some(name) = todo.pop() {
        if let Some((name, turned_on)) = krate.features.get_key_value(name)
            && all.insert(name.as_str())
        {
            todo.extend(turned_on.iter().map(String::as_str));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn comments_belong_to_the_feature_below() {
        let text = "[package]\nname = 'x'\n[features]\n# about all\n\ndefault = [\n  'a', # first\n]\n# Turns on\n# a thing\na = []\nb = [\"dep:b\"] # for b\n\
            [dependencies]\nz = '1'\n";
        let found = parse(text);
        assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["a", "b", "default"]);
        assert_eq!(found["a"].comment.as_deref(), Some("Turns on a thing"));
        assert_eq!((found["b"].comment.as_deref(), found["b"].line), (Some("for b"), 12));
        assert_eq!(found["default"].comment, None);
        let found = parse("[features]\n# Engines\na = []\nb = []\n# one\nc = []\n\nd = []\n");
        assert_eq!(["a", "c"].map(|name| found[name].own_comment()), [None, Some("one")]);
    }
}
