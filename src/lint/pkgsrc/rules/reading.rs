//! What cannot be read, and what cannot be decided because of it.
use crate::lint::rule_table::rule_table;

rule_table! {
UNCLEAR = "PW3001", Error, "a line that make does not understand" {
    what: "The makefile has a line that is neither an assignment, an inclusion, a conditional, a loop nor a target, or a \
           conditional or loop without its end.",
    effect: "make stops with `Malformed conditional`, `Missing dependency operator` or the like in every target: the \
             package is neither built nor found by bulk builds.",
    mend: "Look at the line; often a backslash at the end of the line before is missing, or blanks stand where a tab has \
           to be.",
    source: "make(1); parsed by makefile-lossless",
    examples: [(".if ${OPSYS} == \"NetBSD\"\nMAKE_ENV+=\tA=b\n", ".if ${OPSYS} == \"NetBSD\"\nMAKE_ENV+=\tA=b\n.endif\n")],
}
TOO_LARGE = "PW3002", Unknown, "a makefile that is too large to be judged" {
    what: "The makefile has more than 256 KiB. The largest of the tree have a tenth of that.",
    effect: "",
    mend: "Split it: lists of files and crates belong into files of their own.",
    source: "portwright",
    examples: [],
}
NO_LOCK = "PW3003", Unknown, "the crates cannot be compared with Cargo.lock" {
    what: "Cargo.lock of what is packaged is not at hand: the package has no files/Cargo.lock, and the distfile is neither \
           among the distfiles nor in cargo's cache. Crates, features, RUST_REQ and LICENSE are judged by it.",
    effect: "",
    mend: "`portwright lint --distfiles DIR` or `--lock Cargo.lock`.",
    source: "portwright",
    examples: [],
}
}
