//! Judges packaging and services on any machine, without the OS that they are for.
//!
//! Each kind of packaging has a [`RuleSet`], which knows its files by their content. The core finds the files, hands
//! them out, and takes away what comments in the files allow.
mod allow;
mod around;
mod decode;
mod files;
mod freebsd;
pub mod makefile;
mod mend;
mod openbsd;
mod package;
mod pkgsrc;
pub mod rcd;
mod report;
mod rule_set;
mod rule_table;
mod rules;
mod run;
pub mod shell;
pub mod smf;

pub use allow::{Allowance, allowance};
pub use around::Around;
pub use decode::decode;
pub use files::{Claimed, collect};
pub use mend::{Mended, mend};
pub use report::{Allowed, Report};
pub use rule_set::{Judged, RuleSet};
pub use rules::{all_rules, documentation, find_rule};
pub use run::{judge, lint, rule_sets};
