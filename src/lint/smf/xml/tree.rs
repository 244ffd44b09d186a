//! Elements, attributes and what stands between, each with its place.
use std::fmt;
use std::ops::Range;

use super::scan::Doctype;

/// A document.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) comments: Vec<Comment>,
    pub(crate) doctype: Option<Doctype>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) span: Range<usize>,
    /// From `<` to `>` of the start tag.
    pub(super) tag: Range<usize>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<usize>,
    /// Behind the last node in it.
    pub(super) end: usize,
    pub(super) text: String,
    pub(super) gaps: Vec<Gap>,
}

/// An attribute as written; namespace declarations are attributes, too, as they are for a DTD.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// With its prefix.
    pub(crate) name: String,
    /// Normalised, with references resolved.
    pub(crate) value: String,
    /// Where name and value stand.
    pub(crate) span: Range<usize>,
    /// Where the value stands, without quotes.
    pub(crate) value_span: Range<usize>,
}

/// A comment, the element that follows it, and the element that it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    /// What it is about: the next sibling, or else the element that it stands in; the whole text before the root.
    pub(crate) about: Range<usize>,
}

/// Text between the children of an element that is more than blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Text.
    Text(Range<usize>),
    /// A CDATA section.
    Cdata(Range<usize>),
    /// A reference to an entity, or to a character other than a blank.
    Reference(Range<usize>),
    /// A processing instruction.
    Instruction(Range<usize>),
    /// A comment.
    Comment(Range<usize>),
    /// Nothing but blanks.
    Blank(Range<usize>),
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    tree: &'a Tree,
    at: usize,
}

impl Tree {
    /// Notes where each subtree ends; nodes are in the order of their start tags.
    pub(super) fn close(&mut self) {
        for at in (0..self.nodes.len()).rev() {
            self.nodes[at].end = self.nodes[at].children.last().map_or(at + 1, |last| self.nodes[*last].end);
        }
    }

    /// The root element.
    pub(crate) fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }

    /// All elements in the order of their start tags.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len()).map(|at| Element { tree: self, at })
    }

    /// All comments.
    pub(crate) fn comments(&self) -> &[Comment] {
        &self.comments
    }
}

impl<'a> Element<'a> {
    fn node(self) -> &'a Node {
        &self.tree.nodes[self.at]
    }

    /// Its name with its prefix.
    pub(crate) fn name(self) -> &'a str {
        &self.node().name
    }

    /// Whether it has that name.
    pub(crate) fn is(self, name: &str) -> bool {
        self.name() == name
    }

    /// All of it.
    pub(crate) fn span(self) -> Range<usize> {
        self.node().span.clone()
    }

    /// Its start tag.
    pub(crate) fn tag(self) -> Range<usize> {
        self.node().tag.clone()
    }

    /// `<` and its name.
    pub(crate) fn head(self) -> Range<usize> {
        let start = self.node().tag.start;
        start..start + 1 + self.name().len()
    }

    /// Its attributes.
    pub(crate) fn attributes(self) -> &'a [Attribute] {
        &self.node().attributes
    }

    /// One of its attributes.
    pub(crate) fn attribute(self, name: &str) -> Option<&'a Attribute> {
        self.attributes().iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute, or the empty string.
    pub(crate) fn value(self, name: &str) -> &'a str {
        self.attribute(name).map_or("", |attribute| attribute.value.as_str())
    }

    /// Where the value of an attribute is; where the element begins when there is none.
    pub(crate) fn value_span(self, name: &str) -> Range<usize> {
        match self.attribute(name) {
            Some(attribute) if !attribute.value_span.is_empty() => attribute.value_span.clone(),
            Some(attribute) => attribute.span.clone(),
            None => self.head(),
        }
    }

    /// The elements in it.
    pub(crate) fn children(self) -> impl DoubleEndedIterator<Item = Element<'a>> + Clone {
        let tree = self.tree;
        self.node().children.iter().map(move |at| Element { tree, at: *at })
    }

    /// The elements in it with that name.
    pub(crate) fn all(self, name: &'a str) -> impl Iterator<Item = Element<'a>> + Clone {
        self.children().filter(move |child| child.is(name))
    }

    /// The first element in it with that name.
    pub(crate) fn first(self, name: &'a str) -> Option<Element<'a>> {
        self.all(name).next()
    }

    /// The element that it stands in.
    pub(crate) fn parent(self) -> Option<Element<'a>> {
        self.node().parent.map(|at| Element { tree: self.tree, at })
    }

    /// The elements that it stands in, the nearest first.
    pub(crate) fn ancestors(self) -> impl Iterator<Item = Element<'a>> {
        std::iter::successors(self.parent(), |element| element.parent())
    }

    /// It and everything in it.
    pub(crate) fn subtree(self) -> impl Iterator<Item = Element<'a>> {
        (self.at..self.node().end).map(move |at| Element { tree: self.tree, at })
    }

    /// Its text without that of the elements in it.
    pub(crate) fn text(self) -> &'a str {
        &self.node().text
    }

    /// What stands between the elements in it.
    pub(crate) fn gaps(self) -> &'a [Gap] {
        &self.node().gaps
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} {}>", self.name(), self.value("name"))
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && std::ptr::eq(self.tree, other.tree)
    }
}
