//! Simple commands and redirections.
use super::expansion::name_end;
use super::reader::{Read, Reader, TroubleKind, Waiting};
use super::tree::{Assignment, Command, Function, Part, Redirect, Simple, Word};

/// Signs of redirections, the longer ones first.
const REDIRECTS: [&str; 10] = ["&>>", "<<<", "<<-", "<<", ">>", "<&", ">&", "<>", ">|", "&>"];

impl Reader<'_> {
    /// A simple command, or the definition of a function without the word `function`.
    pub(super) fn simple(&mut self) -> Read<Command> {
        let start = self.at;
        let (mut assignments, mut words, mut redirects) = (Vec::new(), Vec::<Word>::new(), Vec::new());
        let mut end = self.at;
        loop {
            self.blanks();
            if let Some(redirect) = self.redirect()? {
                redirects.push(redirect);
            } else if let Some(assignment) = if words.is_empty() { self.assignment()? } else { None } {
                assignments.push(assignment);
            } else if self.peek() == Some(b'#') && self.at > end.max(start) {
                break;
            } else if let Some(word) = self.word()? {
                words.push(word);
            } else {
                break;
            }
            end = self.at;
        }
        if self.peek() == Some(b'(') {
            let named = assignments.is_empty() && redirects.is_empty() && words.len() == 1;
            return if named { self.function_body(start, words[0].span.clone(), None) } else { self.unexpected() };
        }
        if assignments.is_empty() && words.is_empty() && redirects.is_empty() {
            return self.unexpected();
        }
        Ok(Command::Simple(Simple { assignments, words, redirects, span: start..end }))
    }

    /// `() command`
    pub(super) fn function_body(
        &mut self,
        start: usize,
        name: super::Span,
        keyword: Option<super::Span>,
    ) -> Read<Command> {
        self.blanks();
        if self.peek() == Some(b'(') {
            self.at += 1;
            self.blanks();
            if self.peek() != Some(b')') {
                return self.unexpected();
            }
            self.at += 1;
        }
        self.newlines()?;
        self.blanks();
        let body = self.deeper(Self::command)?;
        Ok(Command::Function(Box::new(Function { name, keyword, body, span: start..self.at })))
    }

    /// `NAME=VALUE`; nothing when none begins here.
    fn assignment(&mut self) -> Read<Option<Assignment>> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let length = name_end(self.text, start, self.end) - start;
        if length == 0 || bytes[start].is_ascii_digit() {
            return Ok(None);
        }
        let append = bytes.get(start + length) == Some(&b'+') && bytes.get(start + length + 1) == Some(&b'=');
        let equals = start + length + usize::from(append);
        if equals >= self.end || bytes.get(equals) != Some(&b'=') {
            return Ok(None);
        }
        self.at = equals + 1;
        let name = start..start + length;
        if self.peek() == Some(b'(') {
            let open = self.at;
            let array = self.deeper(|reader| reader.array(open))?;
            let value = Word { parts: Vec::new(), span: array.clone() };
            return Ok(Some(Assignment { name, append, array: Some(array), value, span: start..self.at }));
        }
        let at = self.at;
        let value = self.word()?.unwrap_or(Word { parts: Vec::new(), span: at..at });
        Ok(Some(Assignment { name, append, array: None, value, span: start..self.at }))
    }

    /// `(…)` behind `NAME=`
    fn array(&mut self, open: usize) -> Read<super::Span> {
        self.at += 1;
        loop {
            self.newlines()?;
            match self.peek() {
                None => return self.fail(open..open + 1, TroubleKind::Open(")")),
                Some(b')') => {
                    self.at += 1;
                    return Ok(open..self.at);
                }
                Some(_) => {
                    if self.word()?.is_none() {
                        return self.unexpected();
                    }
                }
            }
        }
    }

    /// `2>file`; nothing when none begins here.
    pub(super) fn redirect(&mut self) -> Read<Option<Redirect>> {
        let start = self.at;
        let digits = self.text.as_bytes()[start..self.end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        let operator = if self.looking_at("<(") || self.looking_at(">(") {
            None
        } else {
            let long = REDIRECTS.iter().find(|sign| self.looking_at(sign)).copied();
            long.or_else(|| ["<", ">"].into_iter().find(|sign| self.looking_at(sign)))
        };
        // A number before `&>` is a word.
        let operator = operator.filter(|sign| digits == 0 || !sign.starts_with('&'));
        let Some(sign) = operator else {
            self.at = start;
            return Ok(None);
        };
        let number = (digits > 0).then_some(start..self.at);
        let operator = self.at..self.at + sign.len();
        self.at = operator.end;
        self.blanks();
        let Some(target) = self.word()? else { return self.unexpected() };
        if matches!(sign, "<<" | "<<-") {
            self.await_document(sign, &target)?;
        }
        let span = start..self.at;
        Ok(Some(Redirect { operator, number, target, span }))
    }

    fn await_document(&mut self, sign: &str, target: &Word) -> Read<()> {
        let quoted = target.parts.iter().any(|part| !matches!(part, Part::Literal(_)));
        let Some(delimiter) = target.literal(self.text) else {
            return self.fail(target.span.clone(), TroubleKind::Unclear);
        };
        self.waiting.push(Waiting { delimiter: delimiter.into_owned(), tabs: sign == "<<-", quoted });
        Ok(())
    }
}
