//! What a build needs: in all cases, or with one option.
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::port::licence::Condition;
use crate::port::{Native, Opt, Port, version_openbsd};

/// Values of the variables that say it.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Needs {
    features: Vec<String>,
    wantlib: Vec<String>,
    modules: BTreeSet<String>,
    keep: BTreeSet<String>,
    /// Expressions of the tree's.
    flags: BTreeSet<String>,
    native_environment: Vec<Variable>,
    environment: Vec<Variable>,
    build_depends: BTreeSet<String>,
    lib_depends: BTreeSet<String>,
    run_depends: Vec<String>,
    licences: Vec<String>,
    /// C++ is compiled.
    cxx: bool,
}

/// A variable of the build's environment.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Variable {
    name: String,
    value: String,
}

impl Needs {
    /// Of these options, and of `more` besides.
    pub(super) fn of(port: &Port, options: &[&Opt], more: Option<&Native>, features: &[String]) -> Self {
        let mut needs = Self { features: features.to_vec(), ..Self::default() };
        for native in more.into_iter().chain(options.iter().map(|option| &option.native)) {
            needs.add(native);
        }
        for option in options {
            needs.features.extend(option.features.iter().cloned());
            needs.environment.extend(variables(&option.environment));
            needs.licences.extend(option.licence.iter().map(Condition::to_string));
        }
        needs.features.sort();
        needs.features.dedup();
        let mut wanted: Vec<Option<&str>> = options.iter().map(|option| Some(option.name.as_str())).collect();
        if more.is_some() {
            wanted.push(None);
            // Nearly every port of a Rust program has it: std uses it.
            needs.wantlib.push("m".to_owned());
            needs.wantlib.sort();
        }
        needs.run_depends = run_depends(port, &wanted);
        needs
    }

    fn add(&mut self, native: &Native) {
        for library in &native.libraries {
            self.wantlib.extend(library.wantlib.iter().cloned());
            self.lib_depends.extend(library.lib_depends.iter().cloned());
            self.keep.extend(library.keep.then(|| library.krate.clone()));
        }
        self.wantlib.sort();
        self.wantlib.dedup();
        self.modules.extend(native.tools.iter().cloned());
        self.flags.extend(native.rustflags.iter().cloned());
        self.native_environment.extend(variables(&native.environment));
        self.build_depends.extend(native.depends.iter().cloned());
        self.cxx |= native.languages.contains("c++");
    }

    /// Also these packages to build with, and this environment.
    pub(super) fn with(
        mut self,
        depends: impl IntoIterator<Item = String>,
        environment: &BTreeMap<String, String>,
    ) -> Self {
        self.build_depends.extend(depends);
        self.environment.extend(variables(environment));
        self
    }

    /// Nothing at all.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

fn variables(map: &BTreeMap<String, String>) -> Vec<Variable> {
    map.iter().map(|(name, value)| Variable { name: name.clone(), value: value.clone() }).collect()
}

/// Dependencies on packages of programs, sorted; of two on one package the stricter one counts.
fn run_depends(port: &Port, options: &[Option<&str>]) -> Vec<String> {
    let mut packages: BTreeMap<&str, &str> = BTreeMap::new();
    for program in port.programs.iter().filter(|program| !program.base && options.contains(&program.option.as_deref()))
    {
        let pattern = packages.entry(&program.package).or_insert(&program.pattern);
        let version = |pattern: &str| pattern.trim_start_matches(">=").to_owned();
        let stricter = version_openbsd::compare(&version(&program.pattern), &version(pattern));
        if pattern.is_empty() || stricter.is_some_and(std::cmp::Ordering::is_gt) {
            *pattern = &program.pattern;
        }
    }
    packages.into_iter().map(|(package, pattern)| format!("{package}{pattern}")).collect()
}
