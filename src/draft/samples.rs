//! Sample configuration in the distribution.
use super::guess::{Reason, Seen};
use super::is_config_name;
use super::material::{Files, is_for_tests};
use crate::port::check_sample;

/// A file that looks like a configuration to start from.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// Its path in the distribution.
    pub(super) path: String,
    /// The name of a configuration made from it.
    pub(super) name: String,
    /// What it holds.
    pub(super) text: String,
    /// The line that made it look like holding secrets.
    pub(super) secret: Option<(usize, String)>,
    /// Why the server could not read it as it stands.
    pub(super) broken: Option<String>,
    /// Why it is believed to be one.
    pub(super) reason: Reason,
}

/// Configuration of tools that people develop with.
const TOOLS: &[&str] = &[
    "cargo",
    "rustfmt",
    "clippy",
    "deny",
    "cliff",
    "release",
    "release-plz",
    "cross",
    "dprint",
    "package",
    "package-lock",
    "tsconfig",
    "trunk",
    "diesel",
    "renovate",
    "netlify",
    "fly",
    "docker-compose",
    "compose",
    "codecov",
    "mkdocs",
    "book",
    "flake",
    "rust-toolchain",
    "about",
    "typos",
    "_typos",
    "taplo",
    "sqlx-data",
    "dist",
    "rail",
    "audit",
    "justfile",
    "openapi",
    "swagger",
    "tarpaulin",
    "nextest",
    "vercel",
    "wrangler",
    "manifest",
    "bacon",
    "committed",
    "mergify",
    "appveyor",
    "snapcraft",
    "tailwind.config",
    "biome",
    "pyproject",
    "dependabot",
    "tsup",
    "vite.config",
    "lefthook",
    "codespell",
    "prometheus",
    "grafana",
    "otel",
    "composer",
    "askama",
    "i18n",
    "crowdin",
    "rustdoc",
    "rust-analyzer",
    "selene",
    "stylua",
    "git-cliff",
    "bindgen",
    "cbindgen",
    "uniffi",
    "maturin",
    "heroku",
    "app",
    "render",
    "railway",
    "shell",
    "devcontainer",
];

const WORDS: &[&str] =
    &["config", "configuration", "conf", "settings", "sample", "example", "default", "defaults", "server"];
const SECRETS: &[&str] = &[
    "secret",
    "password",
    "passwd",
    "token",
    "api_key",
    "api-key",
    "apikey",
    "private_key",
    "credential",
    "access_key",
];

/// Candidates, the likeliest first; `wanted` is the configuration file of the command line.
pub(super) fn samples(files: &Files<'_>, names: &[String], wanted: Option<&str>) -> Vec<Sample> {
    let wanted = wanted.map(|path| path.rsplit('/').next().unwrap_or(path));
    let mut found: Vec<(i32, Sample)> = files
        .paths()
        .filter(|path| !is_for_tests(path))
        .filter_map(|path| {
            let score = score(path, names, wanted)?;
            Some((score, sample(path, names, files.text(path)?)))
        })
        .collect();
    found.sort_by(|(left, a), (right, b)| (-left, a.path.len(), &a.path).cmp(&(-right, b.path.len(), &b.path)));
    found.into_iter().map(|(_, sample)| sample).collect()
}

/// How likely a path is the sample configuration; nothing when it is none.
fn score(path: &str, names: &[String], wanted: Option<&str>) -> Option<i32> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let name = plain_name(file);
    if !is_config_name(&name) || file.starts_with('.') || path.starts_with('.') || path.matches('/').count() > 3 {
        return None;
    }
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_ascii_lowercase();
    let tool = stem.split(['-', '.']).next().unwrap_or(&stem);
    if TOOLS.contains(&stem.as_str())
        || (TOOLS.contains(&tool) && !names.iter().any(|own| stem.starts_with(own.as_str())))
    {
        return None;
    }
    let directory = path.strip_suffix(file).unwrap_or("").trim_end_matches('/');
    let place = match directory.rsplit('/').next().unwrap_or("") {
        "" => 4,
        "contrib" | "config" | "configs" | "conf" | "etc" | "dist" | "pkg" | "examples" | "example" | "sample"
        | "samples" | "systemd" | "debian" | "packaging" => 3,
        "doc" | "docs" | "docker" | "assets" | "resources" | "deploy" | "misc" | "res" => 1,
        _ if names.iter().any(|own| directory.ends_with(own.as_str())) => 2,
        _ => return None,
    };
    let says_example =
        WORDS.iter().any(|word| file.to_ascii_lowercase().split(['.', '-', '_']).any(|part| part == *word));
    let own = names.iter().any(|own| stem == *own || stem == own.replace('-', "_"));
    let asked = wanted.is_some_and(|wanted| wanted == name || wanted == file);
    let kind = i32::from(own) * 6 + i32::from(says_example) * 5 + i32::from(asked) * 8;
    // A format that the command line does not name is hardly the server's.
    let extension = |name: &str| name.rsplit('.').next().map(str::to_ascii_lowercase).unwrap_or_default();
    let other = wanted.is_some_and(|wanted| extension(wanted) != extension(&name));
    let elsewhere = i32::from(
        ["docker", "dev", "client", "test", "windows", "minimal"]
            .iter()
            .any(|word| path.to_ascii_lowercase().contains(word)),
    );
    (kind > 0).then_some(kind + place - 4 * elsewhere - 6 * i32::from(other))
}

fn sample(path: &str, names: &[String], text: String) -> Sample {
    let file = path.rsplit('/').next().unwrap_or(path);
    let secret = (1..).zip(text.lines()).find_map(|(number, line)| {
        let key = line
            .trim_start_matches([' ', '\t', '#', ';', '/', '"'])
            .split(['=', ':'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        let plain = key.len() < 60 && !key.trim_matches(['"', ' ', '\t']).contains(' ');
        let assigned = line.contains(['=', ':']) && plain;
        SECRETS.iter().find(|word| assigned && key.contains(**word)).map(|word| (number, (*word).to_owned()))
    });
    let mut name = plain_name(file);
    // `example.toml` alone says nothing of whose example it is.
    if let Some((stem, extension)) = name.rsplit_once('.')
        && ["example", "sample", "default", "defaults"].contains(&stem)
        && let Some(own) = names.first()
    {
        name = format!("{own}.{extension}");
    }
    Sample {
        path: path.to_owned(),
        name,
        secret,
        broken: check_sample(&plain_name(file), &text).err(),
        reason: Reason::seen("looks like the sample configuration", Seen::file(path)),
        text,
    }
}

/// `config.example.toml`, `config.toml.sample`, `example-config.toml` ⇒ `config.toml`.
fn plain_name(file: &str) -> String {
    let mut name = file.to_owned();
    for ending in
        [".example", ".sample", ".dist", ".default", ".template", ".tmpl", ".orig", "-example", "-sample", "-dist"]
    {
        if let Some(rest) = name.strip_suffix(ending).filter(|rest| rest.contains('.')) {
            name = rest.to_owned();
        }
    }
    if let Some((stem, extension)) = name.rsplit_once('.') {
        let mut stem = stem.to_owned();
        for word in ["example", "sample", "default"] {
            for separator in ['.', '-', '_'] {
                if let Some(rest) = stem.strip_suffix(&format!("{separator}{word}")) {
                    stem = rest.to_owned();
                }
                if let Some(rest) = stem.strip_prefix(&format!("{word}{separator}")) {
                    stem = rest.to_owned();
                }
            }
        }
        return format!("{stem}.{extension}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{plain_name, score};

    #[test]
    fn names_of_samples() {
        for name in
            ["config.toml", "config.example.toml", "config.toml.sample", "example-config.toml", "config-sample.toml"]
        {
            assert_eq!(plain_name(name), "config.toml");
        }
        assert_eq!(plain_name("example.toml"), "example.toml");
    }

    #[test]
    fn the_likeliest_sample() {
        let own = ["srv".to_owned()];
        let score = |path: &str, wanted: Option<&str>| score(path, &own, wanted);
        assert!(score("srv.toml", None) > score("defaults.toml", None));
        assert!(score("srv.toml", None) > score("docker/srv.toml", None));
        assert!(score("config.yml", Some("/etc/srv/config.yml")) > score("srv.toml", Some("/etc/srv/config.yml")));
        for not in [
            "Cargo.toml",
            "deny.toml",
            "rust-toolchain.toml",
            ".config/release.toml",
            "src/data/x.json",
            "a/b/c/d/config.toml",
            "docker-compose.yml",
        ] {
            assert_eq!(score(not, None), None, "{not}");
        }
    }
}
