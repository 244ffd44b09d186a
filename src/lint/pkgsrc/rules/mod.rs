//! The rules, each with its page: `PW30xx` is what cannot be read, `PW31xx` crates, `PW32xx` distinfo, `PW33xx` libraries and
//! tools, `PW34xx` licences, `PW35xx` options, `PW36xx` what is installed, `PW37xx` the service, `PW38xx` programs, `PW39xx` sites.
mod crates;
mod distinfo;
mod install;
mod licence;
mod native;
mod options;
mod reading;
mod service;
mod sites;

pub(super) use crates::*;
pub(super) use distinfo::*;
pub(super) use install::*;
pub(super) use licence::*;
pub(super) use native::*;
pub(super) use options::*;
pub(super) use reading::*;
pub(super) use service::*;
pub(super) use sites::*;

use std::sync::LazyLock;

use crate::finding::Rule;

/// All of them, by code.
pub(super) fn all() -> &'static [&'static Rule] {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
        [
            reading::ALL,
            crates::ALL,
            distinfo::ALL,
            native::ALL,
            licence::ALL,
            options::ALL,
            install::ALL,
            service::ALL,
            sites::ALL,
        ]
        .concat()
    });
    &ALL
}
