//! Names that several languages must be able to hold.
use crate::profile::Users;

/// A package's name in shell variables and rc.d script names: `pict-rs` ⇒ `pict_rs`.
#[must_use]
pub fn identifier(name: &str) -> String {
    let mut identifier: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if identifier.starts_with(|c: char| c.is_ascii_digit()) {
        identifier.insert(0, '_');
    }
    identifier
}

/// Whether `name` can be a package's name everywhere: what pkglint and portcheck accept, without a version in it.
///
/// # Errors
/// A sentence that says what is allowed.
pub fn check_package(name: &str) -> Result<(), String> {
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_+.".contains(&byte))
        && !name.ends_with('-')
        // What follows a hyphen and starts with a digit is the version to every package tool.
        && !name.split('-').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        && name.len() <= 60;
    if good {
        Ok(())
    } else {
        Err(format!(
            "`{name}` cannot be a package's name: lower-case letters, digits, `-`, `_`, `+` and `.`, starting with a \
             letter, no part that starts with a digit after a `-`"
        ))
    }
}

/// Whether `name` can be a user's or group's name.
///
/// # Errors
/// A sentence that says what is allowed.
pub fn check_account(name: &str, users: &Users) -> Result<(), String> {
    let good = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
        && name.len() <= users.name_max;
    if good {
        Ok(())
    } else {
        Err(format!(
            "`{name}` cannot be an account's name: write lower-case letters, digits, `-` and `_`, starting with a letter, at \
             most {} characters",
            users.name_max
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        assert_eq!(identifier("pict-rs"), "pict_rs");
        assert_eq!(identifier("9p"), "_9p");
    }

    #[test]
    fn package_names() {
        for good in ["pict-rs", "nostr-rs-relay", "gtk+", "a"] {
            assert_eq!(check_package(good), Ok(()));
        }
        for wrong in ["Pict", "pict-2", "", "-a", "a-", "a b", "a$b", "ä"] {
            assert!(check_package(wrong).is_err(), "{wrong}");
        }
    }
}
