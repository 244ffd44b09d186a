//! The crates that a package lists.
use crate::lint::rule_table::rule_table;

rule_table! {
CRATE_MISSING = "PW3101", Error, "a crate of Cargo.lock is not listed" {
    what: "Cargo.lock names a crate of the registry that CARGO_CRATE_DEPENDS does not have. All of them are needed, also \
           those for other systems and for tests: cargo resolves the whole lock before it builds.",
    effect: "The build stops with `no matching package named … found`, after everything was fetched and unpacked.",
    mend: "`make print-cargo-depends > cargo-depends.mk`, then `make makesum`.",
    source: "pkgsrc lang/rust/cargo.mk (do-cargo-build: --offline with source replacement)",
    examples: [("", "CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n")],
}
CRATE_LEFT_OVER = "PW3102", Warning, "a listed crate is not in Cargo.lock" {
    what: "CARGO_CRATE_DEPENDS has a crate that Cargo.lock does not name: it is left over from another release.",
    effect: "Everybody who builds the package fetches and unpacks it for nothing; with two versions of a crate at hand, \
             `cargo install` without --locked takes the newer one.",
    mend: "Remove the line, and the crate's lines from distinfo.",
    source: "pkgsrc lang/rust/cargo.mk",
    examples: [("CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\nCARGO_CRATE_DEPENDS+=\tlibc-0.2.100\n", "CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n")],
}
CRATE_FROM_GIT = "PW3103", Error, "a crate from git is listed as one of the registry" {
    what: "Cargo.lock takes the crate from a git repository. CARGO_CRATE_DEPENDS makes a distfile of it that is fetched \
           from the registry (`make print-cargo-depends` writes such lines, too).",
    effect: "Fetching stops with 404, or, when the registry has a crate of that name and version, another source is built \
             than upstream's.",
    mend: "Remove the line; fetch the commit's archive as a distfile and put it into the vendor directory, or patch the \
           dependency to a release.",
    source: "pkgsrc lang/rust/cargo.mk (print-cargo-depends)",
    examples: [],
}
CRATE_TWICE = "PW3104", Warning, "a crate is listed twice" {
    what: "CARGO_CRATE_DEPENDS has the same crate and version more than once.",
    effect: "The crate is extracted twice, and make warns about duplicate commands.",
    mend: "Remove one of the lines.",
    source: "pkgsrc lang/rust/cargo.mk",
    examples: [("CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\nCARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n", "CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n")],
}
CRATE_URL = "PW3105", Error, "cargo.mk takes another name or version out of this crate" {
    what: "cargo.mk makes the URL of a crate with two expressions: the name is what stands before the first `-N.N`, the \
           version what stands behind the last. A version like `0.14.7+wasi-0.2.4` has two of them.",
    effect: "The URL does not exist: `make fetch` stops with 404 for everybody whose distfiles are not complete already.",
    mend: "Write `SITES.<crate>.crate` before the include of cargo.mk, with the name and the version in full.",
    source: "pkgsrc lang/rust/cargo.mk 1.39 (SITES.${crate}.crate)",
    examples: [("", "SITES.wasi-0.14.7+wasi-0.2.4.crate= \\\n\t${MASTER_SITE_CRATESIO:S,^,-,:S,$,wasi/0.14.7+wasi-0.2.4/download,}\n")],
}
CRATE_NO_CRATE = "PW3106", Error, "an entry of CARGO_CRATE_DEPENDS is no crate and version" {
    what: "An entry is `name-version`, with a version of three numbers.",
    effect: "Fetching stops with 404.",
    mend: "Write the crate as Cargo.lock has it: `libc-0.2.172`.",
    source: "pkgsrc lang/rust/cargo.mk",
    examples: [("CARGO_CRATE_DEPENDS+=\tlibc\n", "CARGO_CRATE_DEPENDS+=\tlibc-0.2.172\n")],
}
CRATES_AFTER = "PW3107", Error, "crates are listed after cargo.mk was included" {
    what: "cargo.mk goes through CARGO_CRATE_DEPENDS with a `.for` loop where it is included. What is listed further down \
           is never seen.",
    effect: "Those crates are neither fetched nor unpacked: the build stops with `no matching package named … found`.",
    mend: "Include cargo-depends.mk before lang/rust/cargo.mk.",
    source: "pkgsrc lang/rust/cargo.mk; make(1): `.for` is expanded when it is read",
    examples: [(
        ".include \"../../lang/rust/cargo.mk\"\n.include \"cargo-depends.mk\"\n",
        ".include \"cargo-depends.mk\"\n.include \"../../lang/rust/cargo.mk\"\n",
    )],
}
CRATES_NOT_INCLUDED = "PW3108", Error, "cargo-depends.mk is not included" {
    what: "The package has a cargo-depends.mk that nothing includes.",
    effect: "No crate is fetched: the build stops with `no matching package named … found`.",
    mend: "`.include \"cargo-depends.mk\"` before lang/rust/cargo.mk.",
    source: "pkgsrc lang/rust/cargo.mk",
    examples: [("", ".include \"cargo-depends.mk\"\n")],
}
NOT_LOCKED = "PW3109", Note, "`cargo install` without --locked ignores Cargo.lock" {
    what: "The install phase is cargo.mk's `cargo install`, whose arguments have no --locked.",
    effect: "Where two versions of a crate fit and both are vendored, the newer one is taken: everything is compiled a \
             second time, and what is installed is not what the build phase made.",
    mend: "`CARGO_INSTALL_ARGS= install --path . --root ${DESTDIR}${PREFIX} --locked ${DEFAULT_CARGO_ARGS}`, or a \
           do-install that copies from target/release.",
    source: "pkgsrc lang/rust/cargo.mk 1.39 (CARGO_INSTALL_ARGS); tried with cargo 1.95",
    examples: [],
}
DEBUG_BUILD = "PW3110", Warning, "a program without optimisation is installed" {
    what: "Something is installed from target/debug: the build is one without --release.",
    effect: "The server runs many times slower, with overflow checks that panic, and its file is several times larger.",
    mend: "Build with --release (CARGO_ARGS has it unless the package sets it) and install from target/release.",
    source: "cargo-build(1)",
    examples: [("${INSTALL_PROGRAM} ${WRKSRC}/target/debug/acme", "${INSTALL_PROGRAM} ${WRKSRC}/target/release/acme")],
}
NETWORK = "PW3111", Warning, "the build asks the network" {
    what: "ALLOW_NETWORK_ACCESS is set: the build is let out of the sandbox to fetch what is missing.",
    effect: "What is built depends on the day; bulk builders have no network and fail.",
    mend: "List what is missing in CARGO_CRATE_DEPENDS or DISTFILES.",
    source: "pkgsrc lang/rust/cargo.mk (DEFAULT_CARGO_ARGS)",
    examples: [("ALLOW_NETWORK_ACCESS=\tyes\n", "")],
}
}
