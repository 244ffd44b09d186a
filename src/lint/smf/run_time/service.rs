//! An instance as svc.startd runs it.
use crate::lint::smf::check::{Out, is_startd};
use crate::lint::smf::model::{
    Bundle, Context, Group, Method, composed, context_of, instances, methods, pieces, restarter, services,
};
use crate::lint::smf::xml::Element;

use super::{child, context, exec, installed, path, stop};

/// How svc.startd watches a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duration {
    /// All processes that the start method leaves behind.
    Contract,
    /// The process of the start method.
    Child,
    /// Nothing.
    Transient,
}

/// An instance, or a service that has none, with what it inherits.
pub(super) struct Run<'a> {
    pub(super) service: Element<'a>,
    pub(super) instance: Option<Element<'a>>,
    pub(super) methods: Vec<Method<'a>>,
    pub(super) groups: Vec<Group<'a>>,
    pub(super) duration: Duration,
}

impl<'a> Run<'a> {
    fn new(service: Element<'a>, instance: Option<Element<'a>>) -> Self {
        let groups = composed(instance.map(pieces).unwrap_or_default(), pieces(service));
        let duration = groups
            .iter()
            .filter(|group| group.name == "startd")
            .find_map(|group| group.value("duration"))
            .map_or(Duration::Contract, |value| match value.text.as_ref() {
                "child" => Duration::Child,
                "transient" => Duration::Transient,
                _ => Duration::Contract,
            });
        Self { service, instance, methods: methods(service, instance), groups, duration }
    }

    /// A method by name.
    pub(super) fn method(&self, name: &str) -> Option<Method<'a>> {
        self.methods.iter().copied().find(|method| method.name() == name)
    }

    /// What a method runs with.
    pub(super) fn context(&self, method: Method<'a>) -> Context<'a> {
        context_of(self.service, self.instance, Some(method.element))
    }
}

pub(in crate::lint::smf) fn check(bundle: &Bundle<'_>, out: &mut Out) {
    for service in services(bundle.tree) {
        let mut runs: Vec<Option<Element<'_>>> = instances(service).map(|instance| Some(instance.element)).collect();
        if runs.is_empty() {
            runs.push(None);
        }
        for instance in runs {
            installed::check_instance(instance, out);
            if restarter(service, instance).is_some_and(|named| !is_startd(named)) {
                continue;
            }
            let run = Run::new(service, instance);
            child::check(&run, out);
            exec::check(&run, out);
            stop::check(&run, out);
            context::check(&run, out);
            path::check(&run, out);
            installed::check_rate(&run, out);
        }
    }
}
