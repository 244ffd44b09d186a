//! One pass over the bytes before parsing: the document type, and limits that keep a parser from working for hours.
//!
//! libxml2, which svccfg reads with, has such limits, too: elements nested deeper than 256 are an error, and so are
//! entities that expand without end.
use std::ops::Range;

/// The largest manifest of illumos, `OmniOS` and pkgsrc has 60 kB.
const LARGEST: usize = 2 << 20;
/// libxml2's `xmlParserMaxDepth`.
const DEEPEST: usize = 256;
/// The DTD has six attributes at most.
const MOST_ATTRIBUTES: usize = 64;
/// Profiles declare two parameter entities here; nothing else was ever seen.
const LONGEST_SUBSET: usize = 4096;
/// References to entities of the document's own.
const MOST_REFERENCES: usize = 100;

/// Why a text is not parsed, and where.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(super) span: Range<usize>,
    pub(super) why: String,
}

/// `<!DOCTYPE …>`
#[derive(Clone, Debug)]
pub(crate) struct Doctype {
    /// All of it.
    pub(crate) span: Range<usize>,
    /// The root element that it names.
    pub(crate) name: String,
    /// The system identifier without its quotes.
    pub(crate) system: Option<Range<usize>>,
    /// What stands in brackets.
    subset: Range<usize>,
}

/// The document type, when there is one.
pub(super) fn scan(text: &str) -> Result<Option<Doctype>, Refused> {
    if text.len() > LARGEST {
        let why = format!("{} bytes are too many for a manifest, at most {LARGEST} are read", text.len());
        return Err(Refused { span: 0..0, why });
    }
    let mut found = None;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|more| at + more) {
        let rest = &text[open..];
        at = if rest.starts_with("<!--") {
            past(text, open + 4, "-->")
        } else if rest.starts_with("<![CDATA[") {
            past(text, open + 9, "]]>")
        } else if rest.starts_with("<?") {
            past(text, open + 2, "?>")
        } else if rest.starts_with("<!DOCTYPE") && found.is_none() {
            let doctype = doctype(text, open);
            let end = doctype.span.end;
            check_subset(text, &doctype)?;
            found = Some(doctype);
            end
        } else {
            let tag = tag(text, open);
            if tag.attributes > MOST_ATTRIBUTES {
                let why = format!("more than {MOST_ATTRIBUTES} attributes");
                return Err(Refused { span: beginning(text, open..tag.end), why });
            }
            depth = match tag.kind {
                Kind::Open => depth + 1,
                Kind::Close => depth.saturating_sub(1),
                Kind::Empty => depth,
            };
            if depth > DEEPEST {
                let why = format!("elements are nested more than {DEEPEST} deep");
                return Err(Refused { span: beginning(text, open..tag.end), why });
            }
            tag.end
        };
    }
    Ok(found)
}

/// What is shown of a tag that may be long.
fn beginning(text: &str, tag: Range<usize>) -> Range<usize> {
    let end = (tag.start + 40).min(tag.end);
    tag.start..(end..=tag.end).find(|at| text.is_char_boundary(*at)).unwrap_or(tag.end)
}

/// Behind the next `end`, or the end of the text.
fn past(text: &str, from: usize, end: &str) -> usize {
    text.get(from..).and_then(|rest| rest.find(end)).map_or(text.len(), |more| from + more + end.len())
}

enum Kind {
    Open,
    Close,
    Empty,
}

struct Tag {
    kind: Kind,
    end: usize,
    attributes: usize,
}

/// The tag at `open`; a `>` in a quoted value does not end it.
fn tag(text: &str, open: usize) -> Tag {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut attributes = 0;
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at) {
        match (quote, byte) {
            (Some(end), byte) if end == *byte => quote = None,
            (None, b'"' | b'\'') => {
                quote = Some(*byte);
                attributes += 1;
            }
            (None, b'>') => break,
            // The tag before is not finished: the parser will say so.
            (None, b'<') => return Tag { kind: Kind::Open, end: at, attributes },
            _ => {}
        }
        at += 1;
    }
    let kind = if bytes.get(open + 1) == Some(&b'/') {
        Kind::Close
    } else if at > 0 && bytes.get(at - 1) == Some(&b'/') {
        Kind::Empty
    } else {
        Kind::Open
    };
    Tag { kind, end: (at + 1).min(text.len()), attributes }
}

fn doctype(text: &str, open: usize) -> Doctype {
    let bytes = text.as_bytes();
    let name_start = open + "<!DOCTYPE".len();
    let name: String =
        text[name_start..].trim_start().chars().take_while(|c| !c.is_whitespace() && !"[>\"'".contains(*c)).collect();
    let mut literals: Vec<Range<usize>> = Vec::new();
    let mut subset = 0..0;
    let mut at = name_start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => {
                let end = bytes[at + 1..].iter().position(|b| b == byte).map_or(text.len(), |more| at + 1 + more);
                literals.push(at + 1..end);
                at = end;
            }
            b'[' => {
                let end = subset_end(text, at + 1);
                subset = at + 1..end;
                at = end;
            }
            b'>' => break,
            _ => {}
        }
        at += 1;
    }
    // `SYSTEM "id"` or `PUBLIC "name" "id"`: the last literal is the system identifier.
    Doctype { span: open..(at + 1).min(text.len()), name, system: literals.pop(), subset }
}

/// Where the brackets of an internal subset close; those in quotes and comments do not count.
fn subset_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b']' => return at,
            b'"' | b'\'' => {
                at = bytes[at + 1..].iter().position(|b| b == byte).map_or(text.len(), |more| at + 1 + more);
            }
            b'<' if text[at..].starts_with("<!--") => at = past(text, at + 4, "-->").saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    text.len()
}

fn check_subset(text: &str, doctype: &Doctype) -> Result<(), Refused> {
    let subset = &text[doctype.subset.clone()];
    if subset.len() > LONGEST_SUBSET {
        let why =
            format!("declarations of {} bytes in a document type, at most {LONGEST_SUBSET} are read", subset.len());
        return Err(Refused { span: doctype.span.start..doctype.span.start + 9, why });
    }
    let own = subset.match_indices("<!ENTITY").any(|(at, _)| !subset[at + 8..].trim_start().starts_with('%'));
    if own && text.bytes().filter(|byte| *byte == b'&').count() > MOST_REFERENCES {
        let why = format!("entities of its own and more than {MOST_REFERENCES} references");
        return Err(Refused { span: doctype.span.start..doctype.span.start + 9, why });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn document_types() {
        let of = |text: &str| {
            let found = scan(text).unwrap();
            found.map(|found| (found.name, found.system.map(|span| text[span].to_owned()).unwrap_or_default()))
        };
        let is = |name: &str, system: &str| Some((name.to_owned(), system.to_owned()));
        assert_eq!(of("<!DOCTYPE a SYSTEM \"/b\"><a/>"), is("a", "/b"));
        assert_eq!(of("<!-- <!DOCTYPE x> --><!DOCTYPE a PUBLIC 'p' 'b'[<!ENTITY % c \"]>\">]><a/>"), is("a", "b"));
        assert_eq!(of("<!DOCTYPE a>"), is("a", ""));
        assert_eq!(of("<a/>"), None);
        assert_eq!(of("<!DOCTYPE a SYSTEM \"unfinished"), is("a", "unfinished"));
    }

    #[test]
    fn what_would_take_hours_is_refused() {
        let deep = "<a>".repeat(257);
        let wide = format!("<a {}/>", "b='' ".repeat(65));
        let laughs = format!("<!DOCTYPE a [<!ENTITY b 'ha'>]><a>{}</a>", "&b;".repeat(101));
        let subset = format!("<!DOCTYPE a [{}]><a/>", " ".repeat(5000));
        for text in [deep, wide, laughs, subset, " ".repeat(3 << 20)] {
            assert!(scan(&text).is_err(), "{}", &text[..40]);
        }
        // What is shown of them ends between two characters.
        for letters in 1..4 {
            let text = format!("<{} {}/>", "a".repeat(letters), "\u{e9}='' ".repeat(65));
            let refused = scan(&text).unwrap_err();
            assert_eq!(refused.why, "more than 64 attributes");
            assert!(text.get(refused.span).is_some(), "{text}");
        }
        assert!(scan(&"<a>x</a>".repeat(500)).is_ok());
        assert!(scan(&format!("<!DOCTYPE a [<!ENTITY % b 'ha'>]><a>{}</a>", "&lt;".repeat(101))).is_ok());
    }
}
