//! Files in memory, compared with a directory and written to it: every file old or new, never partial, and nothing
//! that a person edited lost.
mod apply;
mod diff;
mod disk;
mod files;
mod lock;
mod path;
mod plan;
mod record;

pub use apply::{OnEdit, apply};
pub use files::{File, Keep, Mode, Tree};
pub use path::RelPath;
pub use plan::{Entry, Plan, Status, Summary, plan};
pub use record::{RECORD, sha256};
