//! The service of a recipe, resolved.
use std::collections::BTreeMap;

use super::{Config, Directory, Link, Model, Opt, Phrase, Piece, Place, Scope, Service, check_account, login_class};
use crate::profile::{Manager, Profile};
use crate::recipe::{self, Backup, Located, Pointer, Restart, parse_duration, parse_mode, parse_size};

/// What a service's resolution needs to know of the rest.
pub struct Surroundings<'a> {
    /// The OS.
    pub profile: &'a Profile,
    /// What is particular to it in the recipe.
    pub os: Option<&'a recipe::Os>,
    /// The package's name.
    pub name: &'a str,
    /// Its comment.
    pub comment: &'a str,
    /// Placeholders.
    pub scope: &'a Scope<'a>,
    /// Links to programs.
    pub links: &'a [Link],
    /// The package makes the links; otherwise the service does when it starts.
    pub packaged: bool,
    /// Options.
    pub options: &'a [Opt],
}

/// Resolves `[service]`.
///
/// # Errors
/// Whatever in it cannot be, located.
pub fn resolve(service: &recipe::Service, around: &Surroundings<'_>) -> Result<Service, Located> {
    let at = |field: &str| Pointer::new(&[&"service", &field]);
    let phrase = |text: &str, pointer: &Pointer| Phrase::parse(text, pointer, around.scope);
    let profile = around.profile;

    let mut command = words(&service.command, &at("command"), around)?;
    if command.is_empty() {
        return Err(Located::new(at("command"), "the command is empty").help("command = [\"{bin}/server\", \"run\"]"));
    }
    let program = command.remove(0);
    if program.as_place().is_none_or(|(_, rest)| !rest.starts_with('/')) {
        return Err(Located::new(at("command").then(0), "the program must be a path below a placeholder")
            .help("write it as `{bin}/server`: the service's PATH is not searched for it"));
    }
    let group = service.group.as_ref().unwrap_or(&service.user);
    let user = format!("{}{}", profile.users.name_prefix, service.user);
    let group = format!("{}{group}", profile.users.name_prefix);
    check_account(&user, &profile.users).map_err(|message| Located::new(at("user"), message))?;
    check_account(&group, &profile.users).map_err(|message| Located::new(at("group"), message))?;

    let mut environment = environment(&service.environment, &at("environment"), around)?;
    if let Some(os) = around.os {
        environment.extend(self::environment(
            &os.environment,
            &Pointer::new(&[&"os", &profile.os, &"environment"]),
            around,
        )?);
    }
    let stop = &service.stop;
    let stop_timeout =
        parse_duration(&stop.timeout).map_err(|message| Located::new(at("stop").then("timeout"), message))?;
    if stop_timeout.is_zero() {
        return Err(Located::new(at("stop").then("timeout"), "a timeout of 0 waits for ever at shutdown"));
    }
    let memory = match &service.memory {
        Some(text) => Some(parse_size(text).map_err(|message| Located::new(at("memory"), message))?),
        None => None,
    };
    let memory =
        around.options.iter().filter(|option| option.default).filter_map(|option| option.memory).chain(memory).max();

    let mut resolved = Service {
        summary: service.summary.clone().unwrap_or_else(|| around.comment.to_owned()),
        user,
        group,
        ids: around.os.map_or((None, None), |os| (os.user_id, os.group_id)),
        program,
        arguments: command,
        directory: match &service.directory {
            Some(text) => phrase(text, &at("directory"))?,
            None => Phrase::at(Place::State, ""),
        },
        environment,
        path: path(around)?,
        own_links: match link_directory(around).filter(|_| !around.packaged) {
            Some(directory) => around.links.iter().map(|link| (directory.clone(), link.clone())).collect(),
            None => Vec::new(),
        },
        needs: service.needs.clone(),
        stop_signal: signal(&stop.signal, &at("stop").then("signal"))?,
        stop_timeout,
        reload: match &service.reload {
            Some(name) => Some(signal(name, &at("reload"))?),
            None => None,
        },
        configtest: words(&service.configtest, &at("configtest"), around)?,
        // A contract ends in maintenance after a few failures and sees every process; `child` sees the server only
        // and starts it again for ever.
        model: if service.workers || service.restart == Restart::Limited { Model::Group } else { Model::Process },
        open_files: service.open_files,
        memory,
        configs: configs(service, around)?,
        directories: directories(service, around)?,
        databases: databases(service, around)?,
        listen: service.listen.clone(),
        class: None,
    };
    resolved.class = login_class::needed(&resolved, around.options, &profile.service);
    Ok(resolved)
}

/// Whether rc.subr(8), which hands a command through two shells, leaves the character as it is.
#[must_use]
pub fn survives_rc_subr(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_./:=,@%+-".contains(c)
}

/// Words of a command; where rc.subr runs it, only characters that survive two shells.
fn words(words: &[String], at: &Pointer, around: &Surroundings<'_>) -> Result<Vec<Phrase>, Located> {
    let mut phrases = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let pointer = at.then(index);
        let phrase = Phrase::parse(word, &pointer, around.scope)?;
        check_word(&phrase, &pointer, around, "an argument")?;
        phrases.push(phrase);
    }
    Ok(phrases)
}

fn check_word(phrase: &Phrase, at: &Pointer, around: &Surroundings<'_>, what: &str) -> Result<(), Located> {
    check_word_with(phrase, at, around, what, "")
}

/// As [`check_word`], with more characters that mean nothing to a shell in that place.
fn check_word_with(
    phrase: &Phrase,
    at: &Pointer,
    around: &Surroundings<'_>,
    what: &str,
    more: &str,
) -> Result<(), Located> {
    let control = |text: &str| text.chars().find(|c| c.is_control());
    for piece in &phrase.0 {
        let Piece::Literal(text) = piece else { continue };
        if let Some(c) = control(text) {
            return Err(Located::new(at.clone(), format!("{what} cannot hold the control character {c:?}")));
        }
        if !around.profile.service.manager.runs_shell_words() {
            continue;
        }
        let wrong = |c: &char| !(survives_rc_subr(*c) || more.contains(*c));
        if let Some(c) = text.chars().find(wrong) {
            return Err(Located::new(at.clone(), format!("{what} of an rc.d service cannot hold `{c}`"))
                .note("rc.subr(8) hands the command through two shells, and nothing that a shell reads survives both")
                .help("put the value into the server's configuration file"));
        }
    }
    if phrase.0.is_empty() && around.profile.service.manager.runs_shell_words() {
        return Err(Located::new(at.clone(), format!("{what} of an rc.d service cannot be empty")));
    }
    Ok(())
}

fn environment(
    variables: &BTreeMap<String, String>,
    at: &Pointer,
    around: &Surroundings<'_>,
) -> Result<BTreeMap<String, Phrase>, Located> {
    let mut resolved = BTreeMap::new();
    for (name, value) in variables {
        let pointer = at.then(name);
        let the_key = pointer.clone().key();
        let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !good {
            return Err(Located::new(the_key, format!("`{name}` cannot be the name of an environment variable")));
        }
        if name == "PATH" || name == "HOME" || name.starts_with("SMF_") {
            return Err(Located::new(the_key, format!("`{name}` is set by the service manager's side"))
                .help("PATH follows from [[program]], HOME is the state directory"));
        }
        let phrase = Phrase::parse(value, &pointer, around.scope)?;
        if around.profile.service.manager.environment_is_shell_words() {
            check_word_with(&phrase, &pointer, around, "an environment value", "?!#^")?;
        } else if let Some(c) = phrase.literals().chars().find(|c| c.is_control()) {
            return Err(Located::new(pointer, format!("an environment value cannot hold the control character {c:?}")));
        }
        resolved.insert(name.clone(), phrase);
    }
    Ok(resolved)
}

/// Where the links are. Without a package the service makes them itself: rc.d as root in a directory of root's beside
/// the run directory (where the user could turn `bin` into a link elsewhere), SMF as the user in its own state.
fn link_directory(around: &Surroundings<'_>) -> Option<Phrase> {
    if around.links.is_empty() {
        return None;
    }
    Some(match (around.packaged, around.profile.service.manager) {
        (true, _) => Phrase::at(Place::Libexec, "/bin"),
        (false, Manager::Smf) => Phrase::at(Place::State, "/bin"),
        (false, _) => Phrase::literal(format!("{}.bin", Place::Run.path(&around.profile.paths, around.name))),
    })
}

/// Links first: they are there to be found before anything else of the same name.
fn path(around: &Surroundings<'_>) -> Result<Vec<Phrase>, Located> {
    let mut path: Vec<Phrase> = link_directory(around).into_iter().collect();
    for directory in &around.profile.service.path {
        path.push(Phrase::parse(directory, &Pointer::default(), around.scope)?);
    }
    Ok(path)
}

fn signal(name: &str, at: &Pointer) -> Result<String, Located> {
    const KNOWN: &[&str] = &["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "KILL", "WINCH"];
    let bare = name.strip_prefix("SIG").unwrap_or(name);
    if KNOWN.contains(&bare) {
        return Ok(bare.to_owned());
    }
    Err(Located::new(at.clone(), format!("`{name}` is not a signal to send to a server"))
        .note(format!("known: {}", KNOWN.join(", "))))
}

fn configs(service: &recipe::Service, around: &Surroundings<'_>) -> Result<Vec<Config>, Located> {
    let mut configs: Vec<Config> = Vec::new();
    for (index, config) in service.config.iter().enumerate() {
        let at = Pointer::new(&[&"service", &"config", &index]);
        let plain = !config.id.is_empty()
            && config.id.starts_with(|c: char| c.is_ascii_lowercase())
            && config.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain {
            return Err(Located::new(
                at.then("id"),
                format!("`{}` cannot be an id: lower-case letters, digits, `-`", config.id),
            ));
        }
        if configs.iter().any(|before| before.id == config.id) {
            return Err(Located::new(at.then("id"), format!("there are two configuration files `{}`", config.id)));
        }
        let path = Phrase::parse(&config.path, &at.then("path"), around.scope)?;
        check_word(&path, &at.then("path"), around, "a path")?;
        if path.as_place().is_none_or(|(place, rest)| place == Place::Prefix || rest.len() < 2) {
            return Err(Located::new(at.then("path"), "the path must be a file below a placeholder")
                .help(format!("path = \"{{sysconf}}/{}.toml\"", around.name)));
        }
        let sample = match (&config.sample, &config.template) {
            (Some(_), Some(_)) => {
                return Err(Located::new(at.then("template"), "a sample and a template exclude each other"));
            }
            (Some(sample), None) => Some(Phrase::parse(sample, &at.then("sample"), around.scope)?),
            (None, Some(template)) => {
                let file = template.rsplit('/').next().unwrap_or(template);
                Some(Phrase::at(Place::Examples, &format!("/{file}")))
            }
            (None, None) => None,
        };
        configs.push(Config {
            id: config.id.clone(),
            path,
            sample,
            mode: parse_mode(&config.mode).map_err(|message| Located::new(at.then("mode"), message))?,
            optional: config.optional,
        });
    }
    Ok(configs)
}

fn databases(service: &recipe::Service, around: &Surroundings<'_>) -> Result<Vec<Phrase>, Located> {
    let data = service.data.iter().enumerate().filter(|(_, data)| data.backup == Backup::Sqlite);
    data.map(|(index, data)| {
        Phrase::parse(&data.path, &Pointer::new(&[&"service", &"data", &index, &"path"]), around.scope)
    })
    .collect()
}

fn directories(service: &recipe::Service, around: &Surroundings<'_>) -> Result<Vec<Directory>, Located> {
    let state = Phrase::at(Place::State, "");
    let mut directories = vec![Directory { path: state.clone(), mode: 0o750, backup: Backup::Files }];
    for (index, data) in service.data.iter().enumerate() {
        let at = Pointer::new(&[&"service", &"data", &index]);
        let path = Phrase::parse(&data.path, &at.then("path"), around.scope)?;
        check_word(&path, &at.then("path"), around, "a path")?;
        if path.as_place().is_none() {
            return Err(Located::new(at.then("path"), "the path must start with a placeholder")
                .help("path = \"{state}/files\""));
        }
        let mode = parse_mode(&data.mode).map_err(|message| Located::new(at.then("mode"), message))?;
        if path == state {
            directories[0] = Directory { path, mode, backup: data.backup };
        } else if data.backup == Backup::Sqlite {
            // The database is a file that the server makes; its directory must be there.
            if let Some((place, rest)) = path.as_place()
                && let Some((parent, _)) = rest.rsplit_once('/')
            {
                let parent = Phrase::at(place, parent);
                if !directories.iter().any(|known| known.path == parent) {
                    directories.push(Directory { path: parent, mode, backup: Backup::Sqlite });
                }
            }
        } else {
            directories.push(Directory { path, mode, backup: data.backup });
        }
    }
    Ok(directories)
}
