//! A situation: a healthy host with one thing wrong.
use portwright::doctor::run::Runner;

use crate::support::{Asked, Fake, Family, LANTERN, Root, host, look, not_ok};

/// What else is said of the host.
#[derive(Default)]
pub(crate) struct Tweaks {
    pub(crate) memory: Option<u64>,
    pub(crate) options: &'static [&'static str],
    /// The host runs, and its commands say this.
    pub(crate) live: Option<Fake>,
    pub(crate) now: Option<i64>,
    pub(crate) no_clock: bool,
    pub(crate) callers_path: Option<&'static str>,
    /// Another line of the recipe: what is there, what comes instead.
    pub(crate) recipe: Option<(&'static str, &'static str)>,
}

/// A healthy host with one thing wrong.
pub(crate) struct Situation {
    pub(crate) name: &'static str,
    pub(crate) family: Family,
    /// Status and code that must be among what is said.
    pub(crate) expect: &'static str,
    pub(crate) harm: fn(&Root),
    pub(crate) tweaks: fn() -> Tweaks,
}

/// One with nothing else said of the host.
pub(crate) fn plain(family: Family, name: &'static str, expect: &'static str, harm: fn(&Root)) -> Situation {
    Situation { name, family, expect, harm, tweaks: Tweaks::default }
}

/// One with more said of the host.
pub(crate) fn with(
    family: Family,
    name: &'static str,
    expect: &'static str,
    tweaks: fn() -> Tweaks,
    harm: fn(&Root),
) -> Situation {
    Situation { name, family, expect, harm, tweaks }
}

impl Situation {
    /// What is not ok.
    pub(crate) fn said(&self) -> Vec<String> {
        let root = host(self.family);
        (self.harm)(&root);
        let tweaks = (self.tweaks)();
        let own = root.outside().with_extension("toml");
        let recipe = match tweaks.recipe {
            None => LANTERN.to_owned(),
            Some((old, new)) => {
                let text = std::fs::read_to_string(LANTERN).unwrap();
                assert!(text.contains(old), "{old}");
                std::fs::write(&own, text.replace(old, new)).unwrap();
                own.display().to_string()
            }
        };
        let linux = (self.family == Family::Linux).then_some(4 << 30);
        let asked = Asked {
            recipe: &recipe,
            runner: tweaks.live.as_ref().map(|fake| fake as &dyn Runner),
            options: tweaks.options.iter().map(|name| (*name).to_owned()).collect(),
            memory: tweaks.memory.or(linux),
            callers_path: tweaks.callers_path,
            now: if tweaks.no_clock { None } else { tweaks.now.or(Some(4_000_000_000)) },
            ..Asked::default()
        };
        not_ok(&look(&root, self.family, &asked))
    }
}
