//! A stand-in for what runs commands: it says what it was told to say.
use std::cell::RefCell;
use std::collections::BTreeMap;

use portwright::doctor::run::{Command, Output, Runner, System};

/// Answers by command lines. A command that it does not know fails.
#[derive(Default)]
pub(crate) struct Fake {
    answers: BTreeMap<String, Result<Output, String>>,
    /// Commands that were asked.
    pub(crate) asked: RefCell<Vec<String>>,
}

impl Fake {
    pub(crate) fn says(mut self, command: &str, status: i32, stdout: &str) -> Self {
        let output = Output { status: Some(status), stdout: stdout.to_owned(), stderr: String::new() };
        self.answers.insert(command.to_owned(), Ok(output));
        self
    }

    pub(crate) fn fails(mut self, command: &str, why: &str) -> Self {
        self.answers.insert(command.to_owned(), Err(why.to_owned()));
        self
    }
}

impl Runner for Fake {
    fn run(&self, command: &Command) -> Result<Output, String> {
        let line = command.argv.join(" ");
        self.asked.borrow_mut().push(line.clone());
        // What looks at files of the root is the machine's own.
        if line.starts_with("/bin/sh -c test") {
            return System.run(&Command { argv: vec!["true".to_owned()], ..command.clone() });
        }
        self.answers.get(&line).cloned().unwrap_or_else(|| Err(format!("`{line}` is not there")))
    }
}
