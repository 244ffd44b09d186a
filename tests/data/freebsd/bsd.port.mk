# A stand-in for bsd.port.mk with USES=cargo, written for these tests from the Porter's Handbook.
.sinclude "${.CURDIR}/Makefile.crates"

PREFIX=		/usr/local
LOCALBASE=	/usr/local
PORTSDIR?=	/usr/ports
FILESDIR=	${.CURDIR}/files
WRKDIR=		${.CURDIR}/work
STAGEDIR=	${WRKDIR}/stage
RUST_DEFAULT=	rust
LLVM_DEFAULT=	19
CARGO_DIST_SUBDIR=	rust/crates
CARGO_CRATE_EXT=	.crate
DISTVERSIONFULL=	${DISTVERSIONPREFIX}${DISTVERSION}${DISTVERSIONSUFFIX}

.if defined(USE_GITHUB)
GH_PROJECT?=	${PORTNAME}
GH_TAGNAME?=	${DISTVERSIONFULL}
DISTNAME?=	${GH_ACCOUNT}-${GH_PROJECT}-${GH_TAGNAME:S,/,-,g}_GH0
# The directory in the archive of a tag has no v.
WRKSRC?=	${WRKDIR}/${GH_PROJECT}-${GH_TAGNAME:S,^v,,}
.endif
DISTNAME?=	${PORTNAME}-${DISTVERSIONFULL}
EXTRACT_SUFX?=	.tar.gz
DISTFILES?=	${DISTNAME}${EXTRACT_SUFX}
WRKSRC?=	${WRKDIR}/${DISTNAME}
ETCDIR=		${PREFIX}/etc/${PORTNAME}
DATADIR=	${PREFIX}/share/${PORTNAME}
DOCSDIR=	${PREFIX}/share/doc/${PORTNAME}
EXAMPLESDIR=	${PREFIX}/share/examples/${PORTNAME}

MKDIR=		mkdir -p
RM=		rm -f
LN=		ln
CAT=		cat
STRIP_CMD=	:
INSTALL_DATA=	install -m 0644
INSTALL_SCRIPT=	install -m 0555
INSTALL_MAN=	install -m 0644
# FreeBSD's sed takes the last of several -i, each with an argument of its own; GNU's has it behind the letter.
REINPLACE_CMD=	gnu_sed() { shift 2; sed -i "$$@"; }; gnu_sed

# Options: the defaults, WITH and WITHOUT. DOCS and EXAMPLES are on unless somebody says otherwise.
_ALL=		${OPTIONS_DEFINE}
.for _kind in SINGLE RADIO MULTI GROUP
.  for _group in ${OPTIONS_${_kind}}
_ALL+=		${OPTIONS_${_kind}_${_group}}
.  endfor
.endfor
PORT_OPTIONS=
.for _option in ${_ALL}
.  if empty(WITHOUT:M${_option}) && (!empty(OPTIONS_DEFAULT:M${_option}) || !empty(WITH:M${_option}) || ${_option} == DOCS || ${_option} == EXAMPLES)
PORT_OPTIONS+=	${_option}
.    for _word in ${${_option}_VARS}
.      if ${_word:M*+=*} != ""
${_word:C/\+=.*//}+=	${_word:C/^[^=]*=//}
.      else
${_word:C/=.*//}=	${_word:C/^[^=]*=//}
.      endif
.    endfor
.    for _helper in BUILD_DEPENDS LIB_DEPENDS RUN_DEPENDS USES MAKE_ENV
${_helper}+=	${${_option}_${_helper}}
.    endfor
.  endif
.  if empty(${_option}_DESC) && ${_option} != DOCS && ${_option} != EXAMPLES
.    error ${_option}_DESC is not there
.  endif
.endfor
.for _group in ${OPTIONS_SINGLE}
_chosen=	${OPTIONS_SINGLE_${_group}:@_o@${PORT_OPTIONS:M${_o}}@}
.  if ${_chosen:[#]} != 1
.    error exactly one of ${OPTIONS_SINGLE_${_group}} must be selected
.  endif
.endfor
.for _group in ${OPTIONS_RADIO}
_chosen=	${OPTIONS_RADIO_${_group}:@_o@${PORT_OPTIONS:M${_o}}@}
.  if ${_chosen:[#]} > 1
.    error at most one of ${OPTIONS_RADIO_${_group}} may be selected
.  endif
.endfor
.for _group in ${OPTIONS_MULTI}
_chosen=	${OPTIONS_MULTI_${_group}:@_o@${PORT_OPTIONS:M${_o}}@}
.  if ${_chosen:M*} == ""
.    error at least one of ${OPTIONS_MULTI_${_group}} must be selected
.  endif
.endfor

# The phases from patch to install, with programs that are there already for cargo's.
_SUB_LIST=	PREFIX LOCALBASE ETCDIR DATADIR DOCSDIR EXAMPLESDIR
.for _target in post-patch post-install
.  if !target(${_target})
${_target}:
.  endif
.endfor
sub-files:
.for _file in ${SUB_FILES} ${USE_RC_SUBR}
	sed ${_SUB_LIST:@_n@-e "s!%%${_n}%%!${${_n}}!g"@} ${FILESDIR}/${_file}.in >${WRKDIR}/${_file}
.endfor
cargo-install:
	mkdir -p ${STAGEDIR}${PREFIX}/bin
	cp ${WRKDIR}/programs/* ${STAGEDIR}${PREFIX}/bin
_install: post-install
.ORDER: post-patch sub-files cargo-install post-install
stand-in: post-patch sub-files cargo-install post-install
.for _option in ${PORT_OPTIONS}
.  if target(post-install-${_option}-on)
.ORDER: post-install post-install-${_option}-on
stand-in: post-install-${_option}-on
.  endif
.endfor
