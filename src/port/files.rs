//! Files of the distribution that are worth installing.
use super::{FileKind, FileSource, Installed, Place};
use crate::recipe;

/// Words in a document's path that say it is for another system than ours.
const ELSEWHERE: &[&str] =
    &["ubuntu", "debian", "docker", "podman", "windows", "macos", "systemd", "nix", "kubernetes", "helm", "linux"];

/// Documents, manual pages and completions that the distribution has, sorted; `contents` reads a file when its name
/// alone does not tell.
pub(super) fn discover<'a>(
    files: impl Iterator<Item = &'a str>,
    binaries: &[&str],
    build: &recipe::Build,
    contents: impl Fn(&str) -> Option<String>,
) -> Vec<Installed> {
    let mut found: Vec<Installed> = Vec::new();
    for file in files {
        if build.leave_out.iter().any(|pattern| matches(pattern, file)) {
            continue;
        }
        let Some((place, path, kind)) = target(file, binaries, &contents) else { continue };
        if !found.iter().any(|other| other.place == place && other.path == path) {
            found.push(Installed { from: FileSource::Distribution(file.to_owned()), place, path, option: None, kind });
        }
    }
    found
}

fn target(
    file: &str,
    binaries: &[&str],
    contents: &impl Fn(&str) -> Option<String>,
) -> Option<(Place, String, FileKind)> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let directory = file.strip_suffix(name).unwrap_or("").trim_end_matches('/');
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+@".contains(&byte)) || name.starts_with('.') {
        return None;
    }
    if let Some(completion) = completion(name, directory, binaries) {
        return Some((Place::Prefix, completion, FileKind::Data));
    }
    if let Some(section) = man_section(name)
        && contents(file).is_some_and(|text| is_roff(&text))
    {
        return Some((Place::Man, format!("man{section}/{name}"), FileKind::Man));
    }
    document(name, directory).then(|| (Place::Doc, name.to_owned(), FileKind::Data))
}

/// `README.md` at the top and prose in `doc` or `docs`, unless it is about another system.
fn document(name: &str, directory: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let prose = [".md", ".txt", ".adoc", ".rst"].iter().any(|ending| lower.ends_with(ending));
    if ELSEWHERE.iter().any(|word| lower.contains(word)) {
        return false;
    }
    match directory {
        "" => ["readme", "readme.md", "readme.txt", "readme.rst", "readme.adoc"].contains(&lower.as_str()),
        "doc" | "docs" => prose,
        _ => false,
    }
}

fn man_section(name: &str) -> Option<char> {
    let (stem, section) = name.rsplit_once('.')?;
    let section = section.chars().next().filter(|c| section.len() == 1 && ('1'..='9').contains(c))?;
    stem.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(section)
}

fn is_roff(text: &str) -> bool {
    text.lines().take(40).any(|line| line.starts_with(".TH ") || line.starts_with(".Dd "))
}

/// Completion files are known by their directory and the name of a binary in theirs.
fn completion(name: &str, directory: &str, binaries: &[&str]) -> Option<String> {
    if !directory
        .split('/')
        .any(|part| part.starts_with("complet") || part == "zsh" || part == "fish" || part == "bash")
    {
        return None;
    }
    binaries.iter().find_map(|binary| {
        if name == format!("{binary}.fish") {
            Some(format!("share/fish/vendor_completions.d/{name}"))
        } else if name == format!("_{binary}") || name == format!("{binary}.zsh") {
            Some(format!("share/zsh/site-functions/_{binary}"))
        } else if name == format!("{binary}.bash") || name == format!("{binary}.bash-completion") {
            Some(format!("share/bash-completion/completions/{binary}"))
        } else {
            None
        }
    })
}

/// `*` matches within a name, `**` anything.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.find('*') {
        None => pattern == path,
        Some(at) => {
            let (head, rest) = pattern.split_at(at);
            let Some(path) = path.strip_prefix(head) else { return false };
            let (deep, rest) = match rest.strip_prefix("**") {
                Some(rest) => (true, rest),
                None => (false, &rest[1..]),
            };
            let ends = path.char_indices().map(|(index, _)| index).chain([path.len()]);
            ends.take_while(|end| deep || !path[..*end].contains('/')).any(|end| matches(rest, &path[end..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worth_installing() {
        let files = [
            "README.md",
            "LICENSE",
            "docs/postgres.md",
            "docs/ubuntu-and-debian.md",
            "releases/0.5.3.md",
            "man/srv.8",
            "lib/libx.so.1",
            "completions/_srv",
            "completions/srv.fish",
            "src/main.rs",
            "docs/img.png",
        ];
        let contents = |file: &str| Some(if file.ends_with(".8") { ".Dd today\n" } else { "x" }.to_owned());
        let build = recipe::Build::default();
        let found: Vec<_> =
            discover(files.into_iter(), &["srv"], &build, contents).into_iter().map(|file| file.path).collect();
        assert_eq!(
            found,
            [
                "README.md",
                "postgres.md",
                "man8/srv.8",
                "share/zsh/site-functions/_srv",
                "share/fish/vendor_completions.d/srv.fish"
            ]
        );
    }

    #[test]
    fn patterns() {
        assert!(matches("docs/*.md", "docs/a.md"));
        assert!(!matches("docs/*.md", "docs/x/a.md"));
        assert!(matches("docs/**", "docs/x/a.md"));
        assert!(matches("README.md", "README.md"));
        assert!(!matches("*.md", "docs/a.md"));
    }
}
