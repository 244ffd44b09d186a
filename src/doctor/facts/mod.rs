//! What a service gets on a host: worked out from what is installed there, never from the caller's own environment.
mod accounts;
mod login_conf;
mod met;
pub mod package;
mod rc_freebsd;
mod rc_netbsd;
mod rc_openbsd;
mod rc_script;
mod smf;
mod smf_live;
mod smf_manifest;

pub use accounts::{Account, Accounts, Group};
pub use login_conf::{Class, LoginConf};
pub use met::{Fact, Limit, Met, meet, resolved};
pub use package::{Installed, installed};
