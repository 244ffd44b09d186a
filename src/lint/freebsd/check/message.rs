//! pkg-message and pkg-descr.
use std::sync::Arc;

use crate::finding::{Place, Source};
use crate::lint::freebsd::package::Package;
use crate::lint::freebsd::rules;
use crate::lint::freebsd::ucl::{Value, read};
use crate::lint::package::{Out, lines, long};

/// The longest line of pkg-descr.
const LONGEST: usize = 80;

pub(super) fn check(package: &Package, out: &mut Out) {
    let is_message = |name: &str| {
        let file = name.strip_prefix("files/").unwrap_or(name);
        file.trim_end_matches(".in") == "pkg-message"
            || file.starts_with("pkg-message-")
            || file.starts_with("pkg-message.")
    };
    for (_, source) in package.directory.files.iter().filter(|(name, _)| is_message(name)) {
        message(source, out);
    }
    description(package, out);
}

fn message(source: &Arc<Source>, out: &mut Out) {
    // Anything else is shown as it is.
    if !source.text.starts_with('[') {
        return;
    }
    match read(&source.text) {
        Err(wrong) => {
            let rule = if wrong.unended { &rules::HEREDOC } else { &rules::UCL };
            out.say(rule, Place::text(source, wrong.span), wrong.message);
        }
        Ok(Value::Array(values)) => values.iter().for_each(|value| one(source, value, out)),
        Ok(_) => {}
    }
}

fn one(source: &Arc<Source>, value: &Value, out: &mut Out) {
    let Value::Object(entries) = value else {
        if let Value::Text(_, span) = value {
            out.say(&rules::KEY, Place::text(source, span.clone()), "an entry is an object in braces");
        }
        return;
    };
    let Some((_, first, _)) = entries.first() else { return };
    if !entries.iter().any(|(key, _, _)| key == "message") {
        out.say(&rules::KEY, Place::text(source, first.clone()), "the entry has no message");
    }
    for (key, span, value) in entries {
        let place = || Place::text(source, span.clone());
        match (key.as_str(), value) {
            ("type", Value::Text(kind, at)) if !matches!(kind.as_str(), "install" | "upgrade" | "remove") => {
                let message = format!("`{kind}` is none of install, upgrade, remove");
                out.say(&rules::KEY, Place::text(source, at.clone()), message);
            }
            ("type" | "message" | "minimum_version" | "maximum_version", _) => {}
            (other, _) => out.say(&rules::KEY, place(), format!("pkg does not know `{other}`")),
        }
    }
}

fn description(package: &Package, out: &mut Out) {
    let elsewhere = package.slave
        || package.program.open
        || ["DESCR", "PKGDIR"].iter().any(|name| package.program.is_assigned(name));
    let Some(source) = package.directory.get("pkg-descr") else {
        if !elsewhere {
            out.say(&rules::NO_DESCR, package.directory.place(), "there is no pkg-descr");
        }
        return;
    };
    long(source, LONGEST, &rules::DESCR_FORM, out);
    let count = lines(&source.text).filter(|(line, _)| !line.trim().is_empty()).count();
    if count < 2 {
        out.say(&rules::DESCR_FORM, Place::text(source, 0..0), "it is shorter than two lines");
    }
    if let Some((_, span)) = lines(&source.text).find(|(line, _)| line.starts_with("WWW:")) {
        out.say(&rules::DESCR_WWW, Place::text(source, span), "the web page is in the Makefile");
    }
}
