//! Compound commands.
use super::reader::{Read, Reader, TroubleKind};
use super::tree::{Arm, Command, Compound, Kind, List, Word};

/// Words that begin a compound command.
const BEGINNING: [&str; 9] = ["{", "if", "while", "until", "for", "select", "case", "[[", "function"];

impl Reader<'_> {
    /// A compound command; nothing when none begins here.
    pub(super) fn compound(&mut self) -> Read<Option<Command>> {
        let start = self.at;
        let word = self.at_reserved(&BEGINNING);
        let opening = start..start + word.map_or(1, str::len);
        let kind = match word {
            Some("function") => return self.function(start).map(Some),
            Some(word) => {
                self.at += word.len();
                self.reserved(word, start)?
            }
            None if self.looking_at("((") => self.double_parentheses(start)?,
            None if self.peek() == Some(b'(') => {
                self.at += 1;
                Kind::Subshell(self.list_until(b')', start)?)
            }
            None => return Ok(None),
        };
        let mut redirects = Vec::new();
        let mut end = self.at;
        loop {
            self.blanks();
            match self.redirect()? {
                Some(redirect) => redirects.push(redirect),
                None => break,
            }
            end = self.at;
        }
        Ok(Some(Command::Compound(Box::new(Compound { kind, redirects, span: start..end, opening }))))
    }

    fn reserved(&mut self, word: &str, start: usize) -> Read<Kind> {
        match word {
            "{" => {
                let list = self.list()?;
                self.expect("}", start)?;
                Ok(Kind::Group(list))
            }
            "if" => self.conditional(start),
            "while" | "until" => {
                let condition = self.list()?;
                Ok(Kind::Loop(condition, self.body(start)?))
            }
            "for" | "select" => self.repeated(start),
            "case" => self.choice(start),
            _ => self.test(start),
        }
    }

    fn conditional(&mut self, start: usize) -> Read<Kind> {
        let mut branches = Vec::new();
        loop {
            let condition = self.list()?;
            self.expect("then", start)?;
            branches.push((condition, self.list()?));
            match self.at_reserved(&["elif", "else"]) {
                Some("elif") => self.at += 4,
                Some(_) => {
                    self.at += 4;
                    let otherwise = self.list()?;
                    self.expect("fi", start)?;
                    return Ok(Kind::If(branches, Some(otherwise)));
                }
                None => {
                    self.expect("fi", start)?;
                    return Ok(Kind::If(branches, None));
                }
            }
        }
    }

    /// `do … done`, or `{ … }` as many shells have it.
    fn body(&mut self, start: usize) -> Read<List> {
        self.newlines()?;
        self.blanks();
        if self.at_reserved(&["{"]).is_some() {
            self.at += 1;
            let body = self.list()?;
            self.expect("}", start)?;
            return Ok(body);
        }
        self.expect("do", start)?;
        let body = self.list()?;
        self.expect("done", start)?;
        Ok(body)
    }

    fn repeated(&mut self, start: usize) -> Read<Kind> {
        self.blanks();
        if self.looking_at("((") {
            let open = self.at;
            self.double_parentheses(open)?;
            self.separator()?;
            let body = self.body(start)?;
            return Ok(Kind::For(open..open, Vec::new(), body));
        }
        let Some(name) = self.word()? else { return self.unexpected() };
        self.newlines()?;
        self.blanks();
        let mut words = Vec::new();
        if self.at_reserved(&["in"]).is_some() {
            self.at += 2;
            loop {
                self.blanks();
                match self.word()? {
                    Some(word) => words.push(word),
                    None => break,
                }
                // A comment ends the words.
                self.blanks_and_comment();
            }
        }
        self.separator()?;
        Ok(Kind::For(name.span, words, self.body(start)?))
    }

    /// `;` or the end of a line.
    fn separator(&mut self) -> Read<()> {
        self.blanks();
        if self.peek() == Some(b';') {
            self.at += 1;
        }
        self.newlines()
    }

    fn choice(&mut self, start: usize) -> Read<Kind> {
        self.blanks();
        let Some(subject) = self.word()? else { return self.unexpected() };
        self.expect("in", start)?;
        let mut arms = Vec::new();
        loop {
            self.newlines()?;
            self.blanks();
            if self.at_reserved(&["esac"]).is_some() {
                self.at += 4;
                return Ok(Kind::Case(subject, arms));
            }
            if self.peek().is_none() {
                return self.fail(start..start + 4, TroubleKind::Open("esac"));
            }
            arms.push(self.arm()?);
            if self.looking_at(";;") || self.looking_at(";&") {
                self.at += 2;
                if matches!(self.peek(), Some(b'&')) {
                    self.at += 1;
                }
            }
        }
    }

    fn arm(&mut self) -> Read<Arm> {
        if self.peek() == Some(b'(') {
            self.at += 1;
        }
        let mut patterns = Vec::new();
        loop {
            self.blanks();
            let Some(pattern) = self.word()? else { return self.unexpected() };
            patterns.push(pattern);
            self.blanks();
            match self.peek() {
                Some(b'|') => self.at += 1,
                Some(b')') => break,
                _ => return self.unexpected(),
            }
        }
        self.at += 1;
        let body = self.deeper(Self::list)?;
        Ok(Arm { patterns, body })
    }

    /// `[[ … ]]`: its words; what they mean to each other is not looked at.
    fn test(&mut self, start: usize) -> Read<Kind> {
        let mut words: Vec<Word> = Vec::new();
        loop {
            self.newlines()?;
            self.blanks();
            if self.at_reserved(&["]]"]).is_some() {
                self.at += 2;
                return Ok(Kind::Test(words));
            }
            match self.peek() {
                None => return self.fail(start..start + 2, TroubleKind::Open("]]")),
                Some(b'(' | b')' | b'<' | b'>' | b'|' | b'&') => self.at += 1,
                Some(b';') => return self.unexpected(),
                Some(_) => match self.word()? {
                    Some(word) => words.push(word),
                    None => return self.unexpected(),
                },
            }
        }
    }

    /// `((…))`
    fn double_parentheses(&mut self, start: usize) -> Read<Kind> {
        self.at = start + 2;
        let mut open = 0_usize;
        loop {
            match self.peek() {
                None => return self.fail(start..start + 2, TroubleKind::Open("))")),
                Some(b'(') => open += 1,
                Some(b')') if open > 0 => open -= 1,
                Some(b')') if self.ahead(1) == Some(b')') => {
                    self.at += 2;
                    return Ok(Kind::Arithmetic);
                }
                Some(b'$') => {
                    self.dollar(true)?;
                    continue;
                }
                // `((…) …)` is a subshell in a subshell, and quotes may be in one.
                Some(b')' | b'\'' | b'"' | b'`' | b'\\') => {
                    return self.fail(start..start + 2, TroubleKind::Unclear);
                }
                Some(_) => {}
            }
            self.step();
        }
    }

    /// `function NAME …`
    fn function(&mut self, start: usize) -> Read<Command> {
        self.at += "function".len();
        let keyword = start..self.at;
        self.blanks();
        match self.word()? {
            Some(name) => self.function_body(start, name.span, Some(keyword)),
            None => self.unexpected(),
        }
    }
}
