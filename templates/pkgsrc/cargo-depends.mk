# $NetBSD$
{% for crate in crates %}
CARGO_CRATE_DEPENDS+=	{{ crate }}
{%- endfor %}
