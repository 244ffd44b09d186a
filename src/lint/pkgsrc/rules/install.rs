//! What is installed.
use crate::lint::rule_table::rule_table;

rule_table! {
NOT_LISTED = "PW3601", Error, "a file is installed that PLIST does not have" {
    what: "A command of the install phase puts a file below ${DESTDIR}${PREFIX} that no line of PLIST names. rc.d scripts, \
           SMF manifests and what is made by a command that lint cannot follow are left out.",
    effect: "The package phase stops: `The following files are in DESTDIR but not in the PLIST`.",
    mend: "Add it to PLIST: `make print-PLIST`.",
    source: "pkgsrc mk/check/check-files.mk",
    examples: [],
}
NOT_INSTALLED = "PW3602", Error, "PLIST has a file that is not installed" {
    what: "No command of the install phase makes the file.",
    effect: "The package phase stops: `The following files are in the PLIST but not in DESTDIR`.",
    mend: "Install it, or take it out of PLIST.",
    source: "pkgsrc mk/check/check-files.mk",
    examples: [("bin/acme-tool\nsbin/acme\n", "sbin/acme\n")],
}
CARGO_INSTALLS_BIN = "PW3603", Error, "PLIST has a program in sbin that `cargo install` puts into bin" {
    what: "The package has no do-install of its own; cargo.mk's installs all programs into ${PREFIX}/bin.",
    effect: "The package phase stops: the file is in PLIST but not in DESTDIR.",
    mend: "Write a do-install that copies the program from target/release into sbin, where a server belongs.",
    source: "pkgsrc lang/rust/cargo.mk 1.39 (do-cargo-install)",
    examples: [],
}
BY_FRAMEWORK = "PW3604", Note, "PLIST has a file that the framework lists by itself" {
    what: "rc.d scripts, SMF manifests and methods are added to the packing list by mk/pkginstall and mk/smf.mk, according \
           to INIT_SYSTEM.",
    effect: "The file is in the packing list twice: `pkg_delete` complains that it cannot remove it the second time.",
    mend: "Take the line out.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk, mk/init/smf.mk (GENERATE_PLIST)",
    examples: [("share/examples/rc.d/acme\n", "")],
}
EXAMPLE_MISSING = "PW3605", Error, "CONF_FILES names an example that PLIST does not have" {
    what: "The first of each pair is the example that is copied to the second. It is not among the files of the package.",
    effect: "The install phase stops: `CONF_FILE … does not exist`; or, where it is made but not listed, pkg_add has \
             nothing to copy and the server no configuration.",
    mend: "Install and list the example.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk; tried",
    examples: [("CONF_FILES=\tshare/examples/acme/other.toml ${PKG_SYSCONFDIR}/acme.toml\n", "CONF_FILES=\tshare/examples/acme/acme.toml ${PKG_SYSCONFDIR}/acme.toml\n")],
}
TUPLE = "PW3606", Error, "a list of tuples has a remainder" {
    what: "CONF_FILES and REQD_FILES are pairs, MAKE_DIRS_PERMS, OWN_DIRS_PERMS, REQD_DIRS_PERMS and SPECIAL_PERMS groups \
           of four, CONF_FILES_PERMS and REQD_FILES_PERMS of five words.",
    effect: "The words are taken for each other: a mode for a directory, a file for a user. The install scripts stop or \
             make what nobody meant.",
    mend: "Complete the tuple; a `\\` at the end of a line may be missing.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk",
    examples: [("OWN_DIRS_PERMS+=\t${VARBASE}/db/acme ${ACME_USER} 0750\n", "OWN_DIRS_PERMS+=\t${VARBASE}/db/acme ${ACME_USER} ${ACME_GROUP} 0750\n")],
}
SECRET_MODE = "PW3607", Note, "a configuration that the service's user can change" {
    what: "CONF_FILES_PERMS gives the configuration to the user that the service runs as.",
    effect: "Who takes over the service can change how it starts the next time; where the configuration names programs or \
             paths, that is a way to root.",
    mend: "`${REAL_ROOT_USER} ${ACME_GROUP} 0640`: the service reads it by its group.",
    source: "pkgsrc doc/guide (pkginstall)",
    examples: [],
}
WORLD_READABLE = "PW3608", Note, "a configuration that everybody can read" {
    what: "CONF_FILES installs the configuration with mode 0644, and the sample has a key whose name says that its value is \
           a secret.",
    effect: "Every account of the machine reads the server's passwords and keys.",
    mend: "CONF_FILES_PERMS with `${REAL_ROOT_USER} ${ACME_GROUP} 0640`.",
    source: "pkgsrc mk/pkginstall/bsd.pkginstall.mk (CONF_FILES: mode 0644)",
    examples: [],
}
}
