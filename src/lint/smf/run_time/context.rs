//! What a method runs with: user, working directory, environment.
use std::collections::BTreeSet;

use super::kill::keyword;
use super::service::Run;
use crate::lint::smf::check::{Out, short};
use crate::lint::smf::model::context_of;
use crate::lint::smf::rules::{DROPPED_ENVIRONMENT, NO_DIRECTORY, STOPPED_BY_ROOT, VARIABLE_TWICE};
use crate::lint::smf::xml::Element;

/// Users that illumos itself has, with homes that exist (usr/src/cmd/Adm/passwd).
const KNOWN_USERS: [&str; 15] = [
    "root", "0", "daemon", "bin", "sys", "adm", "dladm", "netadm", "netcfg", "dhcpserv", "smmsp", "nobody", "noaccess",
    "nobody4", "unknown",
];

pub(super) fn check(run: &Run<'_>, out: &mut Out) {
    directory(run, out);
    environments(run, out);
    stopped_by_root(run, out);
}

fn directory(run: &Run<'_>, out: &mut Out) {
    for method in run.methods.iter().filter(|method| keyword(method.element.value("exec")).is_none()) {
        let context = run.context(*method);
        let Some(user) = context.user().filter(|user| !user.is_empty() && !KNOWN_USERS.contains(user)) else {
            continue;
        };
        let home = matches!(context.working_directory(), None | Some(":default" | ":home"));
        if let Some(credential) = context.credential.filter(|_| home) {
            let message = format!("`{}` has no working directory but its home", short(user));
            out.say(&NO_DIRECTORY, credential.value_span("user"), message);
        }
    }
}

fn environments(run: &Run<'_>, out: &mut Out) {
    let own = |holder: Element<'_>| {
        holder.first("method_context").and_then(|context| context.first("method_environment")).is_some()
    };
    let holders = run.methods.iter().map(|method| (method.element, format!("the method `{}`", short(method.name()))));
    let instance = run.instance.map(|instance| (instance, "the instance".to_owned()));
    for (holder, what) in holders.chain(instance).filter(|(holder, _)| own(*holder)) {
        let outer = if holder.is("exec_method") {
            context_of(run.service, run.instance, None)
        } else {
            context_of(run.service, None, None)
        };
        let Some(inner) = holder.first("method_context").and_then(|context| context.first("method_environment")) else {
            continue;
        };
        let names = |environment: Element<'_>| -> BTreeSet<String> {
            environment.all("envvar").map(|variable| variable.value("name").to_owned()).collect()
        };
        twice(inner, out);
        let Some(outer) = outer.environment.filter(|outer| *outer != inner) else { continue };
        let dropped: Vec<String> =
            names(outer).difference(&names(inner)).map(|name| format!("`{}`", short(name))).collect();
        if !dropped.is_empty() {
            let message = format!("{what} has an environment of its own, without {}", dropped.join(", "));
            let other = out.place(outer.head());
            out.say_with(&DROPPED_ENVIRONMENT, inner.head(), message, |finding| {
                finding.related(other, "the environment that it does not get")
            });
        }
    }
    if let Some(environment) = context_of(run.service, None, None).environment {
        twice(environment, out);
    }
}

fn twice(environment: Element<'_>, out: &mut Out) {
    let mut known = BTreeSet::new();
    for variable in environment.all("envvar") {
        if !known.insert(variable.value("name")) {
            let message = format!("`{}` is there already", short(variable.value("name")));
            out.say(&VARIABLE_TWICE, variable.value_span("name"), message);
        }
    }
}

/// A credential in the start method's own context does not hold for the others.
fn stopped_by_root(run: &Run<'_>, out: &mut Out) {
    let own = run.method("start").and_then(|start| start.element.first("method_context"));
    let Some(credential) = own.and_then(|context| context.first("method_credential")) else { return };
    let user = credential.value("user");
    if matches!(user, "root" | "0") {
        return;
    }
    for method in run.methods.iter().filter(|method| matches!(method.name(), "stop" | "refresh")) {
        let runs = keyword(method.element.value("exec")).is_none();
        if runs && run.context(*method).credential.is_none() {
            let message = format!("`{}` runs as root, the server as `{}`", short(method.exec()), short(user));
            out.say(&STOPPED_BY_ROOT, method.exec_span(), message);
        }
    }
}
