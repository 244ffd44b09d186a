//! Shell files read as assignments, without running anything of them: rc.conf(5), rc.d scripts, environment files.
mod evaluate;
mod expand;
mod words;

pub use evaluate::{Files, Shell};
pub use expand::Value;
