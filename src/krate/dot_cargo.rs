//! A release's own `.cargo/config.toml`: settings that a ports tree silently overrides, or that break its build.
use toml::{Table, Value};

use super::distribution::Distribution;
use super::manifest::join;

/// What the release's own cargo configuration sets, as far as packaging must know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CargoConfig {
    /// The file, relative to the top of the distribution; `None` when there is none.
    pub path: Option<String>,
    /// `build.rustflags`. RUSTFLAGS in the environment, even empty, overrides them.
    pub rustflags: Vec<String>,
    /// `target.X.rustflags`, with X (a triple or `cfg(…)`). The environment overrides these, too.
    pub target_rustflags: Vec<(String, Vec<String>)>,
    /// `build.target`: puts what is built into a directory of that name.
    pub build_target: Option<String>,
    /// Sets `[source]`, which wins over the vendored sources of a ports tree.
    pub source_replacement: bool,
    /// Names a program that cargo would run: a compiler, a wrapper, a linker or a runner.
    pub names_programs: bool,
}

impl CargoConfig {
    /// Reads the configuration that cargo would find when started in `dir` of the distribution. A file that is not TOML
    /// counts as none: cargo will refuse it, portwright need not.
    pub(super) fn of(dist: &Distribution, dir: &str) -> Self {
        let names = [join(dir, ".cargo/config.toml"), join(dir, ".cargo/config")];
        let Some(path) = names.into_iter().find(|path| dist.contains(path)) else { return Self::default() };
        let table = dist.read_text(&path).ok().and_then(|text| text.parse::<Table>().ok()).unwrap_or_default();
        Self { path: Some(path), ..Self::from_table(&table) }
    }

    fn from_table(table: &Table) -> Self {
        let sub = |key: &str| table.get(key).and_then(Value::as_table);
        let build = sub("build");
        let targets =
            || sub("target").into_iter().flatten().filter_map(|(name, value)| Some((name, value.as_table()?)));
        let build_has = |key| build.is_some_and(|build| build.contains_key(key));
        let tools = ["rustc", "rustc-wrapper", "rustc-workspace-wrapper", "rustdoc"];
        Self {
            path: None,
            rustflags: flags(build.and_then(|build| build.get("rustflags"))),
            target_rustflags: targets()
                .map(|(name, target)| (name.clone(), flags(target.get("rustflags"))))
                .filter(|(_, flags)| !flags.is_empty())
                .collect(),
            build_target: build.and_then(|build| build.get("target")).and_then(Value::as_str).map(str::to_owned),
            source_replacement: sub("source").is_some_and(|source| !source.is_empty()),
            names_programs: tools.into_iter().any(build_has)
                || targets().any(|(_, target)| target.contains_key("linker") || target.contains_key("runner")),
        }
    }
}

/// A list, or one string that cargo splits at blanks.
fn flags(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::CargoConfig;

    #[test]
    fn both_ways_to_write_flags() {
        let text = "[build]\nrustflags = '--cfg tokio_unstable'\nrustc-wrapper = './evil'\n\
            [target.'cfg(all())']\nrustflags = ['-C', 'x']\n[source.crates-io]\nreplace-with = 'v'\n";
        let config = CargoConfig::from_table(&text.parse().expect("toml"));
        assert_eq!(config.rustflags, ["--cfg", "tokio_unstable"]);
        assert_eq!(config.target_rustflags, [("cfg(all())".to_owned(), vec!["-C".to_owned(), "x".to_owned()])]);
        assert!(config.source_replacement && config.names_programs);
        assert_eq!(CargoConfig::from_table(&"build = 1".parse().expect("toml")), CargoConfig::default());
    }
}
