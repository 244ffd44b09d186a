//! LICENSE.
use crate::lint::rule_table::rule_table;

rule_table! {
LICENCE_NONE = "PW3401", Warning, "no LICENSE" {
    what: "The package sets no LICENSE, or only in a comment.",
    effect: "pkgsrc takes the package for unclassified: the binary package says nothing of its licence, and whoever \
             distributes packages by licence leaves it out.",
    mend: "`LICENSE=` with the names in licenses/: the server's own licence, AND those of what is linked into it.",
    source: "pkgsrc mk/license.mk",
    examples: [("", "LICENSE=\tmit AND mpl-2.0\n")],
}
LICENCE_FORM = "PW3402", Error, "LICENSE cannot be read" {
    what: "A condition is names with AND or OR between them; where both occur there are parentheses.",
    effect: "Every make target stops: `License conditions … could not be evaluated`.",
    mend: "`(apache-2.0 OR mit) AND isc`.",
    source: "pkgsrc pkgtools/pkg_install files/lib/license.c; tried with pkg_admin check-license",
    examples: [("LICENSE=\tapache-2.0 OR mit AND isc\n", "LICENSE=\t(apache-2.0 OR mit) AND isc\n")],
}
LICENCE_SPDX = "PW3403", Error, "LICENSE has a name that is not the tree's" {
    what: "The name is that of the SPDX list, not that of a file in pkgsrc's licenses/; names are exact, letter by letter.",
    effect: "The licence is unknown and not accepted: the first make target stops, for everybody.",
    mend: "Take the tree's name.",
    source: "pkgsrc mk/license.mk, licenses/",
    examples: [("LICENSE=\tMIT AND mpl-2.0\n", "LICENSE=\tmit AND mpl-2.0\n")],
}
LICENCE_OWN = "PW3404", Warning, "LICENSE lacks the server's own licence" {
    what: "The manifest of what is packaged says a licence whose name in the tree is not in LICENSE.",
    effect: "Binary packages are passed on under terms that are not the author's.",
    mend: "Name it in LICENSE.",
    source: "Cargo.toml (package.license); pkgsrc mk/license.mk",
    examples: [],
}
LICENCE_WHOLE = "PW3405", Warning, "LICENSE lacks the licence of a crate that is linked" {
    what: "A crate that the program depends on stands under a licence that permissive terms do not absorb, and LICENSE \
           does not name it. Dependencies are followed in Cargo.lock; those for tests are left out, those that only a \
           feature or another system needs are not told apart.",
    effect: "Whoever passes the binary package on does not learn of terms that bind them, such as having to offer the \
             sources.",
    mend: "`LICENSE= … AND` its name in the tree.",
    source: "the crates' manifests; pkgsrc mk/license.mk",
    examples: [],
}
}
