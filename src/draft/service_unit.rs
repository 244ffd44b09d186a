//! What a systemd unit says about a service beside its command.
use super::arguments::carries;
use super::document::Section;
use super::guess::{Reason, Seen};
use super::places::Places;
use super::systemd::{Unit, seconds};

/// More open files than this are a wish for "no limit", which an OS may refuse.
const MOST_FILES: u64 = 65536;

const SIGNALS: &[&str] = &["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "KILL", "WINCH"];

/// What a unit says about how the server runs.
pub(super) fn settings(unit: &Unit, places: &Places, service: &mut Section) {
    directory(unit, places, service);
    stop(unit, service);
    reload(unit, service);
    limits(unit, service);
    not_carried_over(unit, service);
}

fn directory(unit: &Unit, places: &Places, service: &mut Section) {
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
}

fn stop(unit: &Unit, service: &mut Section) {
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
        service.guess("stop", stop, Reason::seen("how the systemd unit stops it", Seen::at(&unit.file, line)));
    }
}

fn reload(unit: &Unit, service: &mut Section) {
    let seen = |line: usize| Seen::at(&unit.file, line);
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
                service.guess("reload", signal, Reason::seen("ExecReload of the systemd unit", seen(reload.line)));
            }
            None => service.remark(Reason::seen(
                "the unit reloads it with a command; a recipe has a signal for that",
                seen(reload.line),
            )),
        }
    }
}

fn limits(unit: &Unit, service: &mut Section) {
    let seen = |line: usize| Seen::at(&unit.file, line);
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
}

fn not_carried_over(unit: &Unit, service: &mut Section) {
    let seen = |line: usize| Seen::at(&unit.file, line);
    if let Some(kind) = unit.setting("Type").filter(|kind| kind.value == "forking") {
        let why = "the unit lets it go into the background; here it has to stay in the foreground";
        service.remark(Reason::seen(why, seen(kind.line)));
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

/// `[[service.data]]` for what lies below the state directory.
pub(super) fn data(unit: &Unit) -> Vec<Section> {
    let mut sections = Vec::new();
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
