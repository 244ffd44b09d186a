//! Values of properties: `lxml_store_value` of svccfg, then `scf_validate_encoded_value` of libscf
//! (illumos-gate `usr/src/cmd/svc/svccfg/svccfg_xml.c`, `usr/src/lib/libscf/common/scf_type.c`).
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::numbers::{count, integer};
use super::parse_fmri;

/// The types of properties.
pub(crate) const TYPES: [&str; 14] = [
    "count",
    "integer",
    "opaque",
    "host",
    "hostname",
    "net_address",
    "net_address_v4",
    "net_address_v6",
    "time",
    "astring",
    "ustring",
    "boolean",
    "fmri",
    "uri",
];

/// A buffer for a value holds 4096 bytes with the end.
const BUFFER: usize = 4096;

/// Whether svccfg takes `text` for a value of type `kind`; no value is of a type that is none.
#[must_use]
pub fn valid(kind: &str, text: &str) -> bool {
    match kind {
        "boolean" => matches!(text, "true" | "false"),
        "count" => count(text).is_some(),
        "integer" => integer(text).is_some(),
        "astring" => text.len() < BUFFER,
        // The check counts the end once more. What XML lets through is well-formed UTF-8 anyhow.
        "ustring" | "hostname" | "host" => text.len() + 1 < BUFFER,
        "net_address_v4" => address::<Ipv4Addr>(text, 32),
        "net_address_v6" => address::<Ipv6Addr>(text, 128),
        "net_address" => address::<Ipv4Addr>(text, 32) || address::<Ipv6Addr>(text, 128),
        "time" => time(text),
        "opaque" => {
            text.len().is_multiple_of(2) && text.len() / 2 < BUFFER && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        "uri" => text.len() < BUFFER && !uri_path(text).is_empty(),
        "fmri" => text.len() < BUFFER && parse_fmri(text).is_some(),
        _ => false,
    }
}

/// Whether a variable of that name may be in a method's environment (`lxml_get_envvar`).
pub(crate) fn envvar_name(name: &str) -> bool {
    !name.is_empty() && !name.contains('=') && !name.starts_with("SMF_")
}

/// An address with an optional `/prefix`; what follows the digits is ignored.
fn address<T: FromStr>(text: &str, longest: u32) -> bool {
    let Some((address, prefix)) = text.split_once('/') else { return text.parse::<T>().is_ok() };
    let digits: String = prefix.chars().take_while(char::is_ascii_digit).collect();
    address.parse::<T>().is_ok() && digits.parse::<u32>().is_ok_and(|bits| bits <= longest)
}

/// Seconds, and perhaps up to nine digits of a fraction.
fn time(text: &str) -> bool {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    !seconds.is_empty() && integer(seconds).is_some() && digits(fraction) && fraction.len() <= 9
}

/// The path of a URI by the expression of RFC 2396, appendix B; libscf wants one that is not empty.
fn uri_path(text: &str) -> &str {
    let scheme = text.find([':', '/', '?', '#']).filter(|at| *at > 0 && text[*at..].starts_with(':'));
    let rest = scheme.map_or(text, |colon| &text[colon + 1..]);
    let rest = match rest.strip_prefix("//") {
        Some(authority) => authority.find(['/', '?', '#']).map_or("", |end| &authority[end..]),
        None => rest,
    };
    rest.find(['?', '#']).map_or(rest, |end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::valid;

    #[test]
    fn where_the_limits_are() {
        assert!(valid("astring", &"a".repeat(4095)) && !valid("astring", &"a".repeat(4096)));
        assert!(valid("ustring", &"a".repeat(4094)) && !valid("ustring", &"a".repeat(4095)));
        assert!(!valid("string", ""), "no such type");
    }

    #[test]
    fn shapes() {
        for (kind, good) in [
            ("uri", "x"),
            ("uri", ":"),
            ("uri", "//h/"),
            ("uri", "mailto:a"),
            ("time", "-1.5"),
            ("time", " 1"),
            ("net_address", "::1"),
            ("net_address", "192.0.2.1"),
            ("host", ""),
            ("hostname", "no host"),
        ] {
            assert!(valid(kind, good), "{kind} {good}");
        }
        for (kind, bad) in [
            ("uri", ""),
            ("uri", "http:"),
            ("uri", "?q"),
            ("uri", "//h?q"),
            ("time", ""),
            ("time", "1."),
            ("time", "1.1234567890"),
            ("net_address", "h"),
            ("net_address", "192.0.2.1/"),
            ("opaque", "abc"),
        ] {
            assert!(!valid(kind, bad), "{kind} {bad}");
        }
    }
}
