//! Libraries that crates bind, tools, rustc.
use crate::finding::Severity;
use crate::lint::makefile::Op;
use crate::lint::package::Out;
use crate::lint::pkgsrc::package::Package;
use crate::lint::pkgsrc::{facts, rules};
use crate::profile::LibraryDefault;

pub(super) fn check(package: &Package, out: &mut Out) {
    if !package.cargo {
        return;
    }
    libraries(package, out);
    rustc(package, out);
    for one in package.program.assigned("RUSTFLAGS") {
        if one.assign.op == Op::Set && one.sure {
            out.say(&rules::RUSTFLAGS_SET, one.file.place(one.assign.span.clone()), "RUSTFLAGS is overwritten");
        }
    }
}

fn libraries(package: &Package, out: &mut Out) {
    for (name, library) in &facts::profile().libraries.known {
        let Some(include) = library.include.as_deref().filter(|_| library.default == LibraryDefault::System) else {
            continue;
        };
        let Some(entry) = library.crates.iter().find_map(|krate| package.crates.iter().find(|one| one.name == *krate))
        else {
            continue;
        };
        let include = include.trim_start_matches("../");
        let included = package.program.includes.iter().any(|one| facts::brings(&one.path, include));
        // The vendored copy is built when the crate with its sources is there.
        let vendored = name == "openssl" && package.crates.iter().any(|one| one.name == "openssl-src");
        if included || vendored || package.program.open {
            continue;
        }
        let message = format!("`{}` binds {name}, and {include} is not included", entry.name);
        if facts::WITHOUT_COPY.contains(&name.as_str()) {
            out.say(&rules::LIBRARY, entry.place(), message);
        } else {
            out.say_with(&rules::LIBRARY, entry.place(), message, |finding| {
                finding
                    .severity(Severity::Note)
                    .effect("The crate builds its own copy, which the package's updates of the library do not reach.")
            });
        }
    }
}

fn numbers(version: &str) -> Option<Vec<u64>> {
    version.split('.').map(|part| part.parse().ok()).collect()
}

fn rustc(package: &Package, out: &mut Out) {
    let set = package.program.possible("RUST_REQ");
    let assigned = package.program.is_assigned("RUST_REQ");
    if assigned {
        for value in set.values.iter().filter(|value| numbers(value).is_none()) {
            out.say(&rules::RUST_FORM, package.place_of("RUST_REQ"), format!("`{value}` is no version"));
        }
    }
    let asks = package.found.as_ref().and_then(|found| found.manifest.as_ref()?.package.as_ref()?.rust_version.clone());
    let Some(asks) = asks.and_then(|version| version.get().ok().cloned()) else { return };
    let has = if assigned { set.only().map(str::to_owned) } else { Some(facts::profile().rust_default.clone()) };
    if let (Some(asked), Some(had)) = (numbers(&asks), has.as_deref().and_then(numbers))
        && padded(&asked) > padded(&had)
    {
        let message = format!("Cargo.toml asks for rust {asks}, the package for {}", has.unwrap_or_default());
        out.say(&rules::RUST_OLD, package.place_of("RUST_REQ"), message);
    }
}

/// Missing numbers are zero.
fn padded(numbers: &[u64]) -> [u64; 3] {
    let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
    [at(0), at(1), at(2)]
}
