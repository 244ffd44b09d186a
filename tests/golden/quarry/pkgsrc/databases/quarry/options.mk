# $NetBSD$

PKG_OPTIONS_VAR=		PKG_OPTIONS.quarry
PKG_SUPPORTED_OPTIONS=		quarry-viewer tls
PKG_OPTIONS_REQUIRED_GROUPS=	store
PKG_OPTIONS_OPTIONAL_GROUPS=	pictures
PKG_OPTIONS_NONEMPTY_SETS=	protocol
PKG_OPTIONS_GROUP.store=	sqlite
PKG_OPTIONS_GROUP.pictures=	quarry-thumbs quarry-posters
PKG_OPTIONS_SET.protocol=	http2 quarry-gopher
PKG_SUGGESTED_OPTIONS=		sqlite http2
PKG_SUGGESTED_OPTIONS.SunOS=	quarry-viewer

.include "../../mk/bsd.prefs.mk"

# SunOS: the $(compiler) `there` cannot make "it"
.if ${OPSYS} != "SunOS"
PKG_OPTIONS_GROUP.store+=	quarry-wasmstore
.endif

.include "../../mk/bsd.options.mk"

# Cargo's default features are options here.
CARGO_NO_DEFAULT_FEATURES=	yes

PLIST_VARS+=	quarry-posters quarry-viewer

# The server needs 4 GB of memory with this.
.if ${PKG_OPTIONS:Mquarry-wasmstore}
CARGO_FEATURES+=	wasm
.endif

# The server needs 128 MB of memory with this.
.if ${PKG_OPTIONS:Msqlite}
CARGO_FEATURES+=			native
.  if ${OPSYS} == "NetBSD"
SUBST_CLASSES+=				sqlite-journal-mode
SUBST_STAGE.sqlite-journal-mode=	pre-configure
SUBST_MESSAGE.sqlite-journal-mode=	Setting journal-mode for sqlite.
SUBST_FILES.sqlite-journal-mode=	quarry.toml
SUBST_SED.sqlite-journal-mode=		-e 's,^journal-mode = "WAL"$$,journal-mode = "TRUNCATE",'
.  endif
.endif

.if ${PKG_OPTIONS:Mquarry-thumbs}
DEPENDS+=		ImageMagick>=7.0:../../graphics/ImageMagick
CARGO_FEATURES+=	thumbs
.endif

.if ${PKG_OPTIONS:Mquarry-posters}
PLIST.quarry-posters=	yes
DEPENDS+=		ffmpeg7-[0-9]*:../../multimedia/ffmpeg7
CARGO_FEATURES+=	posters
LICENSE+=		AND gnu-gpl-v3
.endif

.if ${PKG_OPTIONS:Mhttp2}
CARGO_FEATURES+=	http2
.endif

.if ${PKG_OPTIONS:Mquarry-gopher}
CARGO_FEATURES+=	gopher
.endif

.if ${PKG_OPTIONS:Mtls}
CARGO_FEATURES+=	tls
MAKE_ENV+=		OPENSSL_DIR=${SSLBASE:Q}
MAKE_ENV+=		OPENSSL_NO_VENDOR=1
RUSTFLAGS+=		-C link-arg=${COMPILER_RPATH_FLAG}${BUILDLINK_PREFIX.openssl}/lib
.  include "../../security/openssl/buildlink3.mk"
.endif

.if ${PKG_OPTIONS:Mquarry-viewer}
PLIST.quarry-viewer=	yes
.endif
