//! Blanks, long lines and paths in texts (portcheck: `check_trailing_whitespace`, `check_long_lines`, `check_hardcoded` …).
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::openbsd::package::Package;
use crate::lint::openbsd::rules;
use crate::lint::package::{Out, lines, long, trailing, unended};

/// The longest line.
const LONGEST: usize = 80;

pub(super) fn check(package: &Package, out: &mut Out) {
    for (name, source) in &package.directory.files {
        let in_pkg = name.strip_prefix("pkg/").unwrap_or_default();
        let prose = ["DESCR", "README", "MESSAGE", "UNMESSAGE"].iter().any(|stem| in_pkg.starts_with(stem));
        let makefile = matches!(name.as_str(), "Makefile" | "Makefile.inc")
            || (name.strip_suffix(".port.mk").is_some() && !name.contains('/'));
        if !prose && !makefile && in_pkg.strip_suffix(".rc").is_none() {
            continue;
        }
        trailing(source, &rules::TRAILING, out);
        long(source, LONGEST, &rules::LONG, out);
        hardcoded(source, out);
        if prose {
            unended(source, &rules::UNENDED, out);
        }
    }
}

fn hardcoded(source: &Arc<Source>, out: &mut Out) {
    for (line, span) in lines(&source.text) {
        let found = local(line).or_else(|| var(line));
        if let Some((start, end)) = found {
            let message = format!("`{}` is a variable", &line[start..end]);
            out.say(&rules::HARDCODED, Place::text(source, span.start + start..span.start + end), message);
            // One for a file, as portcheck has it: who mends one sees the others.
            return;
        }
    }
}

fn local(line: &str) -> Option<(usize, usize)> {
    const PREFIX: &str = "/usr/local";
    line.match_indices(PREFIX)
        .map(|(at, _)| (at, at + PREFIX.len()))
        .find(|(_, end)| !line[*end..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_'))
}

/// `/var` with what follows it up to a blank, but for the directories that are the same everywhere.
fn var(line: &str) -> Option<(usize, usize)> {
    line.match_indices("/var").find_map(|(at, found)| {
        let rest = &line[at + found.len()..];
        let path = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let well = path.is_empty() || (path.starts_with('/') && !path.ends_with('/'));
        let below = path.trim_start_matches('/');
        let same = ["log", "run", "tmp"].iter().any(|name| below.starts_with(name));
        (well && !same).then_some((at, at + found.len() + path.len()))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_as_portcheck_finds_them() {
        assert!(super::local("x /usr/local/bin").is_some() && super::local("/usr/localx").is_none());
        assert!(super::var("in /var/db/x now").is_some() && super::var("/var").is_some());
        assert!(super::var("${VARBASE}/db").is_none() && super::var("/variable").is_none());
        assert!(super::var("/var/log/x /var/run").is_none() && super::var("/var/db/").is_none());
    }
}
