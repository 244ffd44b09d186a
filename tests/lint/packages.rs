//! Package directories as a whole, whatever the tree.
use std::collections::BTreeSet;
use std::sync::Arc;

use portwright::finding::Source;
use portwright::lint::{judge, mend};

/// A Makefile that speaks of two trees, and a distinfo that the two want in different orders.
fn directory(first: &str, last: &str) -> Vec<Arc<Source>> {
    let makefile = format!("COMMENT=\tA server\nCATEGORIES=\tnet\n.include {first}\n.include {last}\n");
    let distinfo = "$NetBSD$\n\n\
                    BLAKE2s (a-1.crate) = 00\nSHA512 (a-1.crate) = 00\nSize (a-1.crate) = 1 bytes\n\
                    BLAKE2s (b-1.crate) = 00\nSHA512 (b-1.crate) = 00\nSize (b-1.crate) = 1 bytes\n";
    let source = |path: &str, text: &str| Arc::new(Source::new(path, text));
    vec![source("hearth/Makefile", &makefile), source("hearth/distinfo", distinfo)]
}

#[test]
fn a_directory_is_a_package_of_one_tree() {
    const PKGSRC: &str = "\"../../mk/bsd.pkg.mk\"";
    const PORTS: &str = "<bsd.port.mk>";
    for (first, last, tree) in [(PORTS, PKGSRC, "PW3"), (PKGSRC, PORTS, "PW4")] {
        let report = judge(&directory(first, last));
        let trees: BTreeSet<&str> = report.findings.iter().map(|finding| &finding.rule.code[..3]).collect();
        assert_eq!(trees, BTreeSet::from([tree]), "{last} comes last");
        for mended in mend(&report) {
            assert_ne!(mended.before, mended.after, "{}", mended.path.display());
        }
    }
}
