//! The doctor: is this host fit to run the service, as the service will meet it?
//!
//! A host is seen live or below a directory ([`root`]); what the service gets is worked out from what is installed there
//! ([`facts`]); checks compare it with the Port ([`checks`]), each under a code of [`rules`]; [`fix`] does what is safe.
pub mod check;
pub mod checks;
mod elf;
mod examine;
pub mod facts;
pub mod fix;
mod host;
pub mod report;
pub mod root;
pub mod rules;
pub mod run;
mod setting;
pub mod sh;
mod sqlite;
mod sqlite_ask;
mod subject;

pub use check::{Check, Status};
pub use examine::{examine, verdict};
pub use host::Host;
pub use subject::Subject;
