//! The layout of a makefile, as pkglint's `varalignblock.go` wants it, and portfmt for FreeBSD's ports: in each paragraph
//! all values start at one column, set with tabs; long lists go on in follow-up lines.
use super::engine::Form;
use super::make_line::{Assignment, Line, parse};

/// Between two words: a blank, or a new line when the value is too long for one line.
pub const SOFT_BREAK: char = '\u{1f}';
/// Between two words: always a new line.
pub const HARD_BREAK: char = '\u{1e}';

const TAB: usize = 8;

/// What the trees do differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// The rightmost column of the backslash behind a value that goes on.
    width: usize,
    /// The rightmost column of a value on one line.
    one_line: usize,
    /// The column left of which no values start.
    least: usize,
    /// Variables whose names do not move the other values of their paragraph; with `_` at the end, all that start so.
    aside: &'static [&'static str],
}

impl Style {
    const PKGSRC: Self = Self { width: 72, one_line: 72, least: 0, aside: &[] };
    /// What portfmt makes, with the variables that it leaves out of account (`rules.c`, `VAR_SKIP_GOALCOL`).
    const FREEBSD: Self = Self {
        width: 81,
        one_line: 79,
        least: 16,
        aside: &[
            "CARGO_CRATES",
            "DISTVERSIONPREFIX",
            "DISTVERSIONSUFFIX",
            "LICENSE_FILE_",
            "LICENSE_NAME_",
            "LICENSE_PERMS_",
            "LICENSE_TEXT_",
            "NOT_FOR_ARCHS_REASON",
        ],
    };

    /// The style of a form's tree.
    pub(super) fn of(form: Form) -> Self {
        if form == Form::Ports { Self::FREEBSD } else { Self::PKGSRC }
    }

    fn is_aside(self, assignment: &Assignment) -> bool {
        let name = assignment.name.trim_end_matches(['+', '?', ':', '!', '=']);
        self.aside.iter().any(|aside| name == *aside || aside.ends_with('_') && name.starts_with(aside))
    }
}

/// Aligns the values of each paragraph and turns the breaks into blanks or follow-up lines.
///
/// Formatting what is formatted changes nothing. A value keeps its words; make itself sees one or two blanks where
/// a line was broken.
#[must_use]
pub fn format(text: &str) -> String {
    styled(text, Style::PKGSRC)
}

/// As [`format`], in another tree's style.
#[must_use]
pub(super) fn styled(text: &str, style: Style) -> String {
    let lines = parse(text);
    let mut out = String::new();
    let mut start = 0;
    while start < lines.len() {
        let end = lines[start..].iter().position(Line::ends_paragraph).map_or(lines.len(), |at| start + at);
        paragraph(&lines[start..end], style, &mut out);
        if let Some(line) = lines.get(end) {
            other(line.text(), style, &mut out);
        }
        start = end + 1;
    }
    out
}

/// Lines up to a blank line, a target or an include.
fn paragraph(lines: &[Line], style: Style, out: &mut String) {
    let column = column(lines, style);
    for line in lines {
        match line {
            Line::Assignment(assignment) => assign(assignment, column, style, out),
            line => other(line.text(), style, out),
        }
    }
}

/// The column (0-based) at which the values of a paragraph start: the next multiple of 8 right of the longest name.
/// One name that is much longer than the others does not count: pkglint's outlier rule.
fn column(lines: &[Line], style: Style) -> usize {
    let mut names: Vec<(usize, bool)> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Assignment(assignment)
                if assignment.is_aligned() && !assignment.starts_empty() && !style.is_aside(assignment) =>
            {
                let width = assignment.name_width();
                Some((width, assignment.goes_on(width + 1, style.one_line)))
            }
            _ => None,
        })
        .collect();
    // Stable: of equally long names the first counts, as in pkglint.
    names.sort_by_key(|(width, _)| std::cmp::Reverse(*width));
    let longest = match names.as_slice() {
        [] => return style.least,
        [(first, goes_on), (second, _), ..] if style.least == 0 && second / TAB + 1 < first / TAB && !goes_on => {
            *second
        }
        [(first, _), ..] => *first,
    };
    (longest / TAB * TAB + TAB).max(style.least)
}

fn assign(assignment: &Assignment, column: usize, style: Style, out: &mut String) {
    if !assignment.is_aligned() {
        out.push_str(&assignment.verbatim());
        return;
    }
    let name_width = assignment.name_width();
    let (gap, value_column) = if name_width < column {
        ("\t".repeat(column.div_ceil(TAB) - name_width / TAB), column)
    } else if assignment.starts_empty() {
        (" ".to_owned(), TAB)
    } else if style.is_aside(assignment) {
        ("\t".to_owned(), name_width / TAB * TAB + TAB)
    } else {
        (" ".to_owned(), name_width + 1)
    };
    out.push_str(&assignment.name);
    out.push_str(&gap);
    let follow = indent(value_column.next_multiple_of(TAB));
    out.push_str(&fold(&assignment.value, value_column, &follow, style));
    let shift = assignment.shift(value_column);
    for line in &assignment.follow_up {
        let text = line.trim_start_matches([' ', '\t']);
        let column = shift.apply(width(&line[..line.len() - text.len()]));
        let follow = indent(column);
        let backslash = if out.ends_with([' ', '\t']) { "\\\n" } else { " \\\n" };
        out.extend([backslash, &follow, &fold(text, column, &follow, style)]);
    }
    out.push('\n');
}

/// A line of another kind; only its breaks are ours to resolve.
fn other(text: &str, style: Style, out: &mut String) {
    let lead = text.len() - text.trim_start_matches('\t').len();
    out.push_str(&text[..lead]);
    out.push_str(&fold(&text[lead..], lead * TAB, &"\t".repeat(lead + 1), style));
    out.push('\n');
}

/// The value with its breaks resolved; it starts at `column`, follow-up lines start with `follow`.
fn fold(value: &str, column: usize, follow: &str, style: Style) -> String {
    let one_line = !value.contains(HARD_BREAK) && column + value.chars().count() <= style.one_line;
    if one_line {
        return value.replace(SOFT_BREAK, " ");
    }
    let follow_column = width(follow);
    let mut folded = String::new();
    let mut end = column;
    for (i, line) in value.split(HARD_BREAK).enumerate() {
        for (j, word) in line.split(SOFT_BREAK).enumerate() {
            let length = word.chars().count();
            // Room for the word and for the backslash behind it.
            if j > 0 && end + 1 + length + 2 <= style.width {
                folded.push(' ');
                end += 1 + length;
            } else {
                if i + j > 0 {
                    folded.extend([" \\\n", follow]);
                    end = follow_column;
                }
                end += length;
            }
            folded.push_str(word);
        }
    }
    folded
}

/// White space up to a column: tabs, then blanks.
fn indent(column: usize) -> String {
    "\t".repeat(column / TAB) + &" ".repeat(column % TAB)
}

/// The column behind `text`.
pub(super) fn width(text: &str) -> usize {
    text.chars().fold(0, |column, c| if c == '\t' { column / TAB * TAB + TAB } else { column + 1 })
}
