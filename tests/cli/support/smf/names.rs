//! Names (R11 to R15) and FMRIs (R16 to R18), as libscf checks them.

/// A name buffer holds 119 bytes and its end (R15).
const LONGEST: usize = 119;

/// `[provider,]identifier`: names of instances, groups, properties, dependencies, and types of groups.
pub(crate) fn ident(name: &str) -> bool {
    let plain = |text: &str, more: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let good = match name.split_once(',') {
        Some((provider, rest)) => plain(provider, "-_.") && plain(rest, "-_"),
        None => plain(name, "-_"),
    };
    good && name.len() <= LONGEST
}

/// A service's name: identifiers with slashes between. All but the last are checked without their last character (R13):
/// a category of one letter is refused, and what a longer one ends in does not matter.
pub(crate) fn service(name: &str) -> bool {
    let mut parts: Vec<&str> = name.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    let short = |part: &&str| {
        let mut chars = part.chars();
        chars.next_back();
        ident(chars.as_str())
    };
    parts.iter().all(short) && ident(last) && !name.contains(':') && name.len() <= LONGEST
}

/// A service or a file.
pub(crate) fn fmri(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix("file:") {
        let path = rest.strip_prefix("//").map_or(rest, |rest| rest.strip_prefix("localhost").unwrap_or(rest));
        return path.starts_with('/') && !path.starts_with("//") && path.len() > 1;
    }
    let rest = text.strip_prefix("svc:").unwrap_or(text);
    if rest.is_empty() {
        return true;
    }
    let rest = match rest.strip_prefix("//") {
        Some(scoped) => {
            let Some((scope, rest)) = scoped.split_once('/') else { return false };
            if !(ident(scope) || scope.ends_with("@localhost")) {
                return false;
            }
            rest
        }
        None => rest.strip_prefix('/').unwrap_or(rest),
    };
    let (rest, property) = match rest.split_once("/:properties/") {
        Some((rest, property)) => (rest, Some(property)),
        None => (rest, None),
    };
    let (name, instance) = match rest.split_once(':') {
        Some((name, instance)) => (name, Some(instance)),
        None => (rest, None),
    };
    let good_property =
        property.is_none_or(|property| property.split('/').count() <= 2 && property.split('/').all(ident));
    service(name) && instance.is_none_or(ident) && good_property
}
