//! Names: `uu_check_name` of libuutil (illumos-gate `usr/src/lib/libuutil/common/uu_ident.c`).
//!
//! It works on bytes: what is not ASCII is nowhere allowed.

/// A buffer for a name holds 120 bytes with the end.
pub const NAME_LIMIT: usize = 119;

/// Import makes `TEMP/NAME` of a service's name first, in a buffer of the same size
/// (`usr/src/cmd/svc/svccfg/svccfg_libscf.c`).
pub const LONGEST_SERVICE: usize = 113;

/// `[provider,]identifier`: names of instances, property groups, properties, methods, dependencies, and types of groups.
#[must_use]
pub fn ident(name: &str) -> bool {
    component(name.as_bytes())
}

/// A service's name: components with slashes between.
///
/// All but the last are checked without their last byte: a category of one letter is refused, and what a longer one
/// ends in does not matter.
#[must_use]
pub fn service_name(name: &str) -> bool {
    let mut parts: Vec<&[u8]> = name.as_bytes().split(|byte| *byte == b'/').collect();
    let last = parts.pop().unwrap_or_default();
    parts.iter().all(|part| component(part.split_last().map_or(&[][..], |(_, most)| most))) && component(last)
}

fn component(text: &[u8]) -> bool {
    match text.iter().position(|byte| *byte == b',') {
        Some(comma) => word(&text[..comma], true) && word(&text[comma + 1..], false),
        None => word(text, false),
    }
}

fn word(text: &[u8], dots: bool) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || (dots && *byte == b'.');
    text.first().is_some_and(u8::is_ascii_alphabetic) && text.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{ident, service_name};

    #[test]
    fn the_byte_that_is_not_checked() {
        for good in ["foo./bar", "ab,/x", "foo:/bar", "f_/x"] {
            assert!(service_name(good), "{good}");
        }
        for bad in ["f/bar", "fö/bar", "a,b/c", "/a", "foo/bar.", "foo\u{fc}x/bar"] {
            assert!(!service_name(bad), "{bad}");
        }
        assert!(ident("com.example,web") && !ident("web,") && !ident("a,b.c"));
    }
}
