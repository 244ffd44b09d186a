//! The recipe: what no tool can find out about a server.
//!
//! Types here say what a person wrote, nothing more; what it means on an OS is decided in [`crate::port`].
mod load;
mod model;
mod options;
mod placeholder;
mod schema;
mod service;
mod source;
mod upstream;
mod values;

pub use load::{load, load_all, parse};
pub use model::{Addition, Additions, Build, Install, LicenceOverride, Os, Package, Program, Recipe};
pub use options::{Opt, OptionOn};
pub use placeholder::{Part, split as split_placeholders};
pub use schema::json_schema;
pub use service::{Backup, Config, Data, Need, Restart, Service, Stop};
pub use source::{Located, Pointer, Source};
pub use upstream::Upstream;
pub use values::{parse_duration, parse_mode, parse_size};
