//! The rules for rc.d scripts, one file for each concept.
mod background;
mod defaults;
mod foreground;
mod freebsd;
mod freebsd_daemon;
mod header;
mod hooks;
mod list;
mod openbsd;
mod openbsd_start;
mod order;
mod own_start;
mod process;
mod programs;
mod quotes;
mod quoting;
mod rcorder;
mod shells;
mod skeleton;
mod syntax;
mod user;
mod variables;

pub(super) use list::{RULES, judge, judge_together, too_long, undecided};
pub(super) use rcorder::Ordered;
