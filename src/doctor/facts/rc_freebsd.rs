//! FreeBSD's rc.subr(8): `limits … su -m NAME_user -c 'env NAME_env … command'`, or daemon(8), which with `-u` gives the
//! user's login class.
use crate::doctor::Host;
use crate::doctor::sh::{Files, Shell};
use crate::port::{Port, Service};

use super::rc_script::{Script, common, found, split};
use super::{Accounts, Fact, Limit, LoginConf, Met};

/// The service under rc(8).
pub(super) fn meet(host: &Host<'_>, port: &Port, service: &Service) -> Met {
    let directory = port.profile.service.rc_d.clone();
    let directory = directory.unwrap_or_else(|| format!("{}/etc/rc.d", port.profile.paths.prefix));
    found(host, port, service, &directory, |script| read(host, port, service, &script))
}

fn read(host: &Host<'_>, port: &Port, service: &Service, script: &Script) -> Met {
    let mut met = Met::nothing(port, service, &script.name, "");
    met.definition = Ok(script.path.clone());
    met.has_environment = !matches!(script.own("env").value, Ok(None));
    let command = script.variable("command");
    let arguments = script.variable("command_args");
    let daemon = matches!(&command.value, Ok(Some(command)) if command.ends_with("/daemon"));
    let words: Vec<String> = match &arguments.value {
        Ok(Some(words)) if daemon => words.split_whitespace().map(ToOwned::to_owned).collect(),
        _ => Vec::new(),
    };
    met.program = match (&command.value, words.iter().find(|word| runs_under_daemon(word, service, port))) {
        (_, Some(program)) => Fact::known(program.clone(), arguments.from.clone()),
        (Ok(Some(command)), None) if !daemon => Fact::known(command.clone(), command_from(&command.clone(), script)),
        _ => met.program,
    };
    let by_daemon = words.iter().position(|word| word == "-u").and_then(|at| words.get(at + 1)).cloned();
    let replaced = !matches!(script.variable("start_cmd").value, Ok(None));
    let why = "the script starts the server by a start_cmd of its own, which is not worked out";
    met.user = match &by_daemon {
        Some(user) => Fact::known(user.clone(), format!("daemon -u in {}", script.path)),
        None => {
            script.own("user").map(|user| user.filter(|user| !user.is_empty()).unwrap_or_else(|| "root".to_owned()))
        }
    };
    met.path = path(host, script);
    (met.open_files, met.memory) = limits(host, port, script);
    if let Some(user) = &by_daemon {
        class_of_user(host, port, user, &mut met);
    }
    if replaced {
        met.user = Fact::unknown(why, &script.path);
        met.path = Fact::unknown(why, &script.path);
    }
    common(&mut met, port, service, script);
    met
}

fn command_from(command: &str, script: &Script) -> String {
    format!("command={command} in {}", script.path)
}

/// The word of daemon(8)'s arguments that is the server.
fn runs_under_daemon(word: &str, service: &Service, port: &Port) -> bool {
    let program = super::met::resolved(port, service, &service.program);
    word == program || word.rsplit('/').next() == program.rsplit('/').next() && word.starts_with('/')
}

/// From `NAME_env`, which comes after the file that `NAME_env_file` names, or what rc(8) has.
fn path(host: &Host<'_>, script: &Script) -> Fact<Vec<String>> {
    let own = script.own("env");
    if let Ok(Some(words)) = &own.value
        && words.split_whitespace().any(|word| word.starts_with("PATH="))
    {
        return script.path();
    }
    if let Fact { value: Ok(Some(file)), from } = script.own("env_file") {
        let mut shell = Shell::default();
        let files = Files { root: host.root, rc_config: Vec::new(), rc_subr: None };
        match shell.source(&file, &files) {
            Ok(()) => match shell.get("PATH") {
                Ok(Some(path)) => return Fact::known(split(path), file),
                Ok(None) => {}
                Err(why) => return Fact::unknown(why, file),
            },
            Err(failure) if failure.is_absent() => {}
            Err(failure) => return Fact::unknown(failure.to_string(), from),
        }
    }
    script.path()
}

/// What rc.subr sets by `limits -C NAME_login_class NAME_limits`: of open files, and of memory.
fn limits(host: &Host<'_>, port: &Port, script: &Script) -> (Fact<Limit>, Fact<Limit>) {
    let both = |why: String, from: &str| (Fact::unknown(why.clone(), from), Fact::unknown(why, from));
    let own = script.own("login_class");
    let facts = &port.profile.host;
    let standard = facts.login_class.as_deref().unwrap_or("daemon");
    let name = match own.value {
        Err(why) => return both(why, &own.from),
        Ok(name) => name.filter(|name| !name.is_empty()).unwrap_or_else(|| standard.to_owned()),
    };
    let from = facts.login_conf.join(", ");
    let class = LoginConf::read(host.root, &facts.login_conf).map_err(|failure| failure.to_string()).and_then(|conf| {
        if conf.read.is_empty() {
            return Ok(None);
        }
        // login_getclassbyname(3): one that is not there is `default`.
        conf.class(if conf.has(&name) { &name } else { "default" }).map(Some)
    });
    let class = match class {
        Err(why) => return both(why, &from),
        Ok(class) => class,
    };
    let by_class = |what: &str| match class.as_ref().map(|class| class.limit(what)) {
        Some(Err(why)) => Fact::unknown(why, &from),
        Some(Ok(Some(limit))) => Fact::known(limit, format!("{what} of the login class {name} in {from}")),
        Some(Ok(None)) | None => Fact::known(Limit::Unlimited, format!("the login class {name} sets no limit")),
    };
    let limits = script.own("limits");
    let text = match limits.value {
        Err(why) => return both(why, &limits.from),
        Ok(text) => text.unwrap_or_default(),
    };
    let by_flag =
        |flag: char, unit: u64| flagged(&text, flag, unit).map(|value| Fact { value, from: limits.from.clone() });
    let memory = [("datasize", 'd'), ("vmemoryuse", 'v')]
        .map(|(what, flag)| by_flag(flag, 1024).unwrap_or_else(|| by_class(what)));
    let [data, space] = memory;
    let lower = match (&data.value, &space.value) {
        (Ok(data), Ok(space)) => space < data,
        (Ok(_), Err(_)) => true,
        (Err(_), _) => false,
    };
    (by_flag('n', 1).unwrap_or_else(|| by_class("openfiles")), if lower { space } else { data })
}

/// What a flag of limits(1) says: `-n 512`, `-n512`, `-d 2g`; a number alone is of so many.
fn flagged(text: &str, flag: char, unit: u64) -> Option<Result<Limit, String>> {
    let mut words = text.split_whitespace();
    let mut found = None;
    while let Some(word) = words.next() {
        let Some(rest) = word.strip_prefix(['-']).and_then(|rest| rest.strip_prefix(flag)) else { continue };
        let value = if rest.is_empty() { words.next().unwrap_or_default() } else { rest };
        let limit = super::login_conf::parse(value).map(|limit| match limit {
            Limit::Of(number) if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                Limit::Of(number.saturating_mul(unit))
            }
            limit => limit,
        });
        found = Some(limit.ok_or_else(|| format!("`{text}` is not worked out")));
    }
    found
}

/// daemon(8) with `-u` applies the user's login class after everything else.
fn class_of_user(host: &Host<'_>, port: &Port, user: &str, met: &mut Met) {
    let files = &port.profile.host.login_conf;
    let from = files.join(", ");
    // The class is a field of master.passwd only, which nobody but root may read; packages leave it empty.
    let class =
        LoginConf::read(host.root, files).map_err(|failure| failure.to_string()).and_then(|conf| conf.class("default"));
    let home = Accounts::new(host.root).user(user).ok().flatten().map(|account| account.home).unwrap_or_default();
    match class {
        Err(why) => met.path = Fact::unknown(why, from),
        Ok(class) => {
            let from = format!("login class default in {from}");
            if let Some(path) = class.path(&home) {
                met.path = Fact::known(path, &from);
            }
            for (what, limit) in [("openfiles", &mut met.open_files), ("datasize", &mut met.memory)] {
                match class.limit(what) {
                    Ok(Some(found)) => *limit = Fact::known(found, &from),
                    Ok(None) => {}
                    Err(why) => *limit = Fact::unknown(why, &from),
                }
            }
        }
    }
}
