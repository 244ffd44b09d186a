//! The login class of a service: its environment and its limits (login.conf(5)).
use anyhow::Result;
use serde::Serialize;

use super::spelling::Spelling;
use crate::emit::dialect::{Dialect, Engine, Form, Text};
use crate::port::Port;

#[derive(Serialize)]
struct Context {
    head: Vec<String>,
    name: String,
    open_files: Option<String>,
    memory: Option<String>,
    path: Option<Vec<Text>>,
    environment: Vec<Variable>,
    base: String,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    value: Text,
}

/// The class; nothing when the service needs none. The framework fills nothing in here, so that paths are whole.
///
/// # Errors
/// A value that a login class cannot hold.
pub(super) fn class(port: &Port, head: Vec<String>) -> Result<Option<String>> {
    let (Some(service), Some(facts)) = (&port.service, &port.profile.service.class) else { return Ok(None) };
    let Some(class) = &service.class else { return Ok(None) };
    let text = |phrase| Spelling::Resolved.phrase(phrase, port);
    let context = Context {
        head,
        // rc.subr(8) takes the class that is called as the script.
        name: port.ident.clone(),
        open_files: class.open_files.map(|files| files.to_string()),
        memory: class.memory.map(|mebibytes| format!("{mebibytes}M")),
        path: class.path.then(|| service.path.iter().map(text).collect()),
        environment: service
            .environment
            .iter()
            .map(|(name, value)| Variable { name: name.clone(), value: text(value) })
            .collect(),
        base: facts.name.clone(),
    };
    Ok(Some(Engine::new(Dialect::LoginConf, Form::Resolved)?.render("openbsd/pkg/login", &context)?))
}
