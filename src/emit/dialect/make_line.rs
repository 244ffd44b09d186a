//! The lines of a makefile, as far as the layout needs to know them.
use super::make_format::{HARD_BREAK, width};

/// A line with its follow-up lines.
pub(super) enum Line {
    /// Nothing.
    Blank(String),
    /// A comment or a conditional: stands in a paragraph without breaking it.
    Aside(String),
    /// An assignment, maybe commented out.
    Assignment(Assignment),
    /// Anything else: a target, its commands, an include.
    Other(String),
}

/// `NAME=value`.
pub(super) struct Assignment {
    /// Name and operator; with the `#` of one that is commented out.
    pub(super) name: String,
    /// White space between operator and value, as it was written.
    gap: String,
    /// What the first line holds of the value, without the backslash.
    pub(super) value: String,
    /// The further lines with their indentation, without the backslashes.
    pub(super) follow_up: Vec<String>,
}

/// How the indentation of follow-up lines changes with that of the first line.
pub(super) struct Shift {
    from: usize,
    to: usize,
    least: usize,
}

impl Shift {
    pub(super) fn apply(&self, column: usize) -> usize {
        (column + self.to).saturating_sub(self.from).max(self.least)
    }
}

impl Line {
    pub(super) fn ends_paragraph(&self) -> bool {
        matches!(self, Self::Blank(_) | Self::Other(_))
    }

    /// The line as it was written; for assignments, use their fields.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Blank(text) | Self::Aside(text) | Self::Other(text) => text,
            Self::Assignment(assignment) => &assignment.value,
        }
    }
}

impl Assignment {
    pub(super) fn name_width(&self) -> usize {
        width(&self.name)
    }

    /// Whether it takes part in the alignment; pkglint leaves out what has no value, and arguments of procedures.
    pub(super) fn is_aligned(&self) -> bool {
        let procedure = self.name.ends_with(":=") && self.name.starts_with(|c: char| c.is_ascii_lowercase());
        !procedure && (!self.value.is_empty() || !self.follow_up.is_empty())
    }

    /// Whether the first line holds no value, but a further one does.
    pub(super) fn starts_empty(&self) -> bool {
        self.value.is_empty() && !self.follow_up.is_empty()
    }

    /// Whether the value, put at `column`, needs more than one line of `most` columns and can have them.
    pub(super) fn goes_on(&self, column: usize, most: usize) -> bool {
        !self.follow_up.is_empty()
            || self.value.contains(HARD_BREAK)
            || self.value.contains(super::make_format::SOFT_BREAK) && column + self.value.chars().count() > most
    }

    /// How far the follow-up lines move when the value starts at `column`.
    pub(super) fn shift(&self, column: usize) -> Shift {
        let first = self.follow_up.first().map_or(0, |line| width(line) - width(line.trim_start_matches([' ', '\t'])));
        if self.starts_empty() {
            // Such lines may stand left of the values, but not right of them.
            Shift { from: first, to: first.min(column.max(8)), least: 8 }
        } else {
            let least = column.next_multiple_of(8);
            Shift { from: width(&format!("{}{}", self.name, self.gap)).next_multiple_of(8), to: least, least }
        }
    }

    /// The assignment as it was written.
    pub(super) fn verbatim(&self) -> String {
        let gap = if self.value.is_empty() { "" } else { &self.gap };
        format!("{}{gap}{}\n", self.name, self.value)
    }
}

/// The logical lines of a makefile.
pub(super) fn parse(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut physical = text.lines();
    while let Some(first) = physical.next() {
        let mut parts = vec![first];
        while continues(parts[parts.len() - 1]) {
            let Some(next) = physical.next() else { break };
            parts.push(next);
        }
        lines.push(classify(&parts));
    }
    lines
}

fn continues(line: &str) -> bool {
    (line.len() - line.trim_end_matches('\\').len()) % 2 == 1
}

fn classify(parts: &[&str]) -> Line {
    let first = parts[0];
    if let Some(name) = name_and_operator(first).filter(|_| !(first.starts_with('#') && parts.len() > 1)) {
        let rest = &first[name.len()..];
        let value = rest.trim_start_matches([' ', '\t']);
        let bare = |line: &str| match line.strip_suffix('\\') {
            Some(before) if continues(line) => before.trim_end_matches([' ', '\t']).to_owned(),
            _ if line.ends_with([' ', '\t']) && !line.trim_end_matches([' ', '\t']).ends_with('\\') => {
                line.trim_end_matches([' ', '\t']).to_owned()
            }
            _ => line.to_owned(),
        };
        return Line::Assignment(Assignment {
            name: name.to_owned(),
            gap: rest[..rest.len() - value.len()].to_owned(),
            value: bare(value),
            follow_up: parts[1..].iter().map(|line| bare(line)).collect(),
        });
    }
    let text = parts.join("\n");
    if first.trim().is_empty() {
        Line::Blank(text)
    } else if first.starts_with('#') || is_conditional(first) {
        Line::Aside(text)
    } else {
        Line::Other(text)
    }
}

/// `.if`, `.for` and their kin. An include is none.
fn is_conditional(line: &str) -> bool {
    let word = line.strip_prefix('.').map(|rest| rest.trim_start_matches(' '));
    word.is_some_and(|word| {
        ["if", "elif", "else", "endif", "for", "endfor", "undef"].iter().any(|directive| word.starts_with(directive))
    })
}

/// `NAME` with its operator at the start of a line, when the line is an assignment.
fn name_and_operator(line: &str) -> Option<&str> {
    let start = usize::from(line.starts_with('#'));
    let mut depth = 0_usize;
    for (i, c) in line.char_indices().skip(start) {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.checked_sub(1)?,
            '=' if depth == 0 => {
                let name = line[start..i].trim_end_matches(['+', '?', ':', '!']);
                return (!name.is_empty()).then_some(&line[..=i]);
            }
            c if depth > 0 || c.is_ascii_alphanumeric() || "_.-+?:!$".contains(c) => {}
            _ => return None,
        }
    }
    None
}
