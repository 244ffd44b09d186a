//! What a packager waits for: one package of a server, and all that the repository has, judged as the command line does it
//! with nothing but the files at hand; and ten megabytes of junk of each kind.
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use portwright::lint::{Around, lint};
use tempfile::TempDir;

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

/// A directory with a file of ten megabytes in it, which is one thing again and again, or one line after another.
fn junk(name: &str, beside: &[(&str, &str)], head: &str, line: impl Fn(usize) -> String) -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let mut text = head.to_owned();
    for at in 0.. {
        if text.len() >= 10 << 20 {
            break;
        }
        text += &line(at);
    }
    std::fs::create_dir_all(dir.path().join(name).parent().expect("a parent")).expect("a directory");
    std::fs::write(dir.path().join(name), text).expect("written");
    for (name, text) in beside {
        std::fs::write(dir.path().join(name), text).expect("written");
    }
    dir
}

fn ten_megabytes(c: &mut Criterion) {
    const PKGSRC: &str = "DISTNAME=\tx-1.0\n.include \"../../mk/bsd.pkg.mk\"\n";
    const OPENBSD: &str = "COMMENT =\tx\nDISTNAME =\tx-1.0\nCATEGORIES =\tnet\n.include <bsd.port.mk>\n";
    const FREEBSD: &str = "PORTNAME=\tx\nDISTVERSION=\t1.0\nCATEGORIES=\tnet\n.include <bsd.port.mk>\n";
    let bundle = "<!DOCTYPE service_bundle>\n<service_bundle type='manifest' name='x'>";
    let script = "#!/bin/sh\n# PROVIDE: x\n. /etc/rc.subr\n";
    let digest = |at: usize| format!("SHA256 (junk-{at}.tar.gz) = {at:064x}\n");
    let file = |at: usize| format!("share/junk/{at}\n");
    let mut group = c.benchmark_group("lint: 10 MB of");
    group.sample_size(10);
    for (what, dir) in [
        ("elements in a manifest", junk("x.xml", &[], bundle, |_| "<a b='c'/>".to_owned())),
        ("openings in a manifest", junk("x.xml", &[], bundle, |_| "<a>".to_owned())),
        ("assignments in a script", junk("x", &[], script, |at| format!("x{at}=`y`\n"))),
        ("openings in a script", junk("x", &[], script, |_| "$(".to_owned())),
        ("assignments in a Makefile", junk("Makefile", &[], PKGSRC, |at| format!("X{at}=\t${{Y}}\n"))),
        ("openings in a Makefile", junk("Makefile", &[], FREEBSD, |_| "${".to_owned())),
        ("distinfo, pkgsrc", junk("distinfo", &[("Makefile", PKGSRC)], "", digest)),
        ("distinfo, OpenBSD", junk("distinfo", &[("Makefile", OPENBSD)], "", digest)),
        ("distinfo, FreeBSD", junk("distinfo", &[("Makefile", FREEBSD)], "", digest)),
        ("PLIST, pkgsrc", junk("PLIST", &[("Makefile", PKGSRC)], "", file)),
        ("PLIST, OpenBSD", junk("pkg/PLIST", &[("Makefile", OPENBSD)], "", file)),
        ("pkg-plist, FreeBSD", junk("pkg-plist", &[("Makefile", FREEBSD)], "", file)),
    ] {
        let paths = [dir.path().to_owned()];
        group.bench_function(what, |b| b.iter(|| lint(&paths, &Around::default()).expect("judged").findings.len()));
    }
    group.finish();
}

criterion_group!(benches, packages, ten_megabytes);
criterion_main!(benches);
