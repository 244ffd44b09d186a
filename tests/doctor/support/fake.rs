//! A stand-in for what runs commands: it says what it was told to say.
use std::collections::BTreeMap;

use portwright::doctor::run::{Command, Output, Runner, System};

/// Answers by command lines. A command that it does not know fails.
#[derive(Default)]
pub(crate) struct Fake {
    answers: BTreeMap<String, Result<Output, String>>,
    /// What trying to make a file comes to; nothing for the truth about this machine.
    tries: Option<Result<Output, String>>,
}

impl Fake {
    pub(crate) fn says(mut self, command: &str, status: i32, stdout: &str) -> Self {
        let output = Output { status: Some(status), stdout: stdout.to_owned(), stderr: String::new() };
        self.answers.insert(command.to_owned(), Ok(output));
        self
    }

    pub(crate) fn tries(mut self, outcome: Result<&str, &str>) -> Self {
        let refused = |said: &str| Output { status: Some(9), stdout: String::new(), stderr: said.to_owned() };
        self.tries = Some(outcome.map(refused).map_err(ToOwned::to_owned));
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
        if let (true, Some(tries)) = (line.starts_with("/bin/sh -c umask 077"), &self.tries) {
            return tries.clone();
        }
        // What looks at files of the root is the machine's own.
        if line.starts_with("/bin/sh -c umask 077") {
            return System::default().run(&Command { argv: vec!["true".to_owned()], ..command.clone() });
        }
        self.answers.get(&line).cloned().unwrap_or_else(|| Err(format!("`{line}` is not there")))
    }
}
