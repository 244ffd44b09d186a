# A stand-in for pkgsrc's mk/bsd.pkg.mk; see README. `bmake stand-in` goes through the phases that a generated package
# takes part in: extract (done by the test), SUBST, install. The result is below ${DESTDIR}.
.include "bsd.prefs.mk"

PKGNAME?=		${DISTNAME}
PKGBASE=		${PKGNAME:C/-[^-]*$//}
PKGVERSION_NOREV=	${PKGNAME:C/^.*-//}
EXTRACT_SUFX?=		.tar.gz
MASTER_SITE_GITHUB?=	https://forge.example/
.if defined(GITHUB_TAG)
GITHUB_PROJECT?=	${PKGBASE}
WRKSRC?=		${WRKDIR}/${GITHUB_PROJECT}-${GITHUB_TAG:C/^v//}
.endif
DISTFILES?=		${DISTNAME}${EXTRACT_SUFX}
WRKDIR?=		${.CURDIR}/work
WRKSRC?=		${WRKDIR}/${DISTNAME}
FILESDIR=		${.CURDIR}/files
DESTDIR?=		${WRKDIR}/destdir
SSLBASE?=		${PREFIX}/ssl
PGSQL_TYPE?=		postgresql16
COMPILER_RPATH_FLAG?=	-Wl,-rpath,

.if defined(PKG_FAIL_REASON)
.error ${PKG_FAIL_REASON}
.endif

INSTALL_PROGRAM=	install -m 0755
INSTALL_SCRIPT=		install -m 0755
INSTALL_DATA=		install -m 0644
INSTALL_MAN=		install -m 0644
CP=			cp
LN=			ln
MKDIR=			mkdir -p
RM=			rm -f

.PHONY: stand-in stand-in-subst stand-in-dirs post-extract do-install post-install
.if !target(post-extract)
post-extract:
.endif
.if !target(post-install)
post-install:
.endif

_AT=			@

# As mk/subst.mk: each class works on its files below ${WRKSRC}; one that changes nothing is an error.
stand-in-subst:
.for class in ${SUBST_CLASSES}
.  for file in ${SUBST_FILES.${class}}
	sed ${SUBST_SED.${class}} ${SUBST_VARS.${class}:@v@-e 's,${_AT}${v}${_AT},${${v}},g'@} ${WRKSRC}/${file} >${WRKSRC}/${file}.new
	! cmp -s ${WRKSRC}/${file} ${WRKSRC}/${file}.new || { echo "SUBST class ${class} changes nothing in ${file}" >&2; exit 1; }
	mv ${WRKSRC}/${file}.new ${WRKSRC}/${file}
.  endfor
.endfor

stand-in-dirs:
.for dir in ${INSTALLATION_DIRS}
	${MKDIR} ${DESTDIR}${PREFIX}/${dir}
.endfor

stand-in: post-extract .WAIT stand-in-subst .WAIT stand-in-dirs .WAIT do-install .WAIT post-install
