//! What pkgsrc sets when a package does not.
use crate::lint::makefile::{Possible, Program};

/// Directories and commands stand for themselves, as `‹NAME›`, so that a path or a command that is put together from them
/// can be told from another.
const STANDING: &[&str] = &[
    "PREFIX",
    "DESTDIR",
    "LOCALBASE",
    "VARBASE",
    "PKG_SYSCONFDIR",
    "PKG_SYSCONFBASE",
    "WRKSRC",
    "WRKDIR",
    "PKGMANDIR",
    "SYSCONFBASE",
    "RCD_SCRIPTS_DIR",
    "RCD_SCRIPTS_EXAMPLEDIR",
    "PKGINFODIR",
    "INSTALL_PROGRAM",
    "INSTALL_SCRIPT",
    "INSTALL_LIB",
    "INSTALL_DATA",
    "INSTALL_MAN",
    "INSTALL_PROGRAM_DIR",
    "INSTALL_SCRIPT_DIR",
    "INSTALL_LIB_DIR",
    "INSTALL_DATA_DIR",
    "INSTALL_MAN_DIR",
    "INSTALL_GAME",
    "INSTALL",
    "LN",
    "CP",
    "MV",
    "MKDIR",
    "RUN",
    "CARGO_WRKSRC",
    "CARGO_VENDOR_DIR",
    "REAL_ROOT_USER",
    "REAL_ROOT_GROUP",
    "ROOT_USER",
    "ROOT_GROUP",
    "CHMOD",
    "CHOWN",
    "RM",
    "SED",
    "PAX",
    "TAR",
    "FIND",
    "XARGS",
    "MAKE_PROGRAM",
    "CARGO",
];

/// What pkgsrc sets a variable to when a package does not.
pub(super) fn value(program: &Program, name: &str) -> Option<Possible> {
    let name_and_version = || program.possible("PKGNAME");
    Some(match name {
        // bsd.pkg.mk: PKGNAME?= ${DISTNAME}.
        "PKGNAME" => program.possible("DISTNAME"),
        "PKGNAME_NOREV" => name_and_version(),
        "PKGBASE" => {
            name_and_version().map(|name| Some(name.rsplit_once('-').map_or(name, |(base, _)| base).to_owned()))
        }
        "PKGVERSION" | "PKGVERSION_NOREV" => {
            name_and_version().map(|name| name.rsplit_once('-').map(|(_, version)| version.to_owned()))
        }
        "EXTRACT_SUFX" => Possible::one(".tar.gz"),
        "DEFAULT_DISTFILES" => default_distfiles(program),
        "GITHUB_PROJECT" | "GITLAB_PROJECT" => program.possible("PKGBASE"),
        "GITHUB_TAG" => program.possible("PKGVERSION_NOREV"),
        "FILESDIR" => Possible::one("files"),
        "PATCHDIR" => Possible::one("patches"),
        "PKGREVISION" => Possible::one(""),
        standing if STANDING.contains(&standing) => Possible::one(format!("‹{standing}›")),
        _ => return None,
    })
}

/// mk/fetch/github.mk: a commit's hash is part of the name; mk/fetch/gitlab.mk likewise.
fn default_distfiles(program: &Program) -> Possible {
    let plain = program.possible("DISTNAME").then(&program.possible("EXTRACT_SUFX"));
    let tag = ["GITHUB_TAG", "GITLAB_TAG"].into_iter().find(|name| program.is_assigned(name));
    let released = program.is_assigned("GITHUB_RELEASE") || program.is_assigned("GITLAB_RELEASE");
    let (Some(tag), false) = (tag, released) else { return plain };
    let tag = program.possible(tag);
    let hash = |tag: &str| {
        tag.len() >= 7 && tag.bytes().take(7).all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    if tag.open {
        return Possible::unknown();
    }
    let mut names = Possible::default();
    for tag in &tag.values {
        if hash(tag) {
            let hashed = program.possible("DISTNAME").then(&Possible::one(format!("-{tag}")));
            names.or(hashed.then(&program.possible("EXTRACT_SUFX")));
        } else {
            names.or(plain.clone());
        }
    }
    names
}
