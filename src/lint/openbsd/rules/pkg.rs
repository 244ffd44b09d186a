//! Packing lists, texts and rc scripts in pkg/.
use crate::lint::rule_table::rule_table;

rule_table! {
SUBST_UNKNOWN = "PW4301", Warning, "a variable that nobody fills in" {
    what: "A packing list or text has `${NAME}`, and NAME is neither in SUBST_VARS nor one of the framework's.",
    effect: "`make package` stops, or the text has `${NAME}` in it when it is installed.",
    mend: "`SUBST_VARS += NAME`, or correct the name.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_subst_vars)",
    examples: [],
}
PLIST_BLANK = "PW4302", Warning, "an empty line in a packing list" {
    what: "Packing lists have no empty lines.",
    effect: "portcheck refuses it; `make update-plist` removes it.",
    mend: "Remove it.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist_file)",
    examples: [],
}
FULLPKGNAME = "PW4303", Warning, "FULLPKGNAME in a packing list" {
    what: "A path has `${FULLPKGNAME}`; only the README may.",
    effect: "The path changes with every version: files of the old one are left behind when something in them was changed.",
    mend: "`${PKGSTEM}`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist_file)",
    examples: [],
}
RC_NAME = "PW4304", Error, "an rc script whose name does not work" {
    what: "The name of an rc script has letters, digits and underscores, and does not begin with a digit.",
    effect: "rc.subr(8) makes variables of the name: `rcctl set` and the start at boot fail.",
    mend: "Write `_` for `-`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_pkg_dir); src etc/rc.d/rc.subr",
    examples: [],
}
RC_UNLISTED = "PW4305", Error, "an rc script that no packing list has" {
    what: "pkg/NAME.rc is there, and no packing list has `@rcscript ${RCDIR}/NAME`.",
    effect: "The script is not installed: the package has no service.",
    mend: "Add the line to PLIST.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_rcscript)",
    examples: [],
}
RC_MISSING = "PW4306", Error, "a packing list has an rc script that is not there" {
    what: "`@rcscript ${RCDIR}/NAME` is in a packing list, and pkg/NAME.rc is not there.",
    effect: "`make package` stops: the file does not exist.",
    mend: "Add pkg/NAME.rc, or remove the line.",
    source: "bsd.port.mk(5) (pkg/*.rc)",
    examples: [],
}
OWNED = "PW4307", Error, "a script or README with an owner, group or mode of its own" {
    what: "@owner, @group or @mode is still set where @rcscript or a README stands.",
    effect: "The service's user owns the script that root runs at boot, or nobody can read the README.",
    mend: "Reset it before, with a bare @owner, @group or @mode.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist)",
    examples: [],
}
README_UNLISTED = "PW4308", Error, "a README that no packing list has" {
    what: "pkg/README is there, and PLIST has no `share/doc/pkg-readmes/${PKGSTEM}`.",
    effect: "Nobody who installs the package ever sees it.",
    mend: "Add the line.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist)",
    examples: [],
}
MAN_PLACE = "PW4309", Warning, "a manual or info page in another place" {
    what: "Manual pages go to man/, info pages to info/, below the prefix.",
    effect: "man(1) does not find them.",
    mend: "Install them there.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist)",
    examples: [],
}
MAN_PACKED = "PW4310", Warning, "a compressed manual page" {
    what: "An `@man` entry ends in .gz.",
    effect: "makewhatis(8) and apropos(1) do not see the page.",
    mend: "Install it as it is.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist)",
    examples: [],
}
OLD_EXEC = "PW4311", Warning, "a command that a tag has taken the place of" {
    what: "@exec or @unexec updates a cache of icons, desktop files, MIME types or schemas.",
    effect: "It runs for every package instead of once.",
    mend: "`@tag gtk-update-icon-cache`, `@tag update-desktop-database`, `@tag update-mime-database`, `@tag \
           glib-compile-schemas`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist)",
    examples: [],
}
NO_TAG = "PW4312", Warning, "a file of which a cache has to learn" {
    what: "The packing list has an icon theme, a desktop file, a MIME type or a GLib schema, and neither RUN_DEPENDS nor \
           MODULES brings what keeps the cache of them.",
    effect: "The desktop does not see the file until something else updates the cache.",
    mend: "`RUN_DEPENDS += devel/desktop-file-utils`, `x11/gtk+4,-guic`, `misc/shared-mime-info`, or `MODULES += devel/dconf`.",
    source: "OpenBSD ports infrastructure/bin/portcheck 1.147 (check_plist)",
    examples: [],
}
}
