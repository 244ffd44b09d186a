# $NetBSD$

PKG_OPTIONS_VAR=		PKG_OPTIONS.garage
PKG_SUPPORTED_OPTIONS=		garage-consul-discovery garage-k2v \
				garage-metrics garage-telemetry-otlp \
				syslog
PKG_OPTIONS_REQUIRED_GROUPS=	libs
PKG_OPTIONS_NONEMPTY_SETS=	engine
PKG_OPTIONS_SET.engine=		garage-lmdb sqlite garage-fjall
PKG_OPTIONS_GROUP.libs=		garage-bundled-libs garage-system-libs
PKG_SUGGESTED_OPTIONS=		garage-lmdb sqlite garage-system-libs \
				garage-k2v garage-metrics

.include "../../mk/bsd.options.mk"

# Cargo's default features are options here.
CARGO_NO_DEFAULT_FEATURES=	yes

.if ${PKG_OPTIONS:Mgarage-lmdb}
CARGO_FEATURES+=	lmdb
.endif

.if ${PKG_OPTIONS:Msqlite}
CARGO_FEATURES+=	sqlite
MAKE_ENV+=		LIBSQLITE3_SYS_USE_PKG_CONFIG=1
RUSTFLAGS+=		-C link-arg=${COMPILER_RPATH_FLAG}${BUILDLINK_PREFIX.sqlite3}/lib
.  include "../../databases/sqlite3/buildlink3.mk"
.endif

.if ${PKG_OPTIONS:Mgarage-fjall}
CARGO_FEATURES+=	fjall
.endif

.if ${PKG_OPTIONS:Mgarage-bundled-libs}
CARGO_FEATURES+=	bundled-libs
.endif

.if ${PKG_OPTIONS:Mgarage-system-libs}
CARGO_FEATURES+=	system-libs
MAKE_ENV+=		ZSTD_SYS_USE_PKG_CONFIG=1
RUSTFLAGS+=		-C link-arg=${COMPILER_RPATH_FLAG}${BUILDLINK_PREFIX.zstd}/lib
.  include "../../archivers/zstd/buildlink3.mk"
.endif

.if ${PKG_OPTIONS:Mgarage-k2v}
CARGO_FEATURES+=	k2v
.endif

.if ${PKG_OPTIONS:Mgarage-metrics}
CARGO_FEATURES+=	metrics
.endif

.if ${PKG_OPTIONS:Mgarage-telemetry-otlp}
CARGO_FEATURES+=	telemetry-otlp
.endif

.if ${PKG_OPTIONS:Msyslog}
CARGO_FEATURES+=	syslog
.endif

.if ${PKG_OPTIONS:Mgarage-consul-discovery}
CARGO_FEATURES+=	consul-discovery
.endif
