//! The templates inside the program.
use super::dialect::Dialect;

macro_rules! template {
    ($dialect:ident, $name:literal) => {
        (Dialect::$dialect, $name, include_str!(concat!("../../templates/", $name)))
    };
}

/// Dialect, name and text of every embedded template.
///
/// The names mirror `templates/`; the texts are embedded by `include_str!`, so that no build script is needed.
pub(crate) const TEMPLATES: &[(Dialect, &str, &str)] = &[
    template!(Make, "pkgsrc/Makefile"),
    template!(Make, "pkgsrc/options.mk"),
    template!(Make, "pkgsrc/cargo-depends.mk"),
    template!(Text, "pkgsrc/DESCR"),
    template!(Text, "pkgsrc/README.pkgsrc"),
    template!(Toml, "pkgsrc/git-sources.toml"),
    template!(Plist, "pkgsrc/PLIST"),
    template!(OpenbsdMake, "openbsd/Makefile"),
    template!(OpenbsdMake, "openbsd/crates.inc"),
    template!(Toml, "openbsd/git-crates.toml"),
    template!(Text, "openbsd/pkg/DESCR"),
    template!(Text, "openbsd/pkg/README"),
    template!(PackingList, "openbsd/pkg/PLIST"),
    template!(PackingList, "openbsd/pkg/PFRAG"),
    template!(LoginConf, "openbsd/pkg/login"),
    template!(Sh, "rc.d/openbsd.ksh"),
    template!(Make, "freebsd/Makefile"),
    template!(Make, "freebsd/Makefile.crates"),
    template!(Text, "freebsd/pkg-descr"),
    template!(Ucl, "freebsd/pkg-message"),
    template!(PkgPlist, "freebsd/pkg-plist"),
    template!(Sh, "rc.d/before-start.sh"),
    template!(Sh, "rc.d/freebsd.sh"),
    template!(Sh, "rc.d/netbsd.sh"),
    template!(Xml, "smf/manifest.xml"),
];
