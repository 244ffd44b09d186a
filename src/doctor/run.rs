//! Commands as data, and what runs them: bounded in time and output, with a clean environment.
use std::io::Read;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::{Gid, Pid, Uid};

/// Bytes of output that are read; a command that prints more is stopped.
const OUTPUT: u64 = 256 * 1024;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// Its PATH; nothing else is in its environment but the locale `C`.
    pub path: String,
    /// How long it may take.
    pub patience: Duration,
    /// The user it is run as, with the groups; nothing for the caller.
    pub user: Option<(u32, u32)>,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Exit status; nothing when a signal ended it.
    pub status: Option<i32>,
    /// The beginning of what it printed to standard output.
    pub stdout: String,
    /// The beginning of what it printed to standard error.
    pub stderr: String,
}

impl Output {
    /// How it ended, after "ended with": `1`, `a signal`.
    #[must_use]
    pub fn end(&self) -> String {
        self.status.map_or_else(|| "a signal".to_owned(), |status| status.to_string())
    }

    /// It ended with 0.
    #[must_use]
    pub fn success(&self) -> bool {
        self.status == Some(0)
    }
}

impl Command {
    /// A command of a profile with values for its placeholders; nothing when the profile has none.
    #[must_use]
    pub fn new(argv: &[String], values: &[(&str, &str)], patience: Duration) -> Option<Self> {
        if argv.is_empty() {
            return None;
        }
        let fill = |word: &String| values.iter().fold(word.clone(), |word, (name, value)| word.replace(name, value));
        Some(Self {
            argv: argv.iter().map(fill).collect(),
            path: "/sbin:/bin:/usr/sbin:/usr/bin".to_owned(),
            patience,
            user: None,
        })
    }
}

/// Runs commands.
pub trait Runner {
    /// Runs one.
    ///
    /// # Errors
    /// Why it could not be run to its end.
    fn run(&self, command: &Command) -> Result<Output, String>;
}

/// Runs commands on this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct System {
    /// All of them must end before then.
    pub until: Option<Instant>,
}

impl Runner for System {
    fn run(&self, command: &Command) -> Result<Output, String> {
        let Some((program, arguments)) = command.argv.split_first() else { return Err("no command".to_owned()) };
        let left = self.until.map(|until| until.saturating_duration_since(Instant::now()));
        let patience = left.map_or(command.patience, |left| left.min(command.patience));
        if patience.is_zero() {
            return Err(format!("no time was left to run `{program}`: others took it"));
        }
        let mut process = std::process::Command::new(program);
        process.args(arguments).env_clear().env("PATH", &command.path).env("LC_ALL", "C").current_dir("/");
        process.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        if let Some((uid, gid)) = command.user {
            // As root only; std drops the groups of the caller with the user id.
            process.uid(Uid::from_raw(uid).as_raw()).gid(Gid::from_raw(gid).as_raw());
        }
        let mut child = process.spawn().map_err(|error| format!("`{program}` cannot be run: {error}"))?;
        let (send, receive) = mpsc::channel();
        let stdout = reader(child.stdout.take(), 0, &send);
        let stderr = reader(child.stderr.take(), 1, &send);
        drop(send);
        let outcome = wait(&mut child, patience, &receive);
        // Whatever it started must not outlive the question, and must not keep the pipes open.
        if outcome.is_err() {
            end(&mut child);
        }
        let _ = (stdout, stderr);
        outcome.map_err(|why| format!("`{}` {why}", command.argv.join(" ")))
    }
}

fn reader(pipe: Option<impl Read + Send + 'static>, which: usize, send: &mpsc::Sender<(usize, Vec<u8>)>) -> bool {
    let Some(pipe) = pipe else { return false };
    let send = send.clone();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // A pipe that breaks ends the output; what came before it counts.
        let _ = pipe.take(OUTPUT + 1).read_to_end(&mut bytes);
        let _ = send.send((which, bytes));
    });
    true
}

fn wait(child: &mut Child, patience: Duration, receive: &mpsc::Receiver<(usize, Vec<u8>)>) -> Result<Output, String> {
    let until = Instant::now() + patience;
    let late = || format!("did not end within {:.1} s", patience.as_secs_f32());
    let mut texts = [String::new(), String::new()];
    for _ in 0..2 {
        let left = until.saturating_duration_since(Instant::now());
        let (which, bytes) = receive.recv_timeout(left).map_err(|_| late())?;
        if bytes.len() as u64 > OUTPUT {
            return Err(format!("printed more than {OUTPUT} bytes"));
        }
        texts[which] = String::from_utf8_lossy(&bytes).into_owned();
    }
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                let [stdout, stderr] = texts;
                return Ok(Output { status: status.code(), stdout, stderr });
            }
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(2)),
            Ok(None) => return Err(late()),
            Err(error) => return Err(format!("cannot be waited for: {error}")),
        }
    }
}

/// Ends the process with all that it started in its group.
fn end(child: &mut Child) {
    if let Ok(pid) = i32::try_from(child.id()) {
        // It may be gone already.
        let _ = killpg(Pid::from_raw(pid), Signal::SIGKILL);
    }
    let _ = child.wait();
}
