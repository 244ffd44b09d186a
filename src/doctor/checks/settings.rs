//! Settings that the build option in use needs on this OS.
use std::ffi::OsStr;
use std::path::Path;

use crate::doctor::Subject;
use crate::doctor::check::{Check, Status, file, thing};
use crate::doctor::rules::SETTING;
use crate::doctor::setting::{Format, parse};
use crate::port::{Before, Opt, Setting};

use super::Checks;
use super::configs::LIMIT;

/// Each setting of each option in use.
pub(super) fn check(subject: &Subject<'_>) -> Checks {
    subject
        .before_start()
        .filter_map(|before| match before {
            Before::Setting(option, setting) => Some(one(subject, option, setting)),
            _ => None,
        })
        .collect()
}

fn one(subject: &Subject<'_>, option: &Opt, setting: &Setting) -> Check {
    let Setting { config, key, value, .. } = setting;
    let unknown = |why: String| {
        let message = format!("whether `{key}` is {value}, as the option {} needs, is not known: {why}", option.name);
        Check::new(&SETTING, Status::Unknown, thing(key), message)
    };
    let path = match subject.met.configs.get(config).map(|fact| &fact.value) {
        Some(Ok(path)) => path,
        Some(Err(why)) => return unknown(why.clone()),
        None => return unknown(format!("the recipe has no configuration file `{config}`")),
    };
    let extension = Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default();
    let Some(format) = Format::of(extension) else {
        return unknown(format!("the format of {path} is not one that is read here"))
            .next(format!("grep {key} {path}"));
    };
    let settings = match subject.host.root.text(path, LIMIT).map_err(|failure| failure.to_string()) {
        Ok(text) => parse(format, &text),
        Err(why) => Err(why),
    };
    let found = match settings {
        Ok(settings) => settings.get(key).cloned(),
        Err(why) => return unknown(why),
    };
    let why = format!("the build option {} needs it on this system", option.name);
    match found {
        Some(found) if found == *value => {
            Check::new(&SETTING, Status::Ok, file(path), format!("`{key}` is {value}; {why}"))
        }
        Some(found) => Check::new(&SETTING, Status::Bad, file(path), format!("`{key}` is {found}, not {value}; {why}"))
            .next(format!("vi {path}    # {key}: {value}")),
        None => {
            Check::new(&SETTING, Status::Bad, file(path), format!("`{key}` is not set, and must be {value}; {why}"))
                .next(format!("vi {path}    # {key}: {value}"))
        }
    }
}
