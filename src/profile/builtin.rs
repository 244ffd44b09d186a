//! The profiles that come with portwright.

/// Name and text of each built-in profile, bases first.
pub const BUILTIN: &[(&str, &str)] = &[
    ("common", include_str!("../../profiles/common.toml")),
    ("pkgsrc", include_str!("../../profiles/pkgsrc.toml")),
    ("netbsd", include_str!("../../profiles/netbsd.toml")),
    ("illumos", include_str!("../../profiles/illumos.toml")),
    ("linux-pkgsrc", include_str!("../../profiles/linux-pkgsrc.toml")),
    ("openbsd", include_str!("../../profiles/openbsd.toml")),
    ("freebsd", include_str!("../../profiles/freebsd.toml")),
];

/// The commented text of a built-in profile.
#[must_use]
pub fn builtin_text(name: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// What the doctor has to know of a host, by the OS's name in recipes.
pub(super) const HOSTS: &[(&str, &str)] = &[
    ("freebsd", include_str!("../../profiles/host/freebsd.toml")),
    ("illumos", include_str!("../../profiles/host/illumos.toml")),
    ("linux", include_str!("../../profiles/host/linux.toml")),
    ("netbsd", include_str!("../../profiles/host/netbsd.toml")),
    ("openbsd", include_str!("../../profiles/host/openbsd.toml")),
];
