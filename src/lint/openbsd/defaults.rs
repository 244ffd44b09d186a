//! What the framework sets when a port does not (infrastructure/mk/bsd.port.mk, devel/cargo/cargo.port.mk).
use crate::lint::makefile::{Possible, Program};

/// What the framework sets a variable to when a port does not.
pub(super) fn value(program: &Program, name: &str) -> Option<Possible> {
    Some(match name {
        "PKGNAME" => program.possible("DISTNAME"),
        "MODCARGO_DIST_SUBDIR" => Possible::one("cargo"),
        // MODRUST_WANTLIB of lang/rust/rust.port.mk; c++abi is left out on sparc64 only.
        "MODCARGO_WANTLIB" | "MODRUST_WANTLIB" => Possible::one("c c++abi pthread"),
        "COMPILER" => Possible::one("base-clang base-gcc gcc3"),
        // What only the build knows stands for itself.
        "PREFIX" | "TRUEPREFIX" | "LOCALBASE" | "SYSCONFDIR" | "RCDIR" | "WRKSRC" | "WRKDIR" | "WRKDIST" => {
            Possible::one(format!("‹{name}›"))
        }
        _ => return None,
    })
}
