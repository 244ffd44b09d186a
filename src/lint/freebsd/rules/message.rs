//! pkg-message and pkg-descr.
use crate::lint::rule_table::rule_table;

rule_table! {
HEREDOC = "PW5501", Error, "a text in pkg-message that has no end" {
    what: "A text between `<<EOM` and `EOM` ends with a line that is the delimiter alone; a quotation with its mark.",
    effect: "pkg refuses the message when the package is made, or everything up to the end of the file is the text.",
    mend: "Write the delimiter alone on its line, at the beginning.",
    source: "libucl src/ucl_parser.c; FreeBSD Porter's Handbook, pkg-files",
    examples: [],
}
UCL = "PW5502", Error, "pkg-message that pkg cannot read" {
    what: "A pkg-message that begins with `[` is UCL: an array of objects.",
    effect: "`make package` stops, or the message is shown with its brackets.",
    mend: "Close brackets and braces; a key has a value.",
    source: "libucl src/ucl_parser.c; FreeBSD Porter's Handbook, pkg-files",
    examples: [],
}
KEY = "PW5503", Warning, "a message that pkg does not show" {
    what: "An entry has `message`, and perhaps `type` (install, upgrade, remove), `minimum_version` and `maximum_version`.",
    effect: "pkg ignores what it does not know: the message is shown at another time, or never.",
    mend: "Correct the key or the type.",
    source: "FreeBSD Porter's Handbook, pkg-files; pkg libpkg/pkg_ports.c",
    examples: [],
}
NO_DESCR = "PW5511", Error, "no pkg-descr" {
    what: "Every port has a pkg-descr.",
    effect: "`make package` stops.",
    mend: "Describe the port in a few lines.",
    source: "portlint 2.22",
    examples: [],
}
DESCR_WWW = "PW5512", Warning, "WWW: in pkg-descr" {
    what: "The web page is in the Makefile since 2022.",
    effect: "It is shown as part of the description.",
    mend: "`WWW=` behind COMMENT in the Makefile.",
    source: "portlint 2.22 (checkdescr)",
    examples: [],
}
DESCR_FORM = "PW5513", Note, "a pkg-descr that is not in the tree's form" {
    what: "pkg-descr has two lines or more, at most 80 characters in each.",
    effect: "Terminals break the lines where they happen to end.",
    mend: "Wrap it.",
    source: "portlint 2.22 (checkdescr)",
    examples: [],
}
}
