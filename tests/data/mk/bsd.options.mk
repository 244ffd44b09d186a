# A stand-in for pkgsrc's mk/bsd.options.mk; see README. Suggested options first, then those that the builder wants
# for all packages, then those for this one; what comes later wins, and in a group the last one does.
.if !defined(STAND_IN_OPTIONS)
STAND_IN_OPTIONS=	yes
.  include "bsd.prefs.mk"

.  if !defined(PKG_OPTIONS_VAR)
PKG_FAIL_REASON+=	"PKG_OPTIONS_VAR is not defined."
.  endif
_known=			${PKG_SUPPORTED_OPTIONS} ${PKG_SUPPORTED_OPTIONS.${OPSYS}}
.  for _kind in GROUP:${PKG_OPTIONS_REQUIRED_GROUPS:ts,}:${PKG_OPTIONS_OPTIONAL_GROUPS:ts,} SET:${PKG_OPTIONS_NONEMPTY_SETS:ts,}
.    for _choice in ${_kind:C/^[A-Z]*://:S/,/ /g:S/:/ /g}
.      if empty(PKG_OPTIONS_${_kind:C/:.*//}.${_choice})
PKG_FAIL_REASON+=	"The choice ${_choice} has no options."
.      endif
_known+=		${PKG_OPTIONS_${_kind:C/:.*//}.${_choice}}
.    endfor
.  endfor

PKG_OPTIONS:=		# none yet
.  for _word in ${PKG_SUGGESTED_OPTIONS} ${PKG_SUGGESTED_OPTIONS.${OPSYS}} ${PKG_DEFAULT_OPTIONS} - ${${PKG_OPTIONS_VAR}}
.    if ${_word} == "-"
# From here on it is this package that is meant: unknown names were typed by somebody.
_strict=		yes
.    else
_name:=			${_word:C/^-//}
.      if empty(_known:M${_name})
.        if (defined(_strict) || empty(PKG_DEFAULT_OPTIONS:M${_word})) && ${_word:M-*} == ""
PKG_FAIL_REASON+=	"The following selected options are not supported: ${_name}."
.        endif
.      else
PKG_OPTIONS:=		${PKG_OPTIONS:N${_name}}
.        for _group in ${PKG_OPTIONS_REQUIRED_GROUPS} ${PKG_OPTIONS_OPTIONAL_GROUPS}
.          if !empty(PKG_OPTIONS_GROUP.${_group}:M${_name})
.            if ${_word:M-*} == ""
_stack.${_group}:=	${_stack.${_group}} ${_name}
.            else
_stack.${_group}:=	${_stack.${_group}:N${_name}}
.            endif
_grouped.${_name}=	yes
.          endif
.        endfor
.        if !defined(_grouped.${_name}) && ${_word:M-*} == ""
PKG_OPTIONS:=		${PKG_OPTIONS} ${_name}
.        endif
.      endif
.    endif
.  endfor
.  for _group in ${PKG_OPTIONS_REQUIRED_GROUPS} ${PKG_OPTIONS_OPTIONAL_GROUPS}
PKG_OPTIONS:=		${PKG_OPTIONS} ${_stack.${_group}:[-1]}
.  endfor
.  for _group in ${PKG_OPTIONS_REQUIRED_GROUPS}
.    if empty(_stack.${_group})
PKG_FAIL_REASON+=	"One of the following options must be selected: ${PKG_OPTIONS_GROUP.${_group}:O:u}"
.    endif
.  endfor
.  for _set in ${PKG_OPTIONS_NONEMPTY_SETS}
_found=			# none
.    for _name in ${PKG_OPTIONS_SET.${_set}}
_found+=		${PKG_OPTIONS:M${_name}}
.    endfor
.    if empty(_found:M*)
PKG_FAIL_REASON+=	"At least one of the following options must be selected: ${PKG_OPTIONS_SET.${_set}:O:u}"
.    endif
.  endfor
PKG_OPTIONS:=		${PKG_OPTIONS:O:u}
PKG_SUPPORTED_OPTIONS:=	${_known:O:u}
.endif
