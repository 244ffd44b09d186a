//! From text to [`Tree`].
use std::borrow::Cow;
use std::ops::Range;

use roxmltree::{Document, NodeType, ParsingOptions, TextPos};

use super::scan::scan;
use super::tree::{Attribute, Comment, Gap, Node, Tree};
use crate::finding::Source;

/// A large manifest has 5000 nodes.
const MOST_NODES: u32 = 200_000;

/// Why a text is no XML, and where.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) span: Range<usize>,
    pub(crate) why: String,
}

/// Reads a document. No more is loaded for it than is in it: neither the DTD nor what it includes.
pub(crate) fn read(source: &Source) -> Result<Tree, Unreadable> {
    let doctype = scan(&source.text).map_err(|refused| Unreadable { span: refused.span, why: refused.why })?;
    let text = without_undeclared_prefix(&source.text);
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|error| unreadable(source, &error))?;
    let mut tree = Tree { nodes: Vec::new(), comments: Vec::new(), doctype };
    // Nodes of roxmltree by their index there; parents come before their children.
    let mut known = std::collections::HashMap::new();
    let mut comments = Vec::new();
    for node in document.descendants() {
        let parent = node.parent().and_then(|parent| known.get(&parent.id()).copied());
        match node.node_type() {
            NodeType::Element => {
                known.insert(node.id(), tree.nodes.len());
                if let Some(parent) = parent {
                    let at = tree.nodes.len();
                    tree.nodes[parent].children.push(at);
                }
                tree.nodes.push(element(node, parent, &source.text));
            }
            NodeType::Comment => comments.push((parent, node.range(), node.text().unwrap_or_default().to_owned())),
            NodeType::PI | NodeType::Text | NodeType::Root => {}
        }
    }
    tree.close();
    for (parent, span, text) in comments {
        let about = about(&tree, parent, &span, &source.text);
        tree.comments.push(Comment { text, span, about });
    }
    Ok(tree)
}

/// The DTD declares the prefix of `xi:include` for documents, so they need not; roxmltree does not read DTDs. Names are
/// taken from the original text afterwards, so places stay true.
fn without_undeclared_prefix(text: &str) -> Cow<'_, str> {
    if !text.contains("<xi:") || text.contains("xmlns:xi") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("<xi:", "<xi_").replace("</xi:", "</xi_"))
}

fn unreadable(source: &Source, error: &roxmltree::Error) -> Unreadable {
    let TextPos { row, col } = error.pos();
    let text = &source.text;
    let line = text.split_inclusive('\n').take(row.saturating_sub(1) as usize).map(str::len).sum::<usize>();
    let column = text[line..].chars().take(col.saturating_sub(1) as usize).map(char::len_utf8).sum::<usize>();
    let start = match error {
        // These have no place of their own.
        roxmltree::Error::UnclosedRootNode | roxmltree::Error::UnexpectedEndOfStream => text.trim_end().len(),
        _ => (line + column).min(text.len()),
    };
    let end = start + text[start..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    // The place is shown anyway.
    let why = error.to_string().replace(&format!(" at {}", error.pos()), "");
    Unreadable { span: start..end, why }
}

fn element(node: roxmltree::Node<'_, '_>, parent: Option<usize>, text: &str) -> Node {
    let span = node.range();
    let tag = span.start..tag_end(text, &span);
    let name = text
        .get(span.start + 1..tag.end)
        .unwrap_or_default()
        .chars()
        .take_while(|c| !c.is_whitespace() && !"/>".contains(*c))
        .collect();
    let mut attributes: Vec<Attribute> = node
        .attributes()
        .map(|attribute| {
            let whole = attribute.range();
            Attribute {
                // roxmltree drops the prefix.
                name: text.get(attribute.range_qname()).unwrap_or(attribute.name()).to_owned(),
                value: attribute.value().to_owned(),
                value_span: attribute.range_value(),
                span: whole,
            }
        })
        .collect();
    attributes.extend(namespaces(text, &tag));
    Node {
        name,
        tag: tag.clone(),
        attributes,
        parent,
        children: Vec::new(),
        end: 0,
        text: node.children().filter(roxmltree::Node::is_text).filter_map(|child| child.text()).collect(),
        gaps: gaps(node, text, tag.end),
        span,
    }
}

/// `xmlns` and `xmlns:…`: roxmltree keeps them apart from the attributes and does not say where they stand.
fn namespaces(text: &str, tag: &Range<usize>) -> Vec<Attribute> {
    let raw = text.get(tag.clone()).unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in raw.match_indices("xmlns") {
        let declared = raw[..at].ends_with(char::is_whitespace) && even_quotes(&raw[..at]);
        let Some((name, rest)) = raw[at..].split_once('=').filter(|_| declared) else { continue };
        let blanks = rest.len() - rest.trim_start().len();
        let Some(quote) = rest.trim_start().chars().next().filter(|c| "\"'".contains(*c)) else { continue };
        let start = at + name.len() + 1 + blanks + 1;
        let Some(end) = raw[start..].find(quote).map(|more| start + more) else { continue };
        found.push(Attribute {
            name: name.trim_end().to_owned(),
            value: raw[start..end].to_owned(),
            span: tag.start + at..tag.start + end + 1,
            value_span: tag.start + start..tag.start + end,
        });
    }
    found
}

/// Whether all quotes that were opened are closed.
fn even_quotes(text: &str) -> bool {
    let mut quote = None;
    for c in text.chars() {
        quote = match quote {
            Some(end) if end == c => None,
            None if "\"'".contains(c) => Some(c),
            _ => quote,
        };
    }
    quote.is_none()
}

/// Behind the `>` of the start tag.
fn tag_end(text: &str, span: &Range<usize>) -> usize {
    let mut quote = None;
    for (at, c) in text.get(span.clone()).unwrap_or_default().char_indices() {
        match quote {
            Some(end) if end == c => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => return span.start + at + 1,
            _ => {}
        }
    }
    span.end
}

/// What stands between the elements of an element.
fn gaps(node: roxmltree::Node<'_, '_>, text: &str, content: usize) -> Vec<Gap> {
    let whole = node.range();
    let raw = text.get(whole.clone()).unwrap_or_default();
    // Behind the last child comes the end tag.
    let end =
        if raw.ends_with("/>") && content == whole.end { content } else { whole.start + raw.rfind("</").unwrap_or(0) };
    let mut found = Vec::new();
    let mut at = content;
    for child in node.children().filter(|child| !child.is_text()) {
        let range = child.range();
        text_gaps(text, at..range.start, &mut found);
        if child.is_comment() {
            found.push(Gap::Comment(range.clone()));
        } else if child.is_pi() {
            found.push(Gap::Instruction(range.clone()));
        }
        at = at.max(range.end);
    }
    text_gaps(text, at..end, &mut found);
    found
}

fn text_gaps(text: &str, span: Range<usize>, found: &mut Vec<Gap>) {
    let mut at = span.start;
    while let Some(raw) = text.get(at..span.end).filter(|raw| !raw.is_empty()) {
        let Some(section) = raw.find("<![CDATA[") else { return text_gap(raw, at, found) };
        text_gap(&raw[..section], at, found);
        let end = raw[section..].find("]]>").map_or(raw.len(), |more| section + more + 3);
        found.push(Gap::Cdata(at + section..at + end));
        at += end;
    }
}

fn text_gap(raw: &str, start: usize, found: &mut Vec<Gap>) {
    const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
    let trimmed = raw.trim_matches(BLANKS);
    let first = start + (raw.len() - raw.trim_start_matches(BLANKS).len());
    if raw.is_empty() {
    } else if trimmed.is_empty() {
        found.push(Gap::Blank(start..start + raw.len()));
    } else if trimmed.starts_with('&') {
        found.push(Gap::Reference(first..first + trimmed.find(';').map_or(trimmed.len(), |end| end + 1)));
    } else {
        found.push(Gap::Text(first..first + trimmed.len()));
    }
}

/// What a comment in `parent` is about. The children are looked up: there may be as many comments as elements.
fn about(tree: &Tree, parent: Option<usize>, span: &Range<usize>, text: &str) -> Range<usize> {
    let Some(parent) = parent else {
        let before_root = tree.nodes.first().is_some_and(|root| root.span.start >= span.end);
        return if before_root { 0..text.len() } else { span.clone() };
    };
    let children = &tree.nodes[parent].children;
    let next = children.partition_point(|child| tree.nodes[*child].span.start < span.end);
    tree.nodes[children.get(next).copied().unwrap_or(parent)].span.clone()
}

#[cfg(test)]
mod tests {
    use super::{Gap, read};
    use crate::finding::Source;

    fn tree(text: &str) -> super::Tree {
        read(&Source::new("x", text)).unwrap()
    }

    #[test]
    fn places_of_everything() {
        let text = "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM '/d'>\n<a x = 'ü>' xmlns:b=\"u\"><!-- c --><b:c/>t<![CDATA[d]]></a>";
        let tree = tree(text);
        let root = tree.root();
        assert_eq!(&text[root.tag()], "<a x = 'ü>' xmlns:b=\"u\">");
        let spans: Vec<_> =
            root.attributes().iter().map(|one| (&text[one.span.clone()], &text[one.value_span.clone()])).collect();
        assert_eq!(spans, [("x = 'ü>'", "ü>"), ("xmlns:b=\"u\"", "u")]);
        assert_eq!(root.children().map(super::super::Element::name).collect::<Vec<_>>(), ["b:c"]);
        assert_eq!(tree.comments()[0].text, " c ");
        assert_eq!(&text[tree.comments()[0].about.clone()], "<b:c/>");
        assert_eq!(root.text(), "td");
        let gaps: Vec<_> = root
            .gaps()
            .iter()
            .map(|gap| match gap {
                Gap::Text(span) | Gap::Cdata(span) | Gap::Comment(span) => &text[span.clone()],
                _ => "other",
            })
            .collect();
        assert_eq!(gaps, ["<!-- c -->", "t", "<![CDATA[d]]>"]);
    }

    #[test]
    fn the_prefix_that_the_dtd_declares() {
        let tree = tree("<a><xi:include href='b'><xi:fallback/></xi:include></a>");
        assert_eq!(
            tree.elements().map(super::super::Element::name).collect::<Vec<_>>(),
            ["a", "xi:include", "xi:fallback"]
        );
    }

    #[test]
    fn the_two_lines_that_profiles_declare() {
        let text =
            "<!DOCTYPE a SYSTEM '/d' [\n<!ENTITY % profile \"INCLUDE\">\n<!ENTITY % manifest \"IGNORE\">\n]><a/>";
        assert!(tree(text).root().is("a"));
    }

    #[test]
    fn errors_know_their_place() {
        let of = |text: &str| {
            let error = read(&Source::new("x", text)).unwrap_err();
            (text[error.span].to_owned(), error.why)
        };
        assert_eq!(of("<a>\n <b></a>").0, "<");
        assert_eq!(of("<a>\n&nbsp;</a>"), ("&".to_owned(), "unknown entity reference 'nbsp'".to_owned()));
        assert_eq!(of("<a>\n").1, "the root node was opened but never closed");
        assert_eq!(of("").1, "the document does not have a root node");
    }
}
