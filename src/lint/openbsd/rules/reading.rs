//! What cannot be read, and what cannot be decided because of it.
use crate::lint::rule_table::rule_table;

rule_table! {
UNCLEAR = "PW4001", Error, "a line that make does not understand" {
    what: "The Makefile has a line that is neither an assignment, an inclusion, a conditional, a loop nor a target, or a \
           conditional or loop without its end.",
    effect: "make stops with a parse error in every target: the port is neither built nor seen by dpb.",
    mend: "Look at the line; often a backslash at the end of the line before is missing.",
    source: "make(1); parsed by makefile-lossless",
    examples: [("this is no line of a makefile\n", "")],
}
TOO_LARGE = "PW4002", Unknown, "a makefile that is too large to be judged" {
    what: "The Makefile has more than 256 KiB. The largest of the tree have a tenth of that.",
    effect: "",
    mend: "Split it: lists of crates belong into crates.inc.",
    source: "portwright",
    examples: [],
}
NO_LOCK = "PW4003", Unknown, "the crates cannot be compared with Cargo.lock" {
    what: "Cargo.lock of what is packaged is not at hand: the distfile is neither among the distfiles nor in cargo's cache.",
    effect: "",
    mend: "`portwright lint --distfiles DIR` or `--lock Cargo.lock`.",
    source: "portwright",
    examples: [],
}
}
