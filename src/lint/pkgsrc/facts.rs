//! What is known of the tree.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::profile::{Profile, load};

/// The profile with the tree's names.
pub(super) fn profile() -> &'static Profile {
    static PROFILE: LazyLock<Profile> = LazyLock::new(|| load("netbsd").expect("a built-in profile"));
    &PROFILE
}

/// Libraries whose crates have no copy to fall back on (their build scripts).
pub(super) const WITHOUT_COPY: &[&str] = &["openssl", "libpq", "mysqlclient", "ldap", "dbus", "pam"];

/// File names below bin and sbin, with the directory of the package that has them.
pub(super) fn programs() -> &'static BTreeMap<String, String> {
    static PROGRAMS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let mut programs: BTreeMap<String, String> = BTreeMap::from([
            // Helpers of services and builds; a server does not look for them, so the profile has none of them.
            ("daemonize".to_owned(), "sysutils/daemonize".to_owned()),
            ("setuidgid".to_owned(), "sysutils/daemontools".to_owned()),
            ("protoc".to_owned(), "devel/protobuf".to_owned()),
        ]);
        for (name, program) in &profile().programs {
            let file = program.file.clone().unwrap_or_else(|| name.clone());
            programs.insert(file, program.package.clone());
        }
        programs
    });
    &PROGRAMS
}
