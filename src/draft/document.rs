//! The text of a draft: sections with entries, each with its reason above it.
use std::collections::BTreeSet;
use std::fmt::Write as _;

use toml::Value;

use super::guess::{Guess, Reason, Seen};

/// Columns of a comment.
const WIDTH: usize = 110;

/// A recipe in the making.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// In the order in which they are written.
    pub(super) sections: Vec<Section>,
    /// What the reader of the recipe should know first.
    pub(super) about: Vec<String>,
    /// Features that options turn on.
    pub(super) features: BTreeSet<String>,
}

/// A table of the recipe.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// With its brackets.
    pub(super) header: String,
    /// Why it is there at all.
    pub(super) reason: Option<Reason>,
    /// Its lines.
    pub(super) entries: Vec<Entry>,
    /// What could not be written into it.
    pub(super) remarks: Vec<Reason>,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Value,
    /// Nothing for a certain fact.
    pub(super) reason: Option<Reason>,
}

impl Section {
    pub(super) fn new(header: &str) -> Self {
        Self { header: header.to_owned(), reason: None, entries: Vec::new(), remarks: Vec::new() }
    }

    pub(super) fn because(header: &str, reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::new(header) }
    }

    /// Adds a certain fact.
    pub(super) fn fact(&mut self, key: &str, value: impl Into<Value>) {
        self.entries.push(Entry { key: key.to_owned(), value: value.into(), reason: None });
    }

    /// Adds a guess.
    pub(super) fn guess(&mut self, key: &str, value: impl Into<Value>, reason: Reason) {
        self.entries.push(Entry { key: key.to_owned(), value: value.into(), reason: Some(reason) });
    }

    /// Adds what could not be written as a line.
    pub(super) fn remark(&mut self, reason: Reason) {
        self.remarks.push(reason);
    }

    fn name(&self) -> &str {
        self.header.trim_matches(['[', ']'])
    }
}

impl Draft {
    /// Features that the draft's options turn on.
    #[must_use]
    pub fn features(&self) -> &BTreeSet<String> {
        &self.features
    }

    /// Adds the licence of a crate that does not say its own.
    pub fn add_licence(&mut self, krate: &str, version: &str, licence: &str, file: &str) {
        let why = format!("the crate says no usable licence; its {file} reads like it");
        let mut section =
            Section::because("[[licence]]", Reason::seen(why, Seen::file(format!("{krate}-{version}/{file}"))));
        section.fact("crate", krate);
        section.fact("version", version);
        section.fact("licence", licence);
        section.fact("reason", format!("its {file} reads like {licence}"));
        self.sections.push(section);
    }

    /// The recipe's text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.about {
            comment(&mut out, line);
        }
        for section in &self.sections {
            if !out.is_empty() {
                out.push('\n');
            }
            if let Some(reason) = &section.reason {
                comment(&mut out, &format!("guess: {reason}"));
            }
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{}", section.header);
            for entry in &section.entries {
                if let Some(reason) = &entry.reason {
                    comment(&mut out, &format!("guess: {reason}"));
                }
                let _ = writeln!(out, "{} = {}", key(&entry.key), value(&entry.value));
            }
            for remark in &section.remarks {
                comment(&mut out, &format!("review: {remark}"));
            }
        }
        out
    }

    /// Everything in it that is not certain.
    #[must_use]
    pub fn guesses(&self) -> Vec<Guess> {
        let mut guesses = Vec::new();
        let mut add = |what: String, value: Option<String>, reason: &Reason| {
            guesses.push(Guess { what, value, why: reason.why.clone(), seen: reason.seen.clone() });
        };
        for section in &self.sections {
            if let Some(reason) = &section.reason {
                let first = section.entries.first().filter(|_| section.header.starts_with("[["));
                add(section.name().to_owned(), first.map(|entry| value(&entry.value)), reason);
            }
            for entry in &section.entries {
                if let Some(reason) = &entry.reason {
                    add(format!("{}.{}", section.name(), entry.key), Some(value(&entry.value)), reason);
                }
            }
            for remark in &section.remarks {
                add(section.name().to_owned(), None, remark);
            }
        }
        guesses
    }
}

/// A comment of one paragraph; nothing in it can end the comment.
fn comment(out: &mut String, text: &str) {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(2000).collect();
    let mut line = String::from("#");
    for word in plain.split_whitespace() {
        if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#  ");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { name.to_owned() } else { Value::from(name).to_string() }
}

fn value(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(self::value).collect();
            let line = format!("[{}]", items.join(", "));
            if line.len() <= WIDTH { line } else { format!("[\n    {},\n]", items.join(",\n    ")) }
        }
        Value::Table(table) => {
            let items: Vec<String> =
                table.iter().map(|(name, item)| format!("{} = {}", key(name), self::value(item))).collect();
            format!("{{ {} }}", items.join(", "))
        }
        // A line each, also for text with line breaks.
        Value::String(text) => basic(text),
        other => other.to_string(),
    }
}

fn basic(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use toml::Value;

    use super::{Draft, Section};
    use crate::draft::guess::{Reason, Seen};

    #[test]
    fn text_and_guesses() {
        let mut section = Section::because("[[program]]", Reason::seen("run\nby name", Seen::at("src/a.rs", 3)));
        section.fact("name", "x\"\\\n\u{7f}y");
        section.guess("probe", vec!["-v".to_owned()], Reason::new("# [x]\u{0}\ny = 1"));
        section.remark(Reason::new("see"));
        let draft = Draft { sections: vec![section], about: vec!["one".into()], ..Draft::default() };
        let text = draft.text();
        let table: toml::Table = text.parse().unwrap();
        let Value::Array(programs) = &table["program"] else { panic!("{text}") };
        assert_eq!(programs[0]["name"].as_str(), Some("x\"\\\n\u{7f}y"));
        assert!(text.contains("# guess: run by name (src/a.rs:3)\n[[program]]\n"), "{text}");
        assert_eq!(table.len(), 1);
        assert_eq!(
            draft.guesses().iter().map(|guess| guess.what.as_str()).collect::<Vec<_>>(),
            ["program", "program.probe", "program"]
        );
    }
}
