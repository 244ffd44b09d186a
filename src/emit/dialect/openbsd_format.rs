//! The layout of a port's Makefile on OpenBSD: a blank before the operator, tabs behind it, all values at one column.
pub(super) use super::make_format::{HARD_BREAK, SOFT_BREAK};

/// The column of values (infrastructure/templates/Makefile.template has 16; ports with `MODCARGO_…` have 24).
const COLUMN: usize = 24;
/// A line ends before this column (infrastructure/bin/portcheck complains beyond 80).
const WIDTH: usize = 80;
const TAB: usize = 8;

/// Puts values at their column and turns the breaks into blanks or follow-up lines.
pub(super) fn format(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut continued = false;
    for line in text.lines() {
        let assignment = if continued { None } else { assignment(line) };
        match assignment {
            Some((name, operator, value)) => assign(name, operator, value, &mut out),
            None => other(line, &mut out),
        }
        continued = line.ends_with('\\');
    }
    out
}

/// `NAME =<TAB>value`, as templates write it.
fn assignment(line: &str) -> Option<(&str, &str, &str)> {
    let (head, value) = line.split_once('\t')?;
    let (name, operator) = head.split_once(' ')?;
    let good = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-${}".contains(c))
        && ["=", "+=", "?="].contains(&operator);
    good.then(|| (name, operator, value.trim_start_matches('\t')))
}

fn assign(name: &str, operator: &str, value: &str, out: &mut String) {
    let head = format!("{name} {operator}");
    let column = (head.len() / TAB * TAB + TAB).max(COLUMN);
    let gap = (column - head.len() / TAB * TAB) / TAB;
    out.push_str(&head);
    out.push_str(&"\t".repeat(gap));
    fold(value, column, &"\t".repeat(COLUMN / TAB), out);
}

/// A line of another kind: its breaks are ours to resolve.
fn other(line: &str, out: &mut String) {
    let lead = line.len() - line.trim_start_matches('\t').len();
    out.push_str(&line[..lead]);
    fold(&line[lead..], lead * TAB, &"\t".repeat(lead + 1), out);
}

/// The value with its breaks resolved; it starts at `column`, follow-up lines start with `follow`.
fn fold(value: &str, column: usize, follow: &str, out: &mut String) {
    let mut end = column;
    for (i, line) in value.split(HARD_BREAK).enumerate() {
        for (j, word) in line.split(SOFT_BREAK).enumerate() {
            let length = word.chars().count();
            // Room for the word and for the backslash behind it.
            if j > 0 && end + 1 + length + 2 < WIDTH {
                out.push(' ');
                end += 1 + length;
            } else {
                if i + j > 0 {
                    out.push_str(" \\\n");
                    out.push_str(follow);
                    end = follow.len() * TAB;
                }
                end += length;
            }
            out.push_str(word);
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn values_start_at_one_column() {
        assert_eq!(format("V =\t1\n"), "V =\t\t\t1\n");
        assert_eq!(format("PERMIT_PACKAGE =\tYes\n"), "PERMIT_PACKAGE =\tYes\n");
        assert_eq!(format("MODCARGO_NO_DEFAULT_FEATURES =\tYes\n"), "MODCARGO_NO_DEFAULT_FEATURES =\tYes\n");
        assert_eq!(format("FLAVOR ?=\n# a\tb\n\t${X} = y\n"), "FLAVOR ?=\n# a\tb\n\t${X} = y\n");
    }

    #[test]
    fn lists_go_on_below() {
        assert_eq!(format("A =\tb\u{1e}c\n"), "A =\t\t\tb \\\n\t\t\tc\n");
        let words = ["word"; 20].join("\u{1f}");
        let folded = format(&format!("LONG +=\t{words}\n"));
        // Ten words end in column 73; an eleventh and the backslash would end in column 80.
        let ten = ["word"; 10].join(" ");
        assert_eq!(folded, format!("LONG +=\t\t\t{ten} \\\n\t\t\t{ten}\n"));
        assert_eq!(format("\tcp\u{1f}a\n"), "\tcp a\n");
    }
}
