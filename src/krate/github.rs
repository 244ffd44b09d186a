//! The archive that GitHub makes of a tag, downloaded by whatever the system has for that.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest as _, Sha256};

use super::cargo::{unwritable, work_dir};
use super::distribution::{Distfile, Distribution, unreadable};
use super::names::printable;
use super::upstream::Options;
use crate::diag::Diagnostic;

/// Downloaders, each with the arguments before the file to write and before the URL. curl first: it is the only one
/// that says with its exit code alone that the answer was an error page.
const DOWNLOADERS: [(&str, &[&str], &[&str]); 4] = [
    ("curl", &["--fail", "--silent", "--show-error", "--location", "--proto", "=https", "--output"], &["--"]),
    ("fetch", &["-q", "-o"], &[]),
    ("ftp", &["-o"], &[]),
    ("wget", &["--quiet", "-O"], &["--"]),
];

/// Opens the archive of a tag, downloading it when it is not in the cache.
pub(super) fn open(owner: &str, repo: &str, tag: &str, opts: &Options<'_>) -> anyhow::Result<Distribution> {
    check(owner, repo, tag)?;
    let file_name = file_name(repo, tag);
    // By owner: forks have archives of the same name.
    let dir = opts.cache_dir()?.join("distfiles").join(owner);
    let path = dir.join(&file_name);
    if !path.is_file() {
        let url = format!("https://github.com/{owner}/{repo}/archive/{tag}.tar.gz");
        let by_hand = format!("or put the file of {url} there as `{}`", path.display());
        if opts.offline {
            return Err(Diagnostic::environment(format!("`{file_name}` is not in the cache"))
                .note("--offline forbids to download it")
                .help("run again without --offline")
                .help(by_hand)
                .into());
        }
        fs::create_dir_all(&dir).map_err(|error| unwritable(&dir, &error))?;
        opts.progress.start(&format!("fetching {file_name}"), 0);
        let result = download(&url, &path, opts, &by_hand);
        opts.progress.finish();
        result?;
    }
    let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
    let sha256 = Sha256::digest(&bytes).into();
    // GitHub publishes no checksum for these; the ports tree's own distinfo is the first.
    Distribution::of_tarball(&bytes, Distfile { file_name, path, sha256, checksum_verified: false }, None)
}

/// The file's name in pkgsrc: `REPO-VERSION.tar.gz`, the version being the tag without its `v`.
fn file_name(repo: &str, tag: &str) -> String {
    let digits = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let version = tag.strip_prefix('v').filter(digits).unwrap_or(tag);
    format!("{repo}-{}.tar.gz", version.replace('/', "-"))
}

/// Only what can be part of a URL and of a file name as it is.
fn check(owner: &str, repo: &str, tag: &str) -> anyhow::Result<()> {
    let plain = |text: &str, more: &str| {
        !text.is_empty()
            && text.len() <= 100
            && !text.starts_with(['-', '.', '/'])
            && !text.contains("..")
            && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    for (what, text, more) in [("account", owner, "-_"), ("repository", repo, "-_."), ("tag", tag, "-_.+/")] {
        if !plain(text, more) {
            let message = format!("`{}` is not the name of a GitHub {what}", printable(text));
            return Err(Diagnostic::input(message).help("write `github = \"OWNER/REPO\"` and `tag = \"TAG\"`").into());
        }
    }
    Ok(())
}

fn download(url: &str, path: &Path, opts: &Options<'_>, by_hand: &str) -> anyhow::Result<()> {
    let found = DOWNLOADERS.iter().find_map(|tool| Some((which::which(tool.0).ok()?, tool)));
    let Some((program, (name, before_file, before_url))) = found else {
        return Err(Diagnostic::environment(format!("nothing to download {url} with"))
            .note("none of curl, fetch, ftp and wget is in the PATH")
            .help("install curl")
            .help(by_hand)
            .into());
    };
    let dir = work_dir(opts)?;
    let part: PathBuf = dir.path().join("archive");
    let output = Command::new(program)
        .args(*before_file)
        .arg(&part)
        .args(*before_url)
        .arg(url)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Diagnostic::environment(format!("cannot start `{name}`")).note(error.to_string()))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let diagnostic = Diagnostic::environment(format!("`{name}` could not download {url} ({})", output.status));
        let diagnostic = stderr.lines().take(10).fold(diagnostic, |diagnostic, line| diagnostic.note(printable(line)));
        return Err(diagnostic.help("is the tag spelt as upstream has it?").help(by_hand).into());
    }
    fs::rename(&part, path).map_err(|error| unwritable(path, &error))
}

#[cfg(test)]
mod tests {
    use super::{check, file_name};

    #[test]
    fn distfiles_are_named_as_in_pkgsrc() {
        assert_eq!(file_name("server", "v1.2.3"), "server-1.2.3.tar.gz");
        assert_eq!(file_name("server", "1.2.3"), "server-1.2.3.tar.gz");
        assert_eq!(file_name("server", "release/vanilla"), "server-release-vanilla.tar.gz");
        assert_eq!(file_name("server", "vanilla"), "server-vanilla.tar.gz");
    }

    #[test]
    fn what_is_no_name_never_reaches_a_url() {
        assert!(check("owner", "a.b", "v1.0+x").is_ok());
        for (owner, repo, tag) in [
            ("o/x", "r", "t"),
            ("o", "..", "t"),
            ("o", "r", "../../x"),
            ("o", "r", "-o"),
            ("o", "r", "a b"),
            ("", "r", "t"),
        ] {
            assert!(check(owner, repo, tag).is_err(), "{owner} {repo} {tag}");
        }
    }
}
