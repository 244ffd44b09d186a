//! Lines of a unit file: sections, assignments, comments and continued lines, as systemd.syntax(7) has them.

/// Longer than this is no unit file, in bytes (systemd's own limit for one line).
const LARGEST: usize = 1 << 20;

/// `Key=Value` with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assignment {
    /// The section's name without brackets.
    pub(super) section: String,
    /// As written.
    pub(super) key: String,
    /// Continued lines joined by blanks; empty: what was said before is taken back.
    pub(super) value: String,
    /// 1-based line of the key.
    pub(super) line: usize,
}

/// The assignments in a unit file, in order. Nothing when it cannot be one: NUL bytes, or larger than a line may be.
pub(super) fn assignments(text: &str) -> Vec<Assignment> {
    let mut found = Vec::new();
    if text.len() > LARGEST || text.contains('\0') {
        return found;
    }
    let mut section = String::new();
    // The logical line that is being put together, and where it began.
    let mut pending: Option<(usize, String)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim();
        // Comments are left out even between continued lines.
        if trimmed.starts_with(['#', ';']) {
            continue;
        }
        let (start, mut logical) = pending.take().unwrap_or((number, String::new()));
        if let Some(more) = trimmed.strip_suffix('\\') {
            logical.push_str(more);
            logical.push(' ');
            pending = Some((start, logical));
            continue;
        }
        logical.push_str(trimmed);
        take(&logical, start, &mut section, &mut found);
    }
    if let Some((start, logical)) = pending {
        take(&logical, start, &mut section, &mut found);
    }
    found
}

fn take(logical: &str, line: usize, section: &mut String, found: &mut Vec<Assignment>) {
    let logical = logical.trim();
    if let Some(name) = logical.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        name.clone_into(section);
    } else if let Some((key, value)) = logical.split_once('=') {
        let (key, value) = (key.trim_end(), value.trim_start());
        if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            found.push(Assignment { section: section.clone(), key: key.into(), value: value.into(), line });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::assignments;

    fn values(text: &str) -> Vec<(String, String, usize)> {
        assignments(text).into_iter().map(|one| (format!("{}.{}", one.section, one.key), one.value, one.line)).collect()
    }

    #[test]
    fn continued_lines_comments_and_sections() {
        let text = "# x\n[Unit]\nDescription = A server \n; y\n[Service]\nExecStart=/bin/a \\\n# in between\n  --b \\\n\t-c\n\
                    Environment=\nnonsense\n=x\nUser=a\\";
        let expected = [
            ("Unit.Description", "A server", 3),
            ("Service.ExecStart", "/bin/a  --b  -c", 6),
            ("Service.Environment", "", 10),
            ("Service.User", "a", 13),
        ];
        assert_eq!(values(text), expected.map(|(key, value, line)| (key.to_owned(), value.to_owned(), line)));
    }

    #[test]
    fn what_is_no_unit_file_says_nothing() {
        assert!(values("[Service]\nUser=a\0b\n").is_empty());
        assert!(values(&format!("[Service]\nUser={}\n", "a".repeat(super::LARGEST))).is_empty());
        assert_eq!(values("[Service]\r\nUser=a\r\n")[0].1, "a");
    }
}
