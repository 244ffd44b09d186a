//! Versions of programs.
use std::cmp::Ordering;
use std::time::Duration;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, thing};
use crate::doctor::facts::installed;
use crate::doctor::root::safe;
use crate::doctor::rules::VERSION;
use crate::doctor::run::{Command, Runner};
use crate::port::Program;
use crate::port::version::compare;

use super::Checks;
use super::find_program::search;

/// How long a program may take to say its version.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The version of each program for which the recipe asks for one and that is there.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    let Ok(path) = &subject.met.path.value else { return Vec::new() };
    let wanted = subject.port.programs.iter().filter(|program| subject.is_chosen(program.option.as_deref()));
    wanted
        .filter_map(|program| {
            let least = program.version.as_ref()?;
            let made = subject
                .service
                .own_links
                .iter()
                .any(|(directory, link)| link.name == program.name && path.contains(&subject.path_of(directory)));
            let file = match search(subject, path, &program.name).hit {
                Some((file, _)) => file,
                None if made => {
                    format!("{}/{}", crate::port::Place::Bin.path(&subject.port.profile.paths, ""), program.file)
                }
                None => return None,
            };
            subject.host.root.find(&file).ok()?;
            Some(one(subject, program, least, &file))
        })
        .collect()
}

fn one(subject: &Subject<'_>, program: &Program, least: &str, file: &str) -> Check {
    let Program { name, .. } = program;
    let (version, by) = match version(subject, program, file) {
        Ok(found) => found,
        Err(why) => {
            let message = format!("which version `{name}` has is not known: {why}");
            let command = format!("{file} {}", program.probe.join(" "));
            return Check::new(&VERSION, Status::Unknown, thing(name), message).looked(file).next(command.trim_end());
        }
    };
    if compare(&version, least) == Ordering::Less {
        let message = format!("`{name}` is version {version}, the server needs {least}");
        let package = subject.port.profile.programs.get(name).map_or(name.as_str(), |package| &package.name);
        return Check::new(&VERSION, Status::Bad, thing(name), message)
            .looked(by)
            .next(super::programs::install(subject, package));
    }
    Check::new(&VERSION, Status::Ok, thing(name), format!("`{name}` is version {version}, at least {least}")).looked(by)
}

/// By the probe, where programs may be run: that is what the server will call. In a root the package that the very file
/// belongs to says it.
fn version(subject: &Subject<'_>, program: &Program, file: &str) -> Result<(String, String), String> {
    let found = subject.host.root.find(file).map_err(|failure| failure.to_string())?;
    if program.probe.is_empty() {
        return by_package(subject, program, &found.path).map_err(|why| format!("the recipe has no probe, and {why}"));
    }
    let (runner, real) = match subject.host.runner {
        Some(runner) => (runner, file.to_owned()),
        None if subject.host.run_programs => {
            let inside = String::from_utf8(found.raw).map_err(|_| "its path is not UTF-8".to_owned())?;
            (subject.host.own, format!("{}{inside}", subject.host.root.path().display()))
        }
        None => {
            return by_package(subject, program, &found.path)
                .map_err(|why| format!("{why}, and programs of a root are run with --run-programs only"));
        }
    };
    probe(subject, runner, &real, &program.probe)
}

/// What the package database says, when the file is of that package and not of somebody else's making.
fn by_package(subject: &Subject<'_>, program: &Program, file: &str) -> Result<(String, String), String> {
    let known = subject.port.profile.programs.get(&program.name).ok_or("no package is known to have it")?;
    let package =
        installed(&subject.host, &known.name)?.ok_or_else(|| format!("no package {} is there", known.name))?;
    if !package.has_file(&subject.host, file)? {
        return Err(format!("{file} is not of the package {}", package.name));
    }
    Ok((package.version, format!("{file}, of the package {}", package.name)))
}

fn probe(
    subject: &Subject<'_>,
    runner: &dyn Runner,
    file: &str,
    arguments: &[String],
) -> Result<(String, String), String> {
    let argv: Vec<String> = std::iter::once(file.to_owned()).chain(arguments.iter().cloned()).collect();
    let mut command = Command::new(&argv, &[], PATIENCE).ok_or("there is no command")?;
    if let Ok(path) = &subject.met.path.value {
        command.path = path.join(":");
    }
    // As the service's user where that can be: what is run may be anything.
    if nix::unistd::geteuid().is_root()
        && let Ok(account) = &subject.account
    {
        command.user = Some((account.uid, account.gid));
    }
    let output = runner.run(&command)?;
    let text = format!("{}\n{}", output.stdout, output.stderr);
    let version = first_version(&text).ok_or_else(|| {
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        format!("`{}` prints no version but: {}", command.argv.join(" "), safe(line.as_bytes()))
    })?;
    Ok((version, format!("`{}`", command.argv.join(" "))))
}

/// The first word with a digit at its beginning: `ffmpeg version 5.1.9-0+deb12u1 Copyright`, `n7.1`, `12.57`.
fn first_version(text: &str) -> Option<String> {
    text.split_whitespace().take(64).find_map(|word| {
        let word = word.trim_start_matches(['v', 'n', '(', '"']);
        let end = word.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(word.len());
        let version = word[..end].trim_end_matches('.');
        (version.starts_with(|c: char| c.is_ascii_digit())).then(|| version.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::first_version;

    #[test]
    fn versions_in_what_programs_print() {
        assert_eq!(first_version("ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000"), Some("5.1.9".into()));
        assert_eq!(first_version("ffmpeg version n7.1 Copyright"), Some("7.1".into()));
        assert_eq!(first_version("Version: ImageMagick 7.1.1-29 Q16"), Some("7.1.1".into()));
        assert_eq!(first_version("12.57\n"), Some("12.57".into()));
        assert_eq!(first_version("no version"), None);
    }
}
