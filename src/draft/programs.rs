//! Programs that the server seems to run by name.
use std::collections::BTreeMap;

use super::guess::{Reason, Seen};
use super::material::Material;
use super::rust_source::{literal_arguments, program_part};

/// Programs that were seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs {
    /// Those that every profile has a package for.
    pub(super) known: BTreeMap<String, Reason>,
    /// The others, and weak hints.
    pub(super) unclear: Vec<Reason>,
}

const CALLS: &[&str] =
    &["Command::new(", "Process::run(", "process::run(", "which(", "which_global(", "Exec::cmd(", "cmd!("];

/// Of every system, or of another one than ours, or a developer's.
const NOT_OURS: &[&str] = &[
    "sh",
    "cmd",
    "cmd.exe",
    "powershell",
    "powershell.exe",
    "pwsh",
    "cargo",
    "rustc",
    "rustup",
    "explorer",
    "open",
    "xdg-open",
    "start",
    "launchctl",
    "systemctl",
    "reg",
    "taskkill",
    "wmic",
    "sw_vers",
    "ioreg",
    "osascript",
    "ls",
    "cat",
    "id",
    "uname",
    "ps",
    "kill",
    "mount",
    "umount",
    "df",
    "hostname",
    "true",
    "false",
    "echo",
    "sleep",
    "stty",
    "which",
    "whoami",
    "sc",
    "sc.exe",
    "service",
    "tput",
    "pbcopy",
    "pbpaste",
    "xclip",
    "xsel",
    "wl-copy",
    "wl-paste",
    "less",
    "more",
    "vi",
    "vim",
    "nano",
    "ln",
    "cp",
    "mv",
    "rm",
    "mkdir",
    "chmod",
    "chown",
    "date",
    "env",
    "test",
    "getent",
    "useradd",
    "sudo",
    "su",
    "tar",
    "awk",
    "sed",
    "grep",
    "find",
    "where",
    "rundll32",
    "wslview",
    "notepad",
    "cygpath",
    "ifconfig",
    "ip",
    "iptables",
    "sysctl",
    "route",
    "netsh",
    "networksetup",
    "docker",
    "wsl",
    "tasklist",
    "gio",
    "kde-open",
    "make",
    "cc",
    "gcc",
    "clang",
    "ld",
    "lsof",
    "clear",
    "touch",
    "printenv",
    "head",
    "tail",
    "tr",
    "sort",
    "wc",
    "dd",
    "bash.exe",
    "scutil",
    "loginctl",
    "lsb_release",
    "tty",
];

/// Looks through the sources and the readme; `built` are the programs that are installed.
pub(super) fn programs(material: &Material<'_>, built: &[String]) -> Programs {
    let krate = material.krate;
    let built: Vec<&str> = built.iter().map(String::as_str).collect();
    let mut found = Programs::default();
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (files, path) in material.sources(&built) {
        let Some(text) = files.text(&path).map(|text| program_part(&text)) else { continue };
        // clap's `Command::new` declares a command line instead of running one.
        let declares = text.contains("clap::") || text.contains("Arg::new(");
        let runs = ["process::Command", "process::{", "process::Stdio", "use std::process"]
            .iter()
            .any(|word| text.contains(word));
        for call in CALLS {
            for (name, line) in literal_arguments(&text, call) {
                let doubtful = *call == "Command::new(" && declares && !(runs && known(material, name));
                if !doubtful {
                    seen.entry(name.to_owned()).or_insert_with(|| Seen::at(files.shown(&path), line));
                }
            }
        }
    }
    for (name, seen) in seen {
        let plain = name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+/".contains(&byte));
        if !plain && !name.starts_with('/')
            || NOT_OURS.contains(&name.as_str())
            || krate.binaries.iter().any(|own| own.name == name)
            || name.strip_suffix(".exe").is_some()
        {
            continue;
        }
        if name.contains('/') {
            let shown: String = name.chars().take(80).collect();
            found.unclear.push(Reason::seen(
                format!("it runs `{shown}` by its path, which may be elsewhere on a BSD or illumos"),
                seen,
            ));
        } else if known(material, &name) {
            found.known.insert(name, Reason::seen("the sources run it by name", seen));
        } else if name.len() <= 40 {
            found.unclear.push(Reason::seen(
                format!("the sources seem to run `{name}`; no profile knows a package for it (a profile of your own can say one: --profile-file)"),
                seen,
            ));
        }
    }
    from_readme(material, &mut found);
    found
}

fn known(material: &Material<'_>, name: &str) -> bool {
    !material.profiles.is_empty() && material.profiles.iter().all(|profile| profile.programs.contains_key(name))
}

/// "requires `ffmpeg`" in the readme is a hint, no more.
fn from_readme(material: &Material<'_>, found: &mut Programs) {
    let Some(path) = material.krate.readme.as_deref() else { return };
    let Some(text) = material.files().text(path) else { return };
    let mut told: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let lower = line.to_lowercase();
        if !["requires", "require ", "depends on", "dependenc", "needs ", "must be installed"]
            .iter()
            .any(|word| lower.contains(word))
        {
            continue;
        }
        for name in
            line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').filter(|word| word.len() > 2)
        {
            // `dot`, `node` and `convert` are words of English, too.
            let english = ["dot", "node", "convert", "curl", "git", "bash", "perl", "identify"].contains(&name)
                && !line.contains(&format!("`{name}`"));
            if !english
                && known(material, name)
                && !found.known.contains_key(name)
                && !told.iter().any(|known| known == name)
            {
                told.push(name.to_owned());
                found.unclear.push(Reason::seen(
                    format!("the readme speaks of `{name}` as something needed"),
                    Seen::at(path, number),
                ));
            }
        }
    }
}
