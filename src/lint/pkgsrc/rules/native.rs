//! Libraries, tools and rustc.
use crate::lint::rule_table::rule_table;

rule_table! {
LIBRARY = "PW3301", Warning, "a crate binds a library that the package does not include" {
    what: "A crate of CARGO_CRATE_DEPENDS binds a native library that pkgsrc has, and no makefile of the package includes \
           its buildlink3.mk. Whether the crate ends up in the program, Cargo.lock alone does not tell.",
    effect: "The build finds no library and stops, finds that of the host, which is not there where the package is \
             installed, or silently builds the crate's own copy.",
    mend: "Include the buildlink3.mk; when the crate is never linked (only for tests, another system or a feature that is \
           off), say so in a comment: `# portwright: allow PW3301: only for tests`.",
    source: "the crates' build scripts; pkgsrc mk/wrapper: only buildlinked libraries are seen",
    examples: [("", ".include \"../../security/openssl/buildlink3.mk\"\n")],
}
RUST_OLD = "PW3302", Error, "RUST_REQ is less than a crate asks for" {
    what: "A manifest asks for a newer rust (`rust-version`) than RUST_REQ.",
    effect: "With a rust between the two, cargo refuses to build: `rustc … is not supported by the following package`.",
    mend: "Raise RUST_REQ.",
    source: "cargo: rust-version; pkgsrc lang/rust/rust.mk",
    examples: [],
}
RUST_FORM = "PW3303", Error, "RUST_REQ is no version" {
    what: "RUST_REQ becomes `rust>=RUST_REQ`: numbers with dots.",
    effect: "No package of rust matches, or any: the dependency says nothing.",
    mend: "`RUST_REQ= 1.88.0`.",
    source: "pkgsrc lang/rust/rust.mk",
    examples: [("RUST_REQ=\trust>=1.88\n", "RUST_REQ=\t1.88.0\n")],
}
TOOL = "PW3304", Warning, "a program of the build comes from no package" {
    what: "The makefile names a program below ${PREFIX}/bin for the build, and nothing that the package depends on is \
           known to install it.",
    effect: "The build works only where the package happens to be installed; bulk builds fail.",
    mend: "`TOOL_DEPENDS+=` with the package that has it.",
    source: "pkgsrc doc/guide (dependencies)",
    examples: [("", "TOOL_DEPENDS+=\tprotobuf-[0-9]*:../../devel/protobuf\n")],
}
RUSTFLAGS_SET = "PW3305", Note, "RUSTFLAGS is set and not added to" {
    what: "RUSTFLAGS is assigned with `=`.",
    effect: "What the builder has in mk.conf and what options.mk or an included file added before is lost, run paths of \
             libraries among it.",
    mend: "`RUSTFLAGS+=`.",
    source: "pkgsrc lang/rust/cargo.mk (MAKE_ENV+= RUSTFLAGS=…)",
    examples: [("RUSTFLAGS=\t--cfg x\n", "RUSTFLAGS+=\t--cfg x\n")],
}
}
