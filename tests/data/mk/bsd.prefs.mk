# A stand-in for pkgsrc's mk/bsd.prefs.mk; see README.
.if !defined(STAND_IN_PREFS)
STAND_IN_PREFS=		yes

OPSYS?=			NetBSD
.  if ${OPSYS} == "SunOS"
LOCALBASE?=		/opt/local
INIT_SYSTEM?=		smf
.  else
LOCALBASE?=		/usr/pkg
INIT_SYSTEM?=		rc.d
.  endif
PREFIX?=		${LOCALBASE}
VARBASE?=		/var
PKG_SYSCONFBASE?=	${PREFIX}/etc
PKG_SYSCONFDIR?=	${PKG_SYSCONFBASE}${PKG_SYSCONFSUBDIR:D/${PKG_SYSCONFSUBDIR}}
PKGMANDIR?=		man
REAL_ROOT_USER?=	root
REAL_ROOT_GROUP?=	wheel
.endif
