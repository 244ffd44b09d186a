//! How the server is started: from a systemd unit, a Dockerfile, the readme, or the sources, whichever says it first.
use super::cli_hints::{ConfigOption, Hints, SERVING};
use super::dockerfile::Dockerfile;
use super::guess::{Reason, Seen};
use super::systemd::{Unit, split_words};

/// A command line for one of the crate's programs.
#[derive(Clone, Debug)]
pub(super) struct Launch {
    /// The program.
    pub(super) binary: String,
    /// Its arguments as found.
    pub(super) arguments: Vec<String>,
    /// Where from.
    pub(super) reason: Reason,
}

/// The unit that starts one of the programs, and how. One named like the program or the crate is preferred, and one
/// that is no template.
pub(super) fn from_units<'a>(units: &'a [Unit], binaries: &[String], crate_name: &str) -> Option<(&'a Unit, Launch)> {
    let mut found: Vec<(u8, &Unit, Launch)> = Vec::new();
    for unit in units {
        for start in &unit.start {
            let Some((binary, arguments)) = program_of(&start.value.words, binaries) else { continue };
            let several = if unit.start.len() > 1 { ", the first of several commands" } else { "" };
            let reason =
                Reason::seen(format!("ExecStart of the systemd unit{several}"), Seen::at(&unit.file, start.line));
            let named = unit.stem() == binary || unit.stem() == crate_name;
            let rank = u8::from(!named) + 2 * u8::from(unit.is_template());
            found.push((rank, unit, Launch { binary, arguments, reason }));
            break;
        }
    }
    found.sort_by(|left, right| (left.0, &left.1.file).cmp(&(right.0, &right.1.file)));
    found.into_iter().next().map(|(_, unit, launch)| (unit, launch))
}

/// The Dockerfile that starts one of the programs, and how.
pub(super) fn from_dockerfiles<'a>(files: &'a [Dockerfile], binaries: &[String]) -> Option<(&'a Dockerfile, Launch)> {
    files.iter().find_map(|file| {
        let command = file.command()?;
        let (binary, arguments) = program_of(&command.value, binaries)?;
        let reason = Reason::seen("the command of the container image", Seen::at(&file.file, command.line));
        Some((file, Launch { binary, arguments, reason }))
    })
}

/// What examples in the readme and the sources add up to: a subcommand that serves, and the option for the
/// configuration file.
pub(super) fn from_hints(binary: &str, readme: Option<(&str, &str)>, hints: &Hints) -> Launch {
    let usage = readme.and_then(|(path, text)| usage(binary, path, text));
    let subcommand = usage.clone().or_else(|| {
        let (name, seen) = hints.subcommand.clone()?;
        Some((name, Reason::seen("a subcommand that seems to start the server", seen)))
    });
    let mut arguments = Vec::new();
    let mut why: Vec<Reason> = Vec::new();
    let config = |option: &ConfigOption| {
        let file = option.default.clone().unwrap_or_else(|| super::CONFIG_FILE.to_owned());
        let mut words = vec![option.option.clone(), file];
        words.retain(|word| !word.is_empty());
        let reason = Reason::seen("the sources declare it for the configuration file", option.seen.clone());
        (words, reason)
    };
    let option = hints.config.as_ref().filter(|option| option.global || subcommand.is_some());
    if let Some(option) = option.filter(|option| option.global && !option.option.is_empty()) {
        let (words, reason) = config(option);
        arguments.extend(words);
        why.push(reason);
    }
    if let Some((name, reason)) = subcommand {
        arguments.push(name);
        why.push(reason);
    }
    if let Some(option) = option.filter(|option| !option.global || option.option.is_empty()) {
        let (words, reason) = config(option);
        arguments.extend(words);
        why.push(reason);
    }
    let reason = match why.split_first() {
        None => Reason::new("nothing in the distribution says which arguments it takes: see its --help"),
        Some((first, rest)) => {
            let rest: Vec<String> = rest.iter().map(ToString::to_string).collect();
            Reason::new(if rest.is_empty() { first.to_string() } else { format!("{first}; {}", rest.join("; ")) })
        }
    };
    Launch { binary: binary.to_owned(), arguments, reason }
}

/// A line of an example in the readme that starts the program with a subcommand that serves.
fn usage(binary: &str, path: &str, text: &str) -> Option<(String, Reason)> {
    let mut best: Option<(usize, String, usize)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim().trim_start_matches(['$', '#', '>', '`', ' ']);
        let line = line.strip_prefix("sudo ").unwrap_or(line);
        let mut words = line.split_whitespace();
        let first = words.next().map(|word| word.rsplit('/').next().unwrap_or(word));
        let Some(second) = words.next().filter(|_| first == Some(binary)) else { continue };
        let second = second.trim_matches('`');
        if let Some(rank) = SERVING.iter().position(|known| *known == second)
            && best.as_ref().is_none_or(|(known, ..)| rank < *known)
        {
            best = Some((rank, second.to_owned(), number));
        }
    }
    best.map(|(_, name, line)| (name, Reason::seen("an example starts it so", Seen::at(path, line))))
}

/// The crate's program among the words of a command, and its arguments, without what only wraps it.
pub(super) fn program_of(words: &[String], binaries: &[String]) -> Option<(String, Vec<String>)> {
    let mut words = words;
    for _ in 0..8 {
        let (first, rest) = words.split_first()?;
        let name = first.rsplit('/').next().unwrap_or(first);
        if binaries.iter().any(|binary| binary == name) {
            return Some((name.to_owned(), rest.to_vec()));
        }
        match name {
            "env" => {
                let skipped = rest.iter().take_while(|word| word.contains('=') || word.starts_with('-')).count();
                words = &rest[skipped..];
            }
            "tini" | "dumb-init" | "exec" | "nice" | "catatonit" | "gosu" | "su-exec" | "setpriv" | "nohup"
            | "stdbuf" => {
                let at = rest
                    .iter()
                    .position(|word| binaries.iter().any(|binary| word.rsplit('/').next() == Some(binary)))?;
                words = &rest[at..];
            }
            "sh" | "bash" | "dash" | "ash" => {
                let script = rest.iter().skip_while(|word| word.starts_with('-')).find(|word| !word.is_empty())?;
                // What needs a shell is more than a command line.
                if script.contains(['|', '&', ';', '`', '>', '<', '(', '\n']) {
                    return None;
                }
                return program_of(&split_words(script)?, binaries);
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{program_of, usage};

    fn shown(words: &[&str]) -> Option<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        program_of(&words, &["srv".to_owned()]).map(|(binary, arguments)| format!("{binary} {}", arguments.join(" ")))
    }

    #[test]
    fn wrappers_are_taken_off() {
        assert_eq!(shown(&["/usr/bin/srv", "-a"]).as_deref(), Some("srv -a"));
        assert_eq!(shown(&["/usr/bin/env", "A=1", "srv"]).as_deref(), Some("srv "));
        assert_eq!(shown(&["tini", "--", "/srv", "x"]).as_deref(), Some("srv x"));
        assert_eq!(shown(&["/bin/sh", "-c", "exec srv --a 'b c'"]).as_deref(), Some("srv --a b c"));
        for not in [&["/bin/sh", "-c", "srv | logger"][..], &["/entrypoint.sh"], &[], &["env"], &["sh"], &["tini"]] {
            assert_eq!(shown(not), None, "{not:?}");
        }
    }

    #[test]
    fn examples_in_the_readme() {
        let text = "# srv\n    srv run\n`$ ./target/release/srv serve --x`\nsrv\n";
        assert_eq!(usage("srv", "README.md", text).map(|(name, _)| name).as_deref(), Some("serve"));
        assert!(usage("other", "README.md", text).is_none());
    }
}
