//! distinfo.
use crate::lint::rule_table::rule_table;

rule_table! {
DISTINFO_MISSING = "PW3201", Error, "a distfile is not in distinfo" {
    what: "A crate of CARGO_CRATE_DEPENDS, or another distfile, has no digests in distinfo.",
    effect: "`make checksum` stops: `Checksum mismatch` or `No checksum recorded`; nothing is built.",
    mend: "`make makesum`; or `portwright generate` when the package is made from a recipe.",
    source: "pkgsrc mk/checksum",
    examples: [],
}
DISTINFO_LEFT_OVER = "PW3202", Warning, "distinfo has a file that is no distfile" {
    what: "The digests are of a file that the package does not fetch, left over from another release.",
    effect: "Nothing breaks. Mirrors and `make distclean` go by distinfo and look for the file; readers of the next diff do, \
             too.",
    mend: "Remove its lines, or run `make makesum`.",
    source: "pkgsrc mk/checksum",
    examples: [],
}
DISTINFO_INCOMPLETE = "PW3203", Warning, "a file's digests are incomplete" {
    what: "A distfile has BLAKE2s, SHA512 and Size, a patch has SHA1.",
    effect: "What is missing is not verified, and pkglint refuses the file.",
    mend: "`make makesum` or `make makepatchsum`.",
    source: "pkgsrc mk/checksum; rillig/pkglint v23/distinfo.go",
    examples: [],
}
DISTINFO_DIGEST = "PW3204", Error, "a digest that cannot be one" {
    what: "BLAKE2s is 64 hexadecimal digits, SHA512 128, SHA1 40; Size is a number and `bytes`.",
    effect: "The file never has that digest: `make checksum` stops.",
    mend: "`make makesum`.",
    source: "pkgsrc mk/checksum",
    examples: [],
}
DISTINFO_TWICE = "PW3205", Error, "two digests of one file differ" {
    what: "distinfo has the same algorithm twice for a file, with different values.",
    effect: "One of the two cannot be right: `make checksum` stops, or one that was to protect is not looked at.",
    mend: "`make makesum`.",
    source: "pkgsrc mk/checksum",
    examples: [],
}
DISTINFO_FORM = "PW3206", Error, "a line of distinfo that is no digest" {
    what: "A line is `ALGORITHM (file) = value`.",
    effect: "The line is not read; what it was to say is missing.",
    mend: "`make makesum`.",
    source: "pkgsrc mk/checksum",
    examples: [],
}
DISTINFO_ORDER = "PW3207", Note, "distinfo is not in the order of makesum" {
    what: "Distfiles are sorted by name, then patches.",
    effect: "Nothing now; the next `make makesum` moves everything, and the diff hides what has changed.",
    mend: "Sort it, or run `make makesum`.",
    source: "pkgsrc mk/checksum/distinfo.awk",
    examples: [],
}
PATCH_MISSING = "PW3211", Error, "a patch is not in distinfo" {
    what: "patches/ has a patch whose SHA1 is not in distinfo.",
    effect: "The patch is not applied: the patch phase says `Ignoring patch file …: no checksum found` and goes on.",
    mend: "`make makepatchsum`.",
    source: "pkgsrc mk/patch/patch.mk (do-pkgsrc-patch)",
    examples: [],
}
PATCH_LEFT_OVER = "PW3212", Warning, "distinfo has a patch that is not there" {
    what: "distinfo has the SHA1 of a patch that is not in patches/.",
    effect: "Nothing breaks; but somebody may have forgotten to add the patch.",
    mend: "Add the patch, or remove the line: `make makepatchsum`.",
    source: "rillig/pkglint v23/distinfo.go",
    examples: [],
}
PATCH_CHANGED = "PW3213", Error, "a patch was changed after its checksum was written" {
    what: "The SHA1 of the patch, over the lines that have no `$NetBSD`, is not the one in distinfo.",
    effect: "The patch phase stops: `Patching failed due to modified or broken patch file(s)`.",
    mend: "`make makepatchsum`.",
    source: "pkgsrc mk/patch/patch.mk (do-pkgsrc-patch), mk/checksum/checksum -p",
    examples: [],
}
}
