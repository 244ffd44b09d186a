//! Numbers as strtoull(3C) and strtoll(3C) read them, as a whole.

/// What isspace(3C) says in the C locale.
fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r'])
}

/// A sign, if any, and digits.
fn signed(text: &str) -> Option<(bool, &str)> {
    let text = skip_blanks(text);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((negative, digits))
}

/// A count: a minus sign wraps around.
pub(crate) fn count(text: &str) -> Option<u64> {
    let (negative, digits) = signed(text)?;
    let value: u64 = digits.parse().ok()?;
    Some(if negative { value.wrapping_neg() } else { value })
}

/// An integer; svccfg takes an empty string for 0.
pub(crate) fn integer(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let (negative, digits) = signed(text)?;
    let value: i128 = digits.parse().ok()?;
    i64::try_from(if negative { -value } else { value }).ok()
}

/// As strtoll(3C) reads with base 0: a sign, `0x` for sixteen, `0` for eight.
pub(crate) fn any_base(text: &str) -> Option<i128> {
    let text = text.trim_start();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (base, digits) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => (16, digits),
        None if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..]),
        None => (10, digits),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let number = i128::from_str_radix(digits, base).ok()?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::{any_base, count, integer};

    #[test]
    fn bases() {
        assert_eq!([any_base("0x1F"), any_base("-010"), any_base(" 9")], [Some(31), Some(-8), Some(9)]);
        assert_eq!([any_base(""), any_base("08"), any_base("x"), any_base("--1"), any_base("0x")], [None; 5]);
    }

    #[test]
    fn as_the_c_library_reads_them() {
        assert_eq!(count("-1"), Some(u64::MAX));
        assert_eq!(count("\t+60"), Some(60));
        assert_eq!(integer("-9223372036854775808"), Some(i64::MIN));
        assert_eq!([count(""), count("-"), count("- 1"), count("1e3"), count("18446744073709551616")], [None; 5]);
        assert_eq!([integer(" "), integer("9223372036854775808"), integer("0x1")], [None; 3]);
    }
}
