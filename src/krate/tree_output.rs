//! What `cargo tree` prints, read back.
//!
//! Each line is a prefix of four characters per level, then [`FORMAT`]. Only names, versions and features are asked
//! for: cargo has checked these, whereas a licence could hold a line break and so invent packages.
use semver::Version;

use crate::diag::Diagnostic;

/// Package, tab, features.
pub(super) const FORMAT: &str = "{p}\t{f}";

const BUILD_SECTION: &str = "[build-dependencies]";

/// One line of the tree. Of a package that cargo prints again, only the first line has what is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) version: Version,
    pub(super) features: Vec<String>,
    /// Runs while building: a procedural macro, a build script's dependency, or needed by one.
    pub(super) build: bool,
    /// Names of the build-dependencies directly below.
    pub(super) build_uses: Vec<String>,
}

/// Reads the whole output.
pub(super) fn parse(output: &str) -> anyhow::Result<Vec<Node>> {
    let mut nodes: Vec<Node> = Vec::new();
    // Which node was last on each level, and whether what follows below it are its build-dependencies.
    let mut path: Vec<(usize, bool)> = Vec::new();
    for line in output.lines().filter(|line| !line.is_empty()) {
        let (level, rest) = unindent(line);
        if rest == BUILD_SECTION {
            // Printed on the level of the package whose dependencies follow.
            let (_, in_build) = path.get_mut(level).ok_or_else(|| unreadable(line))?;
            *in_build = true;
            continue;
        }
        let (name, version, is_macro, features) = package(rest).ok_or_else(|| unreadable(line))?;
        path.truncate(level);
        if path.len() < level {
            return Err(unreadable(line));
        }
        let mut build = is_macro;
        if let Some((parent, in_build)) = path.last()
            && let Some(parent) = nodes.get_mut(*parent)
        {
            build |= *in_build || parent.build;
            if *in_build {
                parent.build_uses.push(name.clone());
            }
        }
        path.push((nodes.len(), false));
        nodes.push(Node { name, version, features, build, build_uses: Vec::new() });
    }
    Ok(nodes)
}

/// The level, and the line without its prefix.
fn unindent(line: &str) -> (usize, &str) {
    let mut level = 0;
    let mut rest = line;
    while let Some(shorter) = ["|   ", "    ", "|-- ", "`-- "].iter().find_map(|prefix| rest.strip_prefix(prefix)) {
        rest = shorter;
        level += 1;
    }
    (level, rest)
}

/// `name vVERSION (proc-macro) (SOURCE)<tab>feature,feature (*)`.
fn package(text: &str) -> Option<(String, Version, bool, Vec<String>)> {
    let (package, features) = text.split_once('\t')?;
    let features = features.trim_end().strip_suffix("(*)").unwrap_or(features).trim();
    let mut words = package.split(' ');
    let name = words.next().filter(|name| !name.is_empty())?;
    let version = Version::parse(words.next()?.strip_prefix('v')?).ok()?;
    let is_macro = words.next() == Some("(proc-macro)");
    let features = features.split(',').filter(|feature| !feature.is_empty()).map(str::to_owned).collect();
    Some((name.to_owned(), version, is_macro, features))
}

fn unreadable(line: &str) -> anyhow::Error {
    Diagnostic::environment("`cargo tree` printed a line that portwright cannot read")
        .note(super::names::printable(line))
        .help("tell portwright's authors, with the output of `cargo -V`")
        .into()
}

#[cfg(test)]
mod tests {
    use super::parse;

    const OUTPUT: &str = "\
server v0.1.0 (/tmp/x)\tdefault
|-- derive v1.0.0 (proc-macro)\tdefault
|   `-- syn v2.0.0\tfull
|-- lib-sys v0.3.0\tbundled,default
|   `-- libc v0.2.0\t
|   [build-dependencies]
|   |-- cc v1.0.0\t
|   |   `-- shlex v1.3.0\tstd
|   `-- pkg-config v0.3.0\t
|-- from-git v0.1.0 (https://example.org/x?rev=1#12345678)\t
`-- tls v0.1.0\t
    `-- lib-sys v0.3.0\tbundled,default (*)
[build-dependencies]
`-- libc v0.2.0\tstd
";

    #[test]
    fn linked_and_building_are_told_apart() {
        let nodes = parse(OUTPUT).expect("tree");
        let side = |build: bool| -> Vec<_> {
            nodes.iter().filter(|node| node.build == build).map(|node| node.name.as_str()).collect()
        };
        assert_eq!(side(false), ["server", "lib-sys", "libc", "from-git", "tls", "lib-sys"]);
        assert_eq!(side(true), ["derive", "syn", "cc", "shlex", "pkg-config", "libc"]);
        let sys = nodes.iter().find(|node| node.name == "lib-sys").expect("lib-sys");
        assert_eq!((sys.build_uses.clone(), sys.features.len()), (vec!["cc".to_owned(), "pkg-config".to_owned()], 2));
        assert_eq!(nodes[0].build_uses, ["libc"]);
        let again = nodes.iter().filter(|node| node.name == "lib-sys").nth(1).expect("again");
        assert_eq!(again.features, ["bundled", "default"]);
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["server v0.1.0", "server\t", " \t", "|   |   x v1.0.0\t", "x vone\t"] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
