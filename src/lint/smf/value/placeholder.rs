//! Manifests of packages have placeholders that the package's build replaces: `@PREFIX@` in pkgsrc, `$(PREFIX)` in
//! `OmniOS` and `OpenIndiana`. What is known of their values counts; what depends on unknown ones stays open.
use std::ops::Range;

/// What a check says of a text with placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Good, whatever comes in their place.
    Good,
    /// Bad, whatever comes in their place.
    Bad,
    /// It depends.
    Open,
}

/// Values that an unknown placeholder might have.
const SAMPLES: [&str; 6] = ["x", "/x/y", "xx/y", "1", "true", "svc:/xx/y:z"];
/// With more unknown placeholders than this, not all combinations are tried.
const MOST: usize = 3;

/// Whether a text has any.
pub(crate) fn has_placeholder(text: &str) -> bool {
    !find(text).is_empty()
}

/// The text with known placeholders replaced by what they stand for, and unknown ones by a word.
pub(crate) fn plain(text: &str) -> String {
    replaced(text, &find(text), |_| "placeholder")
}

/// Holds a text against a check.
pub(crate) fn judge(text: &str, check: impl Fn(&str) -> bool) -> Verdict {
    let found = find(text);
    let unknown = found.iter().filter(|one| meaning(&text[(*one).clone()]).is_none()).count();
    // With many, each sample is put in everywhere: that decides about texts which anything may be in.
    if unknown > MOST {
        let all = SAMPLES.iter().all(|sample| check(&replaced(text, &found, |_| sample)));
        return if all { Verdict::Good } else { Verdict::Open };
    }
    let combinations = SAMPLES.len().pow(u32::try_from(unknown).unwrap_or(0));
    let good = (0..combinations)
        .filter(|combination| {
            check(&replaced(text, &found, |nth| SAMPLES[combination / SAMPLES.len().pow(nth) % SAMPLES.len()]))
        })
        .count();
    match good {
        0 => Verdict::Bad,
        all if all == combinations => Verdict::Good,
        _ => Verdict::Open,
    }
}

fn replaced(text: &str, found: &[Range<usize>], sample: impl Fn(u32) -> &'static str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut unknown = 0;
    for one in found {
        out.push_str(&text[at..one.start]);
        if let Some(value) = meaning(&text[one.clone()]) {
            out.push_str(&value);
        } else {
            out.push_str(sample(unknown));
            unknown += 1;
        }
        at = one.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Where placeholders are.
fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['@', '$', '%', '{']).map(|more| at + more) {
        let rest = &text[start..];
        let end =
            [("@", "@"), ("$(", ")"), ("${", "}"), ("%%", "%%"), ("{{", "}}")].into_iter().find_map(|(open, close)| {
                let inner = rest.strip_prefix(open)?;
                let length = inner.find(close)?;
                let name = inner[..length].trim();
                (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c)))
                    .then_some(start + open.len() + length + close.len())
            });
        at = match end {
            Some(end) => {
                found.push(start..end);
                end
            }
            None => start + rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    found
}

/// What a placeholder stands for: pkgsrc's `FILES_SUBST` (mk/smf.mk, mk/pkginstall/bsd.pkginstall.mk), and the build
/// systems of `OmniOS` and `OpenIndiana`, whose PREFIX has no slash in front.
fn meaning(placeholder: &str) -> Option<String> {
    let name = placeholder.trim_matches(['@', '$', '(', ')', '{', '}', '%', ' ']);
    let pkgsrc = placeholder.starts_with('@');
    if let Some(method) = name.strip_prefix("SMF_METHOD_FILE.").filter(|_| pkgsrc) {
        return Some(format!("lib/svc/method/{method}"));
    }
    let value = match (name, pkgsrc) {
        ("PREFIX" | "LOCALBASE", true) => "/opt/local",
        ("SMF_PREFIX", true) => "pkgsrc",
        ("SMF_NAME", true) => "name",
        ("PKG_SYSCONFDIR" | "PKG_SYSCONFBASE" | "SYSCONFBASE", true) => "/opt/local/etc",
        ("VARBASE", true) => "/var",
        ("PKGMANDIR", true) => "man",
        ("SMF_METHOD_SHELL", true) => "/sbin/sh",
        ("PREFIX" | "OPREFIX", false) => "opt/ooce",
        _ if name.ends_with("USER") || name.ends_with("GROUP") => "account",
        _ => return None,
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Verdict, has_placeholder, judge, plain};
    use crate::lint::smf::value::{parse_fmri, service_name};

    #[test]
    fn known_and_unknown_ones() {
        assert_eq!(plain("@PREFIX@/@SMF_METHOD_FILE.named@"), "/opt/local/lib/svc/method/named");
        assert_eq!(plain("/$(PREFIX)/bin/$(PROG)"), "/opt/ooce/bin/placeholder");
        let fmri = |text: &str| judge(text, |text| parse_fmri(text).is_some());
        assert_eq!(fmri("file://localhost@PREFIX@/etc/x"), Verdict::Good);
        assert_eq!(fmri("file://localhost@CONF@"), Verdict::Open);
        assert_eq!(fmri("file://other@CONF@"), Verdict::Bad);
        assert_eq!(judge("@SMF_PREFIX@/@SMF_NAME@", service_name), Verdict::Good);
        assert_eq!(judge("a b/@X@", service_name), Verdict::Bad);
        assert_eq!(judge("@A@@B@@C@@D@", service_name), Verdict::Open);
        assert_eq!(judge("@A@:@B@:@C@:@D@", |text| text.len() < 4096), Verdict::Good);
    }

    #[test]
    fn what_is_none() {
        for text in ["a@b.example", "%{config/file}", "$", "@", "${", "50%", "{}", "ü@ü@"] {
            assert!(!has_placeholder(text), "{text}");
        }
    }
}
