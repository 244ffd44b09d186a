//! From a resolved port to files: one module per output, and the dialects they are written in.
pub mod dialect;
pub mod freebsd;
pub mod openbsd;
pub mod pkgsrc;
mod places;
mod preparations;
pub mod rcd;
pub mod smf;
mod templates;

pub use places::{Account, Names, Spelling};
pub(crate) use preparations::filled;
pub use preparations::{options_said, preparations};
