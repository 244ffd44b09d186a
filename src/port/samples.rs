//! Sample configuration: what of it can be trusted, and the lines that settings change.
use std::ffi::OsStr;
use std::path::Path;

use super::{Edit, Phrase, Piece, Place, Setting};

/// A sample kept beside the recipe, with `@state@` and the like as places.
#[must_use]
pub(super) fn template(text: &str) -> Phrase {
    const PLACES: &[(&str, Place)] = &[
        ("@state@", Place::State),
        ("@log@", Place::Log),
        ("@run@", Place::Run),
        ("@sysconf@", Place::Sysconf),
        ("@data@", Place::Data),
        ("@prefix@", Place::Prefix),
    ];
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let next = PLACES
            .iter()
            .filter_map(|(name, place)| Some((rest.find(name)?, *name, *place)))
            .min_by_key(|found| found.0);
        let Some((at, name, place)) = next else { break };
        if at > 0 {
            pieces.push(Piece::Literal(rest[..at].to_owned()));
        }
        pieces.push(Piece::Place(place));
        rest = &rest[at + name.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    Phrase(pieces)
}

/// Whether the server could read the sample as it stands, as far as its format is known.
///
/// # Errors
/// What is wrong and where.
pub fn check(name: &str, text: &str) -> Result<(), String> {
    let extension = Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    if extension == "toml" {
        return text.parse::<toml::Table>().map(|_| ()).map_err(|error| {
            let line = error
                .span()
                .and_then(|span| text.get(..span.start))
                .map_or(1, |before| before.matches('\n').count() + 1);
            format!("line {line}: {}", error.message())
        });
    }
    if extension == "json" {
        return serde_json::from_str::<serde_json::Value>(text).map(|_| ()).map_err(|error| error.to_string());
    }
    Ok(())
}

/// The line of a sample that sets `setting`, and what it becomes.
///
/// # Errors
/// No line sets it, or more than one does.
pub(super) fn edit(text: &str, setting: &Setting) -> Result<Edit, String> {
    let key = setting.key.rsplit('.').next().unwrap_or(&setting.key);
    let mut found: Vec<(&str, char)> = Vec::new();
    for line in text.lines() {
        let bare = line.trim_start().trim_start_matches(['#', ';']).trim_start();
        let Some(after) = bare.strip_prefix(key) else { continue };
        if let Some(sign) = after.trim_start().chars().next().filter(|c| ":=".contains(*c)) {
            found.push((line, sign));
        }
    }
    let active: Vec<_> = found.iter().filter(|(line, _)| !line.trim_start().starts_with(['#', ';'])).copied().collect();
    let candidates = if active.is_empty() { &found } else { &active };
    let [(line, sign)] = candidates.as_slice() else {
        let count = candidates.len();
        return Err(format!("{count} lines of the sample set `{key}`, so none can be changed"));
    };
    let indent = &line[..line.len() - line.trim_start().len()];
    let value = &setting.value;
    let plain = value.parse::<f64>().is_ok() || value == "true" || value == "false";
    let value = if plain { value.clone() } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")) };
    let to = if *sign == '=' { format!("{indent}{key} = {value}") } else { format!("{indent}{key}: {value}") };
    Ok(Edit { from: (*line).to_owned(), to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_names_places() {
        let phrase = template("path = '@state@/files'\nx = '@other@'\n");
        assert_eq!(
            phrase.0,
            [
                Piece::Literal("path = '".into()),
                Piece::Place(Place::State),
                Piece::Literal("/files'\nx = '@other@'\n".into())
            ]
        );
    }

    #[test]
    fn a_sample_that_the_server_cannot_read_is_refused() {
        assert!(check("x.toml", "[repo]\na = 1\n[repo]\nb = 2\n").unwrap_err().starts_with("line 3"));
        assert_eq!(check("x.toml", "[repo]\na = 1\n"), Ok(()));
        assert!(check("x.json", "{").is_err());
    }

    #[test]
    fn settings_change_one_line() {
        let setting = |key: &str, value: &str| Setting {
            config: "main".into(),
            key: key.into(),
            value: value.into(),
            edit: None,
        };
        let text = "# mode: x\ndb-mode: \"WAL\"\n";
        assert_eq!(edit(text, &setting("db-mode", "TRUNCATE")).unwrap().to, "db-mode: \"TRUNCATE\"");
        assert_eq!(edit(text, &setting("mode", "y")).unwrap().from, "# mode: x");
        assert!(edit(text, &setting("none", "y")).is_err());
        assert!(edit("a = 1\n[t]\na = 2\n", &setting("t.a", "3")).is_err());
        assert_eq!(edit("a = 1\n", &setting("a", "3")).unwrap().to, "a = 3");
    }
}
