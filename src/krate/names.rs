//! Names from lock files and command lines, checked before they become file names or arguments.
use semver::Version;

use crate::diag::Diagnostic;

/// Refuses what is no crate name: a name becomes part of file names and of commands.
pub(crate) fn check_crate_name(name: &str) -> anyhow::Result<()> {
    let good = (1..=64).contains(&name.len())
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if good {
        return Ok(());
    }
    Err(Diagnostic::input(format!("`{}` is not a crate name", printable(name)))
        .note("a crate name has up to 64 letters, digits, `-` and `_`")
        .into())
}

/// Reads a version as cargo does.
pub(crate) fn parse_version(version: &str) -> anyhow::Result<Version> {
    Version::parse(version).map_err(|error| {
        Diagnostic::input(format!("`{}` is not a version", printable(version)))
            .note(error.to_string())
            .help("write all three numbers, as in `1.2.3`")
            .into()
    })
}

/// `NAME-VERSION.crate`. A [`Version`] holds only letters, digits, `.`, `-` and `+`.
pub(crate) fn crate_file_name(name: &str, version: &Version) -> String {
    format!("{name}-{version}.crate")
}

/// Text from outside with control characters made visible, short enough for one line of an error.
pub(crate) fn printable(text: &str) -> String {
    let mut out: String =
        text.chars().take(200).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    if text.chars().nth(200).is_some() {
        out.push('…');
    }
    out
}

/// Lower-case hexadecimal.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The bytes of exactly `N` pairs of hexadecimal digits.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let mut out = [0; N];
    for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        let value = char::from(*high).to_digit(16)? * 16 + char::from(*low).to_digit(16)?;
        *byte = u8::try_from(value).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{check_crate_name, from_hex, printable, to_hex};

    #[test]
    fn names_that_could_leave_the_directory_are_refused() {
        for bad in ["", "../x", "a/b", "a b", "-x", "a\nb", "é", &"x".repeat(65)] {
            assert!(check_crate_name(bad).is_err(), "{bad:?}");
        }
        for good in ["pict-rs", "sha2", "a_b"] {
            assert!(check_crate_name(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn hexadecimal_both_ways() {
        assert_eq!(from_hex::<2>("00fA"), Some([0, 250]));
        assert_eq!(to_hex(&[0, 250]), "00fa");
        assert_eq!(from_hex::<2>("00f"), None);
        assert_eq!(from_hex::<2>("00fé"), None);
        assert_eq!(from_hex::<2>("+1+1"), None);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[31m"), "a\u{fffd}[31m");
    }
}
