//! Upstream's version as FreeBSD's ports have it, in which it must sort as upstream means it.
use std::cmp::Ordering;

use semver::Version;

/// The `PORTVERSION` that bsd.port.mk makes of a `DISTVERSION`: lower case, words cut to their first letter, everything
/// else a dot.
///
/// `${DISTVERSION:tl:C/([a-z])[a-z]+/\1/g:C/([0-9])([a-z])/\1.\2/g:C/:(.)/\1/g:C/[^a-z0-9+]+/./g}`; semantic versions
/// have no colons.
#[must_use]
pub fn port_version(distversion: &str) -> String {
    let mut made = String::new();
    let mut before = ' ';
    for c in distversion.to_ascii_lowercase().chars() {
        match c {
            'a'..='z' if before.is_ascii_lowercase() => {}
            'a'..='z' if before.is_ascii_digit() => made.extend(['.', c]),
            'a'..='z' | '0'..='9' | '+' => made.push(c),
            _ if made.ends_with('.') => {}
            _ => made.push('.'),
        }
        before = c;
    }
    made
}

/// Upstream's version as the port's package has it; build metadata is left to `DISTVERSIONSUFFIX`.
///
/// # Errors
/// A sentence: the version would not sort below the release that it comes before.
pub fn package_version(version: &Version) -> Result<String, String> {
    let base = format!("{}.{}.{}", version.major, version.minor, version.patch);
    let made = port_version(&without_build(version));
    if version.pre.is_empty() || compare(&made, &base) == Ordering::Less {
        return Ok(made);
    }
    Err(format!(
        "{version} would be the port's version {made}, which FreeBSD sorts above {base}: a pre-release must start with a letter, as `rc.1`"
    ))
}

/// What `DISTVERSION` says: the version without build metadata.
#[must_use]
pub fn without_build(version: &Version) -> String {
    Version { build: semver::BuildMetadata::EMPTY, ..version.clone() }.to_string()
}

/// Compares two versions as pkg(8) does (`libpkg/pkg_version.c`): components of a number, a letter and a number;
/// a component without its first number sorts below one with it.
#[must_use]
pub fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (components(left), components(right));
    let at = |list: &[Component], index: usize| list.get(index).copied().unwrap_or_default();
    (0..left.len().max(right.len()))
        .map(|index| at(&left, index).cmp(&at(&right, index)))
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// A number, a letter and a patch level, as pkg reads them; the default is what a missing component counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Component {
    number: i64,
    letter: u8,
    patch: i64,
}

/// Words that count as their first letter and are set apart from a number before them.
const STAGES: &[&str] = &["pl", "snap", "alpha", "beta", "pre", "rc"];

fn components(version: &str) -> Vec<Component> {
    let mut found = Vec::new();
    let mut rest = version.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    while !rest.is_empty() {
        let mut component = Component { number: -1, ..Component::default() };
        let numbered = rest.starts_with(|c: char| c.is_ascii_digit());
        if numbered {
            (component.number, rest) = number(rest);
        }
        let word = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len()];
        let stage = STAGES.iter().find(|stage| word.eq_ignore_ascii_case(stage));
        // `10alpha` is `10.alpha`.
        if !(word.is_empty() || numbered && stage.is_some()) {
            let first = word.as_bytes()[0].to_ascii_lowercase() - b'a';
            component.letter = if stage == Some(&"pl") { 0 } else { first + 2 };
            rest = &rest[word.len()..];
            component.patch = -1;
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                (component.patch, rest) = number(rest);
            }
        }
        found.push(component);
        rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    }
    found
}

fn number(text: &str) -> (i64, &str) {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (text[..digits].parse().unwrap_or(i64::MAX), &text[digits..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(version: &str) -> Result<String, String> {
        package_version(&version.parse().unwrap())
    }

    #[test]
    fn as_bsd_port_mk_converts() {
        // The Porter's Handbook's table, as far as such versions can be semantic ones, and `make -V PORTVERSION`.
        for (distversion, wanted) in [
            ("0.7.1d", "0.7.1.d"),
            ("10Alpha3", "10.a3"),
            ("3Beta7-pre2", "3.b7.p2"),
            ("0.6.0-rc.6", "0.6.0.r.6"),
            ("1.2.0-alpha1-2024", "1.2.0.a1.2024"),
        ] {
            assert_eq!(port_version(distversion), wanted);
        }
    }

    #[test]
    fn pre_releases_sort_below_the_release_and_in_order() {
        assert_eq!(converted("2.5.0").unwrap(), "2.5.0");
        assert_eq!(converted("1.2.3+build.5").unwrap(), "1.2.3");
        assert!(converted("1.0.0-0.3.7").unwrap_err().contains("1.0.0.0.3.7"));
        let ordered = ["1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-beta.1", "1.0.0-rc.1", "1.0.0-rc.10", "1.0.0", "1.0.1"];
        for pair in ordered.windows(2) {
            let (low, high) = (converted(pair[0]).unwrap(), converted(pair[1]).unwrap());
            assert_eq!(compare(&low, &high), Ordering::Less, "{low} {high}");
        }
    }

    #[test]
    fn as_pkg_compares() {
        for (left, right, wanted) in [
            ("10", "10.0.0", Ordering::Equal),
            ("10a", "10", Ordering::Greater),
            ("10.a", "10", Ordering::Less),
            ("10alpha", "10", Ordering::Less),
            ("2.9f7", "2.10", Ordering::Less),
            ("0.1beta2", "0.1", Ordering::Less),
            ("1.d2", "1.dev2", Ordering::Equal),
        ] {
            assert_eq!(compare(left, right), wanted, "{left} {right}");
        }
    }
}
