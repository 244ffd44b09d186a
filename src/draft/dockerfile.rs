//! What a Dockerfile says about running a server: the image's last stage, read and never built.
use super::material::{Files, is_for_tests};
use super::systemd::{Placed, split_words};

/// The last stage of a Dockerfile.
#[derive(Clone, Debug, Default)]
pub(super) struct Dockerfile {
    /// Its path in the distribution.
    pub(super) file: String,
    entrypoint: Option<Placed<Vec<String>>>,
    arguments: Option<Placed<Vec<String>>>,
    /// Ports of `EXPOSE`.
    pub(super) ports: Vec<Placed<String>>,
    /// Variables of `ENV`.
    pub(super) environment: Vec<Placed<(String, String)>>,
    /// Directories of `VOLUME`.
    pub(super) volumes: Vec<String>,
}

impl Dockerfile {
    /// `ENTRYPOINT` and `CMD` together.
    pub(super) fn command(&self) -> Option<Placed<Vec<String>>> {
        let line = self.entrypoint.as_ref().or(self.arguments.as_ref())?.line;
        let parts = [&self.entrypoint, &self.arguments].into_iter().flatten();
        Some(Placed { value: parts.flat_map(|part| part.value.clone()).collect(), line })
    }

    fn take(&mut self, instruction: &str, rest: &str, line: usize) {
        match instruction {
            // A new entry point takes the base image's arguments back.
            "ENTRYPOINT" => {
                self.entrypoint = command(rest).map(|value| Placed { value, line });
                self.arguments = None;
            }
            "CMD" => self.arguments = command(rest).map(|value| Placed { value, line }),
            "EXPOSE" => {
                let ports = rest.split_whitespace().map(|port| port.split('/').next().unwrap_or(port));
                let plain = ports.filter(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
                self.ports.extend(plain.map(|port| Placed { value: port.to_owned(), line }));
            }
            "ENV" => self.environment.extend(variables(rest).into_iter().map(|value| Placed { value, line })),
            "VOLUME" => self.volumes.extend(command(rest).unwrap_or_default()),
            _ => {}
        }
    }
}

/// The Dockerfiles of a distribution, those nearest to the top first.
pub(super) fn dockerfiles(files: &Files<'_>) -> Vec<Dockerfile> {
    let is_one = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        name == "dockerfile"
            || name == "containerfile"
            || name.starts_with("dockerfile.")
            || name.ends_with(".dockerfile")
    };
    let mut paths: Vec<&str> = files.paths().filter(|path| is_one(path) && !is_for_tests(path)).collect();
    paths.sort_by_key(|path| (path.matches('/').count(), path.len(), *path));
    paths.into_iter().filter_map(|path| Some(parse(path, &files.text(path)?))).collect()
}

fn parse(file: &str, text: &str) -> Dockerfile {
    let mut stages: Vec<(String, Dockerfile)> = Vec::new();
    let mut stage = Dockerfile::default();
    let mut pending: Option<(usize, String)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim();
        if trimmed.starts_with('#') {
            continue;
        }
        let (start, mut logical) = pending.take().unwrap_or((number, String::new()));
        if let Some(more) = trimmed.strip_suffix('\\') {
            logical.push_str(more);
            logical.push(' ');
            pending = Some((start, logical));
            continue;
        }
        logical.push_str(trimmed);
        let Some((instruction, rest)) = logical.split_once(char::is_whitespace) else { continue };
        let instruction = instruction.to_ascii_uppercase();
        if instruction == "FROM" {
            let words: Vec<&str> = rest.split_whitespace().filter(|word| !word.starts_with("--")).collect();
            let base = words.first().and_then(|base| stages.iter().rfind(|(name, _)| name == base));
            stage = base.map(|(_, stage)| stage.clone()).unwrap_or_default();
            if let [_, _, name, ..] = words.as_slice() {
                stages.push(((*name).to_owned(), Dockerfile::default()));
            }
        } else {
            stage.take(&instruction, rest.trim(), start);
            if let Some((_, named)) = stages.last_mut() {
                named.take(&instruction, rest.trim(), start);
            }
        }
    }
    Dockerfile { file: file.to_owned(), ..stage }
}

/// The exec form `["a", "b"]`, or the shell form when a shell is not needed for it.
fn command(rest: &str) -> Option<Vec<String>> {
    if rest.starts_with('[') {
        return serde_json::from_str(rest).ok();
    }
    if rest.contains(['|', '&', ';', '`', '>', '<', '(']) {
        return None;
    }
    split_words(rest).filter(|words| !words.is_empty())
}

/// `A=1 B="x y"`, or the old `A 1`.
fn variables(rest: &str) -> Vec<(String, String)> {
    let first = rest.split_whitespace().next().unwrap_or("");
    if !first.contains('=') {
        return rest
            .split_once(char::is_whitespace)
            .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
            .into_iter()
            .collect();
    }
    let words = split_words(rest).unwrap_or_default();
    words
        .iter()
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_last_stage_counts() {
        let text = "# syntax=x\nFROM rust:1 AS build\nCMD [\"cargo\"]\nEXPOSE 1\nFROM debian\nENV A=1 \\\n  B=\"x y\"\nENV C d e\n\
            EXPOSE 8080/tcp 9000 ${PORT}\nVOLUME /data\nENTRYPOINT [\"/usr/local/bin/srv\"]\nCMD --config /data/c.toml\n";
        let file = parse("Dockerfile", text);
        assert_eq!(file.command().unwrap().value, ["/usr/local/bin/srv", "--config", "/data/c.toml"]);
        assert_eq!(file.ports.iter().map(|port| port.value.as_str()).collect::<Vec<_>>(), ["8080", "9000"]);
        let environment: Vec<_> = file.environment.iter().map(|one| one.value.1.as_str()).collect();
        assert_eq!((environment, file.volumes), (vec!["1", "x y", "d e"], vec!["/data".to_owned()]));
    }

    #[test]
    fn stages_build_on_each_other_and_nonsense_says_nothing() {
        let text = "FROM a AS base\nEXPOSE 80\nFROM b AS other\nEXPOSE 81\nFROM base\nCMD srv | tee\n";
        let file = parse("Dockerfile", text);
        assert_eq!((file.ports[0].value.as_str(), file.ports.len(), file.command()), ("80", 1, None));
        assert_eq!(parse("Dockerfile", "\0\u{1b}\nCMD [\nCMD\nFROM\nENV\nENTRYPOINT [1]\n").command(), None);
    }
}
