//! Where distfiles are fetched from, and what is called by name.
use crate::lint::rule_table::rule_table;

rule_table! {
PROGRAM = "PW3801", Warning, "a program is called that no dependency brings" {
    what: "An rc.d script, a method, a manifest or a link of the package names a program below the prefix that is known \
           to come with another package, or starts a server that is known to run such programs by name; and DEPENDS does not \
           have that package.",
    effect: "On a machine without it the service does not start, or fails at the first thing that needs the program.",
    mend: "`DEPENDS+=` with the package.",
    source: "pkgsrc doc/guide (dependencies); the packages' PLISTs",
    examples: [("", "DEPENDS+=\tdaemonize-[0-9]*:../../sysutils/daemonize\n")],
}
VERSION_REWRITTEN = "PW3901", Error, "the version was rewritten, and the site is cargo.mk's" {
    what: "cargo.mk fetches the release from the registry by PKGVERSION_NOREV when the package sets no MASTER_SITES. The \
           package's version is not the one in DISTNAME.",
    effect: "The URL does not exist: `make fetch` stops with 404.",
    mend: "Write MASTER_SITES with upstream's version.",
    source: "pkgsrc lang/rust/cargo.mk 1.39 (MASTER_SITES)",
    examples: [("", "MASTER_SITES=\t${MASTER_SITE_CRATESIO:S,^,-,:S,$,acme/1.0.0-rc.1/download,}\n")],
}
SITES_UNUSED = "PW3902", Warning, "SITES of a file that is not fetched" {
    what: "`SITES.<file>` names a file that is neither in DISTFILES nor a crate of CARGO_CRATE_DEPENDS.",
    effect: "Nothing; it is left over, or the file that it was to be about is fetched from somewhere else, or from nowhere.",
    mend: "Remove it, or correct the name.",
    source: "pkgsrc mk/fetch/sites.mk",
    examples: [("SITES.acme-web-1.tar.gz=\thttps://acme.example/\n", "")],
}
}
