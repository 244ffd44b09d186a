//! The reader's place in the text, and how it gives up.
use super::tree::{Part, Script, Span};

/// Nesting beyond this is no script of a person, and would need too much of the stack.
const DEEPEST: usize = 60;

/// Where reading ended before the end of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Where.
    pub span: Span,
    /// Why.
    pub kind: TroubleKind,
}

/// Why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// What begins here is never closed; what would close it.
    Open(&'static str),
    /// No shell has this here.
    Unexpected,
    /// A person can read it, this reader does not.
    Unclear,
}

/// Reading goes on, or has ended for good: the trouble is in the reader.
pub(super) type Read<T> = Result<T, Ended>;

/// The trouble is in the reader.
#[derive(Debug)]
pub(super) struct Ended;

/// A place in a text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Reading ends here: the end of the text, or of the part that is read by itself.
    pub(super) end: usize,
    depth: usize,
    pub(super) comments: Vec<Span>,
    pub(super) trouble: Option<Trouble>,
    /// Here-documents whose lines come after this line.
    pub(super) waiting: Vec<Waiting>,
    pub(super) documents: Vec<Part>,
}

/// A here-document whose lines are still to come.
pub(super) struct Waiting {
    pub(super) delimiter: String,
    pub(super) tabs: bool,
    pub(super) quoted: bool,
}

/// Reads a script.
#[must_use]
pub fn read(text: &str) -> Script {
    let mut reader = Reader::new(text, 0, text.len(), 0);
    let body = reader.script();
    let Reader { mut comments, documents, trouble, .. } = reader;
    // Those in backquotes were found when the quotes were over.
    comments.sort_by_key(|comment| comment.start);
    Script { body, comments, documents, trouble }
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, at: usize, end: usize, depth: usize) -> Self {
        let (comments, waiting, documents) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, at, end, depth, comments, trouble: None, waiting, documents }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, by: usize) -> Option<u8> {
        let at = self.at + by;
        if at < self.end { self.text.as_bytes().get(at).copied() } else { None }
    }

    pub(super) fn looking_at(&self, what: &str) -> bool {
        self.text.as_bytes().get(self.at..self.end).is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    /// Over a character, which may have several bytes.
    pub(super) fn step(&mut self) {
        self.at += 1;
        while self.at < self.end && !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    pub(super) fn fail<T>(&mut self, span: Span, kind: TroubleKind) -> Read<T> {
        if self.trouble.is_none() {
            self.trouble = Some(Trouble { span, kind });
        }
        Err(Ended)
    }

    pub(super) fn unexpected<T>(&mut self) -> Read<T> {
        let start = self.at;
        if self.at < self.end {
            self.step();
        }
        self.fail(start..self.at, TroubleKind::Unexpected)
    }

    /// Does something one level deeper.
    pub(super) fn deeper<T>(&mut self, what: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEEPEST {
            let at = self.at;
            return self.fail(at..at, TroubleKind::Unclear);
        }
        self.depth += 1;
        let result = what(self);
        self.depth -= 1;
        result
    }

    /// Reads a part of the text by itself.
    pub(super) fn within<T>(&mut self, part: Span, what: impl FnOnce(&mut Reader<'a>) -> Read<T>) -> Read<T> {
        let depth = self.depth;
        let mut inner = Reader::new(self.text, part.start, part.end, depth);
        let result = inner.deeper(what);
        self.comments.append(&mut inner.comments);
        self.documents.append(&mut inner.documents);
        if let Some(trouble) = inner.trouble {
            return self.fail(trouble.span, trouble.kind);
        }
        result
    }

    /// Blanks and continued lines.
    pub(super) fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\\') if self.ahead(1) == Some(b'\n') => self.at += 2,
                Some(b'%') => match self.switch() {
                    Some(after) => self.at = after,
                    None => return,
                },
                _ => return,
            }
        }
    }

    /// Where a switch of a port ends: `%%OPTION%%` before the rest of a line becomes nothing or `#`.
    fn switch(&self) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..self.end];
        let begins_line = self.at == 0 || bytes[self.at - 1] == b'\n';
        let after = super::expansion::name_end(self.text, self.at, self.end.min(self.at + 80));
        let token = begins_line && bytes.get(self.at..after)?.ends_with(b"%%");
        (token && !matches!(bytes.get(after), None | Some(b'/' | b'\n' | b'='))).then_some(after)
    }

    /// Blanks and a comment up to the end of the line.
    pub(super) fn blanks_and_comment(&mut self) {
        self.blanks();
        if self.peek() == Some(b'#') {
            let start = self.at;
            let rest = &self.text.as_bytes()[self.at..self.end];
            self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            self.comments.push(start..self.at);
        }
    }

    /// Over the end of a line, and the here-documents that begin behind it.
    pub(super) fn newline(&mut self) -> Read<bool> {
        self.blanks_and_comment();
        if self.peek() != Some(b'\n') {
            return Ok(false);
        }
        self.at += 1;
        self.here_documents()?;
        Ok(true)
    }

    /// Over as many ends of lines as there are.
    pub(super) fn newlines(&mut self) -> Read<()> {
        while self.newline()? {}
        Ok(())
    }
}
