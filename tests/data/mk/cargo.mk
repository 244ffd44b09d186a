# A stand-in for pkgsrc's lang/rust/cargo.mk; see README. It takes a crate's name for the text before the first `-N.N`
# of a file's name and the version for what follows the last one, as the real one does.
MASTER_SITE_CRATESIO?=	https://crates.example/api/v1/crates/
MASTER_SITES?=		-${MASTER_SITE_CRATESIO}${PKGBASE}/${PKGVERSION_NOREV}/download
DISTFILES?=		${DISTNAME}${EXTRACT_SUFX}
.for crate in ${CARGO_CRATE_DEPENDS}
DISTFILES+=		${crate}.crate
SITES.${crate}.crate?=	-${MASTER_SITE_CRATESIO}${crate:C/-[0-9]+\.[0-9.]+.*$//}/${crate:C/^.*-([0-9]+\.[0-9.]+.*)$/\1/}/download
.endfor

DEFAULT_CARGO_ARGS=	--offline -j1
.if defined(CARGO_NO_DEFAULT_FEATURES) && !empty(CARGO_NO_DEFAULT_FEATURES:M[yY][eE][sS])
DEFAULT_CARGO_ARGS+=	--no-default-features
.endif
.if defined(CARGO_FEATURES)
DEFAULT_CARGO_ARGS+=	--features ${CARGO_FEATURES:ts,}
.endif
CARGO_ARGS?=		build --release ${DEFAULT_CARGO_ARGS}
MAKE_ENV+=		RUSTFLAGS=${RUSTFLAGS:Q}
