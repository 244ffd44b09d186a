# $NetBSD$

CARGO_CRATE_DEPENDS+=	ember-0.3.1
CARGO_CRATE_DEPENDS+=	whirl-sys-0.4.52+whirl-7.81.0
