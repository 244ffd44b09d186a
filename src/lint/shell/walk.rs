//! Going through a script, in the order of its text.
use super::tree::{AndOr, Command, Compound, Function, Kind, List, Part, Pipeline, Script, Simple, Word};

/// Where a command stands.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they do not depend on each other")]
pub struct Place<'a> {
    /// The function that it is in.
    pub function: Option<&'a Function>,
    /// The pipeline of several commands that it is in.
    pub pipeline: Option<&'a Pipeline>,
    /// It runs only when something holds.
    pub conditional: bool,
    /// It may run several times.
    pub repeated: bool,
    /// What it sets is gone afterwards.
    pub subshell: bool,
    /// It is between `$(` and `)`.
    pub substituted: bool,
    /// It is a condition: its status is looked at.
    pub tested: bool,
    /// It runs in the background.
    pub background: bool,
}

/// What is met on the way.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// A simple command.
    Simple(&'a Simple),
    /// A compound command, before what is in it.
    Compound(&'a Compound),
    /// A function, before what is in it.
    Function(&'a Function),
}

/// Shows everything of a script with its place.
pub fn walk<'a>(script: &'a Script, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    list(&script.body, Place::default(), see);
    inner(&script.documents, Place::default(), see);
}

fn list<'a>(list: &'a List, place: Place<'a>, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    for item in &list.items {
        and_or(item, place, see);
    }
}

fn and_or<'a>(item: &'a AndOr, place: Place<'a>, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    let background = item.background.is_some();
    let place = Place { background: place.background || background, subshell: place.subshell || background, ..place };
    let tested = place.tested || !item.rest.is_empty();
    pipeline(&item.first, Place { tested, ..place }, see);
    for (at, (_, one)) in item.rest.iter().enumerate() {
        let tested = place.tested || at + 1 < item.rest.len();
        pipeline(one, Place { tested, conditional: true, ..place }, see);
    }
}

fn pipeline<'a>(pipeline: &'a Pipeline, place: Place<'a>, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    let place =
        if pipeline.commands.len() > 1 { Place { pipeline: Some(pipeline), subshell: true, ..place } } else { place };
    let place = Place { tested: place.tested || pipeline.negated, ..place };
    for one in &pipeline.commands {
        command(one, place, see);
    }
}

fn command<'a>(command: &'a Command, place: Place<'a>, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    match command {
        Command::Simple(simple) => {
            see(Found::Simple(simple), place);
            for word in words(simple) {
                inner(&word.parts, place, see);
            }
        }
        Command::Compound(compound) => {
            see(Found::Compound(compound), place);
            for redirect in &compound.redirects {
                inner(&redirect.target.parts, place, see);
            }
            within(&compound.kind, place, see);
        }
        Command::Function(function) => {
            see(Found::Function(function), place);
            let inside = Place { function: Some(function), ..Place::default() };
            self::command(&function.body, inside, see);
        }
    }
}

fn within<'a>(kind: &'a Kind, place: Place<'a>, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    let maybe = Place { conditional: true, ..place };
    let again = Place { conditional: true, repeated: true, ..place };
    let tested = Place { tested: true, ..place };
    match kind {
        Kind::Group(body) => list(body, place, see),
        Kind::Subshell(body) => list(body, Place { subshell: true, ..place }, see),
        Kind::If(branches, otherwise) => {
            for (condition, body) in branches {
                list(condition, tested, see);
                list(body, maybe, see);
            }
            if let Some(body) = otherwise {
                list(body, maybe, see);
            }
        }
        Kind::Loop(condition, body) => {
            list(condition, Place { repeated: true, ..tested }, see);
            list(body, again, see);
        }
        Kind::For(_, words, body) => {
            for word in words {
                inner(&word.parts, place, see);
            }
            list(body, again, see);
        }
        Kind::Case(subject, arms) => {
            inner(&subject.parts, place, see);
            for arm in arms {
                for pattern in &arm.patterns {
                    inner(&pattern.parts, place, see);
                }
                list(&arm.body, maybe, see);
            }
        }
        Kind::Test(words) => {
            for word in words {
                inner(&word.parts, place, see);
            }
        }
        Kind::Arithmetic => {}
    }
}

/// The commands in substitutions.
fn inner<'a>(parts: &'a [Part], place: Place<'a>, see: &mut dyn FnMut(Found<'a>, Place<'a>)) {
    let substituted = Place { subshell: true, substituted: true, ..place };
    for part in parts {
        match part {
            Part::Command(Some(body), _) => list(body, substituted, see),
            Part::Double(more, _) | Part::Arithmetic(more, _) => inner(more, place, see),
            Part::Parameter(parameter) => inner(&parameter.argument, place, see),
            _ => {}
        }
    }
}

/// All words of a simple command: values of assignments, the words themselves, targets of redirections.
pub fn words(simple: &Simple) -> impl Iterator<Item = &Word> {
    let values = simple.assignments.iter().map(|assignment| &assignment.value);
    values.chain(&simple.words).chain(simple.redirects.iter().map(|redirect| &redirect.target))
}

/// Parts with all parts in them, but not those of commands in substitutions.
pub fn parts<'a>(parts: &'a [Part], see: &mut dyn FnMut(&'a Part)) {
    for part in parts {
        see(part);
        match part {
            Part::Double(more, _) | Part::Arithmetic(more, _) => self::parts(more, see),
            Part::Parameter(parameter) => self::parts(&parameter.argument, see),
            _ => {}
        }
    }
}
