//! Names, FMRIs and values, as libuutil, libscf and svccfg check them.
mod fmri;
mod names;
mod numbers;
mod placeholder;
mod types;

pub use fmri::{Fmri, parse as parse_fmri};
pub use names::{LONGEST_SERVICE, NAME_LIMIT, ident, service_name};
pub(crate) use numbers::{any_base, count, integer};
pub(crate) use placeholder::{Verdict, has_placeholder, judge, plain};
pub use types::valid;
pub(crate) use types::{TYPES, envvar_name};
