//! What the framework sets when a port does not (Mk/bsd.port.mk).
use crate::lint::makefile::{Possible, Program};

/// What the framework sets a variable to when a port does not.
pub(super) fn value(program: &Program, name: &str) -> Option<Possible> {
    Some(match name {
        "CARGO_DIST_SUBDIR" => Possible::one("rust/crates"),
        "EXTRACT_SUFX" => Possible::one(".tar.gz"),
        "DISTVERSIONPREFIX" | "DISTVERSIONSUFFIX" | "PKGNAMEPREFIX" | "PKGNAMESUFFIX" => Possible::one(""),
        // A version that is one in both forms is the same in both.
        "DISTVERSION" => program.possible("PORTVERSION"),
        "PORTVERSION" if program.is_assigned("DISTVERSION") => program.possible("DISTVERSION").map(|version| {
            version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then(|| version.to_owned())
        }),
        "GH_ACCOUNT" | "GH_PROJECT" => program.possible("PORTNAME"),
        "FILESDIR" => Possible::one("files"),
        _ => return None,
    })
}
