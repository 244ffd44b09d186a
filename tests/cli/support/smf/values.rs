//! Values of properties (R34 to R44), as svccfg reads them from a manifest.
use std::net::{Ipv4Addr, Ipv6Addr};

use super::fmri;

/// Whether `text` is a value of that type.
pub(crate) fn value(kind: &str, text: &str) -> bool {
    let number = |text: &str| text.trim_start().to_owned();
    match kind {
        "boolean" => matches!(text, "true" | "false"),
        "count" => {
            // strtoull: a minus sign wraps around.
            let text = number(text);
            let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
            digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<u64>().is_ok()
        }
        "integer" => text.is_empty() || number(text).parse::<i64>().is_ok(),
        "astring" | "ustring" | "hostname" | "host" => text.len() < 4096,
        "net_address_v4" => address::<Ipv4Addr>(text, 32),
        "net_address_v6" => address::<Ipv6Addr>(text, 128),
        "net_address" => address::<Ipv4Addr>(text, 32) || address::<Ipv6Addr>(text, 128),
        "time" => {
            let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(seconds) && digits(fraction) && fraction.len() <= 9
        }
        "opaque" => text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "uri" => text.split_once(':').is_some_and(|(scheme, rest)| {
            let path = rest.strip_prefix("//").map_or(rest, |rest| rest.find('/').map_or("", |at| &rest[at..]));
            !scheme.is_empty() && !path.is_empty()
        }),
        "fmri" => fmri(text),
        _ => false,
    }
}

/// An address with an optional `/prefix`; what follows the digits is ignored.
fn address<T: std::str::FromStr>(text: &str, longest: u32) -> bool {
    let (address, prefix) = text.split_once('/').unwrap_or((text, "0"));
    let digits: String = prefix.chars().take_while(char::is_ascii_digit).collect();
    address.parse::<T>().is_ok() && digits.parse::<u32>().is_ok_and(|bits| bits <= longest)
}
