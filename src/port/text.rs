//! One-line and longer descriptions as porters write them.

/// The longest comment that every tree takes (OpenBSD: 60).
pub const COMMENT_MAX: usize = 60;

/// A comment from a crate's description: no article or package name in front, no full stop, capital first letter, at
/// most [`COMMENT_MAX`] characters. The second value is false when something had to be cut off.
#[must_use]
pub fn comment(description: &str, name: &str) -> (String, bool) {
    let line = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = first_sentence(&line).trim_end_matches(['.', '!', ' ']);
    text = without_subject(text, name);
    for article in ["a ", "an ", "the "] {
        if text.len() > article.len()
            && text.is_char_boundary(article.len())
            && text[..article.len()].eq_ignore_ascii_case(article)
        {
            text = &text[article.len()..];
        }
    }
    // Quotes draw a warning of pkglint; what is not ASCII one of everybody's.
    let cleaned: String =
        text.chars().filter(|c| !"\"'`".contains(*c) && (*c == ' ' || c.is_ascii_graphic())).collect();
    let (shortened, whole) = shorten(&cleaned);
    (capitalised(&shortened), whole)
}

fn first_sentence(line: &str) -> &str {
    match line.find(". ") {
        Some(end) if end > 10 => &line[..end],
        _ => line,
    }
}

/// "Garage, an S3 store", "Garage is an S3 store" and "garage - S3 store" say "S3 store".
fn without_subject<'a>(text: &'a str, name: &str) -> &'a str {
    let Some(head) = text.get(..name.len()) else { return text };
    if !head.eq_ignore_ascii_case(name) {
        return text;
    }
    let rest = &text[name.len()..];
    for link in [" is ", ", ", ": ", " - ", " – ", " — "] {
        if let Some(after) = rest.strip_prefix(link) {
            return after;
        }
    }
    text
}

fn shorten(text: &str) -> (String, bool) {
    if text.chars().count() <= COMMENT_MAX {
        return (text.to_owned(), true);
    }
    // "Modern, simple TCP tunnel …": a praise less says the same.
    if let Some((first, rest)) = text.split_once(", ")
        && !first.contains(' ')
        && rest.contains(' ')
    {
        return (shorten(rest).0, false);
    }
    // A clause that fits is better than half a sentence; where one begins says more than where a comma is.
    let fits = |separator: &&str| text.find(*separator).filter(|end| (16..=COMMENT_MAX).contains(end));
    let clauses = [" (", "; ", ": ", " - ", " that ", " which ", " written "].iter().filter_map(fits).min();
    if let Some(end) = clauses.or_else(|| [", ", " with ", " for "].iter().find_map(fits)) {
        return (text[..end].to_owned(), false);
    }
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        if words.iter().map(|word| word.len() + 1).sum::<usize>() + word.len() > COMMENT_MAX {
            break;
        }
        words.push(word);
    }
    while words.len() > 1
        && words.last().is_some_and(|word| word.len() <= 3 || matches!(*word, "with" | "from" | "that"))
    {
        words.pop();
    }
    (words.join(" ").trim_end_matches([',', ';', ':', '-']).to_owned(), false)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A comment that starts with a small letter, unless its first word is a name or an acronym: one with another capital,
/// digit or sign in it, or one that `text` writes with a capital inside a sentence.
#[must_use]
pub fn lower_case_start(comment: &str, text: &str) -> String {
    let word = comment.split([' ', ',', '/']).next().unwrap_or_default();
    let mut chars = word.chars();
    let first = chars.next();
    let plain = chars.clone().count() > 0 && chars.all(|c| c.is_ascii_lowercase() || c == '-');
    let name = text.split_whitespace().zip(text.split_whitespace().skip(1)).any(|(before, after)| {
        !before.ends_with(['.', '!', '?', ':']) && after.trim_end_matches([',', '.', ';', ':', ')']) == word
    });
    match first {
        Some(first) if first.is_ascii_uppercase() && plain && !name => {
            first.to_lowercase().chain(comment.chars().skip(1)).collect()
        }
        _ => comment.to_owned(),
    }
}

/// Bytes as people write them: `4 GB`, `128 MB` (powers of 1024).
#[must_use]
pub fn size(bytes: u64) -> String {
    let (unit, shift) = match bytes {
        bytes if bytes >= 1 << 30 && bytes % (1 << 30) == 0 => ("GB", 30),
        bytes if bytes >= 1 << 20 => ("MB", 20),
        _ => ("KB", 10),
    };
    format!("{} {unit}", bytes >> shift)
}

/// Paragraphs wrapped to 80 columns and cut to `lines` lines, at the end of a sentence where there is one.
#[must_use]
pub fn paragraphs(text: &str, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut wrapped = wrap(paragraph);
        let room = lines.saturating_sub(if out.is_empty() { 0 } else { out.len() + 1 });
        let cut = wrapped.len() > room;
        if cut {
            let kept = wrapped[..room].join(" ");
            wrapped = match kept.rfind(". ") {
                Some(end) => wrap(&kept[..=end]),
                None if out.is_empty() => wrap(&kept),
                None => Vec::new(),
            };
        }
        if !wrapped.is_empty() {
            if !out.is_empty() {
                out.push(String::new());
            }
            out.append(&mut wrapped);
        }
        if cut {
            break;
        }
    }
    out
}

fn wrap(paragraph: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in paragraph.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 80 {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_as_porters_write_them() {
        let cases = [
            ("A simple image hosting service", "pict-rs", "Simple image hosting service"),
            (
                "Garage, an S3-compatible distributed object store for self-hosted deployments",
                "garage",
                "S3-compatible distributed object store",
            ),
            (
                "A relay implementation for the Nostr protocol",
                "nostr-rs-relay",
                "Relay implementation for the Nostr protocol",
            ),
            (
                "A modern, simple TCP tunnel in Rust that exposes local ports to a remote server, bypassing firewalls.",
                "bore-cli",
                "Simple TCP tunnel in Rust",
            ),
            (
                "An open-source alternative to Searx that provides clean, ad-free, and organic results",
                "websurfx",
                "Open-source alternative to Searx",
            ),
            (
                "Simple, performant, configurable, entirely self-contained Pastebin and URL shortener.",
                "microbin",
                "Entirely self-contained Pastebin and URL shortener",
            ),
            ("bore is a \"tunnel\".", "bore", "Tunnel"),
        ];
        for (description, name, expected) in cases {
            assert_eq!(comment(description, name).0, expected);
        }
        let (long, whole) = comment(&"word ".repeat(40), "x");
        assert!(long.len() <= COMMENT_MAX && !whole);
    }

    #[test]
    fn names_and_acronyms_keep_their_capitals() {
        for (comment, text, expected) in [
            (
                "Simple image hosting service",
                "pict-rs is a simple image hosting service.",
                "simple image hosting service",
            ),
            ("S3-compatible object store", "", "S3-compatible object store"),
            ("HTTP server", "", "HTTP server"),
            ("GoToSocial client", "", "GoToSocial client"),
            ("Nostr relay", "A relay for the Nostr protocol.", "Nostr relay"),
            ("Entirely self-contained pastebin", "", "entirely self-contained pastebin"),
            ("X server", "", "X server"),
            ("Fast, small and sound", "", "fast, small and sound"),
            ("TCP/IP relay", "", "TCP/IP relay"),
        ] {
            assert_eq!(lower_case_start(comment, text), expected);
        }
    }

    #[test]
    fn paragraphs_keep_to_the_limits() {
        let text = "One two three. ".repeat(400);
        let lines = paragraphs(&text, 24);
        assert!(lines.len() <= 24 && lines.iter().all(|line| line.len() <= 80));
        assert!(lines.last().unwrap().ends_with('.'));
    }
}
