//! Lists, pipelines and commands.
use super::reader::{Read, Reader, TroubleKind};
use super::tree::{AndOr, Command, Connector, List, Pipeline};

/// Words that end a list, when they stand where a command begins.
const ENDING: [&str; 9] = ["then", "else", "elif", "fi", "do", "done", "esac", "}", "in"];

impl Reader<'_> {
    /// The whole text; what was read before a trouble is kept.
    pub(super) fn script(&mut self) -> List {
        let mut list = List::default();
        while self.another(&mut list).unwrap_or(false) {}
        if self.trouble.is_none() && self.at < self.end {
            // The trouble is in the reader; there is nothing to return here.
            let _ = self.unexpected::<()>();
        }
        list
    }

    /// The whole text, which is a part of another.
    pub(super) fn whole(&mut self) -> Read<List> {
        let mut list = List::default();
        while self.another(&mut list)? {}
        if self.at < self.end { self.unexpected() } else { Ok(list) }
    }

    /// Commands up to a word or sign that ends a list.
    pub(super) fn list(&mut self) -> Read<List> {
        let mut list = List::default();
        while self.another(&mut list)? {}
        Ok(list)
    }

    /// Commands up to a sign, and over it.
    pub(super) fn list_until(&mut self, sign: u8, start: usize) -> Read<List> {
        let list = self.list()?;
        match self.peek() {
            Some(byte) if byte == sign => {
                self.at += 1;
                Ok(list)
            }
            None => self.fail(start..start + 1, TroubleKind::Open(if sign == b')' { ")" } else { "}" })),
            Some(_) => self.unexpected(),
        }
    }

    /// One more command of a list; whether there was one.
    fn another(&mut self, list: &mut List) -> Read<bool> {
        self.newlines()?;
        self.blanks();
        if self.peek().is_none_or(|byte| byte == b')') || self.at_reserved(&ENDING).is_some() {
            return Ok(false);
        }
        if self.looking_at(";;") || self.looking_at(";&") {
            return Ok(false);
        }
        let item = self.and_or()?;
        list.items.push(item);
        self.blanks();
        Ok(match self.peek() {
            Some(b';') if !self.looking_at(";;") && !self.looking_at(";&") => {
                self.at += 1;
                true
            }
            Some(b'\n' | b'#') => true,
            _ => list.items.last().is_some_and(|item| item.background.is_some()),
        })
    }

    fn and_or(&mut self) -> Read<AndOr> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            self.blanks();
            let connector = if self.looking_at("&&") {
                Connector::And
            } else if self.looking_at("||") {
                Connector::Or
            } else {
                break;
            };
            self.at += 2;
            self.newlines()?;
            self.blanks();
            rest.push((connector, self.pipeline()?));
        }
        let start = self.at;
        let background = self.peek() == Some(b'&');
        self.at += usize::from(background);
        Ok(AndOr { first, rest, background: background.then_some(start..start + 1) })
    }

    fn pipeline(&mut self) -> Read<Pipeline> {
        let mut negated = false;
        while self.at_reserved(&["!"]).is_some() {
            negated = true;
            self.at += 1;
            self.blanks();
        }
        let mut commands = vec![self.deeper(Self::command)?];
        let mut pipes = Vec::new();
        loop {
            self.blanks();
            if self.peek() != Some(b'|') || self.ahead(1) == Some(b'|') {
                return Ok(Pipeline { negated, commands, pipes });
            }
            let start = self.at;
            self.at += if self.ahead(1) == Some(b'&') { 2 } else { 1 };
            pipes.push(start..self.at);
            self.newlines()?;
            self.blanks();
            commands.push(self.deeper(Self::command)?);
        }
    }

    /// The word that begins here, when it is one of those and nothing of it is quoted.
    pub(super) fn at_reserved(&self, words: &[&'static str]) -> Option<&'static str> {
        let rest = self.text.as_bytes().get(self.at..self.end)?;
        let length = rest.iter().position(|byte| super::word::ends_word(*byte)).unwrap_or(rest.len());
        words.iter().find(|word| word.as_bytes() == &rest[..length]).copied()
    }

    /// Over a reserved word; a trouble when another stands there.
    pub(super) fn expect(&mut self, word: &'static str, start: usize) -> Read<()> {
        self.newlines()?;
        self.blanks();
        if self.at_reserved(&[word]).is_some() {
            self.at += word.len();
            return Ok(());
        }
        match self.peek() {
            None => {
                let length = self.text[start..].find(|c: char| c.is_whitespace() || c == '(').unwrap_or(1).max(1);
                let end = (start + length).min(self.end);
                self.fail(start..end, TroubleKind::Open(word))
            }
            Some(_) => self.unexpected(),
        }
    }

    /// A command.
    pub(super) fn command(&mut self) -> Read<Command> {
        match self.compound()? {
            Some(command) => Ok(command),
            None => self.simple(),
        }
    }
}
