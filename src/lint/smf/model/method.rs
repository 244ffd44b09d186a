//! Methods with the context that svc.startd runs them in.
use std::ops::Range;

use super::super::xml::Element;

/// A method as an instance gets it: its own, or else its service's.
#[derive(Clone, Copy)]
pub(crate) struct Method<'a> {
    pub(crate) element: Element<'a>,
}

impl<'a> Method<'a> {
    /// `start`, `stop`, `refresh` …
    pub(crate) fn name(self) -> &'a str {
        self.element.value("name")
    }

    /// What is run, without blanks around it.
    pub(crate) fn exec(self) -> &'a str {
        self.element.value("exec").trim()
    }

    /// Where that stands.
    pub(crate) fn exec_span(self) -> Range<usize> {
        self.element.value_span("exec")
    }
}

/// The methods of an instance by name; those of the instance go before those of its service.
pub(crate) fn methods<'a>(service: Element<'a>, instance: Option<Element<'a>>) -> Vec<Method<'a>> {
    let mut found: Vec<Method<'a>> = Vec::new();
    for entity in instance.into_iter().chain([service]) {
        for element in entity.all("exec_method") {
            let known = found.iter().any(|method| method.name() == element.value("name"));
            if !known && element.value("delete") != "true" {
                found.push(Method { element });
            }
        }
    }
    found
}

/// What a method runs with. Environment and credential come from the method's own context if it has them, or else from
/// the instance's or the service's, never from several (usr/src/lib/librestart/common/librestart.c,
/// `restarter_get_method_context`).
#[derive(Clone, Copy, Default)]
pub(crate) struct Context<'a> {
    /// `method_environment`
    pub(crate) environment: Option<Element<'a>>,
    /// `method_credential` or `method_profile`
    pub(crate) credential: Option<Element<'a>>,
    /// The `method_context` that says `working_directory`.
    pub(crate) directory: Option<Element<'a>>,
}

impl<'a> Context<'a> {
    /// The value of an environment variable.
    pub(crate) fn variable(&self, name: &str) -> Option<Element<'a>> {
        // Of several with the same name the last one counts.
        self.environment?.all("envvar").filter(|variable| variable.value("name") == name).last()
    }

    /// The user, unless a profile decides.
    pub(crate) fn user(&self) -> Option<&'a str> {
        self.credential.filter(|one| one.is("method_credential")).map(|one| one.value("user"))
    }

    /// The working directory, if one is said.
    pub(crate) fn working_directory(&self) -> Option<&'a str> {
        self.directory.map(|context| context.value("working_directory"))
    }
}

/// The context of a method, or, without one, of all methods of an instance that have none of their own.
pub(crate) fn context_of<'a>(
    service: Element<'a>,
    instance: Option<Element<'a>>,
    method: Option<Element<'a>>,
) -> Context<'a> {
    let mut context = Context::default();
    let holders = method.into_iter().chain(instance).chain([service]);
    for one in holders.filter_map(|holder| holder.first("method_context")) {
        context.environment = context.environment.or_else(|| one.first("method_environment"));
        let credential = one.children().find(|child| child.is("method_credential") || child.is("method_profile"));
        context.credential = context.credential.or(credential);
        context.directory = context.directory.or_else(|| one.attribute("working_directory").map(|_| one));
    }
    context
}
