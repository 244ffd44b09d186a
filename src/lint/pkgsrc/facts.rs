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

/// What an include brings along in any case (the buildlink3.mk files themselves, without what their options decide).
const BRINGS: &[(&str, &[&str])] = &[
    ("www/curl/buildlink3.mk", &["devel/zlib", "security/openssl"]),
    ("security/libssh2/buildlink3.mk", &["devel/zlib", "security/openssl"]),
    ("databases/openldap-client/buildlink3.mk", &["security/openssl"]),
    ("mk/pgsql.buildlink3.mk", &["devel/zlib", "security/openssl"]),
    ("mk/mysql.buildlink3.mk", &["devel/zlib", "security/openssl"]),
    ("devel/libgit2/buildlink3.mk", &["devel/zlib"]),
    ("graphics/freetype2/buildlink3.mk", &["devel/zlib", "archivers/bzip2"]),
    ("textproc/libxml2/buildlink3.mk", &["devel/zlib", "archivers/xz"]),
];

/// Whether an include is another, or brings it along.
pub(super) fn brings(include: &str, other: &str) -> bool {
    let with = BRINGS.iter().find(|(name, _)| include.ends_with(name)).map_or(&[][..], |(_, with)| with);
    include.ends_with(other) || with.iter().any(|directory| other.starts_with(&format!("{directory}/")))
}

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
