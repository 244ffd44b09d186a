# A stand-in for OpenBSD's ports framework, written for these tests from bsd.port.mk(5) and cargo-module(5): as much as is
# needed to ask bmake what a generated port says, and to let it install. The framework itself is judged elsewhere.

PREFIX =		${.CURDIR}/fake/usr/local
LOCALBASE =		/usr/local
WRKDIR =		${.CURDIR}/work
.if defined(DIST_TUPLE)
# github account project id targetdir
DISTNAME ?=		${DIST_TUPLE:[3]}-${DIST_TUPLE:[4]:C/^v([0-9])/\1/}
.endif
PKGNAME ?=		${DISTNAME}
EXTRACT_SUFX ?=		.tar.gz
WRKDIST ?=		${WRKDIR}/${DISTNAME}
WRKSRC =		${WRKDIST}
FILESDIR =		${.CURDIR}/files
MODCARGO_TARGET_DIR =	${WRKDIR}/target
MODCARGO_WANTLIB =	c c++abi pthread

INSTALL_PROGRAM =	install -m 755
INSTALL_SCRIPT =	install -m 755
INSTALL_DATA =		install -m 644
INSTALL_MAN =		install -m 644
INSTALL_DATA_DIR =	install -d
SUBST_DATA =		install -m 644

# What the framework's fake target makes before.
stand-in: _directories do-install .WAIT
	@:

_directories:
	@for i in bin sbin libexec share/doc share/examples man/man1 man/man5 man/man8; do \
		mkdir -p ${PREFIX}/$$i; \
	done

do-install: _directories
.if target(post-install)
stand-in: post-install
post-install: do-install
.endif
