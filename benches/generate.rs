//! What a packager waits for: `cargo bench`. The crates of pict-rs must be in cargo's cache, as they are after
//! `portwright generate recipes/pict-rs.toml`; figures are in the README.
use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use portwright::krate::{self, KnownDigests, Lock, Options, Silent, Upstream};

/// A lock of 750 packages.
fn lock(c: &mut Criterion) {
    let mut text = String::from("version = 4\n");
    for n in 0..750 {
        let _ = write!(
            text,
            "\n[[package]]\nname = \"crate-{n}\"\nversion = \"1.{n}.0\"\n\
             source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"{n:064x}\"\n\
             dependencies = [\n \"crate-{}\",\n \"crate-{}\",\n]\n",
            (n + 1) % 750,
            (n + 7) % 750,
        );
    }
    c.bench_function("parse a Cargo.lock of 750 packages", |b| {
        b.iter(|| Lock::parse(black_box(&text), "Cargo.lock").expect("lock").packages.len());
    });
}

/// All digests of all crates of pict-rs from files, nothing known beforehand.
fn digests(c: &mut Criterion) {
    let opts = Options { offline: true, ..Options::default() };
    let upstream = Upstream::Registry { name: "pict-rs".into(), version: Some("0.6.0-rc.6".into()) };
    let Ok(krate) = krate::open(&upstream, &opts) else {
        eprintln!("skipped: pict-rs is not in cargo's cache; portwright generate recipes/pict-rs.toml puts it there");
        return;
    };
    let packages: Vec<_> = krate.lock.registry_packages().collect();
    let Ok(files) = krate::ensure(&krate, &packages, &opts) else {
        eprintln!("skipped: some crates of pict-rs are not in cargo's cache");
        return;
    };
    let bytes = files.iter().filter_map(|file| file.path.metadata().ok()).map(|meta| meta.len()).sum();
    let mut group = c.benchmark_group("distinfo");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("digests of the crates of pict-rs", |b| {
        b.iter(|| krate::digest_files(&files, &mut KnownDigests::none(), &Silent).expect("digests").len());
    });
    group.finish();
}

criterion_group!(benches, lock, digests);
criterion_main!(benches);
