//! Whether the server finds what it runs by name: svc.startd's PATH is /usr/sbin:/usr/bin
//! (usr/src/cmd/svc/startd/env.c).
use super::command::program;
use super::service::Run;
use super::shell::split;
use crate::finding::Severity;
use crate::lint::smf::check::{Out, short};
use crate::lint::smf::rules::PATH;
use crate::lint::smf::value::plain;

/// Directories that need no PATH: the OS's own.
const OWN: [&str; 6] = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/lib", "/lib"];

/// Servers that run programs by name, and which: by their own documentation.
const RUNS: [(&str, &str); 8] = [
    ("gotosocial", "ffmpeg and ffprobe"),
    ("pict-rs", "ffmpeg, ffprobe, magick and exiftool"),
    ("gitea", "git"),
    ("forgejo", "git"),
    ("gogs", "git"),
    ("peertube", "ffmpeg and ffprobe"),
    ("owncast", "ffmpeg"),
    ("navidrome", "ffmpeg"),
];

pub(super) fn check(run: &Run<'_>, out: &mut Out) {
    let Some(start) = run.method("start") else { return };
    let Some(program) = program(&split(start.exec())).filter(|program| !program.is_method_script()) else { return };
    let Some(directory) = program.directory() else { return };
    let Some((_, last)) = directory.rsplit_once('/') else { return };
    let foreign =
        matches!(last, "bin" | "sbin" | "libexec") && directory.starts_with('/') && !OWN.contains(&directory.as_str());
    if !foreign {
        return;
    }
    let written = program.path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let beside = match last {
        "libexec" => {
            written.strip_suffix("libexec").map_or_else(|| written.to_owned(), |prefix| format!("{prefix}bin"))
        }
        _ => written.to_owned(),
    };
    let runs = RUNS.iter().find(|(name, _)| *name == program.name()).map(|(_, what)| *what);
    let variable = format!("<envvar name=\"PATH\" value=\"{beside}:/usr/sbin:/usr/bin\"/>");
    let mend = if run.context(start).environment.is_some() {
        format!("in the `method_environment`: {variable}")
    } else {
        format!("in the `method_context`, behind the credential: <method_environment>{variable}</method_environment>")
    };
    if let Some(variable) = run.context(start).variable("PATH") {
        let path = variable.value("value");
        // `/opt/local/bin` will do for what is in `/opt/local/acme/bin`: there the other packages' programs are.
        let above = |dir: &str| directory.starts_with(&format!("{dir}/"));
        let has = path.split(':').map(plain).any(|entry| {
            let top = entry.strip_suffix("/bin").or_else(|| entry.strip_suffix("/sbin"));
            entry == directory || top.is_some_and(|top| top != "/usr" && !top.is_empty() && above(top))
        });
        if !has {
            let message = format!("PATH lacks `{beside}`, where `{}` is", short(program.name()));
            out.say_with(&PATH, variable.value_span("value"), message, |finding| {
                finding.severity(Severity::Warning).mend(mend)
            });
        }
    } else {
        let message = match runs {
            Some(what) => format!(
                "no PATH is set: `{}` runs {what}, and finds them in /usr/sbin and /usr/bin only",
                program.name()
            ),
            None => {
                format!("no PATH is set: what `{}` runs by name is not looked for in `{beside}`", short(program.name()))
            }
        };
        let severity = if runs.is_some() { Severity::Warning } else { Severity::Note };
        out.say_with(&PATH, start.exec_span(), message, |finding| finding.severity(severity).mend(mend));
    }
}
