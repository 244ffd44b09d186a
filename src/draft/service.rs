//! `[service]` and its tables.
use super::arguments::Arguments;
use super::config_file::{self, ConfigFile};
use super::dockerfile::Dockerfile;
use super::document::Section;
use super::guess::{Reason, Seen};
use super::launch::Launch;
use super::listen::{in_argument, in_config, is_key};
use super::places::Places;
use super::samples::Sample;
use super::systemd::Unit;
use super::{environment, service_unit};

/// What a service is put together from.
pub(super) struct Parts<'a> {
    /// The package's name.
    pub(super) name: &'a str,
    pub(super) launch: &'a Launch,
    pub(super) arguments: Arguments,
    /// The configuration file that the command or the environment names.
    pub(super) config: Option<ConfigFile>,
    /// A variable that has to name it, as the sources say.
    pub(super) variable: Option<(String, Seen)>,
    pub(super) places: &'a Places,
    pub(super) unit: Option<&'a Unit>,
    /// When there is no unit.
    pub(super) dockerfile: Option<&'a Dockerfile>,
    pub(super) sample: Option<&'a Sample>,
    /// Why it is a service at all.
    pub(super) reason: Reason,
}

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
    let mut command = vec![format!("{{bin}}/{}", parts.launch.binary)];
    command.extend(parts.arguments.words.iter().cloned());
    service.guess("command", command, parts.launch.reason.clone());
    for (what, why) in &parts.arguments.left_out {
        let shown: String = what.chars().take(120).collect();
        let why = format!("left out of the command: `{shown}`: {why}");
        service.remark(Reason { why, seen: parts.launch.reason.seen.clone() });
    }
    user(parts, &mut service);
    listen(parts, &mut service);
    needs(parts, &mut service);
    let environment = environment::section(parts, &mut service);
    if let Some(unit) = parts.unit {
        service_unit::settings(unit, parts.places, &mut service);
    }
    let mut sections = vec![service];
    sections.extend(environment);
    sections.extend(
        parts.config.as_ref().map(|config| config_file::section(config, parts.sample, parts.places, parts.name)),
    );
    sections.extend(parts.unit.into_iter().flat_map(service_unit::data));
    sections
}

fn listen(parts: &Parts<'_>, service: &mut Section) {
    if let Some(address) = parts.arguments.words.iter().find_map(|word| in_argument(word)) {
        let reason = Reason { why: "an argument of the command".into(), seen: parts.launch.reason.seen.clone() };
        return service.guess("listen", vec![address], reason);
    }
    let variable = environment::variables(parts)
        .into_iter()
        .find_map(|one| Some((in_argument(one.value).filter(|_| is_key(one.name))?, one)));
    if let Some((address, variable)) = variable {
        return service.guess("listen", vec![address], variable.reason);
    }
    // A sample that is not used says nothing of where the server listens.
    if let Some(sample) = parts.sample.filter(|sample| sample.broken.is_none()) {
        let found = in_config(&sample.text);
        if let Some((_, line)) = found.first() {
            let addresses: Vec<String> = found.iter().map(|(address, _)| address.clone()).take(8).collect();
            let reason = Reason::seen("addresses in the sample configuration", Seen::at(&sample.path, *line));
            return service.guess("listen", addresses, reason);
        }
    }
    // A container's server may be root.
    let exposed = parts.dockerfile.iter().flat_map(|file| file.ports.iter().map(move |port| (file, port)));
    let exposed: Vec<_> =
        exposed.filter(|(_, port)| port.value.parse::<u16>().is_ok_and(|port| port >= 1024)).take(8).collect();
    if let Some((file, first)) = exposed.first() {
        let reason = Reason::seen("ports that the container image exposes", Seen::at(&file.file, first.line));
        let addresses: Vec<String> = exposed.iter().map(|(_, port)| format!("0.0.0.0:{}", port.value)).collect();
        return service.guess("listen", addresses, reason);
    }
    service.remark(Reason::new("say where it listens: listen = [\"127.0.0.1:8080\"]"));
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
