//! Plain sentences out of a stranger's markdown.
use super::opened::Krate;

/// More than this of a readme is not looked at, in bytes.
const LOOKED_AT: usize = 64 << 10;
/// More than this of a description is not looked at, in characters.
const DESCRIPTION: usize = 4000;
/// A paragraph below this many letters is a slogan, a menu or a badge.
const FEWEST_LETTERS: usize = 25;

/// The first real paragraph of the readme as one line of plain text: no title, badge, table, list, HTML or code.
#[must_use]
pub fn readme_first_paragraph(krate: &Krate) -> Option<String> {
    let bytes = krate.dist.read(krate.readme.as_deref()?).ok()?;
    let text = String::from_utf8_lossy(bytes.get(..LOOKED_AT).unwrap_or(&bytes)).into_owned();
    first_paragraph(&text)
}

/// The manifest's description as one line of plain text.
#[must_use]
pub fn description_paragraph(krate: &Krate) -> Option<String> {
    let start: String = krate.description.as_deref()?.chars().take(DESCRIPTION).collect();
    let plain = plain(&start);
    (!plain.is_empty()).then_some(plain)
}

fn first_paragraph(markdown: &str) -> Option<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut block = String::new();
    let mut fence: Option<&str> = None;
    let mut comment = false;
    for line in markdown.lines() {
        let trimmed = line.trim();
        if let Some(end) = fence {
            if trimmed.starts_with(end) {
                fence = None;
            }
            continue;
        }
        if comment {
            comment = !trimmed.contains("-->");
            continue;
        }
        fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        comment = trimmed.starts_with("<!--") && !trimmed.contains("-->");
        let underline =
            !trimmed.is_empty() && (trimmed.bytes().all(|b| b == b'=') || trimmed.bytes().all(|b| b == b'-'));
        if underline {
            // What is above it is a title.
            block.clear();
        } else if trimmed.is_empty() || fence.is_some() || comment || trimmed.starts_with('#') {
            blocks.push(std::mem::take(&mut block));
        } else if !(block.is_empty() && line.starts_with("    ")) {
            block.push_str(trimmed);
            block.push('\n');
        }
    }
    blocks.push(block);
    blocks.iter().filter(|block| is_prose(block)).map(|block| plain(block)).find(|text| has_words(text))
}

/// Not HTML, a table, a quotation, a list or a link's definition.
fn is_prose(block: &str) -> bool {
    let ordered = || block.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ");
    let starts = ["<", "|", ">", "- ", "* ", "+ ", "[^", ":::", "+++"];
    let definition = block.starts_with('[') && block.lines().next().is_some_and(|line| line.contains("]: "));
    !block.is_empty() && !starts.iter().any(|start| block.starts_with(start)) && !definition && !ordered()
}

fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
}

/// Markdown reduced to its text, blanks and line breaks to single spaces, control characters dropped.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(first) = rest.chars().next() {
        if let Some((text, after)) = image(rest).map(|after| ("", after)).or_else(|| link(rest)) {
            out.push_str(&unmarked(text));
            rest = after;
        } else if let Some((text, after)) = tag(rest) {
            out.push_str(text);
            rest = after;
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    let visible = |c: char| if c.is_whitespace() { Some(' ') } else { (!c.is_control()).then_some(c) };
    let text: String = unmarked(&out).chars().filter_map(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without emphasis and code marks. A single `_` or `*` between letters is part of a name.
fn unmarked(text: &str) -> String {
    let text = text.replace("**", "").replace("__", "").replace('`', "");
    let chars: Vec<char> = text.chars().collect();
    let inside = |at: usize| {
        let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        letter(at.checked_sub(1)) && letter(at.checked_add(1))
    };
    let blank = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|c| c.is_whitespace());
    let alone = |at: usize| blank(at.checked_sub(1)) && blank(at.checked_add(1));
    let keep = |at: usize, c: char| !matches!(c, '*' | '_') || inside(at) || alone(at);
    chars.iter().enumerate().filter(|(at, c)| keep(*at, **c)).map(|(_, c)| *c).collect()
}

/// `![alt](target)` at the start: what follows it.
fn image(text: &str) -> Option<&str> {
    link(text.strip_prefix('!')?).map(|(_, after)| after)
}

/// `[text](target)` or `[text][name]` at the start: its text, and what follows. A badge has an image as text.
fn link(text: &str) -> Option<(&str, &str)> {
    let (inner, after) = bracketed(text, '[', ']')?;
    let after = bracketed(after, '(', ')').or_else(|| bracketed(after, '[', ']')).map(|(_, after)| after)?;
    let badge = inner.trim_start().starts_with("![");
    Some((if badge { "" } else { inner }, after))
}

/// `<https://…>` gives its address, `<em>` nothing.
fn tag(text: &str) -> Option<(&str, &str)> {
    let (inner, after) = text.strip_prefix('<')?.split_once('>')?;
    let address = inner.contains("://") && !inner.contains(char::is_whitespace);
    let element = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    if address { Some((inner, after)) } else { element.then_some(("", after)) }
}

/// What is between a bracket and the one that closes it, within the next few hundred characters (an unclosed bracket
/// must not make reading quadratic).
fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(500) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return (at > 0).then(|| Some((text.get(1..at)?, text.get(at + 1..)?))).flatten();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{first_paragraph, plain};

    #[test]
    fn the_first_paragraph_is_neither_title_badge_nor_code() {
        let readme = "<!-- a\n\ncomment -->\n# Server\n\n[![Build](https://x/b.svg)](https://x) ![v](https://x/v)\n\n\
            <p align=\"center\">\nA banner that is long enough to count\n</p>\n\n```sh\ncargo install server --locked --all\n```\n\n\
            - a list of things that is long enough\n\nSubtitle that is long enough to count\n---\n\
            A [fast](https://x/(y)) **server** for `HTTP`,\nwritten in [Rust][rust] _by_ some_body.\n\nMore.\n";
        assert_eq!(first_paragraph(readme).as_deref(), Some("A fast server for HTTP, written in Rust by some_body."));
        assert_eq!(first_paragraph("# Only a title\n\nShort.\n"), None);
    }

    #[test]
    fn markup_and_control_characters_are_gone() {
        assert_eq!(
            plain("a <b>bold</b> \u{1b}[31m word\r\nat <https://example.org>"),
            "a bold [31m word at https://example.org"
        );
        assert_eq!(plain("2 * 3 < 4 [not a link] $(rm)"), "2 * 3 < 4 [not a link] $(rm)");
    }

    #[test]
    fn hostile_brackets_end_soon_and_break_no_character() {
        let started = std::time::Instant::now();
        plain(&"[".repeat(20_000));
        plain(&"![é](".repeat(4_000));
        plain(&"<".repeat(64 << 10));
        assert!(started.elapsed().as_secs() < 20);
    }
}
