//! What a packager waits for: one package of a server, and all that the repository has, judged as the command line does it
//! with nothing but the files at hand.
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use portwright::lint::{Around, lint};

fn below(directories: &[&str]) -> Vec<PathBuf> {
    directories.iter().map(|directory| Path::new(env!("CARGO_MANIFEST_DIR")).join(directory)).collect()
}

fn packages(c: &mut Criterion) {
    for (name, directories) in [
        ("lint: pict-rs as a package of pkgsrc", &["pkgsrc/graphics/pict-rs"][..]),
        ("lint: pict-rs as a port of OpenBSD", &["ports/openbsd/graphics/pict-rs"]),
        ("lint: pict-rs as a port of FreeBSD", &["ports/freebsd/graphics/pict-rs"]),
        ("lint: the whole gallery", &["pkgsrc", "ports", "rc.d", "smf"]),
    ] {
        let paths = below(directories);
        c.bench_function(name, |b| b.iter(|| lint(&paths, &Around::default()).expect("judged").findings.len()));
    }
}

criterion_group!(benches, packages);
criterion_main!(benches);
