//! Which files of a directory belong to the release, by the manifest's `include` and `exclude`.
use ignore::gitignore::GitignoreBuilder;
use toml::{Table, Value};

use crate::diag::Diagnostic;

/// Files that cargo takes whatever `include` says.
const ALWAYS: &[&str] = &["Cargo.toml", "Cargo.lock"];

/// A test on paths relative to the package, by cargo's rules: the patterns are those of gitignore, and `include`
/// makes `exclude` meaningless.
///
/// # Errors
/// A pattern that is none.
pub(super) fn filter(manifest: &str) -> anyhow::Result<impl Fn(&str) -> bool> {
    let table: Table = manifest.parse().unwrap_or_default();
    let package = table.get("package").and_then(Value::as_table);
    let targets = declared_targets(&table);
    let patterns = |key: &str| -> Option<Vec<String>> {
        let list = package?.get(key)?.as_array()?;
        Some(list.iter().filter_map(|pattern| pattern.as_str().map(ToOwned::to_owned)).collect())
    };
    let include = patterns("include").filter(|patterns| !patterns.is_empty());
    let including = include.is_some();
    let mut builder = GitignoreBuilder::new("");
    for pattern in include.or_else(|| patterns("exclude")).unwrap_or_default() {
        builder.add_line(None, &pattern).map_err(|error| {
            Diagnostic::input(format!("`{pattern}` in `include` or `exclude` of Cargo.toml: {error}"))
        })?;
    }
    let matcher = builder
        .build()
        .map_err(|error| Diagnostic::input(format!("`include` or `exclude` of Cargo.toml cannot be read: {error}")))?;
    Ok(move |path: &str| {
        let found = matcher.matched_path_or_any_parents(path, false).is_ignore();
        ALWAYS.contains(&path) || targets.iter().any(|target| target == path) || found == including
    })
}

/// The main files of targets that the manifest declares: cargo stops at a manifest whose targets have no file.
fn declared_targets(manifest: &Table) -> Vec<String> {
    let mut files = Vec::new();
    for (kind, directory) in [("bin", "src/bin"), ("bench", "benches"), ("test", "tests"), ("example", "examples")] {
        for target in manifest.get(kind).and_then(Value::as_array).into_iter().flatten() {
            let text = |key: &str| target.get(key).and_then(Value::as_str);
            match (text("path"), text("name")) {
                (Some(path), _) => files.push(path.to_owned()),
                (None, Some(name)) => {
                    files.extend([format!("{directory}/{name}.rs"), format!("{directory}/{name}/main.rs")]);
                }
                (None, None) => {}
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::filter;

    #[test]
    fn as_cargo_reads_it() {
        let included = filter("[package]\ninclude = ['/src/**', 'LICENSE', '/docs/']\n").expect("filter");
        for (path, yes) in [
            ("src/main.rs", true),
            ("src/a/b.rs", true),
            ("Cargo.lock", true),
            ("LICENSE", true),
            ("docs/x.md", true),
            ("tests/src/x.rs", false),
            ("README.md", false),
        ] {
            assert_eq!(included(path), yes, "{path}");
        }
        let excluded = filter("[package]\nexclude = ['*.png', '/tests']\n").expect("filter");
        assert!(excluded("src/main.rs") && !excluded("a/b.png") && !excluded("tests/x.rs"));
        let declared = filter("[package]\ninclude = ['/src/**']\n[[bench]]\nname = 'speed'\n").expect("filter");
        assert!(declared("benches/speed.rs") && !declared("benches/other.rs"));
        let everything = filter("[package]\n").expect("filter");
        assert!(everything("anything"));
    }
}
