//! Upstream's version in pkgsrc's syntax, in which it must sort as upstream means it.
use std::cmp::Ordering;

use semver::Version;

use super::version_openbsd;
use crate::profile::Packaging;

/// Upstream's version as the tree has it; `0.6.0-rc.6` ⇒ `0.6.0rc6` in pkgsrc. Build metadata is left out: it does not
/// order releases.
///
/// # Errors
/// A sentence: the pre-release tag has no counterpart that sorts below the release.
pub fn package_version(version: &Version, packaging: Packaging) -> Result<String, String> {
    match packaging {
        Packaging::Pkgsrc => pkgsrc(version),
        Packaging::Openbsd => version_openbsd::package_version(version),
        Packaging::Freebsd => super::version_freebsd::package_version(version),
    }
}

fn pkgsrc(version: &Version) -> Result<String, String> {
    let base = format!("{}.{}.{}", version.major, version.minor, version.patch);
    if version.pre.is_empty() {
        return Ok(base);
    }
    let mut out = base.clone();
    for (index, part) in version.pre.as_str().split(['.', '-']).enumerate() {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &part[letters.len()..];
        // The words that pkgsrc sorts below the release; other ones people use for the same thing.
        let word = match (index, letters.to_ascii_lowercase().as_str()) {
            (_, "alpha" | "a" | "dev" | "nightly" | "snapshot" | "canary") | (0, "") => "alpha",
            (_, "beta" | "b" | "preview" | "milestone" | "m") => "beta",
            (_, "rc") => "rc",
            (_, "pre") => "pre",
            (_, "") if out.ends_with(|c: char| c.is_ascii_digit()) => ".",
            (_, "") => "",
            _ => return Err(unknown(version)),
        };
        out.push_str(word);
        out.push_str(digits);
    }
    if compare(&out, &base) == Ordering::Less { Ok(out) } else { Err(unknown(version)) }
}

fn unknown(version: &Version) -> String {
    format!("the pre-release `{}` of {version} has no counterpart in pkgsrc that sorts below the release", version.pre)
}

/// The `PKGNAME` assignment's right side: a transformation of `DISTNAME` where one does it, as committers write it.
#[must_use]
pub fn pkgname(name: &str, version: &Version, distname: &str) -> Option<String> {
    let package_version = pkgsrc(version).ok()?;
    let wanted = format!("{name}-{package_version}");
    if wanted == distname {
        return None;
    }
    let pre = version.pre.as_str();
    if let Some((word, number)) = pre.split_once('.')
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && version.build.is_empty()
        && distname.replacen(&format!("-{word}."), word, 1) == wanted
    {
        return Some(format!("${{DISTNAME:S/-{word}./{word}/}}"));
    }
    // Another name, the same version: a new release is one changed line.
    if let Some(krate) = distname.strip_suffix(&format!("-{package_version}")) {
        return Some(format!("${{DISTNAME:S/^{krate}-/{name}-/}}"));
    }
    Some(wanted)
}

/// Compares two versions as `pkg_install` does (`pkgtools/pkg_install/files/lib/dewey.c`): numbers by value, `alpha`,
/// `beta`, `rc` = `pre` below nothing, `.`, `_` and `pl` as separators, other letters as numbers above nothing.
#[must_use]
pub fn compare(left: &str, right: &str) -> Ordering {
    let (left, right) = (components(left), components(right));
    let length = left.0.len().max(right.0.len());
    let at = |list: &[i64], index: usize| list.get(index).copied().unwrap_or(0);
    (0..length)
        .map(|index| at(&left.0, index).cmp(&at(&right.0, index)))
        .find(|ordering| ordering.is_ne())
        .unwrap_or_else(|| left.1.cmp(&right.1))
}

fn components(version: &str) -> (Vec<i64>, i64) {
    const WORDS: &[(&str, i64)] =
        &[("alpha", -3), ("beta", -2), ("pre", -1), ("rc", -1), ("pl", 0), ("_", 0), (".", 0)];
    let (mut numbers, mut revision) = (Vec::new(), 0);
    let mut rest = version;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            numbers.push(rest[..digits].parse().unwrap_or(i64::MAX));
            rest = &rest[digits..];
        } else if let Some((word, value)) = WORDS.iter().find(|(word, _)| rest.to_ascii_lowercase().starts_with(word)) {
            numbers.push(*value);
            rest = &rest[word.len()..];
        } else if let Some(after) = rest.strip_prefix("nb") {
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            revision = after[..digits].parse().unwrap_or(0);
            rest = &after[digits..];
        } else {
            if first.is_ascii_alphabetic() {
                numbers.push(0);
                numbers.push(i64::from(first.to_ascii_lowercase() as u8 - b'a') + 1);
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    (numbers, revision)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(version: &str) -> Result<String, String> {
        pkgsrc(&version.parse().unwrap())
    }

    #[test]
    fn pre_releases_sort_below_the_release_and_in_order() {
        assert_eq!(converted("0.6.0-rc.6").unwrap(), "0.6.0rc6");
        assert_eq!(converted("1.0.0-beta").unwrap(), "1.0.0beta");
        assert_eq!(converted("1.2.3+build.5").unwrap(), "1.2.3");
        assert_eq!(converted("1.0.0-0.3.7").unwrap(), "1.0.0alpha0.3.7");
        assert!(converted("1.0.0-wibble.1").is_err());
        let ordered = ["1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-beta.1", "1.0.0-rc.1", "1.0.0-rc.10", "1.0.0", "1.0.1"];
        for pair in ordered.windows(2) {
            let (low, high) = (converted(pair[0]).unwrap(), converted(pair[1]).unwrap());
            assert_eq!(compare(&low, &high), Ordering::Less, "{low} {high}");
        }
    }

    #[test]
    fn dewey() {
        assert_eq!(compare("1.0", "1.0.0"), Ordering::Equal);
        assert_eq!(compare("1.0nb1", "1.0"), Ordering::Greater);
        assert_eq!(compare("1.0a", "1.0"), Ordering::Greater);
    }

    #[test]
    fn pkgnames() {
        let version: Version = "0.6.0-rc.6".parse().unwrap();
        assert_eq!(pkgname("pict-rs", &version, "pict-rs-0.6.0-rc.6").unwrap(), "${DISTNAME:S/-rc./rc/}");
        let version: Version = "2.5.0".parse().unwrap();
        assert_eq!(pkgname("garage", &version, "garage-2.5.0"), None);
        assert_eq!(pkgname("bore", &version, "bore-cli-2.5.0").unwrap(), "${DISTNAME:S/^bore-cli-/bore-/}");
    }
}
