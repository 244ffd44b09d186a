//! The comments that rcorder(8) reads.
//!
//! As its source has it (NetBSD and FreeBSD sbin/rcorder/rcorder.c, `crunch_file`): the lines begin exactly with
//! `# PROVIDE:`, `# REQUIRE:`, `# BEFORE:` or `# KEYWORD:` (with an S behind it but for BEFORE), a backslash at the end
//! continues them, and the first line that is none of them ends the block for good.
use crate::lint::shell::Span;

/// A word and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) span: Span,
}

/// What rcorder reads of a script.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    pub(super) provide: Vec<Named>,
    pub(super) require: Vec<Named>,
    pub(super) before: Vec<Named>,
    pub(super) keyword: Vec<Named>,
    /// The lines of the block.
    pub(super) block: Option<Span>,
    /// Lines that look as if they were meant for rcorder, which does not read them.
    pub(super) ignored: Vec<Ignored>,
}

/// A line that rcorder does not read.
#[derive(Clone, Debug)]
pub(super) struct Ignored {
    pub(super) span: Span,
    /// As rcorder would read it, when only the spelling is wrong.
    pub(super) spelt: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Provide,
    Require,
    Before,
    Keyword,
}

const TAGS: [(&str, Tag); 7] = [
    ("# PROVIDE:", Tag::Provide),
    ("# PROVIDES:", Tag::Provide),
    ("# REQUIRE:", Tag::Require),
    ("# REQUIRES:", Tag::Require),
    ("# BEFORE:", Tag::Before),
    ("# KEYWORD:", Tag::Keyword),
    ("# KEYWORDS:", Tag::Keyword),
];

/// Reads the comments of a script.
pub(super) fn header(text: &str) -> Header {
    let mut header = Header::default();
    let mut over = false;
    let mut open: Option<Tag> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end_matches('\n').len();
        at += line.len();
        let body = &text[span.clone()];
        let carried = open.take();
        let found = TAGS.iter().find(|(sign, _)| body.starts_with(sign));
        let (words, tag) = match (found, carried) {
            (_, Some(which)) => (span.start, Some(which)),
            (Some((sign, which)), None) => (span.start + sign.len(), Some(*which)),
            (None, None) => (span.start, None),
        };
        match tag {
            Some(tag) if !over => {
                let block = header.block.get_or_insert(span.clone());
                block.end = span.end;
                let continues = body.ends_with('\\');
                open = continues.then_some(tag);
                header.take(tag, text, words..span.end - usize::from(continues));
            }
            Some(_) if carried.is_none() => header.ignored.push(Ignored { span, spelt: None }),
            _ => {
                over |= header.block.is_some();
                header.misspelt(text, span);
            }
        }
    }
    header
}

impl Header {
    fn take(&mut self, tag: Tag, text: &str, span: Span) {
        let list = match tag {
            Tag::Provide => &mut self.provide,
            Tag::Require => &mut self.require,
            Tag::Before => &mut self.before,
            Tag::Keyword => &mut self.keyword,
        };
        let line = &text[span.clone()];
        for word in line.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let start = span.start + (word.as_ptr() as usize - line.as_ptr() as usize);
            list.push(Named { name: word.to_owned(), span: start..start + word.len() });
        }
    }

    /// A line that only the spelling keeps from rcorder: no blank behind the `#`, small letters, no colon.
    fn misspelt(&mut self, text: &str, span: Span) {
        let line = &text[span.clone()];
        let Some(comment) = line.strip_prefix('#') else { return };
        let words = comment.trim_start();
        let length = words.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(words.len());
        let (word, rest) = words.split_at(length);
        let known = ["PROVIDE", "REQUIRE", "BEFORE", "KEYWORD", "PROVIDES", "REQUIRES", "KEYWORDS"];
        let Some(good) = known.iter().find(|known| known.eq_ignore_ascii_case(word)) else { return };
        // Prose may begin with these words; a colon or capitals and one word behind it are no prose.
        let capitals = word == *good;
        let Some(names) = rest.trim_start().strip_prefix(':').or_else(|| rest.strip_prefix(' ').filter(|_| capitals))
        else {
            return;
        };
        let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || "_-@%$.{}".contains(c));
        let names: Vec<&str> = names.split_whitespace().collect();
        if names.is_empty() || !names.iter().all(|name| plain(name)) || (!rest.contains(':') && names.len() > 1) {
            return;
        }
        let spelt = format!("# {good}: {}", names.join(" "));
        self.ignored.push(Ignored { span, spelt: Some(spelt) });
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, header};

    fn names(list: &[Named], text: &str) -> Vec<String> {
        assert!(list.iter().all(|one| text[one.span.clone()] == *one.name), "places are right");
        list.iter().map(|one| one.name.clone()).collect()
    }

    #[test]
    fn as_rcorder_reads_it() {
        let text = "#!/bin/sh\n#\n# PROVIDE: lantern  lamp\n# REQUIRES: DAEMON \\\nNETWORKING\n# BEFORE:LOGIN\n#\n# KEYWORD: shutdown\n";
        let read = header(text);
        assert_eq!(names(&read.provide, text), ["lantern", "lamp"]);
        assert_eq!(names(&read.require, text), ["DAEMON", "NETWORKING"]);
        assert_eq!(names(&read.before, text), ["LOGIN"]);
        assert!(read.keyword.is_empty(), "the block is over");
        assert_eq!(read.ignored.len(), 1);
        assert_eq!(&text[read.ignored[0].span.clone()], "# KEYWORD: shutdown");
    }

    #[test]
    fn only_the_spelling_is_wrong() {
        let text = "#!/bin/sh\n#PROVIDE: lantern\n# Require: DAEMON\n# KEYWORD shutdown\n# Before you start, read this: it helps\n# require that\n";
        let spelt: Vec<_> = header(text).ignored.into_iter().filter_map(|one| one.spelt).collect();
        assert_eq!(spelt, ["# PROVIDE: lantern", "# REQUIRE: DAEMON", "# KEYWORD: shutdown"]);
    }
}
