//! Crates and distinfo.
use crate::lint::rule_table::rule_table;

rule_table! {
CRATE_MISSING = "PW5301", Error, "a crate of Cargo.lock is not listed" {
    what: "Cargo.lock names a crate of the registry that CARGO_CRATES does not have. All are needed, also those for other \
           systems and for tests.",
    effect: "The build has no network: `cargo update` stops at the crate that is missing.",
    mend: "`make cargo-crates > Makefile.crates`, then `make makesum`.",
    source: "FreeBSD ports Mk/Uses/cargo.mk (cargo-configure)",
    examples: [],
}
CRATE_LEFT_OVER = "PW5302", Warning, "a listed crate is not in Cargo.lock" {
    what: "CARGO_CRATES has a crate that Cargo.lock does not name: it is left over from another release.",
    effect: "Everybody fetches it for nothing; `cargo update` may take it into the lock.",
    mend: "`make cargo-crates > Makefile.crates`, then `make makesum`.",
    source: "FreeBSD ports Mk/Uses/cargo.mk",
    examples: [],
}
CRATE_FROM_GIT = "PW5303", Error, "a crate from git is listed as one of the registry" {
    what: "Cargo.lock takes the crate from a git repository.",
    effect: "Fetching stops with 404, or cargo finds no replacement for the git source and asks the network.",
    mend: "`crate@git+https://…?rev=…\\#<commit>`, as `make cargo-crates` writes it.",
    source: "FreeBSD ports Mk/Uses/cargo.mk",
    examples: [],
}
CRATE_TWICE = "PW5304", Warning, "a crate is listed twice" {
    what: "CARGO_CRATES has the same crate and version more than once.",
    effect: "cargo-extract moves the directory twice: the second `mv` stops the build.",
    mend: "Remove one of them.",
    source: "FreeBSD ports Mk/Uses/cargo.mk (cargo-extract)",
    examples: [("CARGO_CRATES=\tlibc-0.2.172 \\\n\t\tlibc-0.2.172\n", "CARGO_CRATES=\tlibc-0.2.172\n")],
}
CRATE_TOKEN = "PW5305", Error, "an entry of CARGO_CRATES is no crate and version" {
    what: "An entry is `name-version` with a version of three numbers, or `crate@git+URL\\#commit`.",
    effect: "Fetching stops with 404.",
    mend: "`make cargo-crates` writes them.",
    source: "FreeBSD ports Mk/Uses/cargo.mk",
    examples: [("CARGO_CRATES=\tlibc\n", "CARGO_CRATES=\tlibc-0.2.172\n")],
}
HASH = "PW5306", Error, "a `#` that makes the rest a comment" {
    what: "An entry from git has the commit behind `\\#`; without the backslash make takes the rest of the line for a \
           comment.",
    effect: "The commit and every crate behind it on the line are gone: fetching stops, or crates are missing.",
    mend: "Write `\\#`.",
    source: "make(1); FreeBSD ports textproc/meilisearch/Makefile",
    examples: [(
        "CARGO_CRATES=\tx@git+https://example.org/x#0123456789abcdef0123456789abcdef01234567\n",
        "CARGO_CRATES=\tx@git+https://example.org/x\\#0123456789abcdef0123456789abcdef01234567\n",
    )],
}
NO_USES = "PW5307", Error, "crates without USES=cargo" {
    what: "CARGO_CRATES is set, and USES has no `cargo`.",
    effect: "Nothing of cargo's happens: no crate is fetched, nothing is built.",
    mend: "`USES= cargo`.",
    source: "FreeBSD ports Mk/Uses/cargo.mk",
    examples: [],
}
USES_ARGUMENT = "PW5308", Error, "USES=cargo with an argument" {
    what: "`cargo` takes no argument.",
    effect: "make stops: the port is IGNOREd with `Incorrect 'USES+= cargo:…'`.",
    mend: "`USES= cargo`.",
    source: "FreeBSD ports Mk/Uses/cargo.mk",
    examples: [],
}
LIBRARY = "PW5309", Note, "a crate whose library the port does not depend on" {
    what: "cargo.mk makes the crate take the system's library, or the crate has no copy of its own, and neither LIB_DEPENDS \
           nor USES has it.",
    effect: "When the crate is linked: the build fails in a clean jail, or takes what happens to be installed, and stage-qa \
             complains.",
    mend: "LIB_DEPENDS or USES; when the crate is never linked, say so: `# portwright: allow PW5309: only for tests`.",
    source: "FreeBSD ports Mk/Uses/cargo.mk, Mk/Scripts/qa.sh",
    examples: [],
}
STRIP = "PW5310", Note, "INSTALL_TARGET does nothing in a cargo port" {
    what: "cargo.mk has its own do-install, which looks at no INSTALL_TARGET.",
    effect: "The program is not stripped by it; stage-qa says so when upstream has a [profile.release] of its own.",
    mend: "`${STRIP_CMD} ${STAGEDIR}${PREFIX}/bin/…` in post-install.",
    source: "FreeBSD ports Mk/Uses/cargo.mk (cargo-install)",
    examples: [("INSTALL_TARGET=\tinstall-strip\n", "")],
}
DISTINFO_MISSING = "PW5321", Error, "a crate is not in distinfo" {
    what: "A crate of CARGO_CRATES has no digest in distinfo.",
    effect: "`make checksum` stops: `No checksum recorded`.",
    mend: "`make makesum`.",
    source: "FreeBSD ports Mk/Scripts/checksum.sh",
    examples: [],
}
DISTINFO_LEFT_OVER = "PW5322", Warning, "distinfo has a crate that is not listed" {
    what: "The lines are of a crate that the port does not fetch.",
    effect: "Nothing breaks.",
    mend: "Remove the lines, or run `make makesum`.",
    source: "FreeBSD ports Mk/Scripts/makesum.sh",
    examples: [],
}
DISTINFO_DIGEST = "PW5323", Error, "a digest that cannot be one" {
    what: "SHA256 is 64 hexadecimal digits; base64 is OpenBSD's form. SIZE is a number.",
    effect: "The file never has that digest: `make checksum` stops.",
    mend: "`make makesum`.",
    source: "FreeBSD ports Mk/Scripts/makesum.sh",
    examples: [],
}
DISTINFO_INCOMPLETE = "PW5324", Error, "a file has no digest or no size" {
    what: "Each file has a line SHA256 and a line SIZE.",
    effect: "`make checksum` or `make fetch` stops.",
    mend: "`make makesum`.",
    source: "portlint 2.22 (checkdistinfo)",
    examples: [],
}
DISTINFO_ORDER = "PW5325", Note, "digest and size do not stand together" {
    what: "SHA256 and SIZE of a file are two lines in a row.",
    effect: "Nothing now; the next `make makesum` moves everything, and the diff hides what has changed.",
    mend: "`make makesum`.",
    source: "FreeBSD ports Mk/Scripts/makesum.sh",
    examples: [],
}
DISTINFO_FORM = "PW5326", Error, "a line of distinfo that is no digest" {
    what: "A line is TIMESTAMP, `SHA256 (file) = …` or `SIZE (file) = …`; there are no empty lines.",
    effect: "The line is not read; portlint refuses the port.",
    mend: "`make makesum`.",
    source: "portlint 2.22 (checkdistinfo)",
    examples: [],
}
NO_TIMESTAMP = "PW5327", Warning, "distinfo has no TIMESTAMP" {
    what: "The first line says when the checksums were made.",
    effect: "SOURCE_DATE_EPOCH is not set from it: packages differ from build to build.",
    mend: "`make makesum`.",
    source: "FreeBSD ports Mk/bsd.port.mk (SOURCE_DATE_EPOCH), Mk/Scripts/makesum.sh",
    examples: [("", "TIMESTAMP = 1760000000\n")],
}
DISTINFO_TWICE = "PW5328", Error, "a file stands in distinfo twice" {
    what: "The same algorithm has two lines for one file.",
    effect: "One of the two is not looked at; portlint refuses the port.",
    mend: "`make makesum`.",
    source: "portlint 2.22 (checkdistinfo)",
    examples: [],
}
}
