//! Commands of a shell file as far as they set variables.
use std::collections::BTreeMap;

use super::Value;
use super::words::{Token, tokens};
use crate::doctor::root::{Failure, Root};

/// Bytes of a shell file that are read.
const LIMIT: u64 = 1 << 20;
/// How deep files may source files.
const DEEPEST: usize = 8;

/// Where files that are sourced come from, and what `load_rc_config` sources.
pub struct Files<'a> {
    /// The host.
    pub root: &'a Root,
    /// Files in their order.
    pub rc_config: Vec<String>,
    /// A file that is known and has no settings in it.
    pub rc_subr: Option<&'a str>,
}

/// Variables, as a shell would have them after reading files.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub(super) variables: BTreeMap<String, Value>,
    /// Bodies of functions, as their words.
    pub functions: BTreeMap<String, Vec<String>>,
    /// Files that were read.
    pub read: Vec<String>,
    /// Arguments of `ulimit`, where it is called outside functions; nothing where it may or may not be.
    pub ulimits: Vec<Option<Vec<String>>>,
    depth: usize,
}

/// What an `if` comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    Unknown,
}

/// A compound command.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Frame {
    If(Holds),
    Other,
    Paren,
    /// A function's body; whether its brace is open.
    Function(String, bool),
}

impl Shell {
    /// A shell that was started with these variables.
    #[must_use]
    pub fn new(environment: &[(&str, &str)]) -> Self {
        let known = |(name, value): &(&str, &str)| ((*name).to_owned(), Value::Known((*value).to_owned()));
        Self { variables: environment.iter().map(known).collect(), ..Self::default() }
    }

    /// What a variable holds, if it is set.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub fn get(&self, name: &str) -> Result<Option<&str>, String> {
        match self.variables.get(name) {
            None => Ok(None),
            Some(Value::Known(text)) => Ok(Some(text)),
            Some(Value::Unknown(why)) => Err(format!("{name}: {why}")),
        }
    }

    /// Whether a function sets a variable, and which one does.
    #[must_use]
    pub fn set_by_function(&self, name: &str) -> Option<&str> {
        let sets = |word: &String| word.strip_prefix(name).is_some_and(|rest| rest.starts_with('='));
        self.functions.iter().find(|(_, body)| body.iter().any(sets)).map(|(function, _)| function.as_str())
    }

    /// Reads a file as `.` would.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn source(&mut self, path: &str, files: &Files<'_>) -> Result<(), Failure> {
        let text = files.root.text(path, LIMIT)?;
        if !self.read.iter().any(|read| read == path) {
            self.read.push(path.to_owned());
        }
        self.depth += 1;
        self.run(&text, files);
        self.depth -= 1;
        Ok(())
    }

    /// Reads the text of a file.
    pub fn run(&mut self, text: &str, files: &Files<'_>) {
        let mut frames: Vec<Frame> = Vec::new();
        let mut command: Vec<String> = Vec::new();
        let mut depends = false;
        let mut file_follows = false;
        let all = tokens(text);
        for (at, (line, token)) in all.iter().enumerate() {
            match token {
                Token::Redirect => file_follows = true,
                Token::Word(_) if file_follows => file_follows = false,
                Token::Word(word) => {
                    // Reserved words are ones where a command begins only.
                    if command.is_empty() && Self::reserved(word, &mut frames) {
                        depends = false;
                        continue;
                    }
                    command.push(word.clone());
                }
                Token::Open => {
                    let defines = command.len() == 1 && matches!(all.get(at + 1), Some((_, Token::Close)));
                    if defines {
                        let name = command.pop().unwrap_or_default();
                        self.functions.insert(name.clone(), Vec::new());
                        frames.push(Frame::Function(name, false));
                    } else {
                        frames.push(Frame::Paren);
                    }
                    command.clear();
                }
                Token::Close => {
                    self.end(&mut command, &mut frames, depends, *line, files);
                    // The second half of `name()` closes nothing.
                    let defines = matches!(frames.last(), Some(Frame::Function(_, false)));
                    if !defines && frames.last() == Some(&Frame::Paren) {
                        frames.pop();
                    }
                }
                Token::End | Token::If | Token::Apart => {
                    // What runs in a process of its own sets nothing here.
                    if *token == Token::Apart {
                        self.note(&command, &frames);
                        command.clear();
                    }
                    self.end(&mut command, &mut frames, depends, *line, files);
                    depends = *token == Token::If;
                }
            }
        }
    }

    /// Whether the word opens or closes a compound command.
    fn reserved(word: &str, frames: &mut Vec<Frame>) -> bool {
        match word {
            "if" => frames.push(Frame::If(Holds::Unknown)),
            "while" | "until" | "for" | "case" => {
                frames.push(Frame::Other);
                return word == "while" || word == "until";
            }
            "{" => match frames.last_mut() {
                Some(Frame::Function(_, open @ false)) => *open = true,
                _ => frames.push(Frame::Other),
            },
            "}" | "fi" | "done" | "esac" => drop(frames.pop()),
            "then" | "do" | "!" => {}
            "else" => {
                if let Some(Frame::If(holds)) = frames.last_mut() {
                    *holds = match holds {
                        Holds::Yes => Holds::No,
                        Holds::No => Holds::Yes,
                        Holds::Unknown => Holds::Unknown,
                    };
                }
            }
            "elif" => {
                if let Some(Frame::If(holds)) = frames.last_mut() {
                    *holds = Holds::Unknown;
                }
            }
            _ => return false,
        }
        true
    }

    /// Keeps the words of a function.
    fn note(&mut self, command: &[String], frames: &[Frame]) -> bool {
        let function = frames.iter().find_map(|frame| match frame {
            Frame::Function(name, _) => Some(name),
            _ => None,
        });
        match function.and_then(|name| self.functions.get_mut(name)) {
            Some(body) => {
                body.extend(command.iter().cloned());
                true
            }
            None => false,
        }
    }

    /// A command is complete.
    fn end(&mut self, command: &mut Vec<String>, frames: &mut [Frame], depends: bool, line: usize, files: &Files<'_>) {
        let words = std::mem::take(command);
        if words.is_empty() || self.note(&words, frames) {
            return;
        }
        if frames.contains(&Frame::Paren) || frames.contains(&Frame::If(Holds::No)) {
            return;
        }
        if let Some(Frame::If(holds @ Holds::Unknown)) = frames.last_mut()
            && let Some(answer) = self.test(&words, files)
        {
            // The condition of this `if`, not a command in it: tests say nothing elsewhere.
            *holds = if answer { Holds::Yes } else { Holds::No };
            return;
        }
        let sure = !depends && frames.iter().all(|frame| *frame == Frame::If(Holds::Yes));
        let unsure = || Value::Unknown(format!("it is set under a condition (line {line})"));
        let mut rest = words.as_slice();
        while let Some((name, value)) = rest.first().and_then(|word| assignment(word)) {
            // Before a command an assignment is for that command only.
            if rest.iter().all(|word| assignment(word).is_some()) {
                let value = if sure { self.expand(value) } else { unsure() };
                self.assign(name, value);
            }
            rest = &rest[1..];
        }
        let Some((verb, arguments)) = rest.split_first() else { return };
        match verb.as_str() {
            "export" | "readonly" => {
                for (name, value) in arguments.iter().filter_map(|word| assignment(word)) {
                    let value = if sure { self.expand(value) } else { unsure() };
                    self.assign(name, value);
                }
            }
            "unset" if sure => {
                for name in arguments {
                    self.variables.remove(name);
                }
            }
            ":" if sure => {
                for word in arguments {
                    self.expand(word);
                }
            }
            "ulimit" => {
                let known = |value| match value {
                    Value::Known(text) => Some(text),
                    Value::Unknown(_) => None,
                };
                let words = arguments.iter().map(|word| known(self.expand(word))).collect();
                self.ulimits.push(if sure { words } else { None });
            }
            "." | "source" => self.dot(arguments, sure, files),
            "load_rc_config" => {
                for path in &files.rc_config {
                    self.include(path, files);
                }
            }
            // `$_rc_subr_loaded . /etc/rc.subr`
            _ if arguments.first().is_some_and(|word| word == ".") => self.dot(&arguments[1..], sure, files),
            _ => {}
        }
    }

    /// `[ -r FILE ]`, which can be answered; other tests cannot.
    fn test(&mut self, words: &[String], files: &Files<'_>) -> Option<bool> {
        let [open, how, file, close] = words else { return None };
        if open != "[" || close != "]" || !["-r", "-f", "-e"].contains(&how.as_str()) {
            return None;
        }
        let Value::Known(path) = self.expand(file) else { return None };
        match files.root.find(&path) {
            Ok(_) => Some(true),
            Err(failure) if failure.is_absent() => Some(false),
            Err(_) => None,
        }
    }

    fn dot(&mut self, arguments: &[String], sure: bool, files: &Files<'_>) {
        let Some(word) = arguments.first() else { return };
        match self.expand(word) {
            Value::Known(path) if Some(path.as_str()) == files.rc_subr => {}
            Value::Known(path) if sure => self.include(&path, files),
            Value::Known(path) => self.forget(&format!("{path} may or may not be read")),
            Value::Unknown(why) => self.forget(&format!("a file is read whose name is not known: {why}")),
        }
    }

    /// Reads a file that may be missing; one that is there and cannot be read makes everything unknown.
    fn include(&mut self, path: &str, files: &Files<'_>) {
        if self.depth > DEEPEST {
            self.forget("files read each other without end");
            return;
        }
        match self.source(path, files) {
            Err(failure) if !failure.is_absent() => self.forget(&failure.to_string()),
            _ => {}
        }
    }

    fn forget(&mut self, why: &str) {
        for value in self.variables.values_mut() {
            *value = Value::Unknown(why.to_owned());
        }
        // What is not set yet may be set there.
        self.variables.insert(UNREAD.to_owned(), Value::Unknown(why.to_owned()));
    }

    /// Why variables that seem unset may be set.
    #[must_use]
    pub fn unread(&self) -> Option<&str> {
        match self.variables.get(UNREAD) {
            Some(Value::Unknown(why)) => Some(why),
            _ => None,
        }
    }

    pub(super) fn assign(&mut self, name: &str, value: Value) {
        self.variables.insert(name.to_owned(), value);
    }
}

/// No shell has a variable of this name.
const UNREAD: &str = "?";

/// `name=value`
fn assignment(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain.then_some((name, value))
}
