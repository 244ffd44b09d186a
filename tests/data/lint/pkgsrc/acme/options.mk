# $NetBSD$

PKG_OPTIONS_VAR=	PKG_OPTIONS.acme
PKG_SUPPORTED_OPTIONS=	ldap
PKG_SUGGESTED_OPTIONS=	ldap

.include "../../mk/bsd.options.mk"

CARGO_NO_DEFAULT_FEATURES=	yes

.if ${PKG_OPTIONS:Mldap}
CARGO_FEATURES+=	directory
.endif
