//! A shell file cut into words and operators (POSIX shell, 2.3), the words with their quotes still on.

/// A word or an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word as it stands in the file.
    Word(String),
    /// The end of a command: a new line or `;`.
    End,
    /// `&`, `|`: what stands before runs in a process of its own.
    Apart,
    /// `&&` or `||`: what follows depends on what stands before.
    If,
    /// `(`
    Open,
    /// `)`
    Close,
    /// A redirection; the word that follows is its file.
    Redirect,
}

/// The tokens of a file, each with its line. A quote that is never closed ends with the file.
pub(super) fn tokens(text: &str) -> Vec<(usize, Token)> {
    let mut cutter = Cutter { rest: text.chars().collect(), at: 0, line: 1, tokens: Vec::new(), here: Vec::new() };
    cutter.cut();
    cutter.tokens
}

struct Cutter {
    rest: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<(usize, Token)>,
    /// Delimiters of here-documents whose text begins behind this line.
    here: Vec<String>,
}

impl Cutter {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn push(&mut self, token: Token, length: usize) {
        self.tokens.push((self.line, token));
        for _ in 0..length {
            self.next();
        }
    }

    fn cut(&mut self) {
        while let Some(c) = self.peek(0) {
            match (c, self.peek(1)) {
                ('\n', _) => {
                    self.push(Token::End, 1);
                    self.skip_here_documents();
                }
                (' ' | '\t' | '\r', _) => drop(self.next()),
                ('\\', Some('\n')) => {
                    self.next();
                    self.next();
                }
                ('#', _) => {
                    while self.peek(0).is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                ('&', Some('&')) | ('|', Some('|')) => self.push(Token::If, 2),
                (';', Some(';')) => self.push(Token::End, 2),
                (';', _) => self.push(Token::End, 1),
                ('&' | '|', _) => self.push(Token::Apart, 1),
                ('(', _) => self.push(Token::Open, 1),
                (')', _) => self.push(Token::Close, 1),
                ('<' | '>', _) => self.redirect(),
                _ => self.word(),
            }
        }
        self.tokens.push((self.line, Token::End));
    }

    fn redirect(&mut self) {
        let here = self.peek(0) == Some('<') && self.peek(1) == Some('<');
        self.push(Token::Redirect, 1);
        while self.peek(0).is_some_and(|c| "<>&-|".contains(c)) {
            self.next();
        }
        if here {
            while self.peek(0).is_some_and(|c| c == ' ' || c == '\t') {
                self.next();
            }
            let start = self.tokens.len();
            self.word();
            if let Some((_, Token::Word(word))) = self.tokens.get(start) {
                self.here.push(word.replace(['\'', '"', '\\'], ""));
            }
        }
    }

    fn skip_here_documents(&mut self) {
        for end in std::mem::take(&mut self.here) {
            while self.peek(0).is_some() {
                let mut line = String::new();
                while let Some(c) = self.next().filter(|c| *c != '\n') {
                    line.push(c);
                }
                if line.trim_start_matches('\t') == end {
                    break;
                }
            }
        }
    }

    fn word(&mut self) {
        let line = self.line;
        let mut word = String::new();
        while let Some(c) = self.peek(0) {
            match c {
                ' ' | '\t' | '\n' | '\r' | ';' | '&' | '|' | '(' | ')' | '<' | '>' => break,
                '\\' => {
                    self.next();
                    match self.next() {
                        Some('\n') | None => {}
                        Some(next) => word.extend(['\\', next]),
                    }
                }
                '\'' => self.until(&mut word, '\'', false),
                '"' => self.until(&mut word, '"', true),
                '`' => self.until(&mut word, '`', true),
                '$' => self.dollar(&mut word),
                _ => word.extend(self.next()),
            }
        }
        // A digit before a redirection is a descriptor, not a word.
        let descriptor = word.bytes().all(|byte| byte.is_ascii_digit());
        if !(descriptor && self.peek(0).is_some_and(|c| c == '<' || c == '>')) {
            self.tokens.push((line, Token::Word(word)));
        }
    }

    /// Text in quotes, the quotes with it.
    fn until(&mut self, word: &mut String, quote: char, escapes: bool) {
        word.extend(self.next());
        while let Some(c) = self.peek(0) {
            if escapes && c == '\\' {
                word.extend(self.next());
                word.extend(self.next());
            } else if escapes && quote == '"' && c == '$' {
                self.dollar(word);
            } else {
                word.extend(self.next());
                if c == quote {
                    return;
                }
            }
        }
    }

    /// `$name`, `${…}`, `$(…)`, with all that is nested in them.
    fn dollar(&mut self, word: &mut String) {
        word.extend(self.next());
        let close = match self.peek(0) {
            Some('{') => '}',
            Some('(') => ')',
            _ => return,
        };
        let open = self.peek(0);
        let mut depth = 0usize;
        while let Some(c) = self.peek(0) {
            match c {
                '\\' => {
                    word.extend(self.next());
                    word.extend(self.next());
                    continue;
                }
                // In `${x:-it's}` within double quotes a single quote is itself; a lone one would eat the file.
                '\'' if close == ')' => {
                    self.until(word, '\'', false);
                    continue;
                }
                '"' => {
                    self.until(word, '"', true);
                    continue;
                }
                _ => {}
            }
            word.extend(self.next());
            if Some(c) == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn words(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .filter_map(|(_, token)| match token {
                Token::Word(word) => Some(word),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn words_keep_their_quotes() {
        assert_eq!(words("a='b c' \"d $(e \")\" f)\" # g\n"), ["a='b c'", "\"d $(e \")\" f)\""]);
        // What a redirection goes to is a word after its token; the number before it is none.
        assert_eq!(words("x 2>&1 >>y | z"), ["x", "1", "y", "z"]);
        assert_eq!(words(": ${a:=${b}/c}\n"), [":", "${a:=${b}/c}"]);
        assert_eq!(words("cat <<EOF\nx=1\nEOF\ny=2\n"), ["cat", "EOF", "y=2"]);
        assert_eq!(words("a\\\nb"), ["ab"]);
        assert_eq!(words("'never closed"), ["'never closed"]);
    }
}
