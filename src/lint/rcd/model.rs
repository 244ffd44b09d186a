//! A script as rules look at it.
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::facts::Family;
use super::header::Header;
use super::mentions::Mentions;
use super::package::Package;
use super::set::{How, Set, sets};
use super::value::Value;
use crate::finding::{Place as Where, Source};
use crate::lint::shell::{Compound, Found, Function, Part, Place, Script, Simple, Span, Word, parts, walk, words};

/// In bytes: longer than any script that a person has written.
pub(super) const LONGEST: usize = 128 << 10;

/// A command and its place.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    /// Its name when it is the same every time.
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) simple: &'a Simple,
    pub(super) place: Place<'a>,
}

/// A variable's value is asked for.
#[derive(Clone, Debug)]
pub(super) struct Use<'a> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) place: Place<'a>,
}

/// A script as rules look at it.
#[derive(Debug)]
pub(super) struct Model<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) text: &'a str,
    pub(super) script: &'a Script,
    pub(super) header: &'a Header,
    pub(super) family: &'static Family,
    /// What is known of the package that it belongs to.
    pub(super) package: Option<&'a Package>,
    pub(super) calls: Vec<Call<'a>>,
    pub(super) sets: Vec<Set<'a>>,
    pub(super) uses: Vec<Use<'a>>,
    pub(super) functions: Vec<&'a Function>,
    pub(super) compounds: Vec<(&'a Compound, Place<'a>)>,
    /// Where rc.subr is read.
    pub(super) subr: Option<usize>,
    /// Where rc.conf is read.
    pub(super) load: Option<usize>,
    /// Where rc.subr is told to do what is asked.
    pub(super) run: Option<usize>,
    /// Whether variables and functions may come from elsewhere: other files that are read, `eval`.
    pub(super) open: bool,
    /// The service's name.
    pub(super) service: Option<String>,
    /// How often words stand in the script.
    pub(super) mentions: Mentions<'a>,
    /// Where variables are set, by name.
    by_name: BTreeMap<&'a str, Vec<usize>>,
    functions_by_name: BTreeMap<&'a str, &'a Function>,
    /// Where they are used.
    used: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Model<'a> {
    pub(super) fn new(
        source: &'a Arc<Source>,
        script: &'a Script,
        header: &'a Header,
        family: &'static Family,
        package: Option<&'a Package>,
    ) -> Self {
        let mut model = Self {
            source,
            text: source.text.as_str(),
            script,
            header,
            family,
            package,
            calls: Vec::new(),
            sets: Vec::new(),
            uses: Vec::new(),
            functions: Vec::new(),
            compounds: Vec::new(),
            subr: None,
            load: None,
            run: None,
            open: false,
            service: None,
            mentions: Mentions::of(&source.text, &script.comments, &family.prefixes),
            by_name: BTreeMap::new(),
            functions_by_name: BTreeMap::new(),
            used: BTreeMap::new(),
        };
        walk(script, &mut |found, place| model.see(found, place));
        model.see_parts(&script.documents, Place::default());
        model.milestones();
        for (at, set) in model.sets.iter().enumerate() {
            model.by_name.entry(set.name).or_default().push(at);
        }
        for function in &model.functions {
            model.functions_by_name.entry(&model.text[function.name.clone()]).or_insert(function);
        }
        for (at, one) in model.uses.iter().enumerate() {
            model.used.entry(one.name).or_default().push(at);
        }
        model.service = model.constant("name");
        model
    }

    fn see(&mut self, found: Found<'a>, place: Place<'a>) {
        match found {
            Found::Simple(simple) => {
                // A switch of a port may take the line away.
                let place = Place { conditional: place.conditional || self.is_switched(simple.span.start), ..place };
                self.sets.extend(sets(self.text, simple, place));
                self.calls.push(Call { name: simple.name(self.text), simple, place });
                for word in words(simple) {
                    self.see_parts(&word.parts, place);
                }
            }
            Found::Compound(compound) => self.see_compound(compound, place),
            Found::Function(function) => self.functions.push(function),
        }
    }

    fn see_compound(&mut self, compound: &'a Compound, place: Place<'a>) {
        use crate::lint::shell::Kind;
        self.compounds.push((compound, place));
        let words: Vec<&'a Word> = match &compound.kind {
            Kind::For(name, words, _) => {
                let unknown = Set {
                    name: &self.text[name.clone()],
                    name_span: name.clone(),
                    how: How::Unknown,
                    value: &[],
                    value_span: name.end..name.end,
                    span: name.clone(),
                    place,
                    exported: false,
                };
                self.sets.push(unknown);
                words.iter().collect()
            }
            Kind::Case(subject, arms) => {
                std::iter::once(subject).chain(arms.iter().flat_map(|arm| &arm.patterns)).collect()
            }
            Kind::Test(words) => words.iter().collect(),
            _ => Vec::new(),
        };
        let targets = compound.redirects.iter().map(|redirect| &redirect.target);
        for word in words.into_iter().chain(targets) {
            self.see_parts(&word.parts, place);
        }
    }

    fn see_parts(&mut self, list: &'a [Part], place: Place<'a>) {
        let text = self.text;
        parts(list, &mut |part| {
            if let Part::Parameter(parameter) = part {
                let name = &text[parameter.name.clone()];
                self.uses.push(Use { name, span: parameter.span.clone(), place });
            }
        });
    }

    /// Whether a port's switch stands at the beginning of the line.
    fn is_switched(&self, at: usize) -> bool {
        let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        self.text[line..at].starts_with("%%")
    }

    fn milestones(&mut self) {
        let mut open = false;
        for call in &self.calls {
            let start = call.simple.span.start;
            let Some(name) = call.name.as_deref() else {
                // `$_rc_subr_loaded . /etc/rc.subr`
                if self.subr.is_none() && self.is_subr(call.simple.words.get(2)) {
                    self.subr = Some(start);
                }
                continue;
            };
            match name {
                "." | "source" => {
                    if self.is_subr(call.simple.words.get(1)) {
                        self.subr.get_or_insert(start);
                    } else {
                        open = true;
                    }
                }
                "eval" => open = true,
                "load_rc_config" => {
                    self.load.get_or_insert(start);
                }
                "run_rc_command" | "rc_cmd" => {
                    self.run.get_or_insert(start);
                }
                _ => {}
            }
        }
        self.open = open;
    }

    fn is_subr(&self, word: Option<&Word>) -> bool {
        word.is_some_and(|word| {
            let text = &self.text[word.span.clone()];
            text.trim_matches('"').ends_with("rc.subr") || text.contains("RC_SUBR")
        })
    }

    /// All places where a variable is set.
    pub(super) fn sets_of(&self, name: &str) -> impl Iterator<Item = &Set<'a>> {
        self.by_name.get(name).into_iter().flatten().map(|at| &self.sets[*at])
    }

    /// All places where a variable is used.
    pub(super) fn uses_of(&self, name: &str) -> impl Iterator<Item = &Use<'a>> {
        self.used.get(name).into_iter().flatten().map(|at| &self.uses[*at])
    }

    /// Whether a variable is used in a part of the script.
    pub(super) fn uses_in(&self, name: &str, part: &Span) -> bool {
        self.uses_of(name).any(|one| part.start <= one.span.start && one.span.end <= part.end)
    }

    /// Whether a variable is set to something anywhere.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.sets_of(name).any(|set| set.how != How::Unset)
    }

    /// The names of all variables that are set.
    pub(super) fn set_names(&self) -> BTreeSet<&'a str> {
        self.by_name.keys().copied().collect()
    }

    /// The one place where a variable is set, each time, to one value; nothing when there are several.
    pub(super) fn only_set(&self, name: &str) -> Option<&Set<'a>> {
        let mut all = self.sets_of(name);
        let one = all.next()?;
        (all.next().is_none() && one.is_certain() && one.how == How::Plain).then_some(one)
    }

    /// The value of a variable that is set once, each time, to one value that holds nothing unknown.
    pub(super) fn constant(&self, name: &str) -> Option<String> {
        let set = self.only_set(name)?;
        let value = Value::of(self, set.value, set.value_span.clone());
        value.holes.is_empty().then_some(value.text)
    }

    /// The name of a variable of the service: its name, `_` and the suffix.
    pub(super) fn own(&self, suffix: &str) -> Option<String> {
        self.service.as_ref().map(|service| format!("{service}_{suffix}"))
    }

    /// Whether the script sets a variable of the service; where its name is filled in later, whether it may.
    pub(super) fn may_set_own(&self, suffix: &str) -> bool {
        let later = self.service.as_ref().is_none_or(|service| service.contains(['%', '@']));
        let ending = format!("_{suffix}");
        self.own(suffix).is_some_and(|name| self.is_set(&name))
            || (later && self.sets.iter().any(|set| set.name.ends_with(&ending)))
    }

    /// The suffix of a variable of the service.
    pub(super) fn suffix_of<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_prefix(self.service.as_deref()?)?.strip_prefix('_')
    }

    /// Calls of a command.
    pub(super) fn calls_of<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Call<'a>> {
        self.calls.iter().filter(move |call| call.name.as_deref() == Some(name))
    }

    /// The function with a name.
    pub(super) fn function(&self, name: &str) -> Option<&'a Function> {
        self.functions_by_name.get(name).copied()
    }

    /// A place in the script.
    pub(super) fn at(&self, span: Span) -> Where {
        Where::text(self.source, span)
    }

    /// The place of the script as a whole: its first line.
    pub(super) fn top(&self) -> Where {
        let end = self.text.find('\n').unwrap_or(self.text.len());
        self.at(0..end)
    }
}
