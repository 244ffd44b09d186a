//! Arguments and environment values as a recipe can carry them.
use super::places::Places;
use super::{CONFIG_FILE, is_config_name};
use crate::port::service::survives_rc_subr;
use crate::recipe::{Part, split_placeholders};

/// Arguments as a recipe writes them.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    /// The words.
    pub(super) words: Vec<String>,
    /// The configuration file that they name: as found.
    pub(super) config: Option<String>,
    /// What was left out, with why.
    pub(super) left_out: Vec<(String, String)>,
}

const CONFIG_OPTIONS: &[&str] =
    &["--config", "-c", "--config-file", "--conf", "--config-path", "--cfg", "--configuration"];
const DETACH: &[&str] = &["--daemon", "--daemonize", "--fork", "--detach", "--background"];

/// Translates arguments.
pub(super) fn arguments(found: &[String], places: &Places) -> Arguments {
    let mut out = Arguments::default();
    let mut previous: Option<&str> = None;
    for word in found {
        let option = previous.take().unwrap_or("");
        if DETACH.contains(&word.as_str()) {
            out.left_out.push((word.clone(), "the server has to stay in the foreground".into()));
            continue;
        }
        let (head, value) = match word.split_once('=') {
            Some((head, value)) if head.starts_with('-') => (Some(head), value),
            _ => (None, word.as_str()),
        };
        let named = CONFIG_OPTIONS.contains(&head.unwrap_or(option));
        // A variable of the original environment where the configuration file belongs.
        let variable = named && value.starts_with('$');
        let carried = if out.config.is_none() && (variable || is_config_file(value, head.unwrap_or(option))) {
            out.config = Some(if variable { CONFIG_FILE.to_owned() } else { value.to_owned() });
            let main = "{config.main}";
            Ok(head.map_or(main.to_owned(), |head| format!("{head}={main}")))
        } else {
            let phrase = places.phrase(word);
            carries(&phrase).map(|()| phrase)
        };
        match carried {
            Ok(phrase) => out.words.push(phrase),
            Err(why) => {
                // An option without its value would take the next word for it.
                let lone = option.starts_with('-') && !option.contains('=') && head.is_none() && !word.starts_with('-');
                let whole = if lone {
                    out.words.pop().map_or(word.clone(), |option| format!("{option} {word}"))
                } else {
                    word.clone()
                };
                out.left_out.push((whole, why));
                continue;
            }
        }
        previous = Some(word);
    }
    out
}

/// Puts the values of known variables into words, as systemd does: `${A}` within a word, `$A` as words of its own.
pub(super) fn expand(words: &[String], variables: &[(&str, &str)]) -> Vec<String> {
    let value = |name: &str| variables.iter().rfind(|(known, _)| *known == name).map(|(_, value)| *value);
    let mut out = Vec::new();
    for word in words {
        if let Some(found) = word.strip_prefix('$').and_then(value) {
            out.extend(found.split_whitespace().map(ToOwned::to_owned));
            continue;
        }
        let mut word = word.clone();
        for (name, value) in variables {
            word = word.replace(&format!("${{{name}}}"), value);
        }
        out.push(word);
    }
    out
}

/// Whether a value is the path of a configuration file: it looks like one, or the option before it says so.
fn is_config_file(value: &str, option: &str) -> bool {
    // Short options are used for other things, too: they say so only of what may well be one.
    let short = option == "-c" && !value.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let named = CONFIG_OPTIONS.contains(&option) && (option != "-c" || short);
    let name = value.rsplit('/').next().unwrap_or(value);
    let path = !value.is_empty() && !value.starts_with('-') && !value.contains(['$', '%', ' ', '=', ',']);
    value == CONFIG_FILE || (path && (named && (value.contains('/') || name.contains('.')) || is_config_name(name)))
}

/// Whether a word survives the way to the server on every OS; else why not.
pub(super) fn carries(phrase: &str) -> Result<(), String> {
    if phrase.is_empty() {
        return Err("an rc.d service cannot be given an empty word".into());
    }
    for part in split_placeholders(phrase)? {
        let Part::Literal(text) = part else { continue };
        if text.contains('$') {
            return Err("it has a variable, which only the original environment fills in".into());
        }
        // The same set as the service's own check: what two shells pass on as it is.
        if let Some(c) = text.chars().find(|c| !survives_rc_subr(*c)) {
            return Err(format!(
                "an rc.d service cannot be given `{}`: put it into the configuration file",
                c.escape_debug()
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::arguments;
    use crate::draft::places::Places;

    fn shown(words: &[&str]) -> (String, Option<String>, usize) {
        let places = Places { names: vec!["srv".into()], ..Places::default() };
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let found = arguments(&words, &places);
        (found.words.join(" "), found.config, found.left_out.len())
    }

    #[test]
    fn configuration_files() {
        assert_eq!(
            shown(&["-c", "/etc/srv/a.toml", "run"]),
            ("-c {config.main} run".into(), Some("/etc/srv/a.toml".into()), 0)
        );
        assert_eq!(shown(&["--config=a.yml"]), ("--config={config.main}".into(), Some("a.yml".into()), 0));
        assert_eq!(shown(&["server.toml", "b.toml"]), ("{config.main} b.toml".into(), Some("server.toml".into()), 0));
        assert_eq!(shown(&["-c", "4"]), ("-c 4".into(), None, 0));
        assert_eq!(shown(&["-c", "/etc/srv/a.pem"]), ("-c {sysconf}/a.pem".into(), None, 0));
        assert_eq!(shown(&["-c", "${CONF}"]), ("-c {config.main}".into(), Some(super::CONFIG_FILE.into()), 0));
        let words = ["$ARGS", "--x=${A}", "$B"].map(ToOwned::to_owned);
        assert_eq!(super::expand(&words, &[("ARGS", "a b"), ("A", "1")]), ["a", "b", "--x=1", "$B"]);
    }

    #[test]
    fn what_cannot_be_carried_is_left_out_with_its_option() {
        assert_eq!(shown(&["--name", "a b", "--x=$Y", "-v", "$ARGS"]), (String::new(), None, 3));
        assert_eq!(shown(&["run", "a'b", "--daemon", "--dir=/var/lib/srv", ""]), ("run --dir={state}".into(), None, 3));
    }
}
