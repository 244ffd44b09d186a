# $NetBSD$

PKG_OPTIONS_VAR=	PKG_OPTIONS.{{ name }}
{% if supported -%}
PKG_SUPPORTED_OPTIONS=	{{ supported | words }}
{% endif -%}
{% if required_groups -%}
PKG_OPTIONS_REQUIRED_GROUPS=	{{ required_groups | words }}
{% endif -%}
{% if optional_groups -%}
PKG_OPTIONS_OPTIONAL_GROUPS=	{{ optional_groups | words }}
{% endif -%}
{% if sets -%}
PKG_OPTIONS_NONEMPTY_SETS=	{{ sets | words }}
{% endif -%}
{% for choice in choices -%}
{{ choice.variable | expr }}=	{{ choice.options | words }}
{% endfor -%}
{% if suggested -%}
PKG_SUGGESTED_OPTIONS=	{{ suggested | words }}
{% endif -%}
{% for system in suggested_on -%}
PKG_SUGGESTED_OPTIONS.{{ system.opsys }}=	{{ system.options | words }}
{% endfor -%}
{% if partly %}
.include "../../mk/bsd.prefs.mk"
{% for one in partly %}
{% for reason in one.reasons -%}
# {{ reason | comment }}
{% endfor -%}
.if {{ one.condition | expr }}
{{ one.variable | expr }}+=	{{ one.option }}
.endif
{% endfor -%}
{% endif %}
.include "../../mk/bsd.options.mk"
{% if no_default_features %}
# Cargo's default features are options here.
CARGO_NO_DEFAULT_FEATURES=	yes
{% endif -%}
{% if plist_vars %}
PLIST_VARS+=	{{ plist_vars | words }}
{% endif -%}
{% for option in options %}
{% for line in option.comments -%}
# {{ line | comment }}
{% endfor -%}
.if ${PKG_OPTIONS:M{{ option.name | modword }}}
{% if option.plist -%}
PLIST.{{ option.plist }}=	yes
{% endif -%}
{% if option.languages -%}
USE_LANGUAGES+=	{{ option.languages | words }}
{% endif -%}
{% if option.tools -%}
USE_TOOLS+=	{{ option.tools | words }}
{% endif -%}
{% for line in option.tool_depends -%}
TOOL_DEPENDS+=	{{ line }}
{% endfor -%}
{% for line in option.run_depends -%}
DEPENDS+=	{{ line }}
{% endfor -%}
{% for feature in option.features -%}
CARGO_FEATURES+=	{{ feature }}
{% endfor -%}
{% for variable in option.native_environment -%}
MAKE_ENV+=	{{ variable.name }}={{ variable.value | expr }}
{% endfor -%}
{% for variable in option.environment -%}
MAKE_ENV+=	{{ variable.name }}={{ variable.value | shell }}
{% endfor -%}
{% for prefix in option.rpaths -%}
RUSTFLAGS+=	-C link-arg=${COMPILER_RPATH_FLAG}{{ prefix | expr }}/lib
{% endfor -%}
{% for licence in option.licences -%}
LICENSE+=	AND {{ licence }}
{% endfor -%}
{% for edit in option.edits -%}
{% if edit.opsys -%}
.  if ${OPSYS} == "{{ edit.opsys | modword }}"
{% endif -%}
SUBST_CLASSES+=	{{ edit.class }}
SUBST_STAGE.{{ edit.class }}=	pre-configure
SUBST_MESSAGE.{{ edit.class }}=	{{ edit.message }}
SUBST_FILES.{{ edit.class }}=	{{ edit.file | shell }}
SUBST_SED.{{ edit.class }}=	-e {{ edit.sed | shell }}
{% if edit.opsys -%}
.  endif
{% endif -%}
{% endfor -%}
{% for include in option.includes -%}
.  include "{{ include | expr }}"
{% endfor -%}
.endif
{% endfor -%}
{% if additions %}
{{ additions | verbatim }}
{% endif -%}
