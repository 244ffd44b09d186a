//! Crates, distinfo, and what devel/cargo wants.
use crate::lint::rule_table::rule_table;

rule_table! {
CRATE_MISSING = "PW4401", Error, "a crate of Cargo.lock is not listed" {
    what: "Cargo.lock names a crate of the registry that MODCARGO_CRATES does not have. All are needed, also those for other \
           systems and for tests.",
    effect: "The build stops with `no matching package named … found`.",
    mend: "`make modcargo-gen-crates` into another file, move it to crates.inc, `make makesum`.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk",
    examples: [],
}
CRATE_LEFT_OVER = "PW4402", Warning, "a listed crate is not in Cargo.lock" {
    what: "MODCARGO_CRATES has a crate that Cargo.lock does not name: it is left over from another release.",
    effect: "Everybody fetches it for nothing.",
    mend: "Remove the line, and run `make makesum`.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk",
    examples: [],
}
CRATE_FROM_GIT = "PW4403", Error, "a crate from git is listed as one of the registry" {
    what: "Cargo.lock takes the crate from a git repository; devel/cargo fetches it from the registry.",
    effect: "Fetching stops with 404, or another source is built than upstream's.",
    mend: "Fetch the commit with DIST_TUPLE and patch Cargo.toml and Cargo.lock to its path.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk; mail/stalwart/Makefile",
    examples: [],
}
CRATE_TWICE = "PW4404", Warning, "a crate is listed twice" {
    what: "MODCARGO_CRATES has the same crate and version more than once.",
    effect: "The second extraction cannot move the directory to where the first one is: `mv` stops the build.",
    mend: "Remove one of the lines.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk (post-extract)",
    examples: [("MODCARGO_CRATES +=\tlibc\t0.2.172\nMODCARGO_CRATES +=\tlibc\t0.2.172\n", "MODCARGO_CRATES +=\tlibc\t0.2.172\n")],
}
CRATE_PAIR = "PW4405", Error, "an entry of MODCARGO_CRATES is no crate and version" {
    what: "MODCARGO_CRATES is a list of pairs: a name and a version of three numbers.",
    effect: "Names and versions are taken for each other from there on: fetching stops with 404.",
    mend: "`MODCARGO_CRATES +=<TAB>libc<TAB>0.2.172`.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk",
    examples: [("MODCARGO_CRATES +=\tlibc\n", "MODCARGO_CRATES +=\tlibc\t0.2.172\n")],
}
DISTINFO_MISSING = "PW4411", Error, "a crate is not in distinfo" {
    what: "A crate of MODCARGO_CRATES has no digest and size in distinfo.",
    effect: "`make checksum` stops: `No checksum recorded`.",
    mend: "`make makesum`.",
    source: "OpenBSD ports infrastructure/mk/bsd.port.mk (checksum)",
    examples: [],
}
DISTINFO_LEFT_OVER = "PW4412", Warning, "distinfo has a crate that is not listed" {
    what: "The lines are of a crate that the port does not fetch.",
    effect: "Nothing breaks; mirrors look for the file.",
    mend: "Remove the lines, or run `make makesum`.",
    source: "OpenBSD ports infrastructure/mk/bsd.port.mk",
    examples: [],
}
DISTINFO_DIGEST = "PW4413", Error, "a digest that cannot be one" {
    what: "SHA256 is the digest in base64: 43 characters and `=`. Hexadecimal digits are FreeBSD's form. SIZE is a number.",
    effect: "The file never has that digest: `make checksum` stops.",
    mend: "`make makesum`.",
    source: "OpenBSD ports infrastructure/mk/bsd.port.mk; cksum(1) -b",
    examples: [],
}
DISTINFO_INCOMPLETE = "PW4414", Error, "a file has no digest or no size" {
    what: "Each file has a line SHA256 and a line SIZE.",
    effect: "`make checksum` stops.",
    mend: "`make makesum`.",
    source: "OpenBSD ports infrastructure/mk/bsd.port.mk",
    examples: [],
}
DISTINFO_ORDER = "PW4415", Note, "distinfo is not in the order of makesum" {
    what: "All lines SHA256 come first, sorted by file, then all lines SIZE.",
    effect: "Nothing now; the next `make makesum` moves everything, and the diff hides what has changed.",
    mend: "Sort it, or run `make makesum`.",
    source: "OpenBSD ports infrastructure/mk/bsd.port.mk (makesum)",
    examples: [],
}
DISTINFO_FORM = "PW4416", Error, "a line of distinfo that is no digest" {
    what: "A line is `SHA256 (file) = …` or `SIZE (file) = …`.",
    effect: "The line is not read.",
    mend: "`make makesum`.",
    source: "OpenBSD ports infrastructure/mk/bsd.port.mk",
    examples: [],
}
NO_STYLE = "PW4421", Error, "devel/cargo without CONFIGURE_STYLE = cargo" {
    what: "The port lists crates and has no `cargo` in CONFIGURE_STYLE.",
    effect: "No configuration for cargo is written: it asks the network for every crate and stops.",
    mend: "`CONFIGURE_STYLE = cargo`, or call ${MODCARGO_configure} in do-configure.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk (MODCARGO_configure)",
    examples: [("", "CONFIGURE_STYLE =\tcargo\n")],
}
SUBDIR = "PW4422", Error, "DIST_SUBDIR without MODCARGO_DIST_SUBDIR" {
    what: "The port sets DIST_SUBDIR; devel/cargo puts its distfiles below that, unless MODCARGO_DIST_SUBDIR is set, too.",
    effect: "make stops: `Fatal: …`.",
    mend: "Set MODCARGO_DIST_SUBDIR.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk",
    examples: [],
}
LIBRARY = "PW4423", Note, "a crate whose library devel/cargo takes away" {
    what: "devel/cargo removes the sources of a library from the crate. The port neither links the tree's (WANTLIB) nor keeps \
           the crate's (MODCARGO_CRATES_KEEP).",
    effect: "When the crate is linked, the build stops: the sources are missing, or the linker does not find the library.",
    mend: "LIB_DEPENDS and WANTLIB for the tree's library, or MODCARGO_CRATES_KEEP; when the crate is never linked, say so: \
           `# portwright: allow PW4423: only for tests`.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk (_MODCARGO_CRATES_…)",
    examples: [],
}
KEEP_UNKNOWN = "PW4424", Warning, "a crate is to be kept or updated that is not listed" {
    what: "MODCARGO_CRATES_KEEP or MODCARGO_CRATES_UPDATE names a crate that MODCARGO_CRATES does not have.",
    effect: "KEEP does nothing; `cargo update` stops at a package that it does not know.",
    mend: "Remove the name, or correct it.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk",
    examples: [],
}
NO_EXECONLY = "PW4425", Note, "code that reads its own text" {
    what: "aws-lc-sys has constants within its machine code, and the port has no `USE_NOEXECONLY = Yes`. A crate can be in crates.inc without being built.",
    effect: "Text is execute-only: a server that it is built into dies with SIGSEGV at its first handshake.",
    mend: "`USE_NOEXECONLY = Yes`, with a comment why.",
    source: "OpenBSD ports mail/stalwart/Makefile",
    examples: [],
}
RING = "PW4426", Warning, "ring 0.16 without security/rust-ring" {
    what: "devel/cargo takes ring 0.16 from the package of security/rust-ring, which is not in BUILD_DEPENDS.",
    effect: "The build stops where it copies the sources: the directory is not there.",
    mend: "`BUILD_DEPENDS += security/rust-ring`.",
    source: "OpenBSD ports devel/cargo/cargo.port.mk",
    examples: [],
}
}
