//! What rc.d scripts have in common: one is found, and read as assignments.
use crate::doctor::Host;
use crate::doctor::root::Failure;
use crate::doctor::sh::{Files, Shell};
use crate::emit::rcd::config_variable;
use crate::port::{Place, Port, Service};

use super::met::recipe_configs;
use super::{Fact, Limit, Met};

/// A script and what its variables hold when the command is built.
pub(super) struct Script {
    /// Its path.
    pub(super) path: String,
    /// Its `name`.
    pub(super) name: String,
    /// Its variables.
    pub(super) shell: Shell,
}

/// Looking for a script.
enum Looked {
    /// It is there.
    Found(Box<Script>),
    /// It is not: where it was looked for, and a copy that could be put there.
    Missing(Vec<String>, Option<(String, String)>),
    /// It cannot be read.
    Unreadable(String, Failure),
}

/// What the service gets by its script below `directory`, when that is there and can be read.
pub(super) fn found(
    host: &Host<'_>,
    port: &Port,
    service: &Service,
    directory: &str,
    read: impl FnOnce(Script) -> Met,
) -> Met {
    match look(host, port, directory) {
        Looked::Missing(looked, uninstalled) => Met {
            definition: Err(looked),
            uninstalled,
            ..Met::nothing(port, service, &port.ident, "no script of the service is installed")
        },
        Looked::Unreadable(path, failure) => {
            Met { definition: Ok(path), ..Met::nothing(port, service, &port.ident, &failure.to_string()) }
        }
        Looked::Found(script) => read(*script),
    }
}

/// What NetBSD's and FreeBSD's rc.subr take from the same variables: directory, configuration, whether it is enabled, the
/// pid file.
pub(super) fn common(met: &mut Met, port: &Port, service: &Service, script: &Script) {
    if let Fact { value: Ok(Some(directory)), from } = script.own("chdir") {
        met.directory = Fact::known(directory, from);
    }
    met.configs = recipe_configs(port, service);
    for config in &service.configs {
        match script.own(&config_variable(&config.id)) {
            Fact { value: Ok(None), .. } => {}
            fact => drop(met.configs.insert(config.id.clone(), fact.map(Option::unwrap_or_default))),
        }
    }
    let rcvar = script.variable("rcvar");
    met.enabled = match rcvar.value {
        Ok(Some(variable)) => script.yes(&variable),
        Ok(None) => Fact::known(true, format!("{} has no rcvar", script.path)),
        Err(why) => Fact::unknown(why, rcvar.from),
    };
    met.pidfile = script.variable("pidfile").value.ok().flatten().filter(|path| path.starts_with('/'));
}

/// Looks for the service's script below `directory`.
fn look(host: &Host<'_>, port: &Port, directory: &str) -> Looked {
    // A script that the package was not made by portwright for may have the package's own name.
    let mut names = vec![port.ident.clone()];
    if port.name != port.ident {
        names.push(port.name.clone());
    }
    let mut looked = Vec::new();
    for name in &names {
        let path = format!("{directory}/{name}");
        match host.root.find(&path) {
            Err(failure) if failure.is_absent() => looked.push(path),
            Err(failure) => return Looked::Unreadable(path, failure),
            Ok(_) => return read(host, port, name, path),
        }
    }
    let example = Place::Prefix.path(&port.profile.paths, &port.name) + "/share/examples/rc.d";
    let copy = names.iter().map(|name| (format!("{example}/{name}"), format!("{directory}/{name}")));
    let copy = copy.into_iter().find(|(from, _)| host.root.find(from).is_ok());
    Looked::Missing(looked, copy)
}

fn read(host: &Host<'_>, port: &Port, name: &str, path: String) -> Looked {
    let profile = &port.profile;
    let boot = profile.service.boot_path.join(":");
    // What rc(8) and service(8) start a script with.
    let mut shell = Shell::new(&[("PATH", &boot), ("HOME", "/"), ("_rc_subr_loaded", "")]);
    let text = match host.root.text(&path, 1 << 20) {
        Ok(text) => text,
        Err(failure) => return Looked::Unreadable(path, failure),
    };
    let expand = |file: &String| file.replace("{service}", name).replace("{prefix}", &profile.paths.prefix);
    let rc_config = profile
        .host
        .rc_defaults
        .iter()
        .chain(&profile.service.rc_conf)
        .chain(&profile.host.rc_conf_more)
        .map(expand)
        .collect();
    let files = Files { root: host.root, rc_config, rc_subr: profile.service.rc_subr.as_deref() };
    shell.read.push(path.clone());
    shell.run(&text, &files);
    let name = match shell.get("name") {
        Ok(Some(own)) => own.to_owned(),
        _ => name.to_owned(),
    };
    Looked::Found(Box::new(Script { path, name, shell }))
}

impl Script {
    /// `${name}_what`, and from where.
    pub(super) fn own(&self, what: &str) -> Fact<Option<String>> {
        self.variable(&format!("{}_{what}", self.name))
    }

    /// A variable.
    pub(super) fn variable(&self, name: &str) -> Fact<Option<String>> {
        let from = format!("{name} in {}", self.shell.read.join(", "));
        if let Some(function) = self.shell.set_by_function(name) {
            return Fact::unknown(format!("the function {function} sets {name}, and functions are not run"), from);
        }
        match self.shell.get(name) {
            Err(why) => Fact::unknown(why, from),
            Ok(None) => match self.shell.unread() {
                Some(why) => Fact::unknown(format!("{name} may be set: {why}"), from),
                None => Fact::known(None, from),
            },
            Ok(Some(text)) => Fact::known(Some(text.to_owned()), from),
        }
    }

    /// The PATH of a command that runs with `env NAME_env`: from there, or what the script itself has.
    pub(super) fn path(&self) -> Fact<Vec<String>> {
        let own = self.own("env");
        match own.value {
            Err(why) => return Fact::unknown(why, own.from),
            Ok(Some(words)) => {
                let last = words.split_whitespace().filter_map(|word| word.strip_prefix("PATH=")).next_back();
                if let Some(path) = last {
                    return Fact::known(split(path), own.from);
                }
            }
            Ok(None) => {}
        }
        self.variable("PATH").map(|path| split(&path.unwrap_or_default()))
    }

    /// Whether a variable says yes (rc.subr's `checkyesno`).
    pub(super) fn yes(&self, name: &str) -> Fact<bool> {
        let yes = |text: String| ["YES", "TRUE", "ON", "1"].contains(&text.to_ascii_uppercase().as_str());
        self.variable(name).map(|value| value.is_some_and(yes))
    }

    /// A limit of open files that the script sets by itself, as far as that can be told; otherwise what processes get.
    pub(super) fn open_files(&self, otherwise: Option<u64>) -> Fact<Limit> {
        match (self.ulimit("n", 1), otherwise) {
            (Some(fact), _) => fact,
            (None, Some(limit)) => Fact::known(Limit::Of(limit), "what processes get when nothing sets a limit"),
            (None, None) => Fact::unknown("nothing sets it, and what processes get is not known", &self.path),
        }
    }

    /// The limit of memory for data or of address space that the script or rc.conf sets.
    pub(super) fn memory(&self) -> Fact<Limit> {
        self.ulimit("dv", 1024).unwrap_or_else(|| Fact::known(Limit::Unlimited, "nothing limits it"))
    }

    /// The lowest of the limits of these kinds that `ulimit` sets, in units of so many; nothing when none is set.
    fn ulimit(&self, kinds: &str, unit: u64) -> Option<Fact<Limit>> {
        let from = format!("ulimit in {}", self.shell.read.join(", "));
        let of_kind =
            |word: &String| word.strip_prefix('-').is_some_and(|flags| flags.chars().any(|c| kinds.contains(c)));
        let calls = |body: &[String]| {
            let starts = body.iter().enumerate().filter(|(_, word)| *word == "ulimit");
            starts.map(|(at, _)| &body[at + 1..body.len().min(at + 4)]).any(|words| words.iter().any(of_kind))
        };
        if let Some((function, _)) = self.shell.functions.iter().find(|(_, body)| calls(body)) {
            let why = format!("the function {function} calls ulimit, and functions are not run");
            return Some(Fact::unknown(why, from));
        }
        let mut lowest = None;
        for call in &self.shell.ulimits {
            let Some(words) = call else {
                return Some(Fact::unknown(
                    "ulimit is called under a condition or with words that are not known",
                    from,
                ));
            };
            if !words.iter().any(of_kind) {
                continue;
            }
            let limit = match words.last().map(String::as_str) {
                Some("unlimited") => Limit::Unlimited,
                Some(number) if number.starts_with('-') => continue,
                Some(number) => match number.parse::<u64>() {
                    Ok(number) => Limit::Of(number.saturating_mul(unit)),
                    Err(_) => {
                        return Some(Fact::unknown(format!("`ulimit {}` is not worked out", words.join(" ")), from));
                    }
                },
                None => continue,
            };
            lowest = Some(lowest.map_or(limit, |lowest: Limit| lowest.min(limit)));
        }
        lowest.map(|limit| Fact::known(limit, from))
    }
}

/// `a:b`; an empty part is the working directory.
pub(super) fn split(path: &str) -> Vec<String> {
    path.split(':').map(|part| if part.is_empty() { ".".to_owned() } else { part.to_owned() }).collect()
}
