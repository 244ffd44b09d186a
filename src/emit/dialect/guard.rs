//! pkgsrc replaces `@NAME@` in rc.d scripts and SMF files, FreeBSD's ports `%%NAME%%` in `SUB_FILES`. Text of a user
//! that looks so must come out unchanged.
//!
//! Whether an `@` belongs to something that looks like a token is only known when the whole file stands, for the
//! other `@` may come from the template or the next value. So the escapers leave a mark for each literal `@`, saying
//! how it can be kept apart in its context, and [`settle`] decides at the end. With `%` the same.
use super::engine::Form;
use super::refused::Refused;

/// How a literal `@` or `%` can be kept apart from a name next to it.
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

/// The character that names to replace are written with.
fn sigil(form: Form) -> char {
    if form == Form::Ports { '%' } else { '@' }
}

/// The mark that stands for a literal `@` or `%` until [`settle`].
pub(super) fn mark(at: At) -> char {
    MARKS.iter().find(|(_, kind)| *kind == at).map_or('@', |(mark, _)| *mark)
}

/// Replaces the literal `@` or `%` of `text` by marks, where the form has names to replace.
pub(super) fn marked(text: &str, at: At, form: Form) -> String {
    if form == Form::Resolved {
        return text.to_owned();
    }
    text.replace(sigil(form), mark(at).encode_utf8(&mut [0; 4]))
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

/// Whether the mark at `i` is half of a `%%` before or behind a name that would be replaced; the other half of the pair,
/// and the pair at the other end, may be marks or not.
fn is_of_pair(chars: &[char], i: usize) -> bool {
    let sign = |at: usize| chars.get(at).is_some_and(|c| *c == '%' || kind(*c).is_some());
    let before = i > 0 && sign(i - 1);
    let name_behind = |at: usize| {
        let length = chars[at.min(chars.len())..].iter().take_while(|c| in_name(**c)).count();
        length > 0 && sign(at + length) && sign(at + length + 1)
    };
    let name_before = |end: usize| {
        let length = chars[..end].iter().rev().take_while(|c| in_name(**c)).count();
        length > 0 && end >= length + 2 && sign(end - length - 1) && sign(end - length - 2)
    };
    before && (name_behind(i + 1) || name_before(i - 1)) || sign(i + 1) && (name_behind(i + 2) || name_before(i))
}

/// Turns the marks into `@` or `%`, kept apart where `@name@` or `%%name%%` would come about.
pub(super) fn settle(text: &str, form: Form) -> Result<String, Refused> {
    let chars: Vec<char> = text.chars().collect();
    let sigil = sigil(form);
    let mut settled = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        let Some(at) = kind(*c) else {
            settled.push(*c);
            continue;
        };
        let apart = match form {
            Form::Ports => is_of_pair(&chars, i),
            _ => meets(chars[i + 1..].iter()) || meets(chars[..i].iter().rev()),
        };
        let quotes = match (apart, at) {
            (false, _) => "",
            (true, At::Unquoted) => "'",
            (true, At::SingleQuoted) => "''",
            (true, At::DoubleQuoted) => "\"\"",
            (true, At::Comment) => " ",
            (true, At::Xml) => {
                settled.push_str("&#64;");
                continue;
            }
            (true, At::Never) => return Err(Refused::new(around(&chars, i, sigil), never(form))),
        };
        settled.push_str(quotes);
        settled.push(sigil);
        settled.push_str(quotes);
    }
    Ok(settled)
}

fn never(form: Form) -> String {
    let name = if form == Form::Ports { "%%NAME%%" } else { "@NAME@" };
    format!("would be taken for a name to replace (`{name}`) when the package is built, and no quotes can stand here")
}

/// The word round position `i`, for a message.
fn around(chars: &[char], i: usize, sigil: char) -> String {
    let blank = |c: &char| c.is_whitespace();
    let start = chars[..i].iter().rposition(blank).map_or(0, |at| at + 1);
    let end = chars[i..].iter().position(blank).map_or(chars.len(), |at| i + at);
    chars[start..end].iter().map(|c| if kind(*c).is_some() { sigil } else { *c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{At, Form, marked, settle};

    fn settled(text: &str, at: At, form: Form) -> Result<String, String> {
        settle(&marked(text, at, form), form).map_err(|refused| refused.text)
    }

    #[test]
    fn only_what_looks_like_a_token_is_kept_apart() {
        let settled = |text, at| settled(text, at, Form::Package);
        assert_eq!(settled("admin@example.org", At::Xml).unwrap(), "admin@example.org");
        assert_eq!(settled("@PREFIX@", At::Xml).unwrap(), "&#64;PREFIX&#64;");
        assert_eq!(settled("a@b @@ @", At::SingleQuoted).unwrap(), "a@b @@ @");
        assert_eq!(settled("x @A@ y", At::Never).unwrap_err(), "@A@");
    }

    #[test]
    fn a_name_begun_by_one_value_and_ended_by_another() {
        let both = format!("'{}'@X@", marked("@PREFIX", At::SingleQuoted, Form::Package));
        assert_eq!(settle(&both, Form::Package).unwrap(), "'@PREFIX'@X@");
        let bare = format!("{}@X@", marked("@PREFIX", At::Xml, Form::Package));
        assert_eq!(settle(&bare, Form::Package).unwrap(), "&#64;PREFIX@X@");
    }

    #[test]
    fn names_between_doubled_signs() {
        let settled = |text, at| settled(text, at, Form::Ports);
        assert_eq!(settled("50% of a%%b 100%%", At::Never).unwrap(), "50% of a%%b 100%%");
        assert_eq!(settled("%%PREFIX%%", At::Unquoted).unwrap(), "'%''%'PREFIX'%''%'");
        assert_eq!(settled("x %%A%% y", At::Never).unwrap_err(), "%%A%%");
        // A value before a name that the port fills in must not lend it its beginning.
        let lent = format!("{}%%X%%", marked("%%ETCDIR", At::DoubleQuoted, Form::Ports));
        assert_eq!(settle(&lent, Form::Ports).unwrap(), "\"\"%\"\"\"\"%\"\"ETCDIR%%X%%");
        // Here sed finds the name all the same.
        let half = format!("{}%%X%%", marked("5%", At::Never, Form::Ports));
        assert_eq!(settle(&half, Form::Ports).unwrap(), "5%%%X%%");
    }
}
