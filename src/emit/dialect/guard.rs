//! pkgsrc replaces `@NAME@` in rc.d scripts and SMF files. Text of a user that looks so must come out unchanged.
//!
//! Whether an `@` belongs to something that looks like a token is only known when the whole file stands, for the
//! other `@` may come from the template or the next value. So the escapers leave a mark for each literal `@`, saying
//! how it can be kept apart in its context, and [`settle`] decides at the end.
use super::refused::Refused;

/// How a literal `@` can be kept apart from a name next to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// In a shell word without quotes.
    Unquoted,
    /// Between two single-quoted stretches of a shell word.
    SingleQuoted,
    /// Between two double-quoted stretches of a shell word.
    DoubleQuoted,
    /// As a character reference.
    Xml,
    /// By a blank: comments only, where no byte counts.
    Comment,
    /// Not at all.
    Never,
}

const MARKS: [(char, At); 6] = [
    ('\u{1}', At::Unquoted),
    ('\u{4}', At::SingleQuoted),
    ('\u{5}', At::DoubleQuoted),
    ('\u{6}', At::Xml),
    ('\u{7}', At::Comment),
    ('\u{8}', At::Never),
];

/// The mark that stands for a literal `@` until [`settle`].
pub(super) fn mark(at: At) -> char {
    MARKS.iter().find(|(_, kind)| *kind == at).map_or('@', |(mark, _)| *mark)
}

/// Replaces the literal `@` of `text` by marks.
pub(super) fn marked(text: &str, at: At) -> String {
    text.replace('@', mark(at).encode_utf8(&mut [0; 4]))
}

fn kind(c: char) -> Option<At> {
    MARKS.iter().find(|(mark, _)| *mark == c).map(|(_, at)| *at)
}

// FILES_SUBST names are make variable names.
fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// Whether only characters of a name, and at least one, stand before the next `@`.
fn meets<'a>(mut chars: impl Iterator<Item = &'a char>) -> bool {
    let mut length = 0;
    let end = chars.find(|c| {
        length += 1;
        !in_name(**c)
    });
    length > 1 && end.is_some_and(|c| *c == '@' || kind(*c).is_some())
}

/// Turns the marks into `@`, kept apart where `@name@` would come about.
pub(super) fn settle(text: &str) -> Result<String, Refused> {
    let chars: Vec<char> = text.chars().collect();
    let mut settled = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        let Some(at) = kind(*c) else {
            settled.push(*c);
            continue;
        };
        let apart = meets(chars[i + 1..].iter()) || meets(chars[..i].iter().rev());
        settled.push_str(match (apart, at) {
            (false, _) => "@",
            (true, At::Unquoted) => "'@'",
            (true, At::SingleQuoted) => "''@''",
            (true, At::DoubleQuoted) => "\"\"@\"\"",
            (true, At::Xml) => "&#64;",
            (true, At::Comment) => " @ ",
            (true, At::Never) => return Err(Refused::new(around(&chars, i), NEVER)),
        });
    }
    Ok(settled)
}

const NEVER: &str =
    "would be taken for a name to replace (`@NAME@`) when the package is built, and no quotes can stand here";

/// The word round position `i`, for a message.
fn around(chars: &[char], i: usize) -> String {
    let blank = |c: &char| c.is_whitespace();
    let start = chars[..i].iter().rposition(blank).map_or(0, |at| at + 1);
    let end = chars[i..].iter().position(blank).map_or(chars.len(), |at| i + at);
    chars[start..end].iter().map(|c| if kind(*c).is_some() { '@' } else { *c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{At, marked, settle};

    #[test]
    fn only_what_looks_like_a_token_is_kept_apart() {
        let settled = |text: &str, at| settle(&marked(text, at)).unwrap();
        assert_eq!(settled("admin@example.org", At::Xml), "admin@example.org");
        assert_eq!(settled("@PREFIX@", At::Xml), "&#64;PREFIX&#64;");
        assert_eq!(settled("a@b @@ @", At::SingleQuoted), "a@b @@ @");
        assert!(settle(&marked("x @A@ y", At::Never)).is_err_and(|e| e.text == "@A@"));
    }

    #[test]
    fn a_name_begun_by_one_value_and_ended_by_another() {
        let both = format!("'{}'@X@", marked("@PREFIX", At::SingleQuoted));
        assert_eq!(settle(&both).unwrap(), "'@PREFIX'@X@");
        let bare = format!("{}@X@", marked("@PREFIX", At::Xml));
        assert_eq!(settle(&bare).unwrap(), "&#64;PREFIX@X@");
    }
}
