//! What an admin waits for: a whole look at a host below a directory, nothing of it run but this machine's sqlite3.
#[path = "../tests/doctor/support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests use the rest")]
mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use support::{Asked, Family, able, host, look};

fn doctor(c: &mut Criterion) {
    if !able() {
        return;
    }
    let root = host(Family::Netbsd);
    c.bench_function("look at a whole NetBSD host", |b| {
        b.iter(|| look(&root, Family::Netbsd, &Asked::default()).len());
    });
}

criterion_group!(benches, doctor);
criterion_main!(benches);
