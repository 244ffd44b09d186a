//! What a word comes to.
use super::Shell;

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This text.
    Known(String),
    /// It depends on what only running the file would tell.
    Unknown(String),
}

/// How deep defaults may be nested in defaults.
const DEEPEST: usize = 16;

impl Shell {
    /// A word without its quotes, with the variables in it; assignments that expanding makes are made.
    pub(super) fn expand(&mut self, word: &str) -> Value {
        self.expand_at(word, 0)
    }

    fn expand_at(&mut self, word: &str, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Unknown("defaults are nested too deep".to_owned());
        }
        let chars: Vec<char> = word.chars().collect();
        let mut text = String::new();
        let mut at = 0;
        let mut double = false;
        while let Some(c) = chars.get(at).copied() {
            at += 1;
            match c {
                '\'' if !double => {
                    while let Some(c) = chars.get(at).copied() {
                        at += 1;
                        if c == '\'' {
                            break;
                        }
                        text.push(c);
                    }
                }
                '"' => double = !double,
                '\\' => {
                    let next = chars.get(at).copied();
                    at += 1;
                    match next {
                        Some(next) if !double || "$`\"\\\n".contains(next) => text.push(next),
                        Some(next) => text.extend(['\\', next]),
                        None => {}
                    }
                }
                '`' => return Value::Unknown("it takes the output of a command".to_owned()),
                '$' => match self.parameter(&chars, &mut at, depth) {
                    Value::Known(more) => text.push_str(&more),
                    unknown @ Value::Unknown(_) => return unknown,
                },
                _ => text.push(c),
            }
        }
        Value::Known(text)
    }

    /// What stands behind a dollar; `at` is moved behind it.
    fn parameter(&mut self, chars: &[char], at: &mut usize, depth: usize) -> Value {
        match chars.get(*at) {
            Some('(') => Value::Unknown("it takes the output of a command or a sum".to_owned()),
            Some('{') => {
                let start = *at + 1;
                let mut open = 0usize;
                while let Some(c) = chars.get(*at) {
                    *at += 1;
                    match c {
                        '\\' => *at += 1,
                        '{' => open += 1,
                        '}' => open -= 1,
                        _ => {}
                    }
                    if open == 0 {
                        let inside: String = chars.get(start..*at - 1).unwrap_or_default().iter().collect();
                        return self.braces(&inside, depth);
                    }
                }
                Value::Unknown("a brace is not closed".to_owned())
            }
            Some(c) if is_start(*c) => {
                let start = *at;
                while chars.get(*at).is_some_and(|c| is_start(*c) || c.is_ascii_digit()) {
                    *at += 1;
                }
                let name: String = chars[start..*at].iter().collect();
                self.value(&name)
            }
            Some(c) if c.is_ascii_digit() || "?#@*$!-".contains(*c) => {
                Value::Unknown(format!("`${c}` is known when it runs only"))
            }
            _ => Value::Known("$".to_owned()),
        }
    }

    /// `name`, `name:-word` and its like.
    fn braces(&mut self, inside: &str, depth: usize) -> Value {
        let end = inside.find(|c: char| !is_start(c) && !c.is_ascii_digit()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(end);
        if !name.starts_with(is_start) {
            return Value::Unknown(format!("`${{{inside}}}` is known when it runs only"));
        }
        if rest.is_empty() {
            return self.value(name);
        }
        let (colon, rest) = match rest.strip_prefix(':') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let Some(operator) = rest.chars().next().filter(|c| "-=+?".contains(*c)) else {
            return Value::Unknown(format!("`${{{inside}}}` is not worked out"));
        };
        let word = &rest[1..];
        let set = match self.variables.get(name) {
            None => false,
            Some(Value::Known(text)) => !(colon && text.is_empty()),
            Some(Value::Unknown(why)) => return Value::Unknown(why.clone()),
        };
        match operator {
            '+' if set => self.expand_at(word, depth + 1),
            '+' => Value::Known(String::new()),
            _ if set => self.value(name),
            '-' => self.expand_at(word, depth + 1),
            '=' => {
                let value = self.expand_at(word, depth + 1);
                self.assign(name, value.clone());
                value
            }
            _ => Value::Unknown(format!("`{name}` is not set, where that ends the script")),
        }
    }

    fn value(&self, name: &str) -> Value {
        self.variables.get(name).cloned().unwrap_or_else(|| Value::Known(String::new()))
    }
}

fn is_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}
