//! Settings in configuration files of known formats, without building anything of what a file says that grows.
use std::collections::BTreeMap;
use std::fmt;

use saphyr_parser::{Event, Parser};

/// A format of configuration files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Toml,
    Json,
    Yaml,
    Ini,
}

impl Format {
    /// The format that a file's extension says.
    pub(super) fn of(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "toml" => Self::Toml,
            "json" => Self::Json,
            "yaml" | "yml" => Self::Yaml,
            "ini" => Self::Ini,
            _ => return None,
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Ini => "INI",
        })
    }
}

/// Settings by their dotted keys.
pub(super) type Settings = BTreeMap<String, String>;

/// How deep tables may be nested.
const DEEPEST: usize = 64;

/// Reads a file.
pub(super) fn parse(format: Format, text: &str) -> Result<Settings, String> {
    let mut settings = Settings::new();
    match format {
        Format::Toml => {
            let table = text.parse::<toml::Table>().map_err(|error| {
                let before = error.span().and_then(|span| text.get(..span.start));
                let line = before.map_or(1, |before| before.matches('\n').count() + 1);
                format!("line {line}: {}", error.message())
            })?;
            toml_values(&toml::Value::Table(table), "", &mut settings);
        }
        Format::Json => {
            let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
            json_values(&value, "", &mut settings);
        }
        Format::Yaml => yaml_values(text, &mut settings)?,
        Format::Ini => {
            let ini = ini::Ini::load_from_str(text).map_err(|error| error.to_string())?;
            for (section, properties) in &ini {
                for (key, value) in properties {
                    settings.insert(join(section.unwrap_or(""), key), value.to_owned());
                }
            }
        }
    }
    Ok(settings)
}

fn join(above: &str, key: &str) -> String {
    if above.is_empty() { key.to_owned() } else { format!("{above}.{key}") }
}

fn toml_values(value: &toml::Value, at: &str, into: &mut Settings) {
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| toml_values(value, &join(at, key), into)),
        toml::Value::String(text) => drop(into.insert(at.to_owned(), text.clone())),
        toml::Value::Array(_) => {}
        other => drop(into.insert(at.to_owned(), other.to_string())),
    }
}

fn json_values(value: &serde_json::Value, at: &str, into: &mut Settings) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| json_values(value, &join(at, key), into)),
        serde_json::Value::String(text) => drop(into.insert(at.to_owned(), text.clone())),
        serde_json::Value::Array(_) => {}
        other => drop(into.insert(at.to_owned(), other.to_string())),
    }
}

/// What is open at some event.
enum Open {
    /// A mapping: where it is, and the key that waits for its value.
    Mapping(String, Option<String>),
    /// A sequence; what is in it is no setting.
    Sequence,
}

/// From the parser's events: aliases stay aliases, so that a file of a kilobyte cannot become a gigabyte.
fn yaml_values(text: &str, into: &mut Settings) -> Result<(), String> {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        match event {
            Event::MappingStart(..) => {
                let at = below(&mut open);
                open.push(Open::Mapping(at, None));
            }
            Event::SequenceStart(..) => {
                below(&mut open);
                open.push(Open::Sequence);
            }
            Event::MappingEnd | Event::SequenceEnd => drop(open.pop()),
            Event::Scalar(text, ..) => scalar(&mut open, Some(&text), into)?,
            // What it stands for is known, and is not looked up.
            Event::Alias(_) => scalar(&mut open, None, into)?,
            _ => {}
        }
        if open.len() > DEEPEST {
            return Err(format!("it is nested more than {DEEPEST} deep"));
        }
    }
    Ok(())
}

/// Where a collection that begins now is; the key that waited for it is used up.
fn below(open: &mut [Open]) -> String {
    match open.last_mut() {
        Some(Open::Mapping(at, key @ Some(_))) => join(at, key.take().as_deref().unwrap_or_default()),
        _ => String::new(),
    }
}

fn scalar(open: &mut [Open], text: Option<&str>, into: &mut Settings) -> Result<(), String> {
    if let Some(Open::Mapping(at, key)) = open.last_mut() {
        match (key.take(), text) {
            (None, Some(text)) => *key = Some(text.to_owned()),
            (None, None) => *key = Some("*".to_owned()),
            (Some(name), Some(text)) => {
                let full = join(at, &name);
                if into.insert(full.clone(), text.to_owned()).is_some() {
                    return Err(format!("`{full}` is there twice"));
                }
            }
            (Some(_), None) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Format, parse};

    #[test]
    fn settings_of_all_formats() {
        let yaml = "# c\ndb-type: \"sqlite\"\ndb:\n  mode: TRUNCATE # x\n  list: [a, b]\nbase: &b {x: 1}\nmore: *b\n";
        let settings = parse(Format::Yaml, yaml).unwrap();
        assert_eq!((settings["db-type"].as_str(), settings["db.mode"].as_str()), ("sqlite", "TRUNCATE"));
        assert_eq!(settings["base.x"], "1");
        assert!(parse(Format::Yaml, "a: [1\nb: 2\n").is_err());
        assert!(parse(Format::Yaml, "a: 1\na: 2\n").is_err());
        assert_eq!(parse(Format::Toml, "[repo]\npath = '/x'\nn = 3\n").unwrap()["repo.n"], "3");
        assert!(parse(Format::Toml, "[a]\n[a]\n").unwrap_err().starts_with("line 2"));
        assert_eq!(parse(Format::Json, "{\"a\":{\"b\":true}}").unwrap()["a.b"], "true");
        assert_eq!(parse(Format::Ini, "[s]\nk = v\n").unwrap()["s.k"], "v");
    }

    #[test]
    fn a_bomb_stays_small() {
        let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..40 {
            use std::fmt::Write as _;
            let before = level - 1;
            let _ = writeln!(text, "a{level}: &a{level} [*a{before},*a{before},*a{before},*a{before},*a{before}]");
        }
        assert!(parse(Format::Yaml, &text).is_ok());
        assert!(parse(Format::Yaml, &"[".repeat(100_000)).is_err());
    }
}
