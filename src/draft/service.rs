//! `[service]` and its tables.
use std::collections::BTreeMap;

use super::arguments::{Arguments, carries};
use super::dockerfile::Dockerfile;
use super::document::Section;
use super::guess::{Reason, Seen};
use super::launch::Launch;
use super::listen::{in_argument, in_config};
use super::places::Places;
use super::samples::Sample;
use super::systemd::{Unit, seconds};
use super::{CONFIG_FILE, is_config_name};

/// What a service is put together from.
pub(super) struct Parts<'a> {
    /// The package's name.
    pub(super) name: &'a str,
    pub(super) launch: &'a Launch,
    pub(super) arguments: Arguments,
    pub(super) places: &'a Places,
    pub(super) unit: Option<&'a Unit>,
    /// When there is no unit.
    pub(super) dockerfile: Option<&'a Dockerfile>,
    pub(super) sample: Option<&'a Sample>,
    /// Why it is a service at all.
    pub(super) reason: Reason,
}

/// More open files than this are a wish for "no limit", which an OS may refuse.
const MOST_FILES: u64 = 65536;

/// Directories that make a service's paths known as its own.
pub(super) fn places(
    name: &str,
    binary: &str,
    binaries: &[String],
    unit: Option<&Unit>,
    dockerfile: Option<&Dockerfile>,
) -> Places {
    let mut names = vec![name.to_owned(), binary.to_owned(), name.replace('-', "_"), name.replace('-', "")];
    let mut state = Vec::new();
    if let Some(unit) = unit {
        names.push(unit.stem().to_owned());
        names.extend(unit.setting("User").map(|user| user.value).filter(|user| user != "root"));
        for key in ["StateDirectory", "ConfigurationDirectory", "LogsDirectory", "RuntimeDirectory", "CacheDirectory"] {
            names.extend(unit.list(key).into_iter().filter_map(|one| Some(one.value.split('/').next()?.to_owned())));
        }
        // A working directory such as /srv/example holds what the server keeps, unless it is everybody's.
        let directory = unit.setting("WorkingDirectory").map(|one| one.value.trim_start_matches('-').to_owned());
        state.extend(directory.filter(|path| {
            path.matches('/').count() >= 2
                && !["/usr", "/etc", "/tmp", "/var/lib", "/run"].contains(&path.as_str())
                && !path.starts_with("/etc/")
                && !path.starts_with("/usr/")
        }));
    }
    if let Some(file) = dockerfile {
        state.extend(
            file.volumes
                .iter()
                .filter(|path| path.starts_with('/') && path.len() > 1)
                .map(|path| path.trim_end_matches('/').to_owned()),
        );
        state.extend(["/data", "/config"].map(ToOwned::to_owned));
    }
    names.retain(|name| !name.is_empty() && !name.contains('/'));
    // The longest first, so that `srv` does not take `/var/lib/srv-data`.
    names.sort_by_key(|name| (usize::MAX - name.len(), name.clone()));
    names.dedup();
    Places { names, binaries: binaries.to_vec(), state }
}

/// All sections of the service.
pub(super) fn sections(parts: &Parts<'_>) -> Vec<Section> {
    let mut service = Section::because("[service]", parts.reason.clone());
    let (config, named) = config_path(parts);
    let mut command = vec![format!("{{bin}}/{}", parts.launch.binary)];
    command.extend(parts.arguments.words.iter().cloned());
    service.guess("command", command, parts.launch.reason.clone());
    for (what, why) in &parts.arguments.left_out {
        let shown: String = what.chars().take(120).collect();
        service.remark(Reason {
            why: format!("left out of the command: `{shown}`: {why}"),
            seen: parts.launch.reason.seen.clone(),
        });
    }
    user(parts, &mut service);
    listen(parts, &mut service);
    needs(parts, &mut service);
    let environment = environment(parts, &config, &mut service);
    if let Some(unit) = parts.unit {
        from_unit(unit, parts.places, &mut service);
    }
    let mut sections = vec![service];
    sections.extend(environment);
    sections.extend(named.map(|path| config_section(parts, &path)));
    sections.extend(data(parts));
    sections
}

/// The configuration file as it was found, and where the package has it.
fn config_path(parts: &Parts<'_>) -> (Option<String>, Option<String>) {
    let in_environment = || {
        let unit = parts.unit.iter().flat_map(|unit| &unit.environment);
        let image = parts.dockerfile.iter().flat_map(|file| &file.environment);
        let mut values = unit.chain(image).filter(|one| one.value.0.to_ascii_uppercase().contains("CONF"));
        values.find(|one| one.value.1.rsplit('/').next().is_some_and(is_config_name)).map(|one| one.value.1.clone())
    };
    let Some(found) = parts.arguments.config.clone().or_else(in_environment) else { return (None, None) };
    let mapped = parts.places.place(&found).filter(|place| place.starts_with("{sysconf}/") && carries(place).is_ok());
    let path = mapped.unwrap_or_else(|| {
        let file = found.rsplit('/').next().filter(|file| is_config_name(file) && carries(file).is_ok());
        let sample = || parts.sample.map(|sample| sample.name.clone()).filter(|file| carries(file).is_ok());
        let file = file.map(ToOwned::to_owned).or_else(sample).unwrap_or_else(|| format!("{}.toml", parts.name));
        format!("{{sysconf}}/{file}")
    });
    (Some(found), Some(path))
}

fn user(parts: &Parts<'_>, service: &mut Section) {
    let valid = |user: &str| {
        user.starts_with(|c: char| c.is_ascii_lowercase())
            && user.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
            // OpenBSD puts an underscore in front.
            && user.len() <= 30
            && !["root", "nobody", "www-data", "www", "http", "daemon", "user", "nogroup", "pi", "ubuntu", "admin"].contains(&user)
    };
    let said = parts.unit.and_then(|unit| Some((unit, unit.setting("User")?)));
    if let Some((unit, user)) = said.filter(|(_, user)| valid(&user.value)) {
        service.guess("user", user.value, Reason::seen("User of the systemd unit", Seen::at(&unit.file, user.line)));
        let group = unit.setting("Group").filter(|group| valid(&group.value));
        if let Some(group) = group.filter(|group| unit.setting("User").is_none_or(|user| user.value != group.value)) {
            service.guess(
                "group",
                group.value,
                Reason::seen("Group of the systemd unit", Seen::at(&unit.file, group.line)),
            );
        }
        return;
    }
    let mut user: String =
        parts.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    user = user.trim_start_matches(|c: char| c.is_ascii_digit()).chars().take(30).collect();
    if !valid(&user) {
        "service".clone_into(&mut user);
    }
    service.guess("user", user, Reason::new("after the package's name"));
}

fn listen(parts: &Parts<'_>, service: &mut Section) {
    let argument = parts.arguments.words.iter().find_map(|word| in_argument(word));
    if let Some(address) = argument {
        service.guess(
            "listen",
            vec![address],
            Reason { why: "an argument of the command".into(), seen: parts.launch.reason.seen.clone() },
        );
        return;
    }
    if let Some(sample) = parts.sample {
        let found = in_config(&sample.text);
        if let Some((_, line)) = found.first() {
            let addresses: Vec<String> = found.iter().map(|(address, _)| address.clone()).take(8).collect();
            service.guess(
                "listen",
                addresses,
                Reason::seen("addresses in the sample configuration", Seen::at(&sample.path, *line)),
            );
            return;
        }
    }
    if let Some(file) = parts.dockerfile
        && let Some(port) = file.ports.first()
    {
        let addresses: Vec<String> = file.ports.iter().map(|port| format!("0.0.0.0:{}", port.value)).take(8).collect();
        service.guess(
            "listen",
            addresses,
            Reason::seen("ports that the container image exposes", Seen::at(&file.file, port.line)),
        );
        return;
    }
    service.remark(Reason::new("say where it listens: listen = [\"127.0.0.1:8080\"]"));
}

fn needs(parts: &Parts<'_>, service: &mut Section) {
    let mut needs = vec!["network".to_owned(), "local-filesystems".to_owned()];
    let mut reason = Reason::new("what most servers need before they start");
    for (unit, after) in parts.unit.iter().flat_map(|unit| unit.after.iter().map(move |after| (unit, after))) {
        let need = match after.value.split('.').next().unwrap_or("") {
            "postgresql" => "postgresql",
            "nss-lookup" | "systemd-resolved" => "name-services",
            other => {
                if ["mysql", "mariadb", "redis", "redis-server", "valkey"].contains(&other) {
                    service.remark(Reason::seen(
                        format!("the unit starts it after {other}; a recipe cannot say that"),
                        Seen::at(&unit.file, after.line),
                    ));
                }
                continue;
            }
        };
        if !needs.iter().any(|known| known == need) {
            needs.push(need.to_owned());
            reason = Reason::seen("what the unit is started after", Seen::at(&unit.file, after.line));
        }
    }
    service.guess("needs", needs, reason);
}

/// `[service.environment]`, when something of it can be carried over.
fn environment(parts: &Parts<'_>, config: &Option<String>, service: &mut Section) -> Option<Section> {
    const CONTAINER: &[&str] = &[
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "TZ",
        "USER",
        "UID",
        "GID",
        "PUID",
        "PGID",
        "SHELL",
        "TERM",
        "PWD",
        "RUST_BACKTRACE",
        "DEBIAN_FRONTEND",
        "LOGNAME",
        "PORT",
    ];
    let mut found: BTreeMap<String, (String, Reason)> = BTreeMap::new();
    let unit = parts
        .unit
        .iter()
        .flat_map(|unit| unit.environment.iter().map(|one| (one, &unit.file, "Environment of the systemd unit")));
    let image = parts
        .dockerfile
        .iter()
        .flat_map(|file| file.environment.iter().map(|one| (one, &file.file, "environment of the container image")));
    for (one, file, why) in unit.chain(image) {
        let (name, value) = &one.value;
        let good = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let builds = ["CARGO_", "RUSTUP_", "RUSTFLAGS", "SMF_", "GOSU", "APP_", "SCCACHE_"]
            .iter()
            .any(|start| name.starts_with(start))
            && why.contains("image");
        if !good || builds || CONTAINER.contains(&name.as_str()) || name.starts_with("SMF_") {
            continue;
        }
        let seen = Seen::at(file, one.line);
        let phrase =
            if config.as_ref() == Some(value) { "{config.main}".to_owned() } else { parts.places.phrase(value) };
        match carries(&phrase) {
            Ok(()) => {
                found.insert(name.clone(), (phrase, Reason::seen(why, seen)));
            }
            Err(reason) => {
                let shown: String = value.chars().take(80).collect();
                service.remark(Reason::seen(format!("left out of the environment: {name}=`{shown}`: {reason}"), seen));
            }
        }
    }
    for file in parts.unit.iter().flat_map(|unit| &unit.environment_files) {
        let seen = parts.unit.map(|unit| Seen::at(&unit.file, file.line));
        let why = format!(
            "the unit reads variables from {}: what is needed of them goes into [service.environment]",
            file.value
        );
        service.remark(Reason { why, seen });
    }
    let mut section = Section::new("[service.environment]");
    for (name, (value, reason)) in found {
        section.guess(&name, value, reason);
    }
    (!section.entries.is_empty()).then_some(section)
}

/// What else a unit says about how the server runs.
fn from_unit(unit: &Unit, places: &Places, service: &mut Section) {
    const SIGNALS: &[&str] = &["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "KILL", "WINCH"];
    let seen = |line: usize| Seen::at(&unit.file, line);
    if let Some(directory) = unit.setting("WorkingDirectory") {
        let place = places.place(directory.value.trim_start_matches('-'));
        match place.filter(|place| carries(place).is_ok()) {
            // The state directory is where it runs anyway.
            Some(place) if place == "{state}" => {}
            Some(place) => service.guess(
                "directory",
                place,
                Reason::seen("WorkingDirectory of the systemd unit", seen(directory.line)),
            ),
            None => service.remark(Reason::seen(
                format!("the unit runs it in {}; here it runs in its state directory", directory.value),
                seen(directory.line),
            )),
        }
    }
    let signal = unit.setting("KillSignal").map(|one| (one.value.trim_start_matches("SIG").to_owned(), one.line));
    let timeout = unit.setting("TimeoutStopSec").or_else(|| unit.setting("TimeoutSec"));
    let timeout = timeout.and_then(|one| Some((seconds(&one.value)?, one.line)));
    let mut stop = toml::Table::new();
    let mut line = None;
    if let Some((signal, at)) = signal.filter(|(signal, _)| SIGNALS.contains(&signal.as_str()) && signal != "TERM") {
        stop.insert("signal".into(), signal.into());
        line = Some(at);
    }
    if let Some((seconds, at)) = timeout {
        stop.insert("timeout".into(), format!("{seconds}s").into());
        line = line.or(Some(at));
    }
    if let Some(line) = line {
        service.guess("stop", stop, Reason::seen("how the systemd unit stops it", seen(line)));
    }
    if let Some(reload) = &unit.reload {
        let words = &reload.value.words;
        let kill = words.first().is_some_and(|word| word.rsplit('/').next() == Some("kill"));
        let signal = words
            .iter()
            .skip(1)
            .map(|word| word.trim_start_matches('-').trim_start_matches("SIG"))
            .find(|word| SIGNALS.contains(word));
        match signal.filter(|_| kill) {
            Some(signal) => {
                service.guess("reload", signal, Reason::seen("ExecReload of the systemd unit", seen(reload.line)))
            }
            None => service.remark(Reason::seen(
                "the unit reloads it with a command; a recipe has a signal for that",
                seen(reload.line),
            )),
        }
    }
    if let Some(limit) = unit.setting("LimitNOFILE") {
        let soft = limit.value.split(':').next().unwrap_or("");
        match soft.parse::<u64>() {
            Ok(files) if (1..=MOST_FILES).contains(&files) => {
                let files = i64::try_from(files).unwrap_or(1024);
                service.guess("open-files", files, Reason::seen("LimitNOFILE of the systemd unit", seen(limit.line)));
            }
            _ => service.remark(Reason::seen(
                format!("the unit asks for {} open files; say what it needs: open-files = 4096", limit.value),
                seen(limit.line),
            )),
        }
    }
    for key in ["AmbientCapabilities", "CapabilityBoundingSet"] {
        if let Some(found) = unit.setting(key).filter(|found| found.value.contains("CAP_NET_BIND_SERVICE")) {
            service.remark(Reason::seen(
                "the unit allows ports below 1024, which only root may use on NetBSD: let it listen on another one",
                seen(found.line),
            ));
            break;
        }
    }
    match unit.setting("Type") {
        Some(kind) if kind.value == "forking" => {
            service.remark(Reason::seen(
                "the unit lets it go into the background; here it has to stay in the foreground",
                seen(kind.line),
            ));
        }
        _ => {}
    }
    for key in ["ExecStartPre", "ExecStartPost", "ExecStop", "ExecStopPost"] {
        if let Some(found) = unit.setting(key) {
            service.remark(Reason::seen(format!("not carried over: {key} of the unit"), seen(found.line)));
        }
    }
    for problem in &unit.unreadable {
        service.remark(Reason::seen(
            format!("a command of the unit could not be read: {}", problem.value),
            seen(problem.line),
        ));
    }
}

fn config_section(parts: &Parts<'_>, path: &str) -> Section {
    let mut section = Section::new("[[service.config]]");
    section.fact("id", "main");
    match parts.sample {
        Some(sample) if sample.broken.is_none() => {
            section.guess("sample", format!("{{examples}}/{}", sample.name), sample.reason.clone());
        }
        Some(sample) => {
            let why = format!(
                "no sample: the server could not read `{}` as it stands ({}); keep one of your own beside the recipe: template = \"…\"",
                sample.path,
                sample.broken.as_deref().unwrap_or_default()
            );
            section.remark(Reason::seen(why, Seen::file(&sample.path)));
        }
        None => section.remark(Reason::new(
            "no sample in the distribution: keep one of your own beside the recipe: template = \"…\"",
        )),
    }
    let from = match parts.arguments.config.as_deref() {
        Some(CONFIG_FILE) | None => "a configuration file below the package's own directory".to_owned(),
        Some(found) => format!("the command names {}", found.chars().take(120).collect::<String>()),
    };
    section.guess("path", path, Reason { why: from, seen: parts.launch.reason.seen.clone() });
    if let Some((sample, (line, word))) = parts.sample.and_then(|sample| Some((sample, sample.secret.as_ref()?))) {
        section.guess(
            "mode",
            "0640",
            Reason::seen(format!("it can hold secrets: `{word}`"), Seen::at(&sample.path, *line)),
        );
    }
    section
}

/// `[[service.data]]` for what lies below the state directory.
fn data(parts: &Parts<'_>) -> Vec<Section> {
    let mut sections = Vec::new();
    let Some(unit) = parts.unit else { return sections };
    for (key, cache) in [("StateDirectory", false), ("CacheDirectory", true)] {
        for one in unit.list(key) {
            let rest = one.value.split_once('/').map(|(_, rest)| rest.trim_end_matches('/'));
            let path = match (rest, cache) {
                (Some(rest), false) => format!("{{state}}/{rest}"),
                (None, true) => "{state}/cache".to_owned(),
                (Some(rest), true) => format!("{{state}}/cache/{rest}"),
                (None, false) => continue,
            };
            if carries(&path).is_err() || path.contains("..") {
                continue;
            }
            let mut section = Section::because(
                "[[service.data]]",
                Reason::seen(format!("{key} of the systemd unit"), Seen::at(&unit.file, one.line)),
            );
            section.fact("path", path);
            if cache {
                section.fact("backup", "none");
            }
            sections.push(section);
        }
    }
    sections
}
