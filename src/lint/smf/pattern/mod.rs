//! Templates applied: what the property groups of an instance must look like (`usr/src/cmd/svc/svccfg/svccfg_tmpl.c`).
//!
//! svccfg takes patterns from four levels: the instance, its service, its restarter, and the framework. The last two
//! are in the repository of a running system; what illumos delivers for them is here as data.
mod apply;
mod builtin;
mod hold;
mod own;
mod shape;

pub(super) use apply::check;
