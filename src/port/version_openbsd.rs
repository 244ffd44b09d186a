//! Upstream's version by OpenBSD's rules, `packages-specs(7)`.
use std::cmp::Ordering;

use semver::Version;

/// The words that sort below a release, in their order; `rc` and `pre` are not comparable with each other.
const WORDS: &[&str] = &["alpha", "beta", "pre", "rc", "pl"];

/// `0.6.0-rc.6` ⇒ `0.6.0rc6`: a version has no hyphen, and its last part one of a few words with one number. Build
/// metadata is left out: it does not order releases.
///
/// # Errors
/// A sentence: the pre-release tag has no counterpart that sorts below the release.
pub(super) fn package_version(version: &Version) -> Result<String, String> {
    let base = format!("{}.{}.{}", version.major, version.minor, version.patch);
    if version.pre.is_empty() {
        return Ok(base);
    }
    let unknown = || {
        format!(
            "the pre-release `{}` of {version} has no counterpart on OpenBSD, where one of alpha, beta, rc and pre with one \
             number may follow the version (packages-specs(7))",
            version.pre
        )
    };
    let tag = version.pre.as_str().to_ascii_lowercase();
    let word_end = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
    let (word, number) = tag.split_at(word_end);
    let number = number.strip_prefix(['.', '-']).unwrap_or(number);
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unknown());
    }
    let word = match word {
        // A number alone comes before everything with a word.
        "" | "alpha" | "a" | "dev" | "nightly" | "snapshot" | "canary" => "alpha",
        "beta" | "b" | "preview" | "milestone" | "m" => "beta",
        "rc" => "rc",
        "pre" => "pre",
        _ => return Err(unknown()),
    };
    let converted = format!("{base}{word}{number}");
    if compare(&converted, &base) == Some(Ordering::Less) { Ok(converted) } else { Err(unknown()) }
}

/// Compares two versions as `OpenBSD::PackageName` does; nothing when it would not say. Revision (`p0`) and epoch (`v0`)
/// are not for upstream's versions.
#[must_use]
pub fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (Dewey::parse(left), Dewey::parse(right));
    for (one, other) in left.parts.iter().zip(&right.parts) {
        let order = part(one, other);
        if order.is_ne() {
            return Some(order);
        }
    }
    match left.parts.len().cmp(&right.parts.len()) {
        Ordering::Equal => suffix(left.suffix, right.suffix),
        longer => Some(longer),
    }
}

/// A version in parts.
struct Dewey<'a> {
    parts: Vec<&'a str>,
    suffix: (&'a str, u64),
}

impl<'a> Dewey<'a> {
    fn parse(version: &'a str) -> Self {
        let mut parts: Vec<&str> = version.split('.').collect();
        let mut suffix = ("", 0);
        if let Some(last) = parts.last_mut() {
            let digits = last.len() - last.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, rest) = last.split_at(digits);
            let word = WORDS.iter().find(|word| rest.starts_with(**word));
            if let Some(word) = word.filter(|word| digits > 0 && rest[word.len()..].bytes().all(|b| b.is_ascii_digit()))
            {
                suffix = (word, rest[word.len()..].parse().unwrap_or(0));
                *last = number;
            }
        }
        Self { parts, suffix }
    }
}

/// Numbers by value, then a small letter; everything else by its characters.
fn part(left: &str, right: &str) -> Ordering {
    let number = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        (text.len() - digits.len() <= 1).then(|| digits.parse::<u64>().ok()).flatten()
    };
    match (number(left), number(right)) {
        (Some(one), Some(other)) if one != other => one.cmp(&other),
        (Some(_), Some(_)) => {
            let letter = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
            letter(left).cmp(&letter(right))
        }
        _ => left.cmp(right),
    }
}

fn suffix(left: (&str, u64), right: (&str, u64)) -> Option<Ordering> {
    if left.0 == right.0 {
        return Some(left.1.cmp(&right.1));
    }
    let rank = |word: &str| match word {
        "alpha" => 0,
        "beta" => 1,
        "rc" | "pre" => 2,
        "pl" => 4,
        _ => 3,
    };
    Some(rank(left.0).cmp(&rank(right.0))).filter(|order| order.is_ne())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(version: &str) -> Result<String, String> {
        package_version(&version.parse().unwrap())
    }

    #[test]
    fn as_packages_specs_says() {
        for (low, high) in [
            ("1.0alpha5", "1.0beta3"),
            ("1.0beta3", "1.0rc1"),
            ("1.0rc9", "1.0rc10"),
            ("1.0rc1", "1.0"),
            ("1.0", "1.0pl1"),
            ("1.0", "1.0.0"),
            ("1.9", "1.10"),
            ("1.0", "1.0a"),
        ] {
            assert_eq!(compare(low, high), Some(Ordering::Less), "{low} {high}");
            assert_eq!(compare(high, low), Some(Ordering::Greater), "{high} {low}");
        }
        assert_eq!(compare("1.01", "1.1"), Some(Ordering::Equal));
        assert_eq!(compare("1.0rc2", "1.0pre3"), None);
    }

    #[test]
    fn pre_releases_have_one_word_and_one_number() {
        assert_eq!(converted("0.6.0-rc.6").unwrap(), "0.6.0rc6");
        assert_eq!(converted("0.6.0-rc6").unwrap(), "0.6.0rc6");
        assert_eq!(converted("1.0.0-beta").unwrap(), "1.0.0beta");
        assert_eq!(converted("1.0.0-dev.3").unwrap(), "1.0.0alpha3");
        assert_eq!(converted("1.2.3+build.5").unwrap(), "1.2.3");
        for wrong in ["1.0.0-wibble.1", "1.0.0-alpha.1.2", "1.0.0-0.3.7", "1.0.0-rc.x"] {
            assert!(converted(wrong).is_err_and(|why| why.contains("packages-specs")), "{wrong}");
        }
    }
}
